"""How a score's errors fall on different groups of people."""
