"""One writer a source: from what happened to the files an agency would send."""
