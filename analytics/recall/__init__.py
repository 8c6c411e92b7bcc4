"""Recall of a model: everybody whose score it showed, to whom, what followed, and who has been told."""
