"""Likeness to known cases: the learned space, the profile that it shows, and how two people compare in it."""
