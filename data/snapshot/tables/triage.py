"""How the hub's contacts are graded: the grader, line by line, what it says of each contact; how evenly people decide."""

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
    review_on     DATE    the day after which nothing is suggested unless somebody has reviewed it
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

CONTACT_EVEN = Table(
    "contact_even",
    "How evenly the hub decides: who decides otherwise than others would, at equal risk. One row somebody compared.",
    columns("""
    kind     VARCHAR worker, team, month, agency; all: how many contacts there were
    name     VARCHAR the worker's pseudonym, the team, the month as 2025-03, the agency
    place    VARCHAR the team of a worker
    contacts INTEGER contacts compared
    shift    DOUBLE  levels for each 100 contacts above the others; of an agency, contacts that led nowhere
    low      DOUBLE  lower end of its 95 % interval
    high     DOUBLE  upper end
    limit    DOUBLE  how far one may stand from the others before it is unusual
    history  DOUBLE  an agency's contacts that led nowhere, at equal history of the family
    free     DOUBLE  degrees of freedom of the natural spread
    p        DOUBLE  p-value before correction
    unusual  BOOLEAN whether it stands out after correction for all that were looked at
    """),
)

CONTACT_SPREAD = Table(
    "contact_spread",
    "Where workers of the hub differ: by reason of a contact, and by step of the ladder.",
    columns("""
    kind     VARCHAR reason, step
    part     VARCHAR reason code, or level
    contacts INTEGER contacts compared
    spread   DOUBLE  standard deviation between workers, for each 100 contacts
    """),
)

CONTACT_AGREEMENT = Table(
    "contact_agreement",
    "How far two gradings of the same contacts agree.",
    columns("""
    kind     VARCHAR suggestion: workers and the grader; twice: two workers, of the same thing told twice
    kappa    DOUBLE  Cohen's kappa with quadratic weights
    low      DOUBLE  lower end of its 95 % interval
    high     DOUBLE  upper end
    contacts INTEGER contacts compared
    same     DOUBLE  share of them graded the same
    """),
)
