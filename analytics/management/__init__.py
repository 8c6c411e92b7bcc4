"""What managers may ask of the city: counts and rates, always through disclosure control."""
