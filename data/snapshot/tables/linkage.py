"""People as agencies wrote them down, and how those records became people."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

PERSON_RECORD = Table(
    "person_record",
    "One way in which one agency has written down one of its clients.",
    columns("""
    record         BIGINT   number of this row, dense from 0
    client         BIGINT   the person as this agency knows them: hash of source and its own number
    source         VARCHAR  source
    local_id       VARCHAR  the agency's own number, or a hash of the identity where it has none
    forename       VARCHAR  as written
    middle_names   VARCHAR  as written
    surname        VARCHAR  as written
    former_surname VARCHAR  as written
    birth_date     DATE     as written
    sex            VARCHAR  M, F or null
    ethnicity      VARCHAR  903 code or null
    postcode       VARCHAR  normalised, one space
    uprn           BIGINT   unique property reference number
    address        VARCHAR  one line, where the source has one
    nhs_number     VARCHAR  ten digits, check digit right, or null
    upn            VARCHAR  unique pupil number, check letter right, or null
    ni_number      VARCHAR  national insurance number, or null
    seen_from      DATE     first day this version was seen
    seen_to        DATE     last day this version was seen
    file           INTEGER  a file it came from
    line           BIGINT   its line there
    """),
)

PERSON = Table(
    "person",
    "One person, as linked, with the best-supported identity.",
    columns("""
    person       BIGINT   number that stays from build to build; opaque
    forename     VARCHAR  shown name
    surname      VARCHAR  shown name
    birth_date   DATE     most supported date of birth
    sex          VARCHAR  M, F or null
    ethnicity    VARCHAR  903 code or null
    postcode     VARCHAR  latest
    uprn         BIGINT   latest
    ward         VARCHAR  ward of the latest address
    records      INTEGER  how many person records stand behind it
    sources      INTEGER  how many sources know the person
    death_date   DATE     or null
    """),
)

PERSON_LINK = Table(
    "person_link",
    "Which person each agency's client is, how sure, and how it was decided.",
    columns("""
    client      BIGINT   the agency's client
    source      VARCHAR  its source
    person      BIGINT   the person
    probability DOUBLE   0 to 1, of the weakest link that holds the client in
    how         VARCHAR  'NHS number', 'UPN', 'NI number', 'same record', 'name and details', 'alone', 'review'
    """),
)

LINK_PAIR = Table(
    "link_pair",
    "Pairs of clients near the threshold, for clerical review, with match weights by field.",
    columns("""
    client_l    BIGINT   one client
    client_r    BIGINT   the other
    probability DOUBLE   match probability
    weight      DOUBLE   match weight, log2
    parts       VARCHAR  JSON object: field -> log2 Bayes factor
    """),
)

LINK_QUALITY = Table(
    "link_quality",
    "How good the links are against an invented city's truth: figures alone. Empty for real files.",
    columns("""
    grouping  VARCHAR  all, sex, ethnicity, age, source, numbers
    group     VARCHAR  value of the grouping: M, WBRI, 0-4, gp_registration, with or without (NHS number or UPN)
    precision DOUBLE   share of the pairs linked that are right
    recall    DOUBLE   share of the right pairs that are linked
    f1        DOUBLE   harmonic mean of the two
    linked    BIGINT   pairs of clients linked
    actual    BIGINT   pairs of clients who truly are one person
    correct   BIGINT   pairs that are both
    """),
)

LINK_HISTOGRAM = Table(
    "link_histogram",
    "The pairs that were weighed, by match weight: what linkage saw, and what became of it.",
    columns("""
    weight INTEGER  match weight, log2 of the odds, rounded down
    pairs  BIGINT   pairs of entities weighed
    joined BIGINT   of these, how many ended as one person
    """),
)

LINK_PARAMETER = Table(
    "link_parameter",
    "What each degree of agreement weighs: the parameters with which pairs were weighed, for the chart of weights.",
    columns("""
    comparison VARCHAR  forename, surname, birth_date, sex, home; prior for the weight that a pair starts from
    level      INTEGER  0 is the closest agreement
    said       VARCHAR  the level in words
    m          DOUBLE   how often two entities of one person agree so; null for the prior
    u          DOUBLE   how often two people taken at random agree so; null for the prior
    weight     DOUBLE   log2 of m over u; of the odds for the prior
    frequent   BOOLEAN  whether a rare value weighs more and a common one less than that
    """),
)

PERSON_MOVED = Table(
    "person_moved",
    "Whose clients became whose: from build to build, so that somebody shown under an old number can be followed.",
    columns("""
    person  BIGINT  number under which these clients were known
    became  BIGINT  number under which they are known since
    clients BIGINT  how many clients
    build   INTEGER number of the first snapshot in which it is so
    """),
)
