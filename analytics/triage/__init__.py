"""The hub's contacts: how grave each is likely to be, what to do about it, and how evenly they are decided."""
