"""Room session, as the trainer has it on the wall: the code, one step at a time, and the answers as they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Literal

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.training import room as rooms
from analytics.training.case import Case
from analytics.training.reading import Reading, read
from analytics.training.room import Room, Round
from analytics.training.room_steps import AFTER, DISCUSS, FEEDBACK, JUDGE, LOBBY, READ, SCORE, STEPS
from analytics.training.written import every_case
from data.access.roles import Permission
from data.rooms.codes import shown
from data.rooms.store import RoomShut
from pages.components.escape import text
from pages.components.words import plural
from pages.entry.here import fragment, here
from pages.entry.settings import address
from pages.entry.spec import TRAINING, PageSpec
from pages.training.parts import discussion, lines_table, score, what_happened
from pages.training.room_past import past
from pages.training.room_said import asked_back, said

PAGE = PageSpec(
    path="room-session",
    title="Room session",
    icon=":material/co_present:",
    group=TRAINING,
    needs=Permission.TRAIN,
    whom="trainers",
    about="Put a case before a room: everybody answers on their own phone, and the answers appear on the wall.",
    place=20,
)
#: How often the wall is drawn anew, in seconds.
EVERY = 1.0
_NEXT = {
    READ: (JUDGE, "Now everybody judges"),
    JUDGE: (SCORE, "Show the score"),
    SCORE: (DISCUSS, "Talk about it"),
    DISCUSS: (AFTER, "What happened then?"),
    AFTER: (LOBBY, "End this case"),
}
_ASKED = "room_asked"
_LOCAL = ("//localhost", "//127.0.0.1", "//[::1]")


@dataclass(frozen=True)
class Held:
    """What the wall needs and need not ask for each second: the cases, and what the model says of those shown."""

    cases: Mapping[str, Case]
    readings: dict[str, Reading | None] = field(default_factory=dict)

    def reading(self, case: Case) -> Reading | None:
        """What the model in use says of ``case``, asked once."""
        if case.name not in self.readings:
            self.readings[case.name] = read(here().session, case)
        return self.readings[case.name]


def page() -> None:
    """The room that is open, or the way to open one."""
    st.title(PAGE.title)
    if rooms.current_room(here().session) is None:
        _none()
        past()
        return
    # The whole of it, as on a phone (see `pages.training.room`); and no click on it runs the page, which would for a
    # moment know of no clock: Streamlit forgets the clocks when a page begins, and may lose the word of the new one.
    fragment(partial(_wall, Held(every_case(here().session))), EVERY)()


def _wall(held: Held) -> None:
    """The room as it stands now, after what the last click asked for."""
    if asked := st.session_state.pop(_ASKED, None):
        # Where the room was closed meanwhile there is none on the wall: that says it.
        with suppress(RoomShut):
            asked()
    room = rooms.current_room(here().session)
    if room is None:
        st.rerun()
    with st.container(key="room_wall"):
        if room.step in STEPS:
            _case(room, held)
        else:
            _lobby(room, held)


def _none() -> None:
    st.markdown(
        "Everybody answers on their own phone or laptop, without an account. Nothing of a real child is in it, and "
        "what they answer is kept apart from everything else."
    )
    if st.button("Open a room", type="primary", key="room_open"):
        rooms.open_room(here().session)
        st.rerun()


def _lobby(room: Room, held: Held) -> None:
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        _qr(room, 360)
    with right:
        _way_in(room)
        count = len(rooms.sat(here().session, room))
        st.markdown(f"### {plural(count, 'person')} {'is' if count == 1 else 'are'} in")
        _onward(room, held)
    if room.step == FEEDBACK:
        with st.container(key="room_said"):
            asked_back(rooms.feedback(here().session, room), count)


def _way_in(room: Room) -> None:
    place = _place()
    st.markdown(f"Point your camera at the code, or open **{text(place.partition('//')[2])}** and type")
    st.markdown(f"# {shown(room.code)}")
    if any(local in place for local in _LOCAL):
        st.warning(
            "Phones can't reach this address: it means this computer. Open Kinsight by its name in your network, or "
            "have it set as KINSIGHT\\_ADDRESS.",
            icon=":material/wifi_off:",
        )


def _place() -> str:
    return f"{address(st.context.url or '')}/room"


def _qr(room: Room, pixels: int) -> None:
    # As a picture in markup: Streamlit's own has no words for who can't see it, and takes drawings out.
    drawn = segno.make(f"{_place()}?code={room.code}", error="m").png_data_uri(scale=8, border=3)
    st.html(f'<img src="{drawn}" width="{pixels}" alt="QR code of the room {shown(room.code)}">')


def _onward(room: Room, held: Held) -> None:
    """From one case to the next, and out of the room."""
    cases, names = held.cases, list(held.cases)
    last = rooms.present(here().session, room).case if room.round else ""
    following = (names.index(last) + 1) % len(names) if last in names else 0
    name = st.selectbox(
        "Next case", names, following, format_func=lambda key: _offered(cases[key]), key=f"room_case_{room.round}"
    )
    begin, ask, end = st.columns(3)
    _button(begin, "Begin this case", "room_begin", partial(_begin, room, held, name), main=True)
    asked = room.step == FEEDBACK or not room.round
    _button(ask, "Ask for feedback", "room_ask", partial(_go, room, FEEDBACK), disabled=asked)
    _button(end, "Close the room", "room_close", partial(_close, room))


def _button(
    where: DeltaGenerator, words: str, key: str, act: Callable[[], None], *, main: bool = False, disabled: bool = False
) -> None:
    """A button whose click is heeded as the wall is drawn, see `_wall`."""
    kind: Literal["primary", "secondary"] = "primary" if main else "secondary"
    where.button(words, type=kind, key=key, width="stretch", disabled=disabled, on_click=_ask, args=(act,))


def _ask(act: Callable[[], None]) -> None:
    st.session_state[_ASKED] = act


def _begin(room: Room, held: Held, name: str) -> None:
    rooms.begin(here().session, room, held.cases[name], held.reading(held.cases[name]))


def _go(room: Room, step: str) -> None:
    rooms.move(here().session, room, step)


def _close(room: Room) -> None:
    rooms.close(here().session, room)


def _offered(case: Case) -> str:
    """By the child's name: the title would give the outcome away to whoever looks at the wall."""
    return f"{text(case.child)}, {case.age}"


