"""The evaluation of a pilot, or of a year past, to print and to pass on: a paper, and its figures as a table."""

from __future__ import annotations

import csv
import io

import pandas as pd

from analytics.disclosure.control import DEFAULT, protect, shown
from analytics.triage.pilot_figures import APART, Draw, Evaluation
from analytics.triage.pilot_measures import AFTER_DAYS, AGAIN_DAYS, HARM_DAYS, MEASURES
from analytics.triage.pilot_words import (
    ARM,
    KIND,
    PAST,
    SAFETY,
    arm_words,
    by_arm,
    day,
    main_figure,
    number,
    state,
    title,
)
from data.access.gate import Session, consult
from data.access.roles import Permission
from data.contacts import LEVELS
from data.journal.pilot import BY_CONTACT, BY_WEEK, Pilot
from data.papers.inert import inert
from data.papers.pdf import pdf
from data.papers.words import grid

HEAD = ("figure", "arm", "count", "of", "share of 100", "low", "high")
_CANNOT = (
    "Harm is what a record says: an enquiry, a plan, care. Harm that nobody wrote down is not in it, and families who "
    "are watched more have more on record. A contact counts in the arm that it fell into, whatever was done with it. "
    "Officers know whether they see a suggestion: what they do without one may differ from what they did before any "
    "pilot. One hub at one time tells nothing sure of another."
)


def taken(session: Session, what: str) -> None:
    """Check and record that the report of ``what`` leaves the house, before there is anything to take."""
    consult(session, Permission.TAKE_PILOT, lambda _: None, what=f"report: {what}")


def paper(found: Evaluation, *, mark: str, foot: str) -> bytes:
    """The report as PDF; the same figures give the same bytes."""
    return pdf(markdown(found), mark=mark, foot=foot)


