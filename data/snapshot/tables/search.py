"""The index behind the search box."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

SEARCH_NAME = Table(
    "search_name",
    "Every part of every name that a person was ever recorded under, for the search box.",
    columns("""
    token  VARCHAR  part of a name: lower case, no accents
    person BIGINT   person
    kind   VARCHAR  forename, middle, surname, former, or place: a word of the ward's name
    """),
)

SEARCH_TOKEN = Table(
    "search_token",
    "Each different part of a name once: what misspellings are compared with.",
    columns("""
    token  VARCHAR  part of a name
    people INTEGER  how many people bear it
    """),
)

SEARCH_FACT = Table(
    "search_fact",
    "Dates of birth, postcodes and reference numbers that a person was ever recorded under, for the search box.",
    columns("""
    kind   VARCHAR  birth, postcode or number
    value  VARCHAR  ISO date; letters and digits only
    person BIGINT   person
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
