"""Every table of the snapshot, declared once: what it is for, what each column means, and its DDL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One stored table: its purpose in a sentence and its columns as ``name type`` with a note each."""

    name: str
    about: str
    columns: tuple[tuple[str, str, str], ...]

    def ddl(self, schema: str = "") -> str:
        """The ``CREATE TABLE`` statement, qualified by ``schema`` when one is given."""
        where = f"{schema}.{self.name}" if schema else self.name
        body = ", ".join(f'"{name}" {kind}' for name, kind, _ in self.columns)
        return f"CREATE TABLE {where} ({body})"

    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.columns)


def _columns(text: str) -> tuple[tuple[str, str, str], ...]:
    """Read ``name TYPE note`` lines, so that each table below reads as a small page."""
    rows = (line.split(None, 2) for line in text.strip().splitlines())
    return tuple((name, kind, note) for name, kind, note in rows)


SOURCE = Table(
    "source",
    "One agency's feed, as declared, with what has arrived of it.",
    _columns("""
    source      VARCHAR  short name of the declaration
    label       VARCHAR  name on screen
    owner       VARCHAR  agency that owns the data
    period_from DATE     first day the delivered files speak of
    period_to   DATE     last day the delivered files speak of (a stopped feed ends early)
    rows        BIGINT   rows in all its files
    accepted    BIGINT   rows taken
    rejected    BIGINT   rows quarantined
    """),
)

SOURCE_FILE = Table(
    "source_file",
    "One file that was read: counts reconcile, accepted + rejected = rows.",
    _columns("""
    file      INTEGER  number of the file in this snapshot
    source    VARCHAR  its source
    part      VARCHAR  its table within the source (episodes, missing ...)
    name      VARCHAR  path below the sources folder
    sha256    VARCHAR  hash of its bytes
    rows      BIGINT   rows in the file
    accepted  BIGINT   rows taken
    rejected  BIGINT   rows quarantined
    warnings  VARCHAR  JSON object: rule -> count of fields set aside
    delivered DATE     day the file was delivered
    """),
)

REJECTED_ROW = Table(
    "rejected_row",
    "Quarantine: a row that could not be taken, and why.",
    _columns("""
    file   INTEGER  number of the file
    line   BIGINT   line in the file (row of the sheet, line of the XML element)
    column VARCHAR  column that broke the rule
    rule   VARCHAR  rule in plain English
    value  VARCHAR  value found
    """),
)

SOURCE_MONTH = Table(
    "source_month",
    "How many rows of each part of a source speak of each month.",
    _columns("""
    source   VARCHAR  source
    part     VARCHAR  its table within the source
    month    DATE     first day of the month
    rows     BIGINT   rows, those rejected among them
    rejected BIGINT   rows quarantined
    """),
)

SOURCE_HEARD = Table(
    "source_heard",
    "When each source was last heard of, and how long it is usually silent.",
    _columns("""
    source   VARCHAR  source
    heard_on DATE     last day that the agency knew or delivered something
    silence  INTEGER  days from one such day to the next in its last two years: 19 of 20 are no longer
    """),
)

FIELD_MONTH = Table(
    "field_month",
    "In how many rows of a month each field is filled.",
    _columns("""
    source VARCHAR  source
    part   VARCHAR  its table within the source
    field  VARCHAR  column
    month  DATE     first day of the month
    rows   BIGINT   rows, those rejected among them
    filled BIGINT   rows in which it holds a value that can be read
    broken BIGINT   rows in which it holds one that can not
    """),
)

CODE_MONTH = Table(
    "code_month",
    "How often each code of a field stands in the rows of a month.",
    _columns("""
    source VARCHAR  source
    part   VARCHAR  its table within the source
    field  VARCHAR  column
    month  DATE     first day of the month
    code   VARCHAR  code
    rows   BIGINT   rows that have it
    """),
)

FIELD_ASIDE = Table(
    "field_aside",
    "Values that were set aside in rows which were taken.",
    _columns("""
    file   INTEGER  number of the file
    line   BIGINT   line in the file
    column VARCHAR  column whose value could not be read
    """),
)

