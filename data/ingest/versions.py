"""What several deliveries tell of one thing: one event, or its versions where a later one says otherwise.

A later delivery replaces what an earlier one said, and both are kept as known: the first version counts from its own
day until the delivery that tells otherwise came (``corrected_on``), the second from that day on. So whoever looks back
to a day between them sees what was known then.

- A *thing* is the row's own key where its part declares one, else what one source tells of one client, kind and day.
- Rows of a thing stand side by side. One that a later delivery of the thing leaves out was replaced on that day, and
  one that an earlier delivery of the thing left out is known from the day that it came.
- An end that comes is no correction but news of its day. It corrects only where an earlier delivery, which spoke of
  later days (up to its ``horizon``), had the thing still open, or ended on another day.
- What two sources of one numbering tell of one client, kind and day (Annex A and the census) is one thing. The one that
  told of it first speaks; the other adds rows beyond its number, and the end of what stands open there.
- A part that tells everything each time (``whole``) withdraws what it leaves out.
"""

from __future__ import annotations

# Few kinds have days that more than one file tells of, and to find those days first is cheap.
REPEATED_SQL = """
CREATE OR REPLACE TEMP TABLE repeated AS
WITH shared AS (
    SELECT kind, occurred_on FROM staged.event_told WHERE key IS NULL
    GROUP BY kind, occurred_on HAVING min(file) <> max(file)
), candidate AS (
    SELECT rowid AS row, client, kind, occurred_on, file
    FROM staged.event_told SEMI JOIN shared USING (kind, occurred_on) WHERE key IS NULL
), twice AS (
    SELECT client, kind, occurred_on FROM candidate GROUP BY client, kind, occurred_on HAVING min(file) <> max(file)
), keyed AS (
    SELECT key FROM staged.event_told WHERE key IS NOT NULL GROUP BY key HAVING min(file) <> max(file)
)
SELECT row FROM candidate SEMI JOIN twice USING (client, kind, occurred_on)
UNION ALL SELECT rowid FROM staged.event_told SEMI JOIN keyed USING (key)
"""

TELLING_SQL = """
CREATE OR REPLACE TEMP TABLE telling AS
SELECT t.rowid AS event, t.*, coalesce(key, (hash(client, kind, occurred_on) >> 1)::BIGINT) AS thing,
       hash(client, kind, occurred_on, detail, value, ended_on) AS said, delivered, horizon
FROM staged.event_told t JOIN taken USING (file, source) SEMI JOIN repeated ON t.rowid = row
"""

# Most things are told again unchanged; the rest, a few in a hundred, are told apart with more care.
STEADY_SQL = """
CREATE OR REPLACE TEMP TABLE steady AS
SELECT source, thing, arg_min(event, (delivered, file)) AS event, arg_max(file, delivered) AS last_file
FROM telling GROUP BY source, thing HAVING min(said) = max(said) AND count(*) = count(DISTINCT delivered)
"""

# Of lists that came on one day and tell of one thing (one workbook's) the longest speaks.
SPOKEN_SQL = """
CREATE OR REPLACE TEMP TABLE spoken AS
WITH shifting AS (
    FROM telling ANTI JOIN steady USING (source, thing)
), list AS (
    SELECT source, thing, delivered, file, count(*) AS n FROM shifting GROUP BY ALL
), turn AS (
    SELECT source, thing, delivered, arg_max(file, (n, file)) AS file FROM list GROUP BY source, thing, delivered
), ordered AS (
    SELECT *, row_number() OVER w AS turn, lead(delivered) OVER w AS next
    FROM turn WINDOW w AS (PARTITION BY source, thing ORDER BY delivered)
)
SELECT s.*, turn, next, row_number() OVER (
    PARTITION BY source, thing, turn, client, kind, occurred_on, detail, value ORDER BY ended_on, line, event
) AS nth
FROM shifting s JOIN ordered USING (source, thing, delivered, file)
"""

