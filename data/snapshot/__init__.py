"""The analytical store: its tables, its engine, and how one snapshot follows another."""
