"""What came of the children whom a model had ranked, and what its indicators give away of who a child is."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

LOOKED_BACK = Table(
    "looked_back",
    "A child identified since the date of measurement, and where the model that was measured there had ranked them.",
    columns("""
    model         VARCHAR  model
    version       VARCHAR  model version
    case          VARCHAR  ten letters that stand for the child, the same in every build and without a name in them
    person        BIGINT   person
    as_of         DATE     date of measurement
    identified_on DATE     day the child was identified
    phase         VARCHAR  gap (within it: others were first), year (the year measured), since
    rank          BIGINT   place in the ranking, 1 is highest
    ranked        BIGINT   children who were ranked
    places        BIGINT   places on the list
    listed        BOOLEAN  whether they were on it
    """),
)

LOOKED_BACK_VALUE = Table(
    "looked_back_value",
    "What the model knew of such a child on that date, and what it made of it.",
    columns("""
    model     VARCHAR  model
    case      VARCHAR  case
    indicator VARCHAR  indicator
    value     FLOAT    value, null where not known
    amount    DOUBLE   what it added to the raw score
    """),
)

MISSED_PATTERN = Table(
    "missed_pattern",
    "What the missed of the year measured have in common, beside those on the list and beside all others. Exact counts.",
    columns("""
    model     VARCHAR  model
    what      VARCHAR  indicator, unknown (indicator not known), heard, books (source), or the grouping
    name      VARCHAR  indicator, source or group
    cut       DOUBLE   from which (or up to which) value an indicator counts as raised
    at_least  BOOLEAN  whether from it, rather than up to it
    missed    BIGINT   missed children of whom it is so
    missed_of BIGINT   missed children of whom one could know
    found     BIGINT   the same of those on the list
    found_of  BIGINT   children
    others    BIGINT   the same of children who were not identified
    others_of BIGINT   children
    """),
)

PROXY = Table(
    "proxy",
    "How well an indicator of a model tells a group of people from the rest; 0.5 is not at all, 1 is always.",
    columns("""
    model     VARCHAR  model
    grouping  VARCHAR  sex, ethnicity, deprivation
    group     VARCHAR  value of the grouping
    indicator VARCHAR  indicator; empty: all of them together, for children of families that the rule had not seen
    auc       DOUBLE   chance that it orders one of the group and one of the rest rightly
    low       DOUBLE   lower end of the 95 % interval
    high      DOUBLE   upper end
    more      BOOLEAN  whether the group has more of it; null for all together
    n         BIGINT   children whose group is recorded
    members   BIGINT   children of the group
    """),
)
