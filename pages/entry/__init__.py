"""The way in: who is looking, where they may go, and what they see when they may not."""
