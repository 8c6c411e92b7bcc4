"""Families: which criteria they meet and why, who belongs to them and since when, and what changed."""
