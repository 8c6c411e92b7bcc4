"""What people here did about a person, as tables of the pack: what they were shown, said, decided, and who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analytics.casework.person import did
from analytics.casework.score import WORRY
from analytics.recall.versions import ACTIONS
from analytics.subject_access import contacts as told
from analytics.subject_access.recorded import LABELS
from analytics.subject_access.said import Held, held, moment
from data.access.roles import ROLES
from data.journal.contests import ABOUT, Contest
from data.journal.link_reviews import Verdict
from data.journal.subject import AtTheHub

Rows = Sequence[Mapping[str, Any]]
_VERDICTS = {Verdict.SAME: "one person", Verdict.DIFFERENT: "two people", Verdict.UNSURE: "not sure"}


def tables(
    written: Mapping[str, Rows], looks: Rows, reviews: Rows, contested: Iterable[Contest], restricted: Rows,
    names: Mapping[str, str], numbers: frozenset[int], desk: AtTheHub,
) -> tuple[Held, ...]:  # fmt: skip
    """The tables that the journal answers, in the order of the pack. ``numbers`` are those that the person ever had."""
    return (
        shown(looks, names, numbers),
        views(written, names),
        told.told_here(desk.told, desk.decisions),
        told.handled(desk.grades, desk.decisions, desk.second_looks, desk.several, names),
        work(written, names),
        reviewed(reviews, names),
        looked(looks, names),
        contests(contested, names),
        restrictions(restricted, names),
    )


def shown(looks: Rows, names: Mapping[str, str], numbers: frozenset[int]) -> Held:
    """Every score that was shown: of which model and version, to whom, when, and what it said."""
    columns = (
        "when",
        "about",
        "version",
        "shown to",
        "role",
        "how",
        "reason for access",
        "as of",
        "level",
        "place",
        "chance",
    )
    listed = [
        {
            "when": moment(row["at"]), "about": LABELS.get(row["model"], row["model"]),
            "version": row["told"].get("version"), "shown to": names.get(row["reader"], row["reader"]),
            "role": _role(row["role"]), "how": row["action"], "reason for access": row["purpose"],
            "as of": said[1], "level": said[2], "place": said[3], "chance": said[4],
        }
        for row in looks
        if row["model"] and row["action"] in ACTIONS
        for said in _said(row, numbers)
    ]  # fmt: skip
    about = (
        "Every time that what a model says of you was shown: to whom, when, why, by which version, and what it said. "
        "Place is among all whom the model speaks of, 1 being the highest; chance is from 0 to 1. Times are UTC."
    )
    return held("scores-shown", "Scores that were shown", about, listed, columns)


def _said(row: Mapping[str, Any], numbers: frozenset[int]) -> list[list[Any]]:
    """What the entry says was shown of this person; a line without figures where there was no score."""
    mine = [one for one in row["told"].get("shown", ()) if one[0] in numbers]
    return mine or [[None, None, "no score", None, None]]


def views(written: Mapping[str, Rows], names: Mapping[str, str]) -> Held:
    """What readers thought before a score, and what they decided after it."""
    judged = [
        {
            "when": row["at"], "what": "own view before the score", "about": LABELS.get(row["model"], row["model"]),
            "by": names.get(row["by"], row["by"]), "because": row["reason"], "version": None, "decision": None,
            "view": "skipped" if row["worry"] is None else WORRY[row["worry"]],
        }
        for row in written["judgements"]
    ]  # fmt: skip
    decided = [
        {
            "when": row["at"], "what": "after the score", "about": LABELS.get(row["model"], row["model"]),
            "by": names.get(row["by"], row["by"]), "because": row["reason"], "version": row["version"],
            "view": row["view"] + (f", held to be {row['override']}" if row["override"] else ""),
            "decision": row["action"],
        }
        for row in written["decisions"]
    ]  # fmt: skip
    listed = [row | {"when": moment(row["when"])} for row in sorted([*judged, *decided], key=lambda row: row["when"])]
    columns = ("when", "what", "about", "by", "view", "because", "decision", "version")
    about = (
        "What people thought before they were shown a score, and what they said and decided after it. No score decides."
    )
    return held("judgements-and-decisions", "Judgements and decisions", about, listed, columns)


def work(written: Mapping[str, Rows], names: Mapping[str, str]) -> Held:
    """Allocations, watches, emergency access, who was told of a recall, and requests to be erased."""
    listed = [
        *(_done(row, "given to a key worker", _given(row, names), names) for row in written["allocations"]),
        *(_done(row, "watched" if row["on"] else "watched no longer", "", names) for row in written["watches"]),
        *(_done(row, "emergency access", row["reason"], names) for row in written["emergencies"]),
        *(_done(row, "told of a recall", f"{row['whom']}, {row['told_on']}", names) for row in written["told"]),
        *(_done(row, "erasure asked for", f"{row['ground']}: {row['reason']}", names) for row in written["erasures"]),
    ]
    ordered = [row | {"when": moment(row["when"])} for row in sorted(listed, key=lambda row: str(row["when"]))]
    about = "Who was given your case, who watched it, who opened it outside their area and why."
    return held("work", "What was done", about, ordered, ("when", "what", "by", "details"))


def _done(row: Mapping[str, Any], what: str, details: str, names: Mapping[str, str]) -> dict[str, Any]:
    return {"when": row["at"], "what": what, "by": names.get(row["by"], row["by"]), "details": details}


def _given(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"{names.get(row['key_worker'], row['key_worker'])}, {row['purpose']}: {row['outcome'] or row['status']}"


def reviewed(reviews: Rows, names: Mapping[str, str]) -> Held:
    """What reviewers said of whether two agencies' numbers are one person."""
    listed = [
        {
            "when": moment(row["at"]), "by": names.get(row["by"], row["by"]), "because": row["reason"],
            "said": _VERDICTS.get(row["verdict"], "taken back"),
        }
        for row in reviews
    ]  # fmt: skip
    about = "Where a person was asked whether two agencies' numbers are one person, and one of them is yours."
    return held("link-reviews", "Links that a person reviewed", about, listed, ("when", "by", "said", "because"))


