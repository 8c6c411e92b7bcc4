"""One reader a format: each gives the sheets of a file, ready to be selected from."""
