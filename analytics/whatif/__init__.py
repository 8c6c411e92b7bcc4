"""What if: a child's own events as they could have been, and what a model would then say."""
