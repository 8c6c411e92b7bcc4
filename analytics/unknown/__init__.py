"""The victims nobody knows: how many a ranking finds, measured on the truth of an invented city."""
