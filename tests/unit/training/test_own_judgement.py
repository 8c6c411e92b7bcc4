"""Own judgements beside what followed: of this reader alone, of those they may see, and once a year has gone by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from analytics.models.specs import MODEL
from analytics.training.own_judgement import LEAST, Level, Taught, concordance, followed, taught, verdicts
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.home import home
from data.journal.journal import Entry
from data.journal.tables import JUDGEMENT, TRAINING_ANSWER
from data.rooms.store import rooms_of
from tests.unit.casework.conftest import session_of, town

__all__ = ["session_of", "town"]
SessionOf = Callable[..., Session]
_KNOWN = """
SELECT k.person, p.ward IN (SELECT ward FROM ward WHERE area = 'North') AS north
FROM known_case k JOIN person p USING (person)
WHERE profile = 'cse' AND identified_on BETWEEN DATE '2025-03-01' AND DATE '2025-09-01' ORDER BY k.person
"""
_OTHERS = """
SELECT person FROM person WHERE ward IN (SELECT ward FROM ward WHERE area = 'North')
AND person NOT IN (SELECT person FROM known_case) ORDER BY person LIMIT 12
"""
THEN, LATELY = (datetime(*day, 9, tzinfo=UTC) for day in ((2025, 2, 1), (2026, 9, 1)))


def judged(opened: Session, person: int, worry: int | None, at: datetime = THEN, reader: str = "demo.north") -> None:
    """A judgement written as it would have been on a day."""
    now, opened.journal.clock = opened.journal.clock, lambda: at
    values = {"person": person, "model": MODEL, "snapshot": "s-1", "worry": worry, "reason": None}
    opened.journal.append(JUDGEMENT, values, Entry(reader, "lead_professional", "judge"))
    opened.journal.clock = now


def test_what_followed_within_a_year_is_counted_by_how_worried_one_was(session_of: SessionOf) -> None:
    opened = session_of("demo.north")
    known = opened.cursor.execute(_KNOWN).fetchall()
    mine, theirs = [person for person, north in known if north], [person for person, north in known if not north]
    others = [row[0] for row in opened.cursor.execute(_OTHERS).fetchall()]
    assert mine
    assert theirs
    for person in mine + theirs:
        judged(opened, person, 3)
        judged(opened, person, 0, datetime(2025, 2, 20, tzinfo=UTC))
    for person in others[:10]:
        judged(opened, person, 1)
    judged(opened, others[10], 2, LATELY)
    judged(opened, others[11], None)
    judged(opened, others[11], 3, reader="demo.south")
    (found,) = followed(opened)
    # The second look in a year, those of others' areas, skips and other people's judgements are not counted.
    assert found.levels == (Level(1, 10, 0), Level(3, len(mine), len(mine)))
    assert found.years == {2025: found.levels}
    assert found.too_new == 1


def test_a_child_who_was_known_already_says_nothing(session_of: SessionOf) -> None:
    opened = session_of("demo.north")
    person = next(person for person, north in opened.cursor.execute(_KNOWN).fetchall() if north)
    judged(opened, person, 3, datetime(2025, 9, 5, tzinfo=UTC))
    (found,) = followed(opened)
    assert found.judged == 0


def test_a_role_that_judges_nothing_has_no_such_page(session_of: SessionOf) -> None:
    with pytest.raises(AccessRefused):
        followed(session_of("demo.manager"))


def test_the_first_answer_to_a_case_counts_alone_or_in_a_room(session_of: SessionOf) -> None:
    opened = session_of("demo.trainer")
    for answer in ("skipped", "very worried", "not worried"):
        values = {"room": "", "case": "maya", "question": "worry", "answer": answer, "score_seen": False}
        opened.journal.append(TRAINING_ANSWER, values, Entry("demo.trainer", "trainer", "train"))
    rooms = rooms_of(home())
    room = rooms.open("23456789", "demo.other", hours=1)
    rooms.join(room, "a", None, "demo.trainer")
    sheet = '{"child": "Callum", "age": 12, "before": "", "lines": []}'
    rooms.begin(room, {"case": "callum", "sheet": sheet, "after": "", "lesson": "", "outcome": "none"})
    rooms.move(room, "judge")
    rooms.answer(room, 1, "a", "before", "worried", "", {"judge"})
    said = taught(opened)
    assert [(one.child, one.worry) for one in said] == [("Maya", 3), ("Callum", 2)]
    assert verdicts(said) == (1, 1, 0)


def test_worry_tells_apart_as_often_as_pairs_say_and_never_of_too_few() -> None:
    levels = (Level(0, 6, 1), Level(2, 4, 3))
    # 4 it happened to, 6 it did not: of 24 pairs 15 in order, 3 against, and 8 alike.
    wins = 1 * 5 * 0.5 + 3 * 5 + 3 * 1 * 0.5
    assert concordance(levels) == (pytest.approx(wins / 24), 4, 6)
    assert concordance((Level(0, LEAST - 1, 0), Level(3, 2, 2))) is None
    assert concordance((Level(0, 2, 1), Level(3, 4, 3))) is None


def test_another_harm_has_no_right_answer() -> None:
    said = [Taught("2026", "A", 3, "other harm"), Taught("2026", "B", 0, "identified"), Taught("2026", "C", 3, "none")]
    assert verdicts(said) == (0, 1, 1)
