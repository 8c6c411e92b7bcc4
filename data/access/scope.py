"""Row scope as SQL: which people a reader may see, with every value bound."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from data.access.reader import Reader

_WITH = re.compile(r"\s*WITH\s+(RECURSIVE\s+)?", re.IGNORECASE)
_VISIBLE = re.compile(r"\bvisible\b", re.IGNORECASE)
_PARAMETER = re.compile(r"\$([a-z_]+)")


def scope_sql(reader: Reader, among: str = "person") -> tuple[str, dict[str, Any]]:
    """A select of the one column ``person`` that gives whoever ``reader`` may see, and its parameters.

    ``among``: the table of people, or a select of ``person`` and ``ward`` of those who are asked about.
    """
    if reader.wards is None:
        return f"SELECT person FROM {among}", {}
    within = "ward IN (SELECT unnest($scope_wards::VARCHAR[])) OR person IN (SELECT unnest($scope_people::BIGINT[]))"
    return f"SELECT person FROM {among} WHERE {within}", {
        "scope_wards": sorted(reader.wards),
        "scope_people": sorted(reader.people),
    }


def scoped(query: str, reader: Reader, hidden: Collection[int] = ()) -> tuple[str, dict[str, Any]]:
    """``query`` with a common table ``visible(person)`` before it, and the parameters that this adds.

    ``hidden`` are people who are in no list, whoever asks.

    Raises `ValueError` if the query does not read ``visible``: a list without its scope is a mistake of ours.
    """
    if not within_scope(query):
        raise ValueError("a query of this reach must join or filter by `visible`")
    select, params = scope_sql(reader)
    if hidden:
        select = f"SELECT person FROM ({select}) WHERE person NOT IN (SELECT unnest($hidden_people::BIGINT[]))"
        params = params | {"hidden_people": sorted(hidden)}
    return with_table(query, f"visible AS ({select})"), params


def within_scope(query: str) -> bool:
    """Whether ``query`` reads ``visible``."""
    return _VISIBLE.search(query) is not None


def with_table(query: str, tables: str) -> str:
    """``query`` with the common tables ``tables`` before its own."""
    opening = _WITH.match(query)
    if opening is None:
        return f"WITH {tables}\n{query}"
    recursive = "RECURSIVE " if opening[1] else ""
    return f"WITH {recursive}{tables},\n{query[opening.end() :]}"


def used(query: str, params: dict[str, Any]) -> dict[str, Any]:
    """Those of ``params`` that ``query`` names: DuckDB refuses the rest."""
    named = set(_PARAMETER.findall(query))
    return {name: value for name, value in params.items() if name in named}
