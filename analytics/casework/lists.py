"""Which lists there are for a reader, and with which earlier one each is compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.casework.score import ModelNote, model_note
from analytics.models.specs import SPECS
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.snapshot.tables import LIST_BEFORE

WEEK = timedelta(days=7)
_BUILDS = "SELECT build, until FROM list_before WHERE model = $model GROUP BY build, until ORDER BY until, build"
_QUARTER = """
SELECT max(as_of) AS day FROM score
WHERE model = $model AND as_of < (SELECT max(as_of) FROM score WHERE model = $model)
"""
#: What stood in the list that is compared with (person, band, rank); binds ``$model`` and ``$build``.
LISTED_THEN = "SELECT person, band, rank FROM list_before WHERE model = $model AND build = $build"
SAID_THEN = f"SELECT person, band, rank FROM score WHERE model = $model AND as_of = ({_QUARTER})"


@dataclass(frozen=True)
class Since:
    """The earlier list: ``build`` is the one in which readers saw it.

    None: no earlier list is kept, and what this model says of the quarter before stands for it. ``on`` is its day.
    """

    on: date | None
    build: int | None

    @property
    def then(self) -> str:
        """The select of `LISTED_THEN` or `SAID_THEN` that reads it."""
        return SAID_THEN if self.build is None else LISTED_THEN


def offered(session: Session) -> tuple[ModelNote, ...]:
    """The models of risk that the reader's role may see, in the order of their declaration; withheld ones too."""
    mine = [name for name, spec in SPECS.items() if session.reader.role in spec.roles]
    return tuple(note for name in mine if (note := model_note(session, name)) is not None)


def since(session: Session, model: str) -> Since:
    """With what today's list of ``model`` is compared: the latest list that is a week old, else the oldest kept."""
    if LIST_BEFORE.name in session.snapshot.tables:
        rows = serve(session, Permission.COUNT_LIST, _BUILDS, {"model": model}, what="earlier lists")
        now = session.snapshot.recorded_until
        kept = [(day.date(), int(build)) for build, day in zip(rows["build"], rows["until"], strict=True)]
        old = [one for one in kept if one[0] <= now - WEEK] or kept[:1]
        if old:
            return Since(*old[-1])
    rows = serve(session, Permission.COUNT_LIST, _QUARTER, {"model": model}, what="earlier lists")
    day = rows.iloc[0]["day"]
    return Since(None if day is None or day != day else day.date(), None)
