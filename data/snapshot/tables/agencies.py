"""What agencies delivered, what was taken of it, and what was left out."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

SOURCE = Table(
    "source",
    "One agency's feed, as declared, with what has arrived of it.",
    columns("""
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
    columns("""
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
    columns("""
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
    columns("""
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
    columns("""
    source   VARCHAR  source
    heard_on DATE     last day that the agency knew or delivered something
    silence  INTEGER  days from one such day to the next in its last two years: 19 of 20 are no longer
    """),
)

FIELD_MONTH = Table(
    "field_month",
    "In how many rows of a month each field is filled.",
    columns("""
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
    columns("""
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
    columns("""
    file   INTEGER  number of the file
    line   BIGINT   line in the file
    column VARCHAR  column whose value could not be read
    """),
)

REJECTED_CLIENT = Table(
    "rejected_client",
    "Whom a rejected row was about, where it still said so.",
    columns("""
    file   INTEGER  number of the file
    line   BIGINT   line in the file
    client BIGINT   the agency's client
    """),
)

RETIRED_ROW = Table(
    "retired_row",
    "What this build left out: records past their source's retention, and people erased (under no source's name).",
    columns("""
    source  VARCHAR  source; null for people erased
    why     VARCHAR  past retention, erased
    people  BIGINT   clients left out
    records BIGINT   person records left out
    """),
)
