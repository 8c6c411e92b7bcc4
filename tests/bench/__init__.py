"""Measured figures: ``make bench``."""
