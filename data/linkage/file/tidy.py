"""The file's rows made comparable: ``linkage.tidy``, with a column for every field, whether it is there or not."""

from __future__ import annotations

import duckdb
import pandas as pd

from data.linkage import alike, cleaning
from data.linkage.cleaning import NHS_VALID, UPN_VALID, count
from data.linkage.file.fields import FIELDS

# Days before months unless the file's own dates say otherwise. ``%-d`` takes one digit or two.
WHOLE = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d %b %Y", "%d %B %Y", "%d-%b-%Y")
DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%y")
MONTH_FIRST = tuple(each.replace("%d", "%x").replace("%m", "%d").replace("%x", "%m") for each in DAY_FIRST)

GIVEN = """
CREATE OR REPLACE TABLE linkage.given AS
SELECT row, {fields} FROM linkage_file
"""

# A full name's last word is the surname, unless a comma says that the surname comes first.
SPLIT = """
CREATE OR REPLACE TABLE linkage.said AS
WITH parted AS (
    SELECT *, contains(full_name, ',') AS turned, string_split_regex(trim(full_name), '\\s+') AS words,
           string_split_regex(trim(split_part(full_name, ',', 2)), '\\s+') AS given FROM linkage.given
)
SELECT * EXCLUDE (turned, words, given) REPLACE (
    coalesce(forename, CASE WHEN turned THEN given[1] ELSE words[1] END) AS forename,
    coalesce(middle_names, CASE WHEN turned THEN given[2] WHEN len(words) > 2 THEN words[2] END) AS middle_names,
    coalesce(surname, CASE WHEN turned THEN split_part(full_name, ',', 1) WHEN len(words) > 1 THEN words[-1] END)
        AS surname)
FROM parted
"""

RAW_NAMES = " UNION ".join(
    f"SELECT {name} AS raw FROM linkage.said" for name in ("forename", "middle_names", "surname", "former_surname")
)

TIDY = f"""
CREATE OR REPLACE TABLE linkage.tidy AS
WITH dated AS (
    SELECT *, coalesce(try_strptime(trim(dob), $formats), NULL)::DATE AS parsed,
           regexp_replace(dob, '[^0-9]', '', 'g') AS digits FROM linkage.said
), born AS (
    SELECT *, CASE WHEN parsed > DATE '2100-01-01' OR year(parsed) < 1850 THEN NULL
                   WHEN parsed > current_date + 400 THEN parsed - INTERVAL 100 YEAR ELSE parsed END::DATE AS birth_date
    FROM dated
), lettered AS (
    SELECT row, f.first AS forename, coalesce(m.first, f.rest[1]) AS middle, s.whole AS surname,
           nullif(p.whole, s.whole) AS former_surname, list_concat(s.parts, p.parts) AS parts, birth_date,
           coalesce(strftime(birth_date, '%Y%m%d'), CASE WHEN length(digits) = 8 THEN digits END) AS birth_text,
           CASE WHEN lower(trim(sex)) IN ('m', 'male', 'boy', 'man', '1') THEN 'M'
                WHEN lower(trim(sex)) IN ('f', 'female', 'girl', 'woman', '2') THEN 'F' END AS sex,
           nullif(regexp_replace(upper(postcode), '[^A-Z0-9]', '', 'g'), '') AS postcode,
           nullif(regexp_replace(lower(strip_accents(town)), '[^a-z0-9]', '', 'g'), '') AS town,
           nullif(trim(regexp_replace(lower(strip_accents(address)), '[^a-z0-9]+', ' ', 'g')), '') AS address,
           nullif(ltrim(regexp_replace(uprn, '\\.0$|[^0-9]', '', 'g'), '0'), '') AS uprn,
           CASE WHEN contains(email, '@') THEN lower(regexp_replace(email, '\\s', '', 'g')) END AS email,
           CASE WHEN length(regexp_replace(phone, '[^0-9]', '', 'g')) >= 6
                THEN right(regexp_replace(phone, '[^0-9]', '', 'g'), 10) END AS phone,
           regexp_replace(nhs_number, '\\.0$|[^0-9]', '', 'g') AS nhs_number, upper(trim(upn)) AS upn,
           nullif(regexp_replace(upper(national_id), '\\.0$|[^A-Z0-9]', '', 'g'), '') AS national_id
    FROM born d
    LEFT JOIN linkage.name f ON d.forename = f.raw LEFT JOIN linkage.name m ON d.middle_names = m.raw
    LEFT JOIN linkage.name s ON d.surname = s.raw LEFT JOIN linkage.name p ON d.former_surname = p.raw
)
SELECT * EXCLUDE (name, groups)
       REPLACE (CASE WHEN {NHS_VALID} THEN nhs_number END AS nhs_number, CASE WHEN {UPN_VALID} THEN upn END AS upn),
       coalesce(groups, CASE WHEN forename IS NOT NULL THEN [forename] END) AS groups
FROM lettered LEFT JOIN linkage.nickname ON name = forename
ORDER BY row
"""


def tidy(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame, columns: dict[str, str]) -> int:
    """Write ``linkage.tidy`` from the rows of a file and its field -> column; the number of rows."""
    con.execute("CREATE SCHEMA IF NOT EXISTS linkage")
    alike.define(con)
    given = pd.DataFrame({field: frame[column].astype("string") for field, column in columns.items()})
    con.register("linkage_file", given.assign(row=range(len(given))))
    con.execute(GIVEN.format(fields=", ".join(_field(field.name, field.name in columns) for field in FIELDS)))
    con.unregister("linkage_file")
    con.execute(SPLIT)
    cleaning.fold_names(con, RAW_NAMES)
    con.execute(TIDY, {"formats": list(_formats(con))})
    return count(con, "linkage.tidy")


def _field(name: str, there: bool) -> str:
    return f"nullif(trim({name}), '') AS {name}" if there else f"NULL::VARCHAR AS {name}"


def _formats(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """How the file writes its dates: months come first where more of its dates can be read so."""
    sql = "SELECT count(try_strptime(dob, $day_first)), count(try_strptime(dob, $month_first)) FROM linkage.given"
    given = {"day_first": list(DAY_FIRST), "month_first": list(MONTH_FIRST)}
    day_first, month_first = con.execute(sql, given).fetchall()[0]
    return WHOLE + (MONTH_FIRST if month_first > day_first else DAY_FIRST)
