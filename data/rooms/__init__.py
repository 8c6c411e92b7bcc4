"""The training store: room sessions, who sat in them and what they answered. It holds nobody's record."""
