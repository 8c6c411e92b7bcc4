"""From the agencies' files to staged tables: every row checked, and kept or set aside with the reason."""