def _case(room: Room, held: Held) -> None:
    this = rooms.present(here().session, room)
    step, at = room.step, list(STEPS).index(room.step)
    words = f"Step {at + 1} of {len(STEPS)}: {STEPS[step]} · code {shown(room.code)}"
    st.progress((at + 1) / len(STEPS), text=words)
    _steps(room)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _content(room, this, held)
    with right, st.container(key="room_said"):
        hidden = step == JUDGE and bool(st.session_state.get("room_hide"))
        said(this, len(rooms.sat(here().session, room)), step, hidden=hidden)
        with st.expander("Let somebody else in"):
            _qr(room, 220)


def _steps(room: Room) -> None:
    to, words = _NEXT[room.step]
    forward, hide, back, _ = st.columns([2, 3, 1, 2], vertical_alignment="center")
    _button(forward, words, f"room_on_{room.step}", partial(_go, room, to), main=True)
    before = {onward: step for step, (onward, _) in _NEXT.items()}.get(room.step)
    if before in STEPS:
        _button(back, "Back", "room_back", partial(_go, room, before))
    hide.toggle("Hide answers until the score is shown", key="room_hide", disabled=room.step not in (READ, JUDGE))


def _content(room: Room, this: Round, held: Held) -> None:
    case = held.cases.get(this.case)
    child = text(this.sheet.child)
    if room.step in (READ, JUDGE):
        st.subheader(f"{child}, {this.sheet.age}")
        if room.step == JUDGE:
            st.markdown(f"#### How worried are you about sexual exploitation of {child}?")
        st.markdown(text(this.sheet.before))
        lines_table((date.fromisoformat(at.on), at.lane, at.whose, at.said, "") for at in this.sheet.lines)
    elif case is None:
        st.markdown("This case is not offered any more: what the room was told stays in its summary.")
    elif room.step == SCORE:
        st.subheader(f"What the model says of {child}")
        score(held.reading(case), narrow=True)
    elif room.step == DISCUSS:
        st.subheader("Talk about it")
        st.markdown("And answer once more on your phone: how worried are you now?")
        discussion(case, notes=False)
    else:
        st.subheader("What happened")
        what_happened(case)
