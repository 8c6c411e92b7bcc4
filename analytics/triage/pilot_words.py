"""What a pilot is called, on screen and on paper; its figures as text."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.disclosure.control import HIDDEN
from analytics.triage.pilot_arms import CONTROL, SUGGESTION
from analytics.triage.pilot_figures import APART, Evaluation
from analytics.triage.pilot_measures import MEASURES
from data.journal.pilot import BY_CONTACT, BY_WEEK, GRADE_FIRST, MAY_ASK, MAY_ORDER, SHADOW, Pilot

PRACTICE = {
    GRADE_FIRST: "The officer grades first; the suggestion follows",
    MAY_ASK: "The officer grades first, or asks to see the suggestion",
    MAY_ORDER: "The officer grades first, asks to see it, or has the list in its order",
}
KIND = {
    SHADOW: "Shadow: suggestions are kept and compared, and shown to nobody",
    BY_CONTACT: "Lots by contact: of every two, one with and one without a suggestion",
    BY_WEEK: "Lots by week: of every four, two with and two without suggestions",
}
SHORT = {SHADOW: "shadow", BY_CONTACT: "lots by contact", BY_WEEK: "lots by week"}
ARM = {SUGGESTION: "With suggestion", CONTROL: "Present practice", SHADOW: "In shadow", APART: "Difference"}
SAFETY = (
    "While it runs, contacts without a suggestion do not come back for a second look either: that would tell of it. "
    "They are dealt with as all were before, the number kept back is shown here, and when the pilot ends or is "
    "stopped, every one of them comes back."
)
PAST = (
    "Nobody was in a pilot then. Officers decided these contacts without any suggestion; here is what the grader says "
    "of them now, beside what they decided and what followed. From the older half it has learned, each contact then "
    "graded by a version that never saw its family; the newer half came after all that it learned from."
)


def day(on: date) -> str:
    """``3 Mar 2026``."""
    return f"{on.day} {on:%b %Y}"


def title(found: Evaluation) -> str:
    """What it is of."""
    pilot = found.found.pilot
    return "A year past, compared afterwards" if pilot is None else f"Pilot {pilot.number}, {SHORT[pilot.kind]}"


def state(pilot: Pilot, today: date) -> str:
    """Where it stands, in a sentence."""
    if pilot.stopped_at is not None:
        return f"It was stopped on {day(date.fromisoformat(pilot.stopped_at[:10]))}: {pilot.stopped_why}"
    if pilot.over(today):
        return f"It ended as planned, on {day(pilot.ends_on)}."
    if not pilot.runs(today):
        return f"It begins on {day(pilot.starts_on)}."
    return f"It runs until {day(pilot.ends_on)}. What follows is told before its end, and decides nothing yet."


def arm_words(found: Evaluation, arm: str) -> str:
    """What an arm is called; of a year past there is none."""
    return "All contacts" if found.found.pilot is None else ARM[arm]


def share(row: pd.Series, signed: bool = False) -> str:
    """``31.4 (30.3 to 32.7)``, of 100; ``c`` where it is withheld, a dash where there is nothing to count."""
    if row["arm"] != APART and row["of"] == 0:
        return "–"
    if pd.isna(row["value"]):
        return HIDDEN if row["arm"] == APART or pd.isna(row["count"]) else "–"
    return f"{number(100 * row['value'], signed)} ({number(100 * row['low'])} to {number(100 * row['high'])})"


def number(value: float, signed: bool = False) -> str:
    """One decimal, a true minus sign; ``–`` where there is none."""
    if not np.isfinite(value):
        return "–"
    said = f"{value:+.1f}" if signed else f"{value:.1f}"
    return said.replace("-", "−")


def by_arm(found: Evaluation) -> pd.DataFrame:
    """Each measure in words, a column an arm (and the difference), a share of 100 with its interval in each cell."""
    rows, made = found.measures, []
    for name, one in MEASURES.items():
        if found.found.pilot is None and name in ("looked", "raised"):
            continue
        mine = rows[rows["measure"] == name].set_index("arm", drop=False)
        cells = {str(arm): share(row, str(arm) == APART) for arm, row in mine.iterrows()}
        if len(cells) and set(cells.values()) != {"–"}:
            made.append({"measure": one.words} | cells | {f"of_{arm}": row["of"] for arm, row in mine.iterrows()})
    return pd.DataFrame(made)


def main_figure(found: Evaluation) -> str:
    """What the figure chosen beforehand came to, in a sentence."""
    pilot = found.found.pilot
    if pilot is None:
        return ""
    one, apart = MEASURES[pilot.measure], pilot.kind != SHADOW
    row = found.row(one.name, APART if apart else SHADOW)
    label = f"The figure chosen before the start: **{one.words.lower()}**."
    if pd.isna(row["value"]):
        return f"{label} It cannot be told yet: too few contacts, or it is too soon."
    if not apart:
        return f"{label} **{share(row)} of 100** contacts."
    ends = f"**{share(row, signed=True)} of 100** apart, with suggestion less present practice."
    if row["low"] <= 0 <= row["high"]:
        return f"{label} {ends} The interval holds nought: this pilot does not tell the two apart."
    good = one.better is None or (row["value"] > 0) == (one.better == "more")
    return f"{label} {ends} That is {'better' if good else 'worse'} by more than chance."
