"""What the safeguarding hub sees."""
