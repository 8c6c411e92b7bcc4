"""What is looked for in families, as SQL: one text for the batch, which asks of all, and for the rows behind one tick.

Every query built of these binds ``$as_of`` and the parameters of `bound`; ``family_member``, ``person``, ``home_stay``
and ``event`` are found by their plain names. What was not known at the as-of date is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from analytics.families.criterion import GROWN, Criterion, Programme, Sign
from analytics.families.headline import HEADLINE
from analytics.families.outcomes import OUTCOMES
from analytics.matrix.guard import Guard
from data.events import KINDS

#: In the order of the page.
PROGRAMMES: tuple[Programme, ...] = (HEADLINE, OUTCOMES)
BY_SCHEME = {one.scheme: one for one in PROGRAMMES}


def _bound_by_name(text: str) -> str:
    """A condition of the guard with ``$as_of`` in place of its question marks: nothing else is ever bound there."""
    return text.replace("?", "$as_of")


_GUARD = Guard(date.min)
STANDS = _bound_by_name(_GUARD.stands_sql("e")[0])
ENDED = _bound_by_name(_GUARD.ended_sql("e")[0])
_HOME_KNOWN = _bound_by_name(_GUARD.known_sql("h")[0])
_HOME_ENDED = _bound_by_name(_GUARD.ended_sql("h", "to", "end_known_on")[0])

#: ``member`` (family, person, role, years): of ``{families}`` (a condition on ``m.family``), those that have a child
#: under 18. A grown child counts while they live with somebody of the family who is no grown child.
MEMBER = f"""
standing AS (
    SELECT DISTINCT m.family, m.person, m.role, date_sub('year', p.birth_date, $as_of::DATE) AS years
    FROM family_member m JOIN person p USING (person)
    WHERE {{families}} AND coalesce(m."from", p.birth_date, DATE '1900-01-01') < $as_of
      AND (m."to" IS NULL OR m."to" >= $as_of) AND (p.death_date IS NULL OR p.death_date >= $as_of)
      AND (p.birth_date IS NULL OR p.birth_date < $as_of)
), young AS (SELECT DISTINCT family FROM standing WHERE role = 'child' AND years < {GROWN}),
core AS (
    SELECT s.* FROM standing s SEMI JOIN young USING (family) WHERE s.role = 'adult' OR years < {GROWN}
), lives AS (
    SELECT person, uprn FROM home_stay h
    WHERE NOT crowded AND {_HOME_KNOWN} AND h."from" < $as_of AND ({_HOME_ENDED}) IS NULL
      AND person IN (SELECT person FROM standing)
), at_home AS (
    SELECT DISTINCT s.family, s.person FROM standing s SEMI JOIN young USING (family)
    JOIN lives a ON a.person = s.person JOIN lives b ON b.uprn = a.uprn
    JOIN core c ON c.family = s.family AND c.person = b.person
    WHERE s.role = 'child' AND s.years >= {GROWN}
), member AS (
    FROM core
    UNION ALL SELECT s.family, s.person, 'adult', s.years FROM standing s SEMI JOIN at_home USING (family, person)
    WHERE s.role = 'child'
)"""

#: ``wanted``: each sign once for each of its kinds.
WANTED = """
wanted AS (
    SELECT unnest($schemes::VARCHAR[]) AS scheme, unnest($criteria::VARCHAR[]) AS criterion,
           unnest($signs::INTEGER[]) AS sign, unnest($kinds::VARCHAR[]) AS kind, unnest($since::DATE[]) AS since,
           unnest($lasting::BOOLEAN[]) AS lasting, unnest($whom::VARCHAR[]) AS whom,
           unnest($at_least::INTEGER[]) AS at_least, unnest($mean_below::DOUBLE[]) AS mean_below,
           unnest($details::VARCHAR[][]) AS details, unnest($age_from::INTEGER[]) AS age_from,
           unnest($age_to::INTEGER[]) AS age_to
)"""

FITS = """
(w.whom = 'anyone' OR w.whom = m.role)
AND (w.age_from IS NULL OR m.years BETWEEN w.age_from AND w.age_to)
"""

#: ``happened``: every event that some sign looks for, of a member whom it is about; ``counts`` where it is within the
#: sign's reach. Of outcomes those before are there too: since when an outcome is met is told by the last of them.
HAPPENED = f"""
happened AS (
    SELECT m.family, w.scheme, w.criterion, w.sign, m.person, e.event, e.occurred_on, ({ENDED}) AS ended_on, e.value,
           e.occurred_on >= w.since OR (w.lasting AND coalesce({ENDED}, $as_of::DATE) >= w.since) AS counts,
           w.at_least, w.mean_below
    FROM event e JOIN wanted w USING (kind) JOIN member m ON m.person = e.person
    WHERE {STANDS} AND e.occurred_on < $as_of AND {FITS} AND (len(w.details) = 0 OR list_contains(w.details, e.detail))
      AND (e.occurred_on >= w.since OR w.lasting OR (w.scheme = 'outcome' AND w.mean_below IS NULL))
)"""

#: ``shown``: of whom a sign holds. Means are of decimals, whose sum is the same in whatever order.
SHOWN = """
shown AS (
    SELECT family, scheme, criterion, sign, person FROM happened WHERE counts
    GROUP BY family, scheme, criterion, sign, person
    HAVING count(*) >= any_value(at_least)
       AND (any_value(mean_below) IS NULL OR avg(value::DECIMAL(12, 3)) < any_value(mean_below))
)"""


def signs(programmes: Iterable[Programme] = PROGRAMMES) -> Iterator[tuple[Programme, Criterion, int, Sign]]:
    """Every declared sign, with its number within its criterion."""
    for programme in programmes:
        for criterion in programme.criteria:
            for number, sign in enumerate(criterion.signs):
                yield programme, criterion, number, sign


def bound(as_of: date, programmes: Iterable[Programme] = PROGRAMMES) -> dict[str, Any]:
    """What `WANTED` binds, and ``$as_of``."""
    rows = [
        (
            programme.scheme, criterion.name, number, kind, months_before(as_of, sign.months),
            sign.lasting and KINDS[kind].lasts, sign.whom, sign.at_least, sign.mean_below, list(sign.details),
            sign.ages and sign.ages[0], sign.ages and sign.ages[1],
        )
        for programme, criterion, number, sign in signs(programmes)
        for kind in sign.kinds
    ]  # fmt: skip
    names = (
        "schemes", "criteria", "signs", "kinds", "since", "lasting", "whom", "at_least", "mean_below", "details",
        "age_from", "age_to",
    )  # fmt: skip
    return {"as_of": as_of} | {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the month's last day where there is none."""
    return (pd.Timestamp(day) - pd.DateOffset(months=months)).date()
