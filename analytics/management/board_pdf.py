"""The report to a board as PDF: two to four pages, the same figures in the same bytes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from analytics.casework.rows import each
from analytics.disclosure.control import HIDDEN, shown
from analytics.families.headline import HEADLINE
from analytics.management.board import CONTACT, LATELY, LIVING, Board
from analytics.management.board_charts import intervals, trends, ward_map
from analytics.management.caseload import SERVICES
from analytics.management.outlines import declared, outlines
from analytics.management.rates import Z, per
from data.papers.inert import inert
from data.papers.pdf import bound, story
from data.papers.words import grid

MAPPED = "in_need"
_LABELS = {one.kind: one.label for one in SERVICES} | {CONTACT: "Contacts in the month"}
_CANNOT = (
    "What nobody noticed or wrote down is in no figure: a low rate can be little known rather than little need.",
    "A child counts where they live now, also for a day in the past, so moving house shows as change.",
    "More than chance would make: the change is larger than 95 of 100 changes that chance alone makes between two such "
    "counts (Poisson). Of many comparisons some pass by chance. Why something changed, no count tells.",
    "Six criteria are what agencies' records show of a family; a family that no agency knows meets none of them.",
    "The tool lists children whose records resemble those of known cases. It measures no child's safety; its figures "
    "say nothing of a child who is not on record.",
)


def paper(found: Board, mark: str) -> bytes:
    """The report. ``mark`` stands at the top of every page."""
    title = f"Board report: {found.city}, {_month(found.today)}"
    told = [
        *story(f"# {inert(title)}\n\n{_of(found)}\n\n## What changed\n\n{_changed(found)}"), trends(_series(found)),
        Spacer(0, 4), *story(_city(found)),
        *_kept("## By area\n\nChildren for every 1,000 who live there, with 95 % intervals.", intervals(_panels(found)),
               *story(_areas(found))),
        CondPageBreak(330), *story(f"## {_LABELS[MAPPED]}, by ward\n\n{_mapped(found)}"), _map(found), Spacer(0, 6),
        *_kept("## What families' records show\n\nChildren in families that meet each of the six criteria.\n\n"
               + _criteria(found)),
        *_kept("## Work of the teams\n\n" + _work(found)),
        *_kept("## Moves between services in a year\n\n" + _moves(found)),
        *story("## The tool itself\n\n" + _tool(found)),
        *_kept("## What these figures cannot say\n\n" + "\n".join(f"- {each}" for each in _CANNOT)),
    ]  # fmt: skip
    return bound(told, title, mark=mark, foot=_foot(found))


def _kept(words: str, *more: Flowable) -> list[Flowable]:
    """What never parts from the words above it."""
    return [KeepTogether([*story(words), *more, Spacer(0, 4)])]


def _foot(found: Board) -> str:
    return f"Snapshot {found.snapshot}, to {_day(found.today)}. Made {found.made}. Counts {found.rule.name}: {HIDDEN}."


def _of(found: Board) -> str:
    return (
        f"Records to {_day(found.today)}. Children are those under 18 who live in a ward of the city: "
        f"{shown(found.counts.whole[LIVING, found.today])} now. {found.rule.words} Wards, areas and the city are "
        "withheld together, so that nothing can be worked out from what is left."
    )


def _changed(found: Board) -> str:
    """A sentence for each service: now, a month and a year before."""
    return "\n".join(f"- **{label}**: {_change(found, what)}" for what, label in _LABELS.items())


def _change(found: Board, what: str) -> str:
    year, month, now = (found.counts.whole[what, day] for day in found.days)
    if pd.isna(now):
        return "too few to tell."
    said = f"{shown(now)} children"
    if not pd.isna(month):
        said += f", {_more(now - month)} than a month before"
    if not pd.isna(year):
        said += f" and {_more(now - year)} than a year before ({_tested(now, year)})"
    return said + "."


def _more(change: float) -> str:
    return f"{abs(change):,.0f} {'more' if change >= 0 else 'fewer'}"


def _tested(now: float, before: float) -> str:
    large = abs(now - before) > Z * np.sqrt(now + before)
    return "more than chance would make" if large else "no more than chance would make"


def _series(found: Board) -> list[tuple[str, pd.Series]]:
    return [(one.label, found.trend[one.kind]) for one in SERVICES]


def _city(found: Board) -> str:
    year, month, now = found.days
    living = found.counts.whole[LIVING, now]
    lines = [["The city", f"On {_day(now)}", _day(month), _day(year), "Now per 1,000", "95 % interval"]]
    for what, label in _LABELS.items():
        counts = found.counts.whole[what]
        told = per(1000, pd.Series([counts[now]]), pd.Series([living]), nudged=False).iloc[0]
        lines.append([label, *(shown(counts[day]) for day in (now, month, year)), *_rated(told)])
    return grid(lines)


def _rated(told: pd.Series) -> list[str]:
    if pd.isna(told["rate"]):
        return [HIDDEN, HIDDEN]
    return [f"{told['rate']:.1f}", f"{told['low']:.1f} to {told['high']:.1f}"]


def _rates(found: Board, what: str, places: pd.DataFrame) -> pd.DataFrame:
    return per(1000, places[what, found.today], places[LIVING, found.today], nudged=False)


def _panels(found: Board) -> list[tuple[str, pd.DataFrame]]:
    """Rates of the areas, and of the city below them."""
    places = pd.concat([found.counts.groups, found.counts.whole.to_frame("The city").T])
    return [(label, _rates(found, what, places)) for what, label in list(_LABELS.items())[:4]]


def _areas(found: Board) -> str:
    year, _, now = found.days
    lines = [["Now (a year before)", *found.counts.groups.index.astype(str), "The city"]]
    for what, label in _LABELS.items():
        cells = [*(found.counts.groups.loc[area] for area in found.counts.groups.index), found.counts.whole]
        lines.append([label, *(f"{shown(each[what, now])} ({shown(each[what, year])})" for each in cells)])
    return grid([[inert(cell) for cell in line] for line in lines])


def _map(found: Board) -> Flowable:
    drawn = outlines(found.wards, declared())
    return ward_map(found.wards, dict(drawn.geometry), _rates(found, MAPPED, found.counts.parts)["rate"])


def _mapped(found: Board) -> str:
    rates = _rates(found, MAPPED, found.counts.parts).join(found.wards["name"])
    count, living = (pd.Series([found.counts.whole[what, found.today]]) for what in (MAPPED, LIVING))
    city = per(1000, count, living, nudged=False)
    usual = city["rate"].iloc[0]
    above = rates[rates["low"] > usual].sort_values("rate", ascending=False)
    if pd.isna(usual) or above.empty:
        return "No ward lies clearly above the city's rate."
    names = ", ".join(f"{inert(row['name'])} ({row['rate']:.0f})" for _, row in above.head(6).iterrows())
    more = f" and {len(above) - 6} more" if len(above) > 6 else ""
    return f"The city has {usual:.1f} of 1,000. Clearly above that, interval and all: {names}{more}."


def _criteria(found: Board) -> str:
    year, _, now = found.days
    living = found.counts.whole[LIVING, now]
    lines = [
        ["Criterion", _day(now), _day(year), "Now per 1,000", "95 % interval", *found.counts.groups.index.astype(str)]
    ]
    for one in HEADLINE.criteria:
        counts = found.counts.whole[one.name]
        told = per(1000, pd.Series([counts[now]]), pd.Series([living]), nudged=False).iloc[0]
        areas = [shown(found.counts.groups.loc[area, (one.name, now)]) for area in found.counts.groups.index]
        lines.append([one.label, shown(counts[now]), shown(counts[year]), *_rated(told), *areas])
    return grid([[inert(cell) for cell in line] for line in lines])


def _moves(found: Board) -> str:
    year, _, now = found.days
    lines = [[f"On {_day(year)}, and on {_day(now)}", *found.moves.columns.astype(str)]]
    lines += [[str(start), *(shown(count) for count in row)] for start, row in found.moves.iterrows()]
    said = "Each child stands at the most serious service open on the day: in rows a year ago, in columns now."
    return f"{said}\n\n{grid(lines)}"


def _work(found: Board) -> str:
    if found.work.empty:
        return "No child has been allocated through the tool, and no team has set how many it can take."
    lines = [["Team", "Children with a key worker", f"Begun in {LATELY} days", "Places", "Of 100 places taken"]]
    for team, row in found.work.iterrows():
        places = "not set" if pd.isna(row["places"]) else f"{row['places']:,.0f}"
        taken = 100 * row["open"] / row["places"] if row["places"] else np.nan
        share = "–" if pd.isna(taken) else f"{taken:.0f}"
        lines.append([inert(str(team)), shown(row["open"]), shown(row["begun"]), places, share])
    return grid(lines)


def _tool(found: Board) -> str:
    lines = [["Model", "Version", "State"]]
    lines += [
        [inert(one.label), one.version[:8], inert("shown" if one.withheld is None else f"withheld: {one.withheld}")]
        for one in found.models
    ]
    silent = [f"{inert(row.label)} (since {_day(pd.Timestamp(row.heard_on).date())})" for row in each(found.silent)]
    heard = (
        f"Silent for longer than usual: {', '.join(silent)}." if silent else "No source is silent longer than usual."
    )
    return f"{grid(lines) if found.models else 'The store holds no model.'}\n\n{heard}"


def _month(day: date) -> str:
    """The month that the records have just ended."""
    return (pd.Timestamp(day) - pd.Timedelta(days=1)).strftime("%B %Y")


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
