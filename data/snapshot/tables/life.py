"""What is known of people: covers, kin, families, homes, events, cases and contacts."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

COVERAGE = Table(
    "coverage",
    "When a source that only knows those on its books covered a person.",
    columns("""
    person BIGINT   person
    source VARCHAR  source
    from   DATE     first day
    to     DATE     last day, null while open
    """),
)

RELATIONSHIP = Table(
    "relationship",
    "Who is what to whom, dated, and which source says so. Stored in both directions.",
    columns("""
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
    columns("""
    family BIGINT   number that stays from build to build
    name   VARCHAR  surnames, joined
    ward   VARCHAR  ward of the latest address
    """),
)

FAMILY_MEMBER = Table(
    "family_member",
    "Membership of families over time.",
    columns("""
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
    columns("""
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
    columns("""
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
    columns("""
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
    columns("""
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
    columns("""
    contact      VARCHAR    the hub's number
    person       BIGINT     person it was about
    received_at  TIMESTAMP  when it came
    agency       VARCHAR    who made contact
    reason       VARCHAR    reason code
    narrative    VARCHAR    what was said
    outcome      VARCHAR    outcome code, null while waiting
    worker       VARCHAR    who decided
    team         VARCHAR    the worker's team
    shared_with  VARCHAR    agencies that were asked for information, parted by semicolons; null where none was
    checks_found VARCHAR    code of what they had to tell
    closed_at    TIMESTAMP  when it was decided
    """),
)

WARD = Table(
    "ward",
    "Wards of the city: reference data, for scope, lists and maps.",
    columns("""
    ward       VARCHAR  ward code
    name       VARCHAR  name on screen
    area       VARCHAR  area that teams work in, such as North
    imd_decile INTEGER  deprivation decile, 1 is most deprived
    geometry   VARCHAR  outline as GeoJSON geometry text, or null
    """),
)

NEIGHBOURHOOD = Table(
    "neighbourhood",
    "How deprived the neighbourhood of each postcode is: reference data, so that every indicator can be computed again.",
    columns("""
    postcode VARCHAR postcode
    decile   DOUBLE  deprivation decile, 1 is most deprived
    """),
)

RECORD_KEY = Table(
    "record_key",
    "A random number of each person, by which counts are nudged before anybody sees them; it tells nothing of them.",
    columns("""
    person BIGINT  person
    key    INTEGER 0 to 65,535
    """),
)