def table(found: Evaluation) -> bytes:
    """Every figure as CSV (UTF-8 with a mark, as Excel wants it); withheld ones are ``c``."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in found.measures.to_dict("records"):
        hidden = pd.isna(row["count"]) and row["arm"] != APART
        cells = [MEASURES[row["measure"]].words, arm_words(found, row["arm"]), "c" if hidden else _whole(row["count"])]
        cells += [_whole(row["of"]), *(_of_100(row[name]) for name in ("value", "low", "high"))]
        writer.writerow(cells)
    for row in found.hours.to_dict("records"):
        cells = ["Hours to the decision, median", arm_words(found, row["arm"]), "", ""]
        writer.writerow([*cells, *(_plain(row[name]) for name in ("value", "low", "high"))])
    for arm, one in found.agreement.items():
        ends = (one.kappa.value, one.kappa.low, one.kappa.high)
        writer.writerow(
            ["Agreement, weighted kappa", arm_words(found, arm), "", one.contacts, *(_plain(end, 3) for end in ends)]
        )
    return out.getvalue().encode("utf-8-sig")


def markdown(found: Evaluation) -> str:
    """The report as the little Markdown of our papers."""
    pilot = found.found.pilot
    head = f"# Evaluation of the suggestion at the hub: {title(found)}"
    parts = [head, *(_past(found) if pilot is None else _pilot(found, pilot))]
    parts += ["## Figures", _span(found), _arms(found), *_hours(found)]
    parts += ["## Agreement of officers and suggestion", *_agreement(found)]
    parts += ["## Decided low though more was suggested", *_back(found)]
    if found.draw is not None:
        parts += ["## Whether lots fell as lots fall", *_draw(found, found.draw)]
    parts += ["## What is not whole yet", _open(found)]
    parts += ["## What this cannot tell", _CANNOT]
    return "\n\n".join(parts)


def _past(found: Evaluation) -> list[str]:
    return ["**This is no pilot.**", PAST]


def _pilot(found: Evaluation, pilot: Pilot) -> list[str]:
    today = found.found.today
    plan = f"{pilot.planned:,} contacts were planned" if pilot.planned else "How many contacts it takes was not said"
    worth = f", to find a difference of {pilot.smallest} of 100" if pilot.smallest else ""
    return [
        f"{KIND[pilot.kind]}. It began on {day(pilot.starts_on)}. {inert(state(pilot, today))}",
        f"Why: {inert(pilot.reason)}",
        f"{plan}{worth}. {main_figure(found)}",
        SAFETY,
    ]


def _span(found: Evaluation) -> str:
    sizes = ", ".join(f"{arm_words(found, arm).lower()} {size:,}" for arm, size in found.arms.items())
    last = found.found.until - pd.Timedelta(days=1)
    return (
        f"Contacts that came from {day(found.found.since)} to {day(min(last, found.found.today))}: {sizes}. Of 100 "
        f"contacts, with 95 % intervals. Another contact, or harm, counts from day {AFTER_DAYS + 1}; sooner is the "
        f"same news. {DEFAULT.words}"
    )


def _arms(found: Evaluation) -> str:
    rows = by_arm(found)
    if rows.empty:
        return "No contact has come yet."
    arms = [name for name in ARM if name in rows]
    lines = [["Of 100", *(arm_words(found, arm) for arm in arms)]]
    lines += [[row["measure"], *(str(row[arm]) for arm in arms)] for row in rows.to_dict("records")]
    return grid(lines)


def _hours(found: Evaluation) -> list[str]:
    known = found.hours.dropna(subset=["value"])
    if known.empty:
        return []
    lines = [["Hours to the decision", "Median", "95 % interval"]]
    for row in known.to_dict("records"):
        ends = f"{number(row['low'])} to {number(row['high'])}"
        lines.append([arm_words(found, row["arm"]), number(row["value"], row["arm"] == APART), ends])
    return [grid(lines)]


def _agreement(found: Evaluation) -> list[str]:
    if not found.agreement:
        return ["Too few contacts were graded beside a suggestion to tell."]
    lines = [["Arm", "Weighted kappa", "95 % interval", "Graded the same, of 100", "Contacts"]]
    for arm, one in found.agreement.items():
        kappa = [f"{end:.2f}" if end is not None else "–" for end in (one.kappa.value, one.kappa.low, one.kappa.high)]
        lines.append(
            [arm_words(found, arm), kappa[0], f"{kappa[1]} to {kappa[2]}", f"{100 * one.same:.0f}", f"{one.contacts:,}"]
        )
    said = "1 is always the same, 0 no oftener than by chance."
    return [said, grid(lines), "Officers by suggestion:", _cross(found)]


def _cross(found: Evaluation) -> str:
    counts = protect(found.cross)
    words = [level.either for level in LEVELS]
    lines = [["Officer", *(f"Suggested: {each}" for each in words)]]
    lines += [[words[at], *(shown(value) for value in row)] for at, row in enumerate(counts.to_numpy())]
    return grid(lines)


def _back(found: Evaluation) -> list[str]:
    held, harmed = _counts(*found.kept_back)
    week = f"{found.kept_back[0] / found.weeks:.0f} a week" if found.weeks else "none yet"
    return [
        f"{held} contacts without a shown suggestion ({week}) would have come back for a second look and did not; harm "
        f"followed {harmed} of them so far. Second looks that were made, and what they found, are among the figures."
    ]  # fmt: skip


def _draw(found: Evaluation, draw: Draw) -> list[str]:
    said = "They did." if draw.held else "They did not: read the figures with that in mind."
    said = "Too few contacts so far to tell." if draw.few else said
    lines = [["Before the draw", ARM["suggestion"], ARM["control"], "Apart, in standard deviations", "Alike"]]
    for row in draw.balance.to_dict("records"):
        means = [f"{row[arm]:.2f}" for arm in ("suggestion", "control")]
        lines.append([inert(row["what"]), *means, number(row["apart"], True), "yes" if row["alike"] else "no"])
    pilot = found.found.pilot
    kind = pilot.kind if pilot else ""
    split = (
        f"So uneven a split comes by chance in {100 * draw.p:.1f} of 100 pilots."
        if kind == BY_CONTACT
        else ", ".join(f"{ARM[arm].lower()} {weeks} weeks" for arm, weeks in draw.weeks.items()) + "."
    )
    return [f"{said} {split}", grid(lines), both(found, draw), _seed(found)]


def both(found: Evaluation, draw: Draw) -> str:
    """What keeps the arms from being clean: families in both, officers who had seen a suggestion after all."""
    told = (
        f"**Families with contacts in both arms: {draw.families:,}** ({draw.contacts:,} contacts): what an officer "
        "learned from a suggestion on one may have served another, which makes the arms more alike than they would be."
    )
    pilot = found.found.pilot
    if pilot is not None and pilot.kind != BY_WEEK and len(found.first):
        mine = found.first[(found.first["measure"] == pilot.measure) & (found.first["arm"] == APART)]
        if len(mine) and pd.notna(mine["value"].iloc[0]):
            row = mine.iloc[0]
            told += (
                f" By each family's first contact alone the difference is {number(100 * row['value'], True)} "
                f"({number(100 * row['low'])} to {number(100 * row['high'])})."
            )
    return f"{told} Officers of present practice who had seen something of a suggestion: {draw.told:,}."


def _seed(found: Evaluation) -> str:
    pilot = found.found.pilot
    if pilot is None or not pilot.over(found.found.today):
        return "The seed by which lots fell is in the journal and is printed here once the pilot is over."
    return (
        f"Lots fell by HMAC-SHA256 under the seed `{pilot.seed}`: of the text *contact* and its number, half of all "
        "values mean a suggestion; of weeks, the two of each four whose text *week* and ISO week have the lower value."
    )


def _open(found: Evaluation) -> str:
    told, size = found.open, sum(found.arms.values())
    parts = (
        f"{told['decision']:,} wait for a decision",
        f"of {told['again']:,} the {AGAIN_DAYS} days for another contact are not over",
        f"of {told['harm']:,} the {HARM_DAYS} days for harm are not over",
    )
    return f"Of {size:,} contacts {'; '.join(parts)}. Those are left out of the figures concerned."


def _counts(*every: int) -> list[str]:
    return [shown(float("nan")) if 0 < one < DEFAULT.smallest else f"{one:,}" for one in every]


def _whole(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.0f}"


def _of_100(value: float) -> str:
    return "" if pd.isna(value) else f"{100 * value:.2f}"


def _plain(value: float | None, decimals: int = 2) -> str:
    return "" if value is None or pd.isna(value) else f"{value:.{decimals}f}"
