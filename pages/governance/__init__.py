"""What those see who answer for the data and the models."""
