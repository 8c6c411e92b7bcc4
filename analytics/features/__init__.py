"""Indicators: declared here, computed by ``analytics.matrix``."""
