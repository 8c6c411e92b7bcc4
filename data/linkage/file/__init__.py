"""Any table of people, linked by whatever it says of them: ``python -m data link``.

``reading`` takes the file as it is, ``fields`` says which columns mean what, ``tidy`` makes them comparable, ``block``
chooses pairs by the fields that there are, ``weigh`` trains on the file itself where it is large enough and has Splink
weigh the pairs, and ``table`` runs them and numbers the people. ``measure`` holds the outcome against a column that
knows better; ``command`` is the command line.
"""
