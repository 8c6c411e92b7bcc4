"""The strategic picture: which needs the city's children have, alone and together, by ward and age.

Children are counted once a snapshot at the finest grain, by ward, age and the set of needs that they have, with their
record keys beside; views add these up, and `control.free` comes last. What a family's records show is counted for each
child under 18 who is a member of the family now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.control import free
from analytics.families.looking import PROGRAMMES
from analytics.management.caseload import AGE, AGES, KINDS, SERVICES, SPELL, wards
from analytics.management.rates import per
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.reading import derived

OPEN, SIX, TEN = "Services", "Six criteria", "Ten outcomes"
GROUPS = (OPEN, SIX, TEN)
CONTACT_MONTHS = 12


@dataclass(frozen=True)
class Need:
    """One need: its ``name`` in addresses, what it is called, whom it counts, and the bit that stands for it."""

    name: str
    group: str
    label: str
    counts: str
    bit: int


def _needs() -> tuple[Need, ...]:
    told = [(one.kind, OPEN, one.label, "Children with this service open") for one in SERVICES]
    told.append(("contact", OPEN, "Contact with the hub", f"Children of a contact in the last {CONTACT_MONTHS} months"))
    for programme, group in zip(PROGRAMMES, (SIX, TEN), strict=True):
        for one in programme.criteria:
            met = group == SIX
            label = one.label if met else f"{one.label}: not met"
            counts = one.sentence if met else f"Children of families whose records speak against: {one.sentence}"
            told.append((f"{programme.scheme}_{one.name}", group, label, counts))
    return tuple(Need(*each, bit) for bit, each in enumerate(told))


NEEDS = {one.name: one for one in _needs()}
_FAMILYS = tuple((*one.name.split("_", 1), one.bit) for one in NEEDS.values() if one.group != OPEN)

_CELLS = f"""
WITH child AS MATERIALIZED (
    SELECT person, ward, date_sub('year', birth_date, $today) AS years FROM person
    WHERE ward IS NOT NULL AND birth_date > $today - INTERVAL 18 YEAR AND birth_date <= $today AND death_date IS NULL
), wanted AS (
    FROM (VALUES {", ".join(map(str, _FAMILYS))}) AS need (scheme, criterion, bit)
), shown AS (
    SELECT c.family, bit_or(1 << w.bit) AS needs FROM family_criterion c JOIN wanted w USING (scheme, criterion)
    WHERE c.as_of = $today AND c.applies AND c.met = (c.scheme = 'headline') GROUP BY c.family
), had AS (
    SELECT person, 1 << (list_position({list(KINDS)}, kind) - 1) AS needs FROM {SPELL}
    WHERE occurred_on <= $today AND (ended_on IS NULL OR ended_on > $today)
    UNION ALL
    SELECT person, 1 << {NEEDS["contact"].bit} FROM contact
    WHERE received_at < $today AND received_at >= $today - INTERVAL {CONTACT_MONTHS} MONTH
    UNION ALL
    SELECT m.person, s.needs FROM shown s JOIN family_member m USING (family)
    WHERE m.role = 'child' AND (m."from" IS NULL OR m."from" < $today) AND (m."to" IS NULL OR m."to" >= $today)
), together AS (
    SELECT person, bit_or(needs) AS needs FROM had GROUP BY person
)
SELECT ward, {AGE} AS age,
       coalesce(needs, 0)::BIGINT AS needs, count(*)::INTEGER AS children, sum(key)::BIGINT AS keys
