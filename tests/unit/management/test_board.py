"""The report to a board: its figures are those of a recount, its PDF holds no small count, and the log has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from reportlab.graphics.shapes import String
from reportlab.platypus import Flowable, Paragraph

from analytics.__main__ import COMMANDS
from analytics.disclosure.control import DEFAULT
from analytics.management import board_pdf
from analytics.management.board import CONTACT, LIVING, board, exact
from analytics.management.classes import Classes
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.access.session import session
from data.commands import main
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import detail_of, journal_of
from data.journal.log import entries


@pytest.fixture
def manager(small_home: Path, own_journal: str) -> Iterator[Session]:
    with session(home(small_home), "demo.manager") as opened:
        offer_demonstration(journal_of(home(small_home)), opened.snapshot)
        yield opened


def words(story: list[Flowable]) -> list[str]:
    """Every text that a page is set from, in its tables and pictures as well."""
    found: list[str] = []
    for each in story:
        if isinstance(each, Paragraph):
            found.append(each.getPlainText())
        for inner in (getattr(each, "_cellvalues", None) or [], [getattr(each, "_content", None) or []]):
            for row in inner:
                for cell in row:
                    found += words(cell if isinstance(cell, list) else [cell])
        for shape in getattr(each, "contents", []):
            found += [shape.text] if isinstance(shape, String) else words([shape])
    return found


def test_figures_before_protection_are_those_of_a_recount(manager: Session) -> None:
    now = manager.snapshot.today
    days = (date(now.year - 1, now.month, now.day), date(now.year, now.month - 1, now.day), now)
    wards = manager.cursor.execute("SELECT ward AS code, name, area FROM ward").df().set_index("code")
    counts = exact(lambda query, asked, _: manager.run(query, asked), wards, days).sum()
    for day in days:
        ((recount,),) = manager.cursor.execute(
            """SELECT count(DISTINCT e.person) FROM event e JOIN person p USING (person)
            WHERE e.kind = 'in_need' AND e.known_on < $today AND (e.corrected_on IS NULL OR e.corrected_on >= $today)
              AND e.occurred_on <= $day AND (e.ended_on IS NULL OR e.ended_on > $day) AND p.ward IS NOT NULL
              AND p.birth_date > $day::DATE - INTERVAL 18 YEAR AND p.birth_date <= $day""",
            {"today": now, "day": day},
        ).fetchall()
        assert counts["in_need", day] == recount
    ((contacts, living),) = manager.cursor.execute(
        """SELECT (SELECT count(DISTINCT c.person) FROM contact c JOIN person p USING (person)
            WHERE c.received_at < $today AND c.received_at >= $today - INTERVAL 1 MONTH AND p.ward IS NOT NULL
              AND p.birth_date > $today - INTERVAL 18 YEAR AND p.birth_date <= $today),
           (SELECT count(*) FROM person p WHERE p.ward IS NOT NULL AND p.death_date IS NULL
              AND p.birth_date > $today - INTERVAL 18 YEAR AND p.birth_date <= $today)""",
        {"today": now},
    ).fetchall()
    assert (counts[CONTACT, now], counts[LIVING, now]) == (contacts, living)
    assert contacts > 0


def test_the_report_holds_no_small_count_and_says_when_by_which_rule_and_what_it_cannot_and_is_logged(
    manager: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, stories = board(manager), []
    bound = board_pdf.bound

    def kept(story: list[Flowable], *given: object, **more: object) -> bytes:
        stories.extend(words(story))
        return bound(story, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(board_pdf, "bound", kept)
    made = board_pdf.paper(found, "Invented city: no real people")
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") in (2, 3, 4)
    cells = [text for text in stories if re.fullmatch(r"[\d,c() ]+", text)]
    small = re.compile(r"(?<![\d,.])[1-4](?![\d,.])")
    # The numbers of the map's classes stand alone as well: they are no counts.
    counts = [text for text in cells if text not in set("12345")]
    assert "c" in counts
    assert not [text for text in counts if small.search(text)]
    told = "\n".join(stories)
    assert not re.search(r"(?<![\d,.])[1-4] children", told)
    assert DEFAULT.words in told
    assert "little known rather than little need" in told
    assert "Child sexual exploitation" in told
    assert found.snapshot in board_pdf._foot(found)
    assert made == board_pdf.paper(found, "Invented city: no real people")
    tables = [found.counts.parts, found.counts.groups, found.counts.whole.to_frame(), found.trend, found.moves]
    for table in tables:
        counts_of = table.to_numpy(float)
        assert not (np.isfinite(counts_of) & (counts_of > 0) & (counts_of < DEFAULT.smallest)).any()
    taken = [each for each in entries(manager.journal) if each["action"] == "export figures"]
    assert detail_of(taken[0])["what"].startswith("report to the board, records to ")


def test_others_get_none(manager: Session, small_home: Path) -> None:
    with session(home(small_home), "demo.north") as north, pytest.raises(AccessRefused):
        board(north)


def test_the_command_writes_it_and_the_log_says_so(manager: Session, small_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "board.pdf"
    assert main("analytics", COMMANDS, ["board-report", "--home", str(small_home), "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    last = entries(manager.journal)[0]
    assert (last["reader"], last["action"]) == ("system", "export figures")
    assert detail_of(last)["by"] == "command line"


def test_classes_hold_about_as_many_wards_each_and_name_where_they_end() -> None:
    rates = pd.Series([10.0, 12, 20, 22, 30, 33, 40, 44, 50, 55, np.nan])
    classes = Classes.of(rates)
    named = [classes.named(rate) for rate in rates]
    assert named == ["1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "c"]
    assert classes.words()[0].startswith("1: under ")
    assert classes.words()[-1].endswith(" and more")
    assert Classes.of(pd.Series([np.nan])).words() == ["1: every ward"]
    assert Classes.of(pd.Series([15.4, 19.0])).words() == ["1: every ward"]
    assert len(Classes.of(pd.Series([10.0, 20, 30, 40, 50])).words()) == 2