def looked(looks: Rows, names: Mapping[str, str]) -> Held:
    """Every access, refused ones too."""
    listed = [
        {
            "when": moment(row["at"]), "who": names.get(row["reader"], row["reader"]), "role": _role(row["role"]),
            "did": did(row), "reason for access": row["purpose"],
        }
        for row in looks
    ]  # fmt: skip
    about = "Every time that anybody looked at something of you, or asked to and was refused. Times are UTC."
    columns = ("when", "who", "role", "did", "reason for access")
    return held("who-looked", "Who looked", about, listed, columns)


def contests(contested: Iterable[Contest], names: Mapping[str, str]) -> Held:
    """What is contested, and how each contest went."""
    listed = [
        {
            "number": str(each.number), "when": moment(each.at), "about": ABOUT[each.about].split(":")[0].lower(),
            "which": each.which, "said": each.said, "status": each.status, "answer": each.answer,
            "answered": moment(each.answered_at), "by": names.get(each.answered_by or "", each.answered_by),
        }
        for each in contested
    ]  # fmt: skip
    columns = ("number", "when", "about", "which", "said", "status", "answer", "answered", "by")
    return held("contests", "What you contested", "What you said is wrong, and how that went.", listed, columns)


def restrictions(restricted: Rows, names: Mapping[str, str]) -> Held:
    """When use of the data was restricted, and when that was lifted."""
    listed = [
        {
            "when": moment(row["at"]), "what": "use restricted" if row["on"] else "restriction lifted",
            "by": names.get(row["by"], row["by"]), "because": row["reason"],
        }
        for row in restricted
    ]  # fmt: skip
    about = "While use is restricted you are in no list by score, among no similar cases, and no score of you is shown."
    return held("restrictions", "Restrictions of use", about, listed, ("when", "what", "by", "because"))


def _role(name: str) -> str:
    return ROLES[name].label if name in ROLES else name
