"""A model's papers for whoever reads on screen: through the gate, each one taken away being a line in the access "
"log."""

from __future__ import annotations

from analytics.papers.facts import Facts, facts
from analytics.papers.papers import FORMS, KINDS, file_name, made
from data.access.gate import Session, serve
from data.access.roles import Permission
from data.home import Home

__all__ = ["FORMS", "KINDS", "file_name", "paper"]


def paper(session: Session, model: str, kind: str, form: str) -> bytes:
    """One paper of ``model`` as a file; ``kind`` is one of `KINDS`, ``form`` of `FORMS`.

    Raises `AccessRefused` for a reader who may not see models, `StoreError` for an unknown model, ``ValueError``
    for an unknown paper.
    """
    return made(_read(session, model, f"export: {kind} of {model} as {form}"), kind, form)


def _read(session: Session, model: str, what: str) -> Facts:
    """The model's facts, asked for through the gate."""
    # A snapshot lies in HOME/snapshots, and the models that it names beside that folder.
    home = Home(session.snapshot.path.parent.parent)
    return facts(
        lambda query, params: serve(session, Permission.SEE_MODELS, query, params, what=what),
        home, session.snapshot, session.journal, model,
    )  # fmt: skip
