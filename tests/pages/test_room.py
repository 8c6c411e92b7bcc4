"""A room session: strangers on their phones, a trainer at the wall, and what each is told when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analytics.training import seats
from analytics.training.cases import CASES
from data.home import home
from data.rooms.codes import FROM_ALL, Tries
from data.rooms.store import Rooms, rooms_of
from data.rooms.tables import ANSWER, SEAT
from pages.entry.registry import declared
from pages.entry.spec import PUBLIC
from tests.nowhere import publish
from tests.opening import app_at

NAME, CASE = next(iter(CASES.items()))


def said(app: Any) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.info, app.success, app.warning)
    return "\n".join(element.value for kind in kinds for element in kind).replace("\\", "")


def press(app: Any, label: str) -> Any:
    return next(button for button in app.button if button.label == label).click().run()


def one_of(given: Any) -> str:
    return given if isinstance(given, str) else given[0]


def phone(code: str = "", **query: str) -> Any:
    app = app_at("room", None, {}, ({"code": code} if code else {}) | query).run()
    assert not app.exception
    return app


def comes_in(code: str, name: str = "") -> Any:
    app = phone(code)
    app.text_input(key="room_name").set_value(name)
    return press(app, "Come in")


def answers(app: Any, worry: str, why: str = "", question: str = "before_1") -> Any:
    app.radio(key=f"room_{question}").set_value(worry)
    app.text_input(key=f"room_why_{question}").set_value(why)
    return press(app, "Send")


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return publish(tmp_path / "nowhere")


@pytest.fixture
def store(own_journal: str) -> Rooms:
    return rooms_of(home())


@pytest.fixture(autouse=True)
def _nobody_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "_TRIES", Tries())


def test_the_public_page_is_the_room_and_no_other() -> None:
    assert {page.spec.path for page in declared() if page.spec.public} == PUBLIC == {"room"}


def test_a_session_from_the_code_to_the_summary(nowhere: Path, open_page: Any, store: Rooms) -> None:
    wall = open_page("room-session", "demo.trainer", home=nowhere)
    press(wall, "Open a room")
    code = store.of("demo.trainer")[0]["code"]
    one, other = comes_in(code, "Ruth <b>Osei</b>"), comes_in(code)
    assert "You are in." in said(one)
    assert "### 2 people are in" in said(wall.run())

    press(wall, "Begin this case")
    assert CASE.before in said(one.run())
    press(wall, "Now everybody judges")
    answers(one.run(), "worried", "She [was](http://x) out at night")
    answers(other.run(), "not worried")
    answers(other, "very worried")
    assert "### 2 of 2 answered" in said(wall.run())
    assert "She was" in said(wall).replace("[", "").replace("]", "")
    # Nobody hears of score or outcome before the wall does.
    for early in (said(one.run()), said(wall)):
        assert CASE.after not in early
        assert "The model says" not in early

    press(wall, "Show the score")
    assert "You said: **worried**" in said(one.run())
    assert "two of you at random gave the same answer 0 times of 10" in said(wall)
    press(wall, "Talk about it")
    answers(one.run(), "very worried", question="now_1")
    assert "1 became more worried and 0 less" in said(wall.run())
    press(wall, "What happened then?")
    assert CASE.after in said(one.run())
    assert CASE.lesson in said(wall)
    assert "**With the outcome**: 2 of 2" in said(wall)

    press(wall, "End this case")
    press(wall, "Ask for feedback")
    one.run().radio(key="room_useful").set_value("very much")
    one.text_area(key="room_change").set_value("Ask sooner")
    assert "Thank you." in said(press(one, "Send"))
    assert "Ask sooner" in said(wall.run())
    press(wall, "Close the room")
    assert "This room is closed." in said(one.run())
    assert "**2 people** took part, in **1 case**" in said(wall)
    press(wall, "Prepare the summary")
    assert [button.label for button in wall.get("download_button")] == ["Download the summary"]
    wall.text_input(key="room_vouch_account").set_value("demo.north").run()
    press(wall, "Put it in their training record")
    assert {row["account"] for row in store.rows(SEAT.select())} == {"demo.north", None}
    assert len(store.rows(ANSWER.select())) == 5


def test_the_room_needs_neither_snapshot_nor_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The training store alone, in a home where nothing else is."""
    monkeypatch.setenv("KINSIGHT_HOME", str(tmp_path))
    monkeypatch.delenv("KINSIGHT_JOURNAL", raising=False)
    code = _open(rooms_of(home()))
    app = comes_in(code)
    assert "You are in." in said(app)
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} == {"training.sqlite"}


def test_a_phone_that_comes_back_has_its_seat_and_its_answer(store: Rooms) -> None:
    code = _open(store, judging=True)
    app = answers(comes_in(code), "worried")
    secret = one_of(app.query_params["seat"])
    back = phone(code, seat=secret)
    assert back.radio(key="room_before_1").value == "worried"
    answers(back, "not worried")
    assert [row["answer"] for row in store.rows(ANSWER.select())] == ["not worried"]
    assert "Code on the wall" in [box.label for box in phone(code, seat="stolen").text_input]


def test_a_wrong_code_and_too_many_of_them(store: Rooms) -> None:
    code = _open(store)
    app = press(phone("ABCD-EFGH"), "Come in")
    assert "No open room has this code." in said(app)
    for _ in range(FROM_ALL):
        seats._TRIES.wrong("somewhere")
    assert "Too many wrong codes" in said(press(phone(code), "Come in"))
    assert not store.rows(SEAT.select())


def test_a_signed_in_participant_has_it_in_their_record(nowhere: Path, open_page: Any, store: Rooms) -> None:
    code = _open(store)
    app = open_page("room", "demo.north", home=nowhere, query={"code": code})
    press(app, "Come in")
    assert [row["account"] for row in store.rows(SEAT.select())] == ["demo.north"]


def test_training_first_where_the_council_has_it_so(
    small_home: Path, open_page: Any, store: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINSIGHT_TRAINING_FIRST", "1")
    app = open_page("heightened", "demo.north", home=small_home)
    assert "take part in a training session" in said(app)
    code = _open(store, judging=True)
    app = open_page("room", "demo.north", home=small_home, query={"code": code})
    answers(press(app, "Come in"), "worried")
    assert "take part in a training session" not in said(open_page("heightened", "demo.north", home=small_home))


def _open(store: Rooms, *, judging: bool = False) -> str:
    number = store.open("23456789", "demo.trainer", hours=1)
    if judging:
        sheet = '{"child": "Maya", "age": 14, "before": "b", "lines": []}'
        case = {"case": NAME, "sheet": sheet, "told": None, "after": "a", "lesson": "l", "outcome": "none"}
        store.begin(number, case)
        store.move(number, "judge")
    return "23456789"
