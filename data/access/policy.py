"""State, apart from permission: whether a score may be shown now, whoever asks."""

from __future__ import annotations

from data.access.reader import AccessRefused, Reader
from data.access.standing import Standing, contact_standing, standing, standings
from data.journal.casework import judgement
from data.journal.journal import Journal
from data.snapshot.reading import Snapshot
from data.snapshot.states import ModelState

#: Why nothing is worked out about somebody whose data may be stored and not used (UK GDPR, article 18).
RESTRICTED = (
    "Use of this person's data is restricted: they are in no list by score, and no score is shown, until it is lifted."
)


#: What a search tells of somebody outside the reader's scope, beside which of the reader's own facts match: columns. An
#: area of the city says whom to ask instead of opening the record; a ward, an age or a name would say who it is.
TOLD_OUTSIDE = ("area",)


def check_score_allowed(journal: Journal, snapshot: Snapshot, model: str) -> str:
    """The version of ``model`` whose score may be shown. Raises `AccessRefused` with the reason why none may.

    A model that failed its pass mark, is past its review or drifted is withheld. One that passed needs a named person's
    approval, except in the invented city, where nobody could come to harm, and where one that too few outcomes can
    measure is shown too, with a caveat. One that was retired shows nothing anywhere. See `data.access.standing`.
    """
    found = standing(journal, snapshot, model)
    if found is None:
        raise AccessRefused("There is no such model in this snapshot.")
    if not found.shows_scores:
        raise AccessRefused(_refusal(found))
    return found.version


def _refusal(found: Standing) -> str:
    return f"No score is shown: {found.reason[:1].lower()}{found.reason[1:]}"


def caveat(state: str, reason: str) -> str | None:
    """What has to stand beside a score that is shown although nobody could measure how good it is, or None."""
    if state != ModelState.UNMEASURED:
        return None
    return f"For demonstration only: {reason[:1].lower()}{reason[1:]} With real records no score would be shown."


def why_withheld(journal: Journal, snapshot: Snapshot, model: str) -> str | None:
    """Why `check_score_allowed` would refuse, or None if it passes."""
    try:
        check_score_allowed(journal, snapshot, model)
    except AccessRefused as refusal:
        return _sentences(str(refusal))
    return None


def why_each_withheld(journal: Journal, snapshot: Snapshot) -> dict[str, str | None]:
    """`why_withheld` of every model of the snapshot, asked in one go."""
    found = standings(journal, snapshot)
    return {name: None if one.shows_scores else _sentences(_refusal(one)) for name, one in found.items()}


def _sentences(words: str) -> str:
    """Each sentence with its capital and its full stop: whoever retires a model may have typed half of one."""
    parts = [part.strip() for part in words.strip().removesuffix(".").split(". ") if part.strip()]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def why_no_suggestion(journal: Journal, snapshot: Snapshot) -> str | None:
    """Why no grade of a contact may be suggested now, or None where one may: on a page, in a list, or by the interface.

    As with scores: a grader under its mark, retired, or with real records unmeasured or not approved suggests nothing.
    """
    found = contact_standing(journal, snapshot)
    if found is None:
        return "Too little harm is recorded after contacts to learn from."
    return None if found.shows_scores else _sentences(found.reason)


def score_allowed(journal: Journal, snapshot: Snapshot, model: str) -> bool:
    """Whether `check_score_allowed` would pass."""
    return why_withheld(journal, snapshot, model) is None


def check_judged(journal: Journal, snapshot: Snapshot, reader: Reader, person: int, model: str) -> None:
    """Raise `AccessRefused` until ``reader`` has judged ``person``, or has said that they skip, on this snapshot."""
    if judgement(journal, reader.id, person, model, snapshot.id) is None:
        raise AccessRefused("Say first how worried you are yourself, or skip; then the score is shown.")
