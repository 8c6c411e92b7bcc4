"""What a family's homes and changes come to, in plain sentences. Names in them are of data: pages escape them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from analytics.casework.rows import each
from analytics.families.criterion import Scheme
from analytics.families.evidence import Standing

YEAR = pd.DateOffset(years=1)


def living(members: pd.DataFrame, homes: pd.DataFrame) -> list[str]:
    """Who lives together now, one sentence a home; then who is in a placement, and children of two homes."""
    names = dict(zip(members["number"], members["name"], strict=True))
    now = _now(members, homes)
    said = [
        f"{_and(names[number] for number in mine['number'])} {'live' if len(mine) > 1 else 'lives'} at "
        f"{place or 'an address without a postcode'}, "
        + (
            f"since {_month(mine['since'].min())}"
            if len(mine) == 1
            else f"together since {_month(mine['since'].max())}"
        )
        for place, mine in _by_home(now)
    ]
    for row in each(members[members["placed_since"].notna()]):
        said.append(f"{row.name} is in a placement since {_month(row.placed_since)}; the birth family stays the family")
    return said


def two_homes(members: pd.DataFrame, homes: pd.DataFrame, ties: pd.DataFrame) -> list[str]:
    """Children who live in two homes, or whose parents live in two, one sentence each."""
    names, now = dict(zip(members["number"], members["name"], strict=True)), _now(members, homes)
    at = now.groupby("number")["home"].agg(set).to_dict()
    said = []
    parents = ties[(ties["kind"] == "child") & (ties["manner"] != "step")].groupby("with_number")["number"].agg(list)
    for child, of in parents.to_dict().items():
        own = at.get(child, set())
        apart = [one for one in of if at.get(one) and own and not (at[one] & own)]
        if len({home for one in of for home in at.get(one, set()) & own}) > 1:
            said.append(f"{names[child]} has two homes")
        elif apart and any(at.get(one, set()) & own for one in of):
            said.append(f"{names[child]}'s {'parents live' if len(of) > 1 else 'parent lives'} apart: "
                        f"{_and(names[one] for one in apart)} in another home")  # fmt: skip
    return said


def changes(
    members: pd.DataFrame, homes: pd.DataFrame, found: Mapping[Scheme, list[Standing]], today: date
) -> list[str]:
    """What is otherwise than a year ago: who came and left, who moved, which criteria and outcomes changed."""
    since = pd.Timestamp(today) - YEAR
    said = []
    for row in each(members):
        born = not pd.isna(row.born) and row.born >= since
        if born:
            said.append(f"{row.name} was born on {_day(row.born)}")
        elif not pd.isna(row.since) and row.since >= since:
            said.append(f"{row.name} joined, {_month(row.since)}")
        if not pd.isna(row.until) and row.until >= since:
            said.append(f"{row.name} left, {_month(row.until)}")
    said += _moves(members, homes, since)
    return said + [words for scheme, rows in found.items() for words in _turned(scheme, rows)]


_TURNED: dict[Scheme, dict[bool, str]] = {
    "headline": {True: "Criteria newly met", False: "Criteria no longer met"},
    "outcome": {True: "Needs that are over", False: "New needs"},
}


def _turned(scheme: Scheme, rows: list[Standing]) -> list[str]:
    """Which criteria of a scheme turned one way and the other, one sentence each."""
    turned = [one for one in rows if one.before is not None and one.met is not None and one.before is not one.met]
    by_way = {way: [one.criterion.label.lower() for one in turned if one.met is way] for way in (True, False)}
    return [f"{_TURNED[scheme][way]}: {'; '.join(labels)}" for way, labels in by_way.items() if labels]


def _moves(members: pd.DataFrame, homes: pd.DataFrame, since: pd.Timestamp) -> list[str]:
    """A move of several people to one home on about one day is one sentence."""
    names = dict(zip(members["number"], members["name"], strict=True))
    stays = homes[homes["kind"] == "home"]
    first = stays.groupby("number")["since"].transform("min")
    moved = stays[(stays["since"] >= since) & (stays["since"] > first)]
    return [
        f"{_and(names[number] for number in mine['number'])} moved to "
        f"{mine['postcode'].iloc[0] or 'another home'}, {_month(mine['since'].min())}"
        for _, mine in moved.sort_values(["since", "number"]).groupby("home", sort=False)
    ]


def _now(members: pd.DataFrame, homes: pd.DataFrame) -> pd.DataFrame:
    """Stays that stand, of members who do."""
    standing = set(members.loc[members["until"].isna() & members["died"].isna(), "number"])
    return homes[(homes["kind"] == "home") & homes["until"].isna() & homes["number"].isin(standing)]


def _by_home(now: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Homes with those who live there, the fullest first; not the second address of somebody who lives with others."""
    groups = [(str(mine["postcode"].iloc[0] or ""), mine.sort_values("number")) for _, mine in now.groupby("home")]
    shared = {number for _, mine in groups if len(mine) > 1 for number in mine["number"]}
    told = [one for one in groups if len(one[1]) > 1 or one[1]["number"].iloc[0] not in shared]
    return sorted(told, key=lambda one: (-len(one[1]), one[1]["number"].min()))


def _and(names: Iterable[object]) -> str:
    told = [str(name) for name in names]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _month(value: pd.Timestamp) -> str:
    return f"{value:%b %Y}"


def _day(value: pd.Timestamp) -> str:
    return f"{value.day} {value:%b %Y}"
