"""What followed a contact, as recorded: the outcome that a grading should have foreseen.

Counted from six weeks after the contact, whatever was decided about it. A worker who opens an enquiry at once causes an
enquiry to be recorded at once; counting that would call every grading right by its own doing.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from data.contacts import TAKEN_OUTCOMES

GAP_DAYS, HORIZON_DAYS = 45, 365
#: What followed: nothing; another contact; one that was taken up; an enquiry, a plan, care.
NOTHING, AGAIN, TAKEN_UP, HARM = range(4)
SERIOUS = ("section47", "protection_plan", "looked_after", "adult_enquiry")
_FOLLOWED = """
WITH later AS (
    SELECT a.contact, CASE WHEN c.outcome IN {taken} THEN 2 ELSE 1 END AS grade
    FROM asked a JOIN {schema}.contact c USING (person)
    WHERE c.contact <> a.contact AND c.received_at::DATE > a.moment::DATE + {gap}
      AND c.received_at::DATE <= a.moment::DATE + {horizon}
    UNION ALL
    SELECT a.contact, 3 FROM asked a JOIN {schema}.event e USING (person)
    WHERE list_contains($serious, e.kind) AND e.occurred_on > a.moment::DATE + {gap}
      AND e.occurred_on <= a.moment::DATE + {horizon}
)
SELECT contact, coalesce(max(grade), 0)::INTEGER AS followed
FROM (SELECT DISTINCT contact FROM asked) LEFT JOIN later USING (contact) GROUP BY contact ORDER BY contact
"""


def followed(con: duckdb.DuckDBPyConnection, schema: str = "main") -> pd.DataFrame:
    """(contact, followed 0 to 3) of the contacts in the temporary table ``asked``, in order of contact."""
    query = _FOLLOWED.format(schema=schema, gap=GAP_DAYS, horizon=HORIZON_DAYS, taken=TAKEN_OUTCOMES)
    return con.execute(query, {"serious": list(SERIOUS)}).df()