FROM child LEFT JOIN together USING (person) JOIN record_key USING (person) GROUP BY ALL ORDER BY ALL
"""

_CELL = derived("need_cell", _CELLS, needs=("contact", "record_key", "person", "event", "family_criterion"))


@dataclass(frozen=True)
class Cells:
    """Children by ward, age and set of needs; exact, and never for show. ``wards``: by code."""

    rows: pd.DataFrame
    wards: pd.DataFrame

    def narrowed(self, area: str = "", age: str = "") -> Cells:
        """Those of one area, of one age; empty narrows nothing."""
        rows, places = self.rows, self.wards
        if area:
            places = places[places["area"] == area]
            rows = rows[rows["ward"].isin(places.index)]
        if age:
            rows = rows[rows["age"] == AGES.index(age)]
        return Cells(rows, places)

    def by_ward(self, need: Need) -> pd.DataFrame:
        """Safe figures, a row each ward: ``count``, ``living``, ``rate`` for every 1,000 with ``low`` and ``high``."""
        return self._rated(need, self.rows["ward"], list(self.wards.index))

    def whole(self, need: Need) -> pd.Series:
        """The same of everybody here."""
        return self._rated(need, pd.Series("", self.rows.index), [""]).iloc[0]

    def _rated(self, need: Need, place: pd.Series, names: list[str]) -> pd.DataFrame:
        has = self.rows["needs"].to_numpy(np.int64) >> need.bit & 1 == 1
        at = pd.Index(names).get_indexer(pd.Index(place))
        safe = safely(self.rows, at, len(names), {"count": has, "living": np.ones(len(has), bool)})
        safe.index = pd.Index(names)
        return safe.join(per(1000, safe["count"], safe["living"]))


def safely(rows: pd.DataFrame, at: NDArray[np.intp], places: int, masks: dict[str, NDArray[np.bool_]]) -> pd.DataFrame:
    """Safe counts of the cells of each place for which a mask holds: one row a place, one column a mask.

    ``rows``: ``children`` and ``keys``; ``at``: the place of each cell, below 0 for none.
    """
    exact, keys = (
        pd.DataFrame(
            {
                name: np.bincount(at[mask & (at >= 0)], rows[what].to_numpy(float)[mask & (at >= 0)], places)
                for name, mask in masks.items()
            }
        )
        for what in ("children", "keys")
    )
    return free(exact, keys)


def cells(session: Session) -> Cells:
    """Count them. Raises `AccessRefused`."""
    rows = serve(session, Permission.SEE_FIGURES, f"FROM {_CELL}", what="needs of children by ward")
    return Cells(rows, wards(session).set_index("code"))


@dataclass(frozen=True)
class Together:
    """Which of ``needs`` come together, in safe counts of ``living`` children.

    ``many``: children by how many they have (0, 1 ...). ``sets``: two and more of them and how many children have just
    these, most first: ``needs`` (places in the tuple), ``count``. ``pairs``: children who have both, by name; the
    diagonal has each alone.
    """

    needs: tuple[Need, ...]
    living: float
    many: pd.Series
    sets: pd.DataFrame
    pairs: pd.DataFrame

    def of_100(self) -> pd.DataFrame:
        """Of 100 children who have the need of the row, how many have that of the column; NaN where withheld."""
        own = pd.Series(np.diag(self.pairs), self.pairs.index)
        return (100 * self.pairs).div(own, axis=0).clip(upper=100)

    def times(self) -> pd.DataFrame:
        """How many times as often as among all children."""
        share = pd.Series(np.diag(self.pairs), self.pairs.columns) / self.living
        return self.of_100().div(100 * share, axis=1)


def together(found: Cells, needs: Sequence[Need]) -> Together:
    """Overlaps of ``needs`` among the children of ``found``."""
    bits = np.array([one.bit for one in needs])
    has = (found.rows["needs"].to_numpy(np.int64)[:, None] >> bits & 1).astype(bool)
    everyone = np.zeros(len(has), np.intp)
    names = [one.name for one in needs]
    masks = {f"{a} {b}": has[:, i] & has[:, j] for i, a in enumerate(names) for j, b in enumerate(names) if i <= j}
    number = has.sum(axis=1)
    masks |= {str(many): number == many for many in range(len(needs) + 1)} | {"living": number >= 0}
    told = safely(found.rows, everyone, 1, masks).iloc[0]
    pairs = pd.DataFrame(
        [[told[f"{a} {b}" if i <= j else f"{b} {a}"] for j, b in enumerate(names)] for i, a in enumerate(names)],
        names, names,
    )  # fmt: skip
    many = pd.Series([told[str(one)] for one in range(len(needs) + 1)], range(len(needs) + 1))
    return Together(tuple(needs), float(told["living"]), many, _sets(found.rows, has), pairs)


def _sets(rows: pd.DataFrame, has: NDArray[np.bool_]) -> pd.DataFrame:
    """Sets of two and more that are not withheld."""
    code = (has << np.arange(has.shape[1])).sum(axis=1)
    several = has.sum(axis=1) >= 2
    codes, at = np.unique(code[several], return_inverse=True)
    safe = safely(rows[several], at, len(codes), {"count": np.ones(len(at), bool)})["count"]
    shown = (
        pd.DataFrame({"code": codes, "count": safe}).dropna().sort_values(["count", "code"], ascending=[False, True])
    )
    shown["needs"] = [tuple(place for place in range(has.shape[1]) if int(one) >> place & 1) for one in shown["code"]]
    return shown[["needs", "count"]].reset_index(drop=True)
