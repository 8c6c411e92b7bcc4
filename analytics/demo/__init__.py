"""The demonstration: an invented city, made and built where there is no store yet."""
