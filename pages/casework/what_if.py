"""What if: change what could be otherwise, and see at once what the model would say; and the smallest such change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.casework.person import header
from analytics.casework.score import ModelNote
from analytics.features.catalogue import CATALOGUE
from analytics.whatif.published import NoModel, Told
from analytics.whatif.smallest import Smallest, by_weight, smallest
from analytics.whatif.stand import Lever, NoScore, Stand, stand
from analytics.whatif.words import otherwise
from pages.casework.again import again
from pages.components import look
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import odds
from pages.entry.here import fragment, here

#: Says where a score lies among those of children of the same age.
Position = Callable[[float], str]
_FIRST = 6
CAVEAT = (
    "This is what the model would say of a child whose records read so. It is not what would happen to this child: the "
    "model has learned who was identified, not what helps."
)


def show(person: int, note: ModelNote, position: Position) -> None:
    """A part to be opened; only then anything is worked out, and written into the log."""
    part = st.expander("What if something were otherwise?", key=f"what_if_{person}_{note.name}", on_change="rerun")
    if part.open:
        with part:
            fragment(lambda: _panel(person, note, position))()


def _panel(person: int, note: ModelNote, position: Position) -> None:
    model, changes = note.name, _asked(person, note.name)
    try:
        held = stand(here().session, person, model, changes)
    except (NoModel, NoScore) as none:
        empty("Nothing can be tried out.", text(none))
        return
    st.session_state[_now(person, model)] = {lever.name: round(lever.now) for lever in held.levers}
    st.caption(CAVEAT)
    _smallest(held)
    if not held.levers:
        empty("There is nothing to change.", "Of what the model reads, nothing that could be otherwise is known here.")
        return
    controls, answer = st.columns([7, 5], gap="large")
    with controls:
        _controls(held, model)
    with answer:
        _answer(held, changes, position, note)


def _round(person: int, model: str) -> str:
    """Where it is counted how often the reader began anew: the browser remembers what a control was set to."""
    return f"what_if_round_{person}_{model}"


def _key(person: int, model: str, name: str) -> str:
    return f"what_if_{person}_{model}_{name}_{st.session_state.get(_round(person, model), 0)}"


def _asked(person: int, model: str) -> dict[str, float]:
    """What the reader set otherwise than it is; a control that was not touched holds what is."""
    now = st.session_state.get(_now(person, model), {})
    found = {name: st.session_state.get(_key(person, model, name)) for name in now}
    return {name: float(value) for name, value in found.items() if value is not None and value != now[name]}


def _now(person: int, model: str) -> str:
    """Where it is kept what the controls began with."""
    return f"what_if_now_{person}_{model}"


def _smallest(held: Stand) -> None:
    """The nearest way to another level, down first; or that there is none."""
    who = header(here().session, held.person).sex
    for way, words in ((-1, "lower"), (1, "higher")):
        if held.stored.band == ("lower" if way < 0 else "heightened"):
            continue
        found = smallest(held, way)
        if found is None:
            st.markdown(f"No realistic change of up to three things makes the level {words}.")
        else:
            st.markdown(text(_sentence(found, held, who)) if way > 0 else f"**{text(_sentence(found, held, who))}**")


def _sentence(found: Smallest, held: Stand, sex: str | None) -> str:
    return f"{otherwise(found.changes, sex)}, the level would be {found.band} rather than {held.stored.band}."


def _controls(held: Stand, model: str) -> None:
    """What moves the score most, first; what is nil so far, and what this model does not weigh, behind a click."""
    reach = by_weight(held)
    levers = sorted(held.levers, key=lambda lever: list(reach).index(lever.name))
    weighed = [lever for lever in levers if reach[lever.name] > 0]
    first = [lever for lever in weighed if lever.now > 0][:_FIRST] or weighed[:_FIRST]
    groups = {
        "More that could be otherwise": [lever for lever in weighed if lever not in first],
        "What makes no difference to this model": [lever for lever in levers if lever not in weighed],
    }
    for lever in first:
        _control(held, lever, model)
    for title, some in groups.items():
        if some:
            with st.expander(title):
                for lever in some:
                    _control(held, lever, model)


def _control(held: Stand, lever: Lever, model: str) -> None:
    now, key = round(lever.now), _key(held.person, model, lever.name)
    amounts = sorted({*map(int, lever.levels), now})
    if lever.feature.aggregate == "open":
        st.segmented_control(
            lever.feature.label, amounts, default=now, required=True, key=key,
            format_func=lambda amount: ("yes" if amount else "no") + (" (now)" if amount == now else ""),
        )  # fmt: skip
        return
    before, after = {"%": ("", " %"), "pounds": ("£", "")}.get(lever.feature.unit, ("", ""))
    st.select_slider(
        lever.feature.label, amounts, value=now, key=key,
        format_func=lambda amount: f"{before}{amount:,}{after}" + (" (now)" if amount == now else ""),
    )  # fmt: skip


def _answer(held: Stand, changes: Mapping[str, float], position: Position, note: ModelNote) -> None:
    """As it is, and as it would be: the same lines of each."""
    with st.container(border=True):
        _said("As it is", held.stored, position, note)
    if not changes:
        st.caption("Move something, and what the model would say appears here.")
        return
    told = held.told(changes)
    with st.container(border=True):
        _said("As it would be", told, position, note)
        if told == held.stored:
            st.caption("To this model that makes no difference.")
        along = _along(held, changes)
        if along:
            st.markdown(f":small[What goes with it:  \n{along}]")
    if st.button("Back to how it is", key=f"what_if_back_{held.person}_{note.name}", type="tertiary"):
        began = _round(held.person, note.name)
        st.session_state[began] = st.session_state.get(began, 0) + 1
        again()


def _said(title: str, told: Told, position: Position, note: ModelNote) -> None:
    words, band = st.columns([3, 2], vertical_alignment="center")
    words.markdown(f"**{title}**")
    with band:
        look.band(told.band)
    reckoned = f"It reckons that {odds(told.probability)} such children {text(note.happened)} in a year."
    st.markdown(f"{position(told.percentile)}. {reckoned}")


def _along(held: Stand, changes: Mapping[str, float]) -> str:
    """Indicators that move with what was changed: figures before and after."""
    lines = []
    for name, (before, after) in held.moved(changes).items():
        feature = CATALOGUE[name]
        was, then = ("not known" if value != value else feature.figure(value) for value in (before, after))
        if was != then:
            lines.append(f"{text(feature.label)}: {was}, then {'none' if then == 'not known' else then}")
    return "  \n".join(lines)
