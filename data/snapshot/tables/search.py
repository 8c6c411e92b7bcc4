"""The index behind the search box."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

SEARCH_NAME = Table(
    "search_name",
    "Every part of every name that a person was ever recorded under, for the search box.",
    columns("""
    token  INTEGER  number of the part in search_token
    person BIGINT   person
    kind   VARCHAR  forename, middle, surname or former
    now    BOOLEAN  whether it is of the name that the person is told by
    """),
)

SEARCH_TOKEN = Table(
    "search_token",
    "Each different part of a name once: what misspellings are compared with.",
    columns("""
    number INTEGER  from 0, in the order of the parts
    token  VARCHAR  part of a name: lower case, no accents
    people INTEGER  how many people bear it
    """),
)

SEARCH_FACT = Table(
    "search_fact",
    "Dates, places and numbers that a person was ever recorded under, for the search box.",
    columns("""
    kind   VARCHAR  birth, postcode, ward, street, school or number
    value  VARCHAR  ISO date; ward code; lower case words; letters and digits only
    person BIGINT   person
    now    BOOLEAN  whether it is the one that stands now; a former address is not
    """),
)

SEARCH_ALIAS = Table(
    "search_alias",
    "Other names under which a person was written down, for the cards of the search.",
    columns("""
    person  BIGINT    person
    written VARCHAR   forename and surname as written
    sources VARCHAR[] sources that wrote it so
    """),
)
