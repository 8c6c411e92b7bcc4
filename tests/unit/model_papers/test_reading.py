"""A paper goes through the gate: who took which is in the log, and who may not see models gets none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from analytics.papers.command import read
from analytics.papers.reading import paper
from data.access.gate import Session, session
from data.access.reader import AccessRefused
from data.home import Home
from data.journal.tables import ACCESS_ENTRY
from data.snapshot.engine import StoreError
from tests.journals import offered
from tests.unit.casework.town import build


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A town of five hundred invented people."""
    home = Home(tmp_path_factory.mktemp("town"))
    build(home)
    return home


@pytest.fixture
def analyst(store: Home, own_journal: str) -> Iterator[Session]:
    offered(store)
    with session(store, "demo.analyst") as opened:
        yield opened


def log(opened: Session) -> list[tuple[str, str]]:
    rows = opened.journal.rows(sa.select(ACCESS_ENTRY).order_by(ACCESS_ENTRY.c.seq))
    return [(row["action"], row["detail"]) for row in rows]


def test_a_paper_is_written_of_the_served_snapshot_and_the_log_says_which(analyst: Session) -> None:
    assert paper(analyst, "cse", "card", "md").decode().startswith("# Model card: ")
    assert paper(analyst, "cse", "dpia", "pdf").startswith(b"%PDF-")
    took = [detail for action, detail in log(analyst) if action == "see models"]
    assert len(took) == 2
    assert "export: card of cse as md" in took[0]
    assert "export: dpia of cse as pdf" in took[1]


def test_who_may_not_see_models_gets_none(store: Home, analyst: Session) -> None:
    with session(store, "demo.quality") as other, pytest.raises(AccessRefused):
        paper(other, "cse", "card", "pdf")
    assert log(analyst)[-1][0] == "refused: see models"


def test_an_unknown_model_is_said_plainly(analyst: Session) -> None:
    with pytest.raises(StoreError, match="no model called nobody"):
        paper(analyst, "nobody", "card", "md")


def test_papers_of_a_store_without_a_journal_make_none(store: Home) -> None:
    there = set(store.path.iterdir())
    assert [facts.model for facts in read(store)]
    assert set(store.path.iterdir()) == there
