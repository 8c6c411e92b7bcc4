"""Indicators of people at an as-of date: the point-in-time guard, the aggregates and the matrix made of them."""
