"""Score: the reader's own judgement first; then what a model says, why, and what it cannot know; the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from analytics.casework import score as scoring
from analytics.casework.person import header
from analytics.casework.rows import each
from analytics.casework.score import ModelNote, Score
from analytics.casework.speaking import Voice, voices
from pages.casework import what_if
from pages.casework.again import again
from pages.casework.contributions import show_parts
from pages.casework.verdict import show_verdict
from pages.components import look
from pages.components.bars import dots
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import day, listed, month, plural
from pages.entry.here import fragment, here


def show(person: int) -> None:
    """Everything of the tab, as a fragment: a click here redraws nothing else."""
    fragment(lambda: _tab(person))()


def _tab(person: int) -> None:
    all_of_them = voices(here().session, person)
    heard = [voice.note for voice in all_of_them if voice.heard]
    if not all_of_them:
        empty("No model has been built.", "This snapshot holds records and indicators only.")
    elif not heard:
        _nothing(all_of_them)
    else:
        _one(person, _chosen(person, heard))
    _unheard([voice for voice in all_of_them if not voice.heard])


def _chosen(person: int, heard: list[ModelNote]) -> ModelNote:
    """The one model that speaks of this person, or of several the one that the reader picks."""
    if len(heard) == 1:
        return heard[0]
    by_name = {note.name: note for note in heard}
    picked = st.segmented_control(
        "What it is about", list(by_name), format_func=lambda name: text(by_name[name].label),
        default=heard[0].name, required=True, key=f"person_model_{person}",
    )  # fmt: skip
    return by_name[picked or heard[0].name]


def _one(person: int, note: ModelNote) -> None:
    if scoring.untrained(here().session):
        empty(
            "What the model says would be here.",
            "Take part in a training session first, signed in: your council has that come before the first score.",
            "Ask your trainer when the next one is; its code stands on the wall.",
        )
    elif scoring.judged(here().session, person, note.name) is None:
        _judge(person, note)
    else:
        _score(person, note)


def _nothing(silent: list[Voice]) -> None:
    if any(not voice.silent for voice in silent):
        empty(
            "No number is shown.",
            "A model speaks of this child, and what it says may not be used; why is said below.",
            "The story, the agencies' records and the similar known cases are all there.",
        )
    else:
        empty("There is no score.", "No model speaks of this person; why is said below.")


def _unheard(silent: list[Voice]) -> None:
    """One line a model that shows nothing here: so that silence is never taken for good news."""
    if not silent:
        return
    st.markdown("**Not shown for this person**")
    st.markdown("\n".join(f"- :small[**{text(voice.note.label)}.** {text(voice.why)}]" for voice in silent))
    link("model", "How good each model is")


def _judge(person: int, note: ModelNote) -> None:
    """Newer staff follow a score more than senior staff do: their own view is asked for while it is their own."""
    with st.form(f"person_judge_{person}_{note.name}", border=True):
        worry = st.radio(
            f"{text(note.label)}: how worried are you, before you see what the model says?",
            range(len(scoring.WORRY)),
            index=None,
            format_func=lambda n: scoring.WORRY[n],
            horizontal=True,
            key=f"person_worry_{person}_{note.name}",
        )
        reason = st.text_input("Why, in a line", key=f"person_worry_reason_{person}_{note.name}", max_chars=300)
        save, skip, _ = st.columns([2, 2, 5])
        saved = save.form_submit_button("Save and show", type="primary", width="stretch")
        skipped = skip.form_submit_button("Skip, and show", width="stretch")
    st.caption(
        f"The model asks: {text(_lower(note.question))} Your view is kept beside the score, so that we learn where "
        "people know better. Skipping is recorded too."
    )
    if scoring.seen_before(here().session, person, note.name):
        st.caption(_MET)
    if saved and worry is None:
        st.warning("Choose how worried you are, or skip.")
    elif saved or skipped:
        scoring.judge(here().session, person, note.name, worry if saved else None, reason)
        again()


_MET = (
    "You met this child on a ranked list: the record says that you had seen that before you judged, and figures of "
    "how often readers agree leave it out."
)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _score(person: int, note: ModelNote) -> None:
    told = scoring.score(here().session, person, note.name)
    if note.caveat:
        st.info(text(note.caveat), icon=":material/science:")
    _level(person, note, told)
    _limits(note, told)
    show_parts(person, told, note.name, header(here().session, person).birth_date)
    _history(person, told)
    what_if.show(person, note, position)
    show_verdict(person, note.name, told)


def _level(person: int, note: ModelNote, told: Score) -> None:
    own = scoring.judged(here().session, person, note.name)
    band, place, mine = st.columns([2, 5, 4], vertical_alignment="center")
    with band:
        look.band(told.band)
    place.markdown(f"**{position(told.percentile)}**")
    mine.markdown(f":gray[{_said(own)}]")
    words, filled = chance(told, note.happened)
    st.markdown(words)
    if filled is not None:
        dots(filled)


def _said(own: Any) -> str:
    """What the reader had said before."""
    if own["worry"] is None:
        return "you skipped saying how worried you are"
    because = f", because: {text(own['reason'])}" if own["reason"] else ""
    return f"you said: {scoring.WORRY[own['worry']]}{because}"


def position(percentile: float) -> str:
    """``Higher than 97 of 100 children of the same age``; never 100 of 100."""
    below = min(int(100 * percentile), 99)
    return (
        f"Higher than {below} of 100 children of the same age"
        if below >= 50
        else "Not higher than most children of the same age"
    )


def chance(told: Score, happened: str = "were identified") -> tuple[str, int | None]:
    """The probability as people out of ten, a hundred or a thousand, with how sure that is; dots where it is ten."""
    measured = told.frequency
    once = f"was {happened[5:]}" if happened.startswith("were ") else happened
    if measured and measured.found == 0:
        return f"Of the **{measured.n}** children measured at this level, **none** {once} within a year.", None
    share = measured.found if measured else told.probability
    base = next((base for base in (10, 100, 1000) if share * base >= 0.95), 1000)
    count = round(share * base)
    about = f"about {count}" if count else "fewer than 1"
    sure = ". So the model reckons; at this level it was not measured"
    if measured:
        low, high = round(measured.low * base), round(measured.high * base)
        sure = (
            f" (between {low} and {high}; measured on {plural(measured.n, 'child')})"
            if high > low
            else f" (measured on {plural(measured.n, 'child')})"
        )
    verb = once if count <= 1 else happened
    words = f"Of every {base:,} children at this level, **{about}** {verb} within a year{sure}."
    return words, count if base == 10 else None


def _limits(note: ModelNote, told: Score) -> None:
    cannot = "; ".join(text(_lower(one)) for one in note.cannot_know)
    lacked = f" It had seen **nothing from {text(listed(list(told.lacked)))}** of this child." if told.lacked else ""
    meant = " Identified is not the same as exploited: it means that professionals said so." if note.profile else ""
    st.markdown(
        f":small[:material/help: As of {day(told.as_of)}; the year begins {note.gap_days} days later. "
        f"It does not know: {cannot}.{lacked}{meant}]"
    )


def _history(person: int, told: Score) -> None:
    """Spells of the same level, each with what changed when it began."""
    rows = list(each(told.history))
    if len(rows) < 2:
        return
    begins = [n for n in range(len(rows)) if n == 0 or rows[n].band != rows[n - 1].band]
    moves = scoring.moves(here().session, person, told)
    with st.expander("How the level moved"):
        for n, after in reversed(list(zip(begins, [*begins[1:], len(rows)], strict=True))):
            first, last = rows[n].as_of.date(), rows[after - 1].as_of.date()
            why = _why(moves[first]) if n else ""
            when = month(first) if first == last else f"{month(first)} to {month(last)}"
            st.markdown(f"**{when}** · {look.band_words(rows[n].band)}, {_lower(position(rows[n].percentile))}{why}")
        st.caption(_again(rows[0].as_of.date()))


def _why(changed: list[str]) -> str:
    if not changed:
        return "  \n:small[No one thing explains it: several small ones moved, or others of the same age did.]"
    return f"  \n:small[{text('; '.join(changed))}]"


def _again(since: date) -> str:
    return (
        f"Every level since {month(since)} is told by today's model from what was known on that day; on the day itself "
        "an earlier model may have said something else. What was shown then is in the record of views."
    )
