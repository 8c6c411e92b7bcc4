"""What leaves: records past their retention, and people erased at their request; and where copies of them still are."""
