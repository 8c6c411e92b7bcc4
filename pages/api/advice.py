"""What the grader says and what was done with contacts like this one, as JSON."""

from __future__ import annotations

import math

from analytics.casework.rows import each
from analytics.triage.live import NewContact, Suggestion, suggest
from analytics.triage.similar import FEWEST, Alike, alike
from data.access.gate import Session
from data.codes import CONTACT_OUTCOME
from data.contacts import LEVELS
from pages.api.answers import Advice, Chances, Decided, Similar, Suggested, Why

_TOO_FEW = f"Fewer than {FEWEST} are on record: nothing is told of them."


def advice(session: Session, told: NewContact) -> Advice:
    """The suggestion and similar contacts for ``told``, or why there is none."""
    said = suggest(session, told)
    if not isinstance(said, Suggestion):
        return Advice(suggestion=None, why_no_suggestion=said.why, similar=None, why_no_similar=said.why)
    found = alike(session, told)
    return Advice(
        suggestion=_suggested(said),
        why_no_suggestion=None,
        similar=None if found is None else _similar(found),
        why_no_similar=_TOO_FEW if found is None else None,
    )


def _suggested(said: Suggestion) -> Suggested:
    return Suggested.model_validate(
        {
            "level": said.level,
            "level_words": LEVELS[said.level].either,
            "chances": Chances(another_contact=said.again, taken_up=said.taken_up, harm=said.harm),
            "ask_other_agencies": said.ask,
            "asking_tells": said.needs,
            "reasons": [Why(sentence=reason.sentence, raises=reason.raises) for reason in said.reasons],
            "earlier_contacts": said.earlier,
            "version": said.version,
            "caveat": said.caveat,
        }
    )


def _similar(found: Alike) -> Similar:
    order = [code for code in CONTACT_OUTCOME.labels if code in found.counts.index]
    decided = [
        Decided(
            outcome=code,
            words=CONTACT_OUTCOME.labels[code],
            contacts=_count(row.decided),
            another_contact=_count(row.again),
            harm=_count(row.harm),
        )
        for code, row in zip(order, each(found.counts.loc[order]), strict=True)
    ]
    rule = f"Counts of 1 to {found.rule.smallest - 1} are null, with another where one could be worked out."
    return Similar(contacts=found.size, decisions=decided, rule=rule)


def _count(value: float) -> int | None:
    return None if math.isnan(value) else int(value)
