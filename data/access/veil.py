"""A veil over `score`, `contribution`, `list_before` and `contact_score`: what may not be shown is not there to read.

It lies in the query itself, not in pages: common tables of the same names stand before whatever the query reads, so
that a page which forgets to ask whether it may show a score finds none. Rows of ``score`` stay, with the day and the
likeness to known cases, and everything that the model says is blank; rows of ``contribution`` and ``contact_score`` go.
"""

from __future__ import annotations

import re

from data.access.scope import with_table
from data.snapshot.engine import ALIAS

#: Parameter: the models whose scores may be shown.
SHOWN = "shown_models"
#: Parameter: versions that were retired. What one said of an earlier build is gone with it, whatever is in use now.
RETIRED_VERSIONS = "retired_versions"
#: Parameter: whether grades of contacts may be suggested.
SUGGESTED = "contacts_suggested"
_MAY = f"list_contains(${SHOWN}::VARCHAR[], model)"
#: What a row of ``score`` says, and what stands there instead.
_SAID = {"raw": "NULL", "probability": "NULL", "band": "NULL", "rank": "NULL", "percentile": "NULL", "reasons": "'[]'"}
_THEN = f"{_MAY} AND NOT list_contains(${RETIRED_VERSIONS}::VARCHAR[], version)"
_BEFORE = f"CASE WHEN {_THEN} THEN band END AS band, CASE WHEN {_THEN} THEN rank END AS rank"
_BLANKED = ", ".join(f"CASE WHEN {_MAY} THEN {name} ELSE {blank} END AS {name}" for name, blank in _SAID.items())
_TABLES = {
    "score": f"score AS NOT MATERIALIZED (SELECT * REPLACE ({_BLANKED}) FROM {ALIAS}.main.score)",
    "contribution": f"contribution AS NOT MATERIALIZED (SELECT * FROM {ALIAS}.main.contribution WHERE {_MAY})",
    "list_before": f"list_before AS NOT MATERIALIZED (SELECT * REPLACE ({_BEFORE}) FROM {ALIAS}.main.list_before)",
    "contact_score": f"contact_score AS NOT MATERIALIZED (SELECT * FROM {ALIAS}.main.contact_score WHERE ${SUGGESTED})",
}
_NAMED = {name: re.compile(rf"\b{name}\b", re.IGNORECASE) for name in _TABLES}
_PAST_THE_VEIL = re.compile(rf'\b({ALIAS}|main)"?\s*\.\s*"?(main"?\s*\.\s*"?)?({"|".join(_TABLES)})\b', re.IGNORECASE)


def reads_scores(query: str) -> bool:
    """Whether ``query`` names a table of scores at all."""
    return any(named.search(query) for named in _NAMED.values())


def veiled(query: str) -> str:
    """``query`` as it may be answered; it binds `SHOWN`, `RETIRED_VERSIONS` and `SUGGESTED` besides.

    Raises `ValueError` for a query that names the store's own tables of scores, past the veil.
    """
    if _PAST_THE_VEIL.search(query):
        raise ValueError("scores are read by the plain names `score` and `contribution`")
    return with_table(query, ", ".join(table for name, table in _TABLES.items() if _NAMED[name].search(query)))