# A new version begins where a row was left out in between, or its end contradicts what was said of days gone by.
VERSION_SQL = """
CREATE OR REPLACE TEMP TABLE version AS
WITH compared AS (
    SELECT *, CASE WHEN turn - lag(turn) OVER chain > 1
                   OR ended_on IS DISTINCT FROM lag(ended_on) OVER chain
                      AND least(ended_on, lag(ended_on) OVER chain) <= lag(horizon) OVER chain
              THEN 1 ELSE 0 END AS anew
    FROM spoken
    WINDOW chain AS (PARTITION BY source, thing, client, kind, occurred_on, detail, value, nth ORDER BY turn)
), numbered AS (
    SELECT *, sum(anew) OVER (
        PARTITION BY source, thing, client, kind, occurred_on, detail, value, nth ORDER BY turn ROWS UNBOUNDED PRECEDING
    ) AS version FROM compared
)
SELECT source, thing, client, kind, occurred_on, detail, value, min(turn) AS turn,
       arg_max_null(ended_on, turn) AS ended_on,
       CASE WHEN min(turn) = 1 THEN arg_min(known_on, turn)
            ELSE greatest(arg_min(delivered, turn), arg_min(known_on, turn)) END AS known_on,
       arg_max_null(next, turn) AS corrected_on, arg_min(event, turn) AS event, arg_max(file, turn) AS last_file,
       min(delivered) AS delivered, max(horizon) AS horizon, any_value(key) AS key,
       arg_min(file, turn) AS file, arg_min(line, turn) AS line
FROM numbered GROUP BY source, thing, client, kind, occurred_on, detail, value, nth, version
"""

SETTLED_SQL = """
CREATE OR REPLACE TEMP TABLE settled AS
SELECT source, thing, client, kind, occurred_on, detail, value, 1 AS turn, ended_on, known_on,
       NULL::DATE AS corrected_on, t.event, last_file, delivered, last.horizon, key, file, line
FROM steady s JOIN telling t USING (source, thing, event)
JOIN (SELECT file AS last_file, horizon FROM taken) last USING (last_file)
UNION ALL BY NAME
FROM version WHERE corrected_on IS NULL OR corrected_on > known_on
"""

# Which source of one numbering speaks of a thing, and what the others still add.
HEARD_SQL = """
CREATE OR REPLACE TEMP TABLE heard AS
WITH several AS (
    SELECT thing FROM settled WHERE key IS NULL GROUP BY thing HAVING min(source) <> max(source)
), ranked AS (
    SELECT *, first_value(source) OVER (PARTITION BY thing ORDER BY delivered, source, event) AS speaker,
           row_number() OVER (PARTITION BY thing, source ORDER BY delivered, event) AS place
    FROM settled SEMI JOIN several USING (thing)
), spoke AS (
    SELECT thing, count(*) FILTER (source = speaker AND turn = 1) AS n,
           max(horizon) FILTER (source = speaker) AS horizon,
           max(ended_on) FILTER (source <> speaker AND corrected_on IS NULL) AS ended
    FROM ranked GROUP BY thing
)
SELECT event, source = speaker OR place > n AS kept,
       CASE WHEN source = speaker AND ended_on IS NULL AND corrected_on IS NULL AND ended > spoke.horizon
            THEN ended ELSE ended_on END AS ended_on
FROM ranked JOIN spoke USING (thing)
"""

EVENT_SQL = """
CREATE OR REPLACE TABLE staged.event AS
WITH once AS (
    SELECT rowid AS event, *, NULL::DATE AS corrected_on, file AS last_file
    FROM staged.event_told ANTI JOIN repeated ON staged.event_told.rowid = row
    UNION ALL BY NAME
    SELECT s.event, client, kind, occurred_on,
           CASE WHEN h.event IS NULL THEN s.ended_on ELSE h.ended_on END AS ended_on,
           known_on, value, detail, source, file, line, key, corrected_on, last_file
    FROM settled s LEFT JOIN heard h ON h.event = s.event WHERE coalesce(kept, true)
)
SELECT event, client, kind, occurred_on, ended_on, known_on,
       coalesce(corrected_on, CASE WHEN next_whole > known_on THEN next_whole END) AS corrected_on,
       value, detail, o.source, o.file, line
FROM once o JOIN (SELECT file AS last_file, next_whole FROM taken) USING (last_file)
"""

#: In order; each makes the table of its name, the last one `staged.event`.
STATEMENTS = (REPEATED_SQL, TELLING_SQL, STEADY_SQL, SPOKEN_SQL, VERSION_SQL, SETTLED_SQL, HEARD_SQL, EVENT_SQL)
WORKING = ("repeated", "telling", "steady", "spoken", "version", "settled", "heard")
