"""Children who were identified though a model had ranked them low: one by one, and what they have in common."""
