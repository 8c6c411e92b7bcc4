"""What trainers see."""