REJECTED_CLIENT = Table(
    "rejected_client",
    "Whom a rejected row was about, where it still said so.",
    _columns("""
    file   INTEGER  number of the file
    line   BIGINT   line in the file
    client BIGINT   the agency's client
    """),
)

RETIRED_ROW = Table(
    "retired_row",
    "What this build left out: records past their source's retention, and people erased (under no source's name).",
    _columns("""
    source  VARCHAR  source; null for people erased
    why     VARCHAR  past retention, erased
    people  BIGINT   clients left out
    records BIGINT   person records left out
    """),
)

PERSON_RECORD = Table(
    "person_record",
    "One way in which one agency has written down one of its clients.",
    _columns("""
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
    _columns("""
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
    _columns("""
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
    _columns("""
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
    _columns("""
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
    _columns("""
    weight INTEGER  match weight, log2 of the odds, rounded down
    pairs  BIGINT   pairs of entities weighed
    joined BIGINT   of these, how many ended as one person
    """),
)

LINK_PARAMETER = Table(
    "link_parameter",
    "What each degree of agreement weighs: the parameters with which pairs were weighed, for the chart of weights.",
    _columns("""
    comparison VARCHAR  forename, surname, birth_date, sex, home; prior for the weight that a pair starts from
    level      INTEGER  0 is the closest agreement
    said       VARCHAR  the level in words
    m          DOUBLE   how often two entities of one person agree so; null for the prior
    u          DOUBLE   how often two people taken at random agree so; null for the prior
    weight     DOUBLE   log2 of m over u; of the odds for the prior
    frequent   BOOLEAN  whether a rare value weighs more and a common one less than that
    """),
)

COVERAGE = Table(
    "coverage",
    "When a source that only knows those on its books covered a person.",
    _columns("""
    person BIGINT   person
    source VARCHAR  source
    from   DATE     first day
    to     DATE     last day, null while open
    """),
)

RELATIONSHIP = Table(
    "relationship",
    "Who is what to whom, dated, and which source says so. Stored in both directions.",
    _columns("""
    person       BIGINT   person
    other        BIGINT   the other person
    kind         VARCHAR  what other is to person: parent, child, sibling, partner, household, associate, co_missing, co_offending
    from         DATE     first day
    to           DATE     last day, null while it stands
    known_on     DATE     day the agencies knew
    source       VARCHAR  source, or 'derived'
    end_known_on DATE     day the agencies knew that it had ended, null while it stands
    manner       VARCHAR  of a parent or child: birth, step; of brothers and sisters: full, half, step; of a home: placement; null: not known
    """),
)

FAMILY = Table(
    "family",
    "A family: people who live or lived together and are kin or carers.",
    _columns("""
    family BIGINT   number that stays from build to build
    name   VARCHAR  surnames, joined
    ward   VARCHAR  ward of the latest address
    """),
)

FAMILY_MEMBER = Table(
    "family_member",
    "Membership of families over time.",
    _columns("""
    family BIGINT   family
    person BIGINT   person
    role   VARCHAR  child, adult
    from   DATE     first day
    to     DATE     last day, null while it stands
    """),
)

HOME_STAY = Table(
    "home_stay",
    "Who lived at which property when, joined over the agencies that hold addresses.",
    _columns("""
    person       BIGINT   person
    uprn         BIGINT   property
    from         DATE     first day
    to           DATE     last day, null while they live there
    known_on     DATE     day an agency first told of it
    end_known_on DATE     day it was known to have ended, null while it stands
    sources      INTEGER  how many agencies' clients it rests on
    crowded      BOOLEAN  a hostel, a home or a school: too many people at one time for a household
    """),
)

FAMILY_CRITERION = Table(
    "family_criterion",
    "What was met of each scheme's criteria by each family with a child, as known at a date.",
    _columns("""
    family    BIGINT   family
    as_of     DATE     date
    scheme    VARCHAR  headline, outcome: see analytics/families
    criterion VARCHAR  criterion of the scheme
    applies   BOOLEAN  false where the family has nobody whom it is about, such as a child under five
    met       BOOLEAN  null where no source that would tell covers the family
    since     DATE     first day of the evidence; of an outcome that is met, when the last need was over; or null
    latest    DATE     last day of the evidence, or null
    people    INTEGER  how many people it is about
    events    INTEGER  how many events stand behind it
    """),
)

EVENT = Table(
    "event",
    "Something that happened to a person: the day it happened and the day it was known.",
    _columns("""
    event       BIGINT   number, dense from 0
    person      BIGINT   person
    kind        VARCHAR  event kind, see data/events.py
    occurred_on DATE     day it happened or began
    ended_on    DATE     day it ended, null while open or for a moment
    known_on    DATE     day it was known to the source's agency and delivered
    corrected_on DATE    day a later delivery said otherwise or no more; null while it stands
    value       DOUBLE   amount, where the kind has one
    detail      VARCHAR  code or short label, where the kind has one
    source      VARCHAR  source
    file        INTEGER  file it came from
    line        BIGINT   its line there
    """),
)

KNOWN_CASE = Table(
    "known_case",
    "People whom professionals identified, by profile.",
    _columns("""
    person        BIGINT   person
    profile       VARCHAR  profile, such as cse
    identified_on DATE     day a professional first said so
    known_on      DATE     day it was known: when the file came, where it tells of it late
    source        VARCHAR  source
    """),
)

CONTACT = Table(
    "contact",
    "A contact that reached the hub, one row a person it was about.",
    _columns("""
    contact     VARCHAR    the hub's number
    person      BIGINT     person it was about
    received_at TIMESTAMP  when it came
    agency      VARCHAR    who made contact
    reason      VARCHAR    reason code
    outcome     VARCHAR    outcome code, null while waiting
    closed_at   TIMESTAMP  when it was decided
    """),
)

INDICATOR_VALUE = Table(
    "indicator_value",
    "Indicators of the cohort at each as-of date: long, only what is not nil. NaN says not known.",
    _columns("""
    person    BIGINT   person
    as_of     DATE     as-of date
    indicator VARCHAR  indicator
    value     FLOAT    value
    """),
)

SCORE = Table(
    "score",
    "What a model says of a person at an as-of date.",
    _columns("""
    person       BIGINT   person
    model        VARCHAR  model, such as cse
    version      VARCHAR  model version
    as_of        DATE     as-of date
    raw          DOUBLE   uncalibrated score, log-odds (probability for forests)
    probability  DOUBLE   calibrated P(identified within 12 months)
    band         VARCHAR  lower, raised, heightened
    rank         INTEGER  1 is highest, ties share
    percentile   DOUBLE   share of children of the same age who score lower, 0 to 1
    similarity   DOUBLE   likeness to the known cases, 0 to 1
    reasons      VARCHAR  JSON list: the indicators that raise it most, for lists
    """),
)

CONTRIBUTION = Table(
    "contribution",
    "What each indicator adds to a raw score; base + sum = raw.",
    _columns("""
    person       BIGINT   person
    model        VARCHAR  model
    as_of        DATE     as-of date
    indicator    VARCHAR  indicator, or 'base'
    value        FLOAT    the indicator's value, NaN where not known
    contribution DOUBLE   amount added to the raw score
    """),
)

MODEL = Table(
    "model",
    "A trained model and its state.",
    _columns("""
    model     VARCHAR  model
    version   VARCHAR  version, from the hash of code, catalogue and data
    estimator VARCHAR  chosen estimator
    state     VARCHAR  candidate, withheld
    reason    VARCHAR  why it is in that state, in words
    trained   DATE     as-of date it was trained at
    spec      VARCHAR  JSON of the declaration
    """),
)

EVALUATION = Table(
    "evaluation",
    "Measured figures with 95 % bootstrap intervals.",
    _columns("""
    model     VARCHAR  model
    estimator VARCHAR  points, logistic, boosting, forest, similarity, prior_contacts, random
    label     VARCHAR  identified (truth stays beside the snapshot)
    grouping  VARCHAR  all, sex, ethnicity, age, sen, deprivation, calibration, top, capacity
    group     VARCHAR  value of the grouping
    metric    VARCHAR  metric
    value     DOUBLE   figure
    low       DOUBLE   lower end
    high      DOUBLE   upper end
    n         BIGINT   people it rests on
    positives BIGINT   positives among them
    """),
)

WARD = Table(
    "ward",
    "Wards of the city: reference data, for scope, lists and maps.",
    _columns("""
    ward       VARCHAR  ward code
    name       VARCHAR  name on screen
    area       VARCHAR  area that teams work in, such as North
    imd_decile INTEGER  deprivation decile, 1 is most deprived
    geometry   VARCHAR  outline as GeoJSON geometry text, or null
    """),
)

KNOWN_CASE_VALUE = Table(
    "known_case_value",
    "Indicators of the known cases that the similar-case search learned from, at the date each entered training.",
    _columns("""
    model     VARCHAR  model
    number    INTEGER  which known case of the fitted search, from 0
    person    BIGINT   person
    as_of     DATE     date the case entered training, at least 90 days before identification
    indicator VARCHAR  indicator
    value     FLOAT    value; what is nil is left out, NaN says not known
    """),
)

SIMILAR_PLACE = Table(
    "similar_place",
    "Where the children of the latest date stand in the learned space: two arrays a model, without a name in them.",
    _columns("""
    model  VARCHAR model
    people INTEGER rows of the arrays: everybody who has an age at the latest date, in ascending order of person
    trees  INTEGER columns
    leaf   BLOB    leaf of each tree, 16-bit integers, zlib
    known  BLOB    how much of the path to it is known, 16-bit floats, zlib
    """),
)

SEARCH_NAME = Table(
    "search_name",
    "Every part of every name that a person was ever recorded under, for the search box.",
    _columns("""
    token  VARCHAR  part of a name: lower case, no accents
    person BIGINT   person
    kind   VARCHAR  forename, middle, surname, former, or place: a word of the ward's name
    """),
)

SEARCH_TOKEN = Table(
    "search_token",
    "Each different part of a name once: what misspellings are compared with.",
    _columns("""
    token  VARCHAR  part of a name
    people INTEGER  how many people bear it
    """),
)

SEARCH_FACT = Table(
    "search_fact",
    "Dates of birth, postcodes and reference numbers that a person was ever recorded under, for the search box.",
    _columns("""
    kind   VARCHAR  birth, postcode or number
    value  VARCHAR  ISO date; letters and digits only
    person BIGINT   person
    """),
)

SEARCH_ALIAS = Table(
    "search_alias",
    "Other names under which a person was written down, for the cards of the search.",
    _columns("""
    person  BIGINT    person
    written VARCHAR   forename and surname as written
    sources VARCHAR[] sources that wrote it so
    """),
)

TABLES: tuple[Table, ...] = (
    SOURCE, SOURCE_FILE, REJECTED_ROW, RETIRED_ROW, SOURCE_MONTH, SOURCE_HEARD, FIELD_MONTH, CODE_MONTH, FIELD_ASIDE,
    REJECTED_CLIENT, PERSON_RECORD, PERSON, PERSON_LINK, LINK_PAIR, LINK_QUALITY,
    LINK_HISTOGRAM, LINK_PARAMETER, COVERAGE, RELATIONSHIP, FAMILY, FAMILY_MEMBER, HOME_STAY, FAMILY_CRITERION, EVENT, KNOWN_CASE, CONTACT,
    INDICATOR_VALUE, SCORE, CONTRIBUTION, MODEL, EVALUATION, WARD, KNOWN_CASE_VALUE, SIMILAR_PLACE, SEARCH_NAME,
    SEARCH_TOKEN, SEARCH_FACT, SEARCH_ALIAS,
)  # fmt: skip
