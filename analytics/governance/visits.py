"""Pages that read declarations alone are recorded like any other."""

from __future__ import annotations

from data.access.gate import Session, consult
from data.access.roles import Permission


def record_visit(session: Session, permission: Permission, what: str) -> None:
    """Check that the reader may, and write that they looked at ``what``, for a page that asks the stores nothing."""
    consult(session, permission, lambda journal: None, what=what)
