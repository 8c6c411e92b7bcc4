"""Training room, as participants have it: a code, the step that the room is at, and their own answers.

The one page that strangers may open. It knows the training store alone: see `pages.entry.spec.PUBLIC`.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.training import seats
from analytics.training.case import OUTCOME_WORDS
from analytics.training.room_steps import (
    AFTER,
    ASKED,
    BEFORE,
    CHANGE,
    DISCUSS,
    FEEDBACK,
    JUDGE,
    LONGEST_NAME,
    LONGEST_WHY,
    NOW,
    READ,
    SCALE,
    SCORE,
    Sheet,
    Told,
)
from analytics.training.seats import Seat, Shown
from analytics.training.tally import WORRY
from data.access.roles import Permission
from data.rooms.codes import LENGTH, TooManyTries
from data.rooms.store import RoomShut
from pages.components.empty import problem
from pages.components.escape import text
from pages.components.look import band_words
from pages.components.words import day, odds, plural
from pages.entry import errors, who
from pages.entry.spec import TRAINING, PageSpec

PAGE = PageSpec(
    path="room",
    title="Training room",
    icon=":material/co_present:",
    group=TRAINING,
    needs=Permission.TRAIN,
    whom="whoever is in a training room",
    about="Answer on your own phone.",
    listed=False,
    public=True,
)
#: How often a phone looks how far the room has gone, in seconds.
EVERY = 1.0
# In the address, so that a phone that fell asleep finds its seat again.
_CODE, _SEAT = "code", "seat"
# What was wrong with the answer sent last, by question: told until another is sent.
_WRONG = "room_wrong"


def page() -> None:
    """The code, then the room."""
    st.title(PAGE.title)
    seat = _seat()
    if seat is None:
        _enter()
        return
    _follow(seat, seats.stamp(seat).open)


def _follow(seat: Seat, still_open: bool) -> None:
    """The room as it stands, looked at anew while it is open.

    All of it: Streamlit drops the end of a run where a fragment asks for its turn in that moment (its issue 9921), and
    what is drawn again a second later has lost nothing. What somebody is typing stays: the boxes are the same ones.
    """

    @st.fragment(run_every=EVERY if still_open else None)
    def following() -> None:
        with errors.guarded(), st.container(key="room_phone"):
            now = seats.shown(seat)
            if still_open and not now.stamp.open:
                st.rerun()
            _room(seat, now)

    following()


def _seat() -> Seat | None:
    """The seat that the address speaks of, if it is one."""
    code, secret = st.query_params.get(_CODE, ""), st.query_params.get(_SEAT, "")
    kept: dict[tuple[str, str], Seat] = st.session_state.setdefault("room_seats", {})
    if not (code and secret):
        return None
    if (code, secret) not in kept:
        try:
            found = seats.again(code, secret, _address())
        except TooManyTries as refused:
            problem("Not now.", text(refused))
            return None
        if found is None:
            return None
        kept[code, secret] = found
    return kept[code, secret]


def _address() -> str:
    return st.context.ip_address or ""


def _enter() -> None:
    st.markdown("You need no account. Nothing about you is asked but what you type here.")
    given = st.query_params.get(_CODE, "")
    with st.form("room_enter", border=False):
        code = st.text_input("Code on the wall", value=given[:20], max_chars=20, key="room_code", autocomplete="off")
        name = st.text_input(
            "Your name, if you want it in the training record", max_chars=LONGEST_NAME, key="room_name",
            autocomplete="name",
        )  # fmt: skip
        if st.form_submit_button("Come in", type="primary", width="stretch"):
            _come_in(code, name)
    if account := who.account_id():
        st.caption(f"You are signed in as {text(account)}: taking part goes into your training record.")


def _come_in(code: str, name: str) -> None:
    secret = seats.new_secret()
    try:
        seats.enter(code, secret, name, who.account_id(), _address())
    except (RoomShut, TooManyTries) as refused:
        problem("You are not in.", text(refused) + f" A code has {LENGTH} letters and digits.")
        return
    st.query_params[_CODE] = code.strip()
    st.query_params[_SEAT] = secret
    st.rerun()


def _room(seat: Seat, now: Shown) -> None:
    step = now.stamp.step
    if not now.stamp.open:
        st.markdown("**This room is closed.** Thank you for taking part. You can close this page.")
    elif step == FEEDBACK:
        _feedback(seat, now)
    elif now.sheet is None or step not in (READ, JUDGE, SCORE, DISCUSS, AFTER):
        st.markdown("**You are in.** Look at the wall: the next case begins in a moment.")
    else:
        _case(seat, now, now.sheet)


def _case(seat: Seat, now: Shown, sheet: Sheet) -> None:
    step = now.stamp.step
    st.subheader(f"{text(sheet.child)}, {sheet.age}")
    if step == JUDGE:
        _judge(seat, now, BEFORE, f"How worried are you about sexual exploitation of {text(sheet.child)}?")
    if step in (SCORE, DISCUSS, AFTER):
        _said(now)
        _model(now.told)
    if step == DISCUSS:
        _judge(seat, now, NOW, "And now, having seen the score?")
    if step == AFTER:
        st.markdown(text(now.after))
        st.markdown(f"**In short:** {text(sheet.child)} was {OUTCOME_WORDS[now.outcome]}.")
        st.info(text(now.lesson), icon=":material/lightbulb:")
    _file(sheet, opened=step == READ)


def _judge(seat: Seat, now: Shown, question: str, asked: str) -> None:
    key = f"{question}_{now.stamp.round}"
    mine = now.mine.get(question)
    with st.form(f"room_form_{key}"):
        worry = st.radio(asked, WORRY, index=WORRY.index(mine) if mine in WORRY else None, key=f"room_{key}")
        why = st.text_input("What makes you think so? (if you like)", max_chars=LONGEST_WHY, key=f"room_why_{key}")
        sent = st.form_submit_button("Send", type="primary", width="stretch")
    if sent:
        wrong = _send(seat, now.stamp.round, question, worry, why) if worry else "Choose one of the four first."
        st.session_state[_WRONG] = {key: wrong}
        mine = mine if wrong else worry
    if wrong := st.session_state.get(_WRONG, {}).get(key):
        st.warning(wrong)
    elif mine:
        st.success(f"Sent: **{mine}**. You can change it until the room goes on.", icon=":material/check:")


def _send(seat: Seat, number: int, question: str, said: str, why: str = "") -> str:
    """Send an answer; what is wrong, in words, where it came too late."""
    try:
        seats.answer(seat, number, question, said, why)
    except RoomShut as shut:
        return f"That came too late. {text(shut)}"
    return ""


def _said(now: Shown) -> None:
    said = now.mine.get(BEFORE)
    st.markdown(f"You said: **{said}**." if said else "You gave no answer before the score was shown.")


def _model(told: Told | None) -> None:
    if told is None:
        st.markdown("The model says nothing of this case: none was trained.")
        return
    st.markdown(
        f"The model says: **{band_words(told.band)}**, higher than {told.below} of 100 children. Of children at this "
        f"level {odds(told.probability)} are identified within the year."
    )


def _file(sheet: Sheet, *, opened: bool) -> None:
    with st.expander(f"The file ({plural(len(sheet.lines), 'line')})", expanded=opened):
        st.markdown(text(sheet.before))
        rows = [
            f"- **{day(date.fromisoformat(line.on))}**, {text(line.lane)}, of {text(line.whose)}: {text(line.said)}"
            for line in sheet.lines
        ]
        st.markdown("\n".join(rows))


def _feedback(seat: Seat, now: Shown) -> None:
    st.subheader("Before you go")
    with st.form("room_feedback"):
        said = {name: st.radio(ASKED[name], SCALE, index=None, key=f"room_{name}") for name in ASKED if name != CHANGE}
        words = st.text_area(ASKED[CHANGE], max_chars=LONGEST_WHY, key="room_change")
        sent = st.form_submit_button("Send", type="primary", width="stretch")
    given = {name: answer for name, answer in (said | {CHANGE: words.strip()}).items() if answer}
    wrong = [_send(seat, 0, name, answer) for name, answer in given.items()] if sent else []
    if any(wrong):
        st.warning(wrong[0])
    elif wrong or now.mine:
        st.success("Thank you. It is shown to the trainer without your name.", icon=":material/check:")
