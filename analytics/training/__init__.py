"""What trainers teach with: invented files, read step by step, scored by the model that is in use."""
