"""How the hub's contacts are graded: the grader itself, line by line, and what it says of each contact."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

CONTACT_MODEL = Table(
    "contact_model",
    "The grader of contacts and its state; one row, none where too little was recorded to learn from.",
    columns("""
    version       VARCHAR version, from the hash of its weights
    state         VARCHAR candidate, unmeasured, withheld
    reason        VARCHAR why it is in that state, in words
    learned_until DATE    the day before which all that it learned from was received
    contacts      INTEGER how many contacts it learned from
    levels        VARCHAR JSON list of four chances of harm, at which the levels 1 to 4 begin
    ask_from      DOUBLE  chance from which asking other agencies is suggested
    """),
)

CONTACT_WEIGHT = Table(
    "contact_weight",
    "What the grader weighs: chance of a step = logistic(base + sum of weight x (value - centre) / spread).",
    columns("""
    step      VARCHAR again, taken_up, harm, needs
    indicator VARCHAR indicator, or 'base'
    centre    DOUBLE  mean of the indicator among the contacts that it learned from
    spread    DOUBLE  its standard deviation
    weight    DOUBLE  weight in log-odds
    """),
)

CONTACT_SCORE = Table(
    "contact_score",
    "What the grader says of each contact of the last two years, by what was known when it came.",
    columns("""
    contact  VARCHAR the hub's number
    again    DOUBLE  chance of another contact, or worse, within a year
    taken_up DOUBLE  chance of one that is taken up, or worse
    harm     DOUBLE  chance that recorded harm follows
    needs    DOUBLE  chance that asking other agencies tells of something, or harm follows
    level    INTEGER suggested level, 0 to 4
    ask      BOOLEAN whether asking other agencies is suggested
    """),
)
