"""What those who must prove what the system does may ask: sources, indicators, models, the access log."""
