"""Everything that is held of one person, for the person: by source with file and row, who saw what, how to contest."""
