"""The training store: thirty write at once and none is lost; one answer a seat; nothing after its time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.training.seats import cleaned
from analytics.training.tally import Given, tally
from data import commands
from data.__main__ import COMMANDS
from data.home import home
from data.rooms.attendance import attended, record
from data.rooms.codes import FROM_ALL, FROM_ONE, LETTERS, WINDOW, TooManyTries, Tries, new_code, shown, typed
from data.rooms.store import MOST_SEATS, Rooms, RoomShut, rooms_of, url_of
from data.rooms.tables import ANSWER

ROUND = {"case": "maya", "sheet": "{}", "told": None, "after": "a", "lesson": "l", "outcome": "none"}
SEATS = [f"seat-{at}" for at in range(30)]


class Clock:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rooms(tmp_path: Path, clock: Clock) -> Rooms:
    return Rooms(f"sqlite:///{tmp_path / 'training.sqlite'}", clock)


def judging(rooms: Rooms, seats: list[str]) -> int:
    """A room at its first judgement, with people in it."""
    room = rooms.open(new_code(), "demo.trainer", hours=1)
    for seat in seats:
        rooms.join(room, seat, None, None)
    rooms.begin(room, ROUND)
    rooms.move(room, "judge")
    return room


def say(rooms: Rooms, room: int, seat: str, answer: str = "worried", number: int = 1) -> None:
    rooms.answer(room, number, seat, "before", answer, "because", {"judge"})


def answers(rooms: Rooms) -> dict[str, str]:
    return {row["seat"]: row["answer"] for row in rooms.rows(ANSWER.select())}


def test_thirty_come_in_and_answer_at_once_within_two_seconds_and_none_is_lost(tmp_path: Path) -> None:
    rooms = Rooms(f"sqlite:///{tmp_path / 'training.sqlite'}")
    room = judging(rooms, [])
    began = time.monotonic()
    with ThreadPoolExecutor(30) as crowd:
        list(crowd.map(lambda seat: rooms.join(room, seat, None, None), SEATS))
        list(crowd.map(lambda seat: say(rooms, room, seat), SEATS))
        list(crowd.map(lambda seat: say(rooms, room, seat, "very worried"), SEATS[:15]))
    assert time.monotonic() - began < 2
    assert answers(rooms) == dict.fromkeys(SEATS[:15], "very worried") | dict.fromkeys(SEATS[15:], "worried")


def test_a_seat_has_one_answer_however_often_it_is_sent(rooms: Rooms) -> None:
    room = judging(rooms, ["a"])
    rooms.join(room, "a", "again", None)
    say(rooms, room, "a")
    say(rooms, room, "a", "not worried")
    assert answers(rooms) == {"a": "not worried"}


@pytest.mark.parametrize(("seat", "number", "step"), [("b", 1, "judge"), ("a", 2, "judge"), ("a", 1, "score")])
def test_no_answer_from_nowhere_to_another_round_or_too_late(rooms: Rooms, seat: str, number: int, step: str) -> None:
    room = judging(rooms, ["a"])
    rooms.move(room, step)
    with pytest.raises(RoomShut):
        say(rooms, room, seat, number=number)
    assert answers(rooms) == {}


@pytest.mark.parametrize("ended", ["closed", "expired"])
def test_a_room_that_is_over_takes_nobody_in_and_nothing_up(rooms: Rooms, clock: Clock, ended: str) -> None:
    room = judging(rooms, ["a"])
    code = rooms.of("demo.trainer")[0]["code"]
    assert rooms.by_code(code) is not None
    if ended == "closed":
        rooms.close(room)
    clock.now += timedelta(hours=2 if ended == "expired" else 0)
    assert rooms.by_code(code) is None
    for late in (
        lambda: rooms.join(room, "c", None, None),
        lambda: say(rooms, room, "a"),
        lambda: rooms.move(room, "x"),
    ):
        with pytest.raises(RoomShut):
            late()


def test_nobody_fills_the_store_with_seats(rooms: Rooms) -> None:
    room = judging(rooms, [f"s{at}" for at in range(MOST_SEATS)])
    with pytest.raises(RoomShut, match="full"):
        rooms.join(room, "one more", None, None)


def test_attendance_is_an_account_in_a_seat_that_answered(rooms: Rooms) -> None:
    room = judging(rooms, [])
    rooms.join(room, "a", None, "demo.north")
    rooms.join(room, "b", "Ruth", None)
    assert not attended(rooms, "demo.north")
    say(rooms, room, "a")
    say(rooms, room, "b")
    assert attended(rooms, "demo.north")
    assert not attended(rooms, "demo.south")
    rooms.vouch(room, "b", "demo.south")
    assert attended(rooms, "demo.south")
    assert [row["trainer"] for row in record(rooms, "demo.south")] == ["demo.trainer"]


def test_a_code_is_read_however_it_is_typed_and_nothing_else_is_one() -> None:
    code = new_code()
    assert typed(f" {shown(code).lower()} ") == code
    assert len({new_code() for _ in range(200)}) == 200
    for wrong in ("", code[:-1], code + "A", "O" + code[1:], "<b>" + code, "x" * 10_000):
        assert typed(wrong) is None
    assert len(LETTERS) ** 8 > 6e11


def test_tries_are_few_from_one_address_and_from_all_and_forgotten_after_a_while() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    for _ in range(FROM_ONE):
        tries.check("a")
        tries.wrong("a")
    with pytest.raises(TooManyTries):
        tries.check("a")
    for at in range(FROM_ALL - FROM_ONE):
        tries.wrong(f"x{at}")
    with pytest.raises(TooManyTries):
        tries.check("b")
    now[0] = WINDOW + 1
    tries.check("a")


def test_what_is_typed_is_one_line_of_letters_that_can_be_seen() -> None:
    assert cleaned(" a\n\u202eb\x00  c " + "d" * 500, 10) == "a b c dddd"


def test_the_store_lies_beside_the_journal_unless_it_is_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINSIGHT_JOURNAL", f"sqlite:///{tmp_path / 'elsewhere' / 'journal.sqlite'}")
    assert url_of(home(tmp_path)) == f"sqlite:///{tmp_path / 'elsewhere' / 'training.sqlite'}"
    monkeypatch.setenv("KINSIGHT_JOURNAL", "postgresql://somewhere/journal")
    assert url_of(home(tmp_path)) == f"sqlite:///{tmp_path / 'training.sqlite'}"
    monkeypatch.setenv("KINSIGHT_TRAINING", "postgresql://somewhere/training")
    assert url_of(home(tmp_path)) == "postgresql://somewhere/training"


def test_the_store_is_copied_while_it_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KINSIGHT_JOURNAL", raising=False)
    rooms_of(home(tmp_path)).open("23456789", "demo.trainer", hours=1)
    copied = tmp_path / "copy.sqlite"
    assert commands.main("data", COMMANDS, ["rooms", "backup", str(copied), "--home", str(tmp_path)]) == 0
    assert [row["code"] for row in Rooms(f"sqlite:///{copied}").of("demo.trainer")] == ["23456789"]


def given(question: str, *said: str) -> list[Given]:
    return [Given(str(at), question, answer) for at, answer in enumerate(said)]


def test_agreement_within_the_room_with_the_model_and_with_the_outcome() -> None:
    before = given("before", "worried", "worried", "very worried", "not worried")
    told = tally(before + given("now", "very worried", "worried", "worried"))
    assert (told.before, told.now, told.answered) == ((1, 0, 2, 1), (0, 0, 2, 1), 4)
    # Six pairs, of which one is alike.
    assert told.same == pytest.approx(1 / 6)
    assert told.moved == (1, 1)
    assert [told.with_model(band) for band in ("lower", "raised", "heightened")] == [1, 2, 3]
    assert [told.with_outcome(outcome) for outcome in ("identified", "none", "other harm")] == [3, 1, None]


def test_of_one_answer_no_agreement_is_told() -> None:
    assert tally(given("before", "worried")).same is None
