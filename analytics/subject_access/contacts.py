"""Contacts with the hub as tables of the pack: those of its feed, those told here, and what officers made of them.

What was said is told where a contact is about this person alone and no private person made it. Else the words are
withheld by rule, with the rule in their place: they are about others as well, or would tell who spoke (Data Protection
Act 2018, Schedule 2, paragraph 16). Whoever answers the request can read them in the hub's own file and disclose more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from analytics.subject_access.said import CHECK, Held, day, held, moment, words
from data.codes import CONTACT_OUTCOME, CONTACT_REASON
from data.contacts import LEVELS, PRIVATE

Rows = Sequence[Mapping[str, Any]]
OTHERS = "withheld: it is about other people too"
INFORMANT = "withheld: it would tell which private person made contact"
#: What of the suggestion an officer had seen when they graded, by `analytics.triage.desk`.
_SEEN = {
    "no": "before it was shown",
    "asked": "after asking for it",
    "order": "in a list in its order",
    "platform": "after the hub's own system was told it",
}
_COLUMNS = ("number", "received", "from", "reason", "what was said", "outcome", "closed", CHECK)


def feed(rows: pd.DataFrame) -> Held:
    """Contacts that agencies' feeds brought; ``people``: how many each is about."""
    listed = [
        _contact(row, row["people"] > 1) | {"received": day(row["received_at"]), "closed": day(row["closed_at"])}
        for row in rows.to_dict("records")
    ]
    about = (
        "Contacts about you that reached the safeguarding hub. Who made one as a private person is not told, and what "
        "was said only where it is about you alone."
    )
    return held("contacts", "Contacts with the safeguarding hub", about, listed, _COLUMNS)


def told_here(rows: Rows, decisions: Rows) -> Held:
    """Contacts that were typed in here, or came by the interface; ``decisions`` about them, oldest first."""
    last = {row["contact"]: row for row in decisions}
    listed = []
    for row in rows:
        decided = last.get(row["contact"], {})
        received = datetime.fromisoformat(row["received_at"])
        told = _contact({**row, "outcome": decided.get("outcome")}, _several(row))
        listed.append(told | {"received": day(received), "closed": moment(decided.get("at"))})
    about = "The same, of contacts that were put in here and did not come by the hub's own feed."
    return held("contacts-told-here", "Contacts put in here", about, listed, _COLUMNS)


def handled(graded: Rows, decided: Rows, looked: Rows, several: Iterable[str], names: Mapping[str, str]) -> Held:
    """What officers made of those contacts, oldest first; ``several``: the contacts that are about others too."""
    shared = frozenset(several)
    listed = [
        *(_row(row, "graded", _level(row["level"]), names) | {"suggestion": _suggested(row)} for row in graded),
        *(
            _row(row, "decided", _outcome(row["outcome"]), names)
            | {"agencies asked": row["asked"], "because": _because(row, shared)}
            for row in decided
        ),
        *(
            _row(row, "looked at again", _verdict(row), names) | {"because": _because(row, shared)}
            for row in looked
        ),
    ]  # fmt: skip
    ordered = [row | {"when": moment(row["when"])} for row in sorted(listed, key=lambda row: str(row["when"]))]
    columns = ("when", "contact", "what", "said", "by", "suggestion", "agencies asked", "because")
    about = (
        "How grave officers held those contacts, what they decided, whom they asked, second looks; beside a grade "
        "the level that a machine suggested, by which version, and whether the officer had seen it. It decides nothing."
    )
    return held("contacts-handled", "What the hub made of them", about, ordered, columns)


def _contact(row: Mapping[Any, Any], several: bool) -> dict[str, Any]:
    said = OTHERS if several else INFORMANT if row["agency"] == PRIVATE else words(row["narrative"])
    return {
        "number": row["contact"], "from": words(row["agency"]), "what was said": said,
        "reason": CONTACT_REASON.labels.get(row["reason"], words(row["reason"])), "outcome": _outcome(row["outcome"]),
        CHECK: "" if said in (OTHERS, INFORMANT, "") else "yes",
    }  # fmt: skip


def _several(row: Mapping[str, Any]) -> bool:
    return len(json.loads(row["people"])) > 1


def _row(row: Mapping[str, Any], what: str, said: str, names: Mapping[str, str]) -> dict[str, Any]:
    by = names.get(row["by"], row["by"])
    return {"when": row["at"], "contact": row["contact"], "what": what, "said": said, "by": by}


def _because(row: Mapping[str, Any], several: frozenset[str]) -> str | None:
    return OTHERS if row["reason"] and row["contact"] in several else row["reason"]


def _level(level: int) -> str:
    return LEVELS[level].either


def _suggested(row: Mapping[str, Any]) -> str:
    if row["suggested"] is None:
        return "none"
    return f"{_level(row['suggested'])} (version {row['version']}); graded {_SEEN.get(row['seen'], row['seen'])}"


def _outcome(code: Any) -> str:
    return CONTACT_OUTCOME.labels.get(code, words(code))


def _verdict(row: Mapping[str, Any]) -> str:
    return "stands" if row["outcome"] is None else f"should be: {_outcome(row['outcome'])}"
