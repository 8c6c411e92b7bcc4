"""Score: the reader's own judgement first; then what the model says, why, and what it cannot know; the decision."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.casework import score as scoring
from analytics.casework.person import header
from analytics.casework.rows import each
from analytics.casework.score import ModelNote, Score
from analytics.models.specs import MODEL
from pages.casework.again import again
from pages.casework.contributions import show_parts
from pages.casework.verdict import show_verdict
from pages.components import look
from pages.components.bars import dots
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.links import link
from pages.components.words import day, listed, month
from pages.entry.here import fragment, here

_ABOUT = "sexual exploitation"


def show(person: int) -> None:
    """Everything of the tab, as a fragment: a click here redraws nothing else."""
    fragment(lambda: _tab(person))()


def _tab(person: int) -> None:
    session = here().session
    note = scoring.model_note(session, MODEL)
    if note is None:
        empty("No model has been built.", "This snapshot holds records and indicators only.")
        return
    if note.withheld:
        _withheld(note)
        return
    if not scoring.is_scored(session, person, MODEL):
        low, high = note.ages
        empty(
            "There is no score.",
            f"The model speaks only of children aged {low} to {high} who live here and have not been identified yet.",
        )
        return
    if scoring.judged(session, person, MODEL) is None:
        _judge(person)
        return
    _score(person, note)


def _withheld(note: ModelNote) -> None:
    empty(
        "No number is shown.",
        text(note.withheld),
        "The story, the agencies' records and the similar known cases are all there.",
    )
    link("model", "How good the model is")


def _judge(person: int) -> None:
    """Newer staff follow a score more than senior staff do: their own view is asked for while it is their own."""
    with st.form(f"person_judge_{person}", border=True):
        worry = st.radio(
            f"Before you see what the model says: how worried are you about {_ABOUT}?",
            range(len(scoring.WORRY)),
            index=None,
            format_func=lambda n: scoring.WORRY[n],
            horizontal=True,
            key=f"person_worry_{person}",
        )
        reason = st.text_input("Why, in a line", key=f"person_worry_reason_{person}", max_chars=300)
        save, skip, _ = st.columns([2, 2, 5])
        saved = save.form_submit_button("Save and show", type="primary", width="stretch")
        skipped = skip.form_submit_button("Skip, and show", width="stretch")
    st.caption(
        "Your view is kept beside the score, so that we learn where people know better. Skipping is recorded too."
    )
    if scoring.seen_before(here().session, person, MODEL):
        st.caption("You met this child on the ranked list: the record says that you had seen that before you judged.")
    if saved and worry is None:
        st.warning("Choose how worried you are, or skip.")
    elif saved or skipped:
        scoring.judge(here().session, person, MODEL, worry if saved else None, reason)
        again()


def _score(person: int, note: ModelNote) -> None:
    told = scoring.score(here().session, person, MODEL)
    if note.caveat:
        st.info(text(note.caveat), icon=":material/science:")
    _level(person, told)
    _limits(note, told)
    show_parts(person, told, MODEL, header(here().session, person).birth_date)
    _history(person, told)
    show_verdict(person, MODEL, told)


def _level(person: int, told: Score) -> None:
    own = scoring.judged(here().session, person, MODEL)
    said = "you skipped" if own["worry"] is None else f"you said: {scoring.WORRY[own['worry']]}"
    band, place, mine = st.columns([2, 6, 3], vertical_alignment="center")
    with band:
        look.band(told.band)
    place.markdown(f"**{position(told.percentile)}**")
    mine.markdown(f":gray[{said}]")
    words, filled = chance(told)
    st.markdown(words)
    if filled is not None:
        dots(filled)


def position(percentile: float) -> str:
    """``Higher than 97 of 100 children of the same age``; never 100 of 100."""
    below = min(int(100 * percentile), 99)
    return (
        f"Higher than {below} of 100 children of the same age"
        if below >= 50
        else "Not higher than most children of the same age"
    )


def chance(told: Score) -> tuple[str, int | None]:
    """The probability as people out of ten, a hundred or a thousand, with how sure that is; dots where it is ten."""
    measured = told.frequency
    if measured and measured.found == 0:
        return f"Of the **{measured.n}** children measured at this level, **none** was identified within a year.", None
    share = measured.found if measured else told.probability
    base = next((base for base in (10, 100, 1000) if share * base >= 0.95), 1000)
    count = round(share * base)
    about = f"about {count}" if count else "fewer than 1"
    sure = ""
    if measured:
        low, high = round(measured.low * base), round(measured.high * base)
        sure = (
            f" (between {low} and {high}; measured on {measured.n} children)"
            if high > low
            else f" (measured on {measured.n} children)"
        )
    verb = "was" if count == 1 else "were"
    words = f"Of every {base:,} children at this level, **{about}** {verb} identified within a year{sure}."
    return words, count if base == 10 else None


def _limits(note: ModelNote, told: Score) -> None:
    cannot = "; ".join(text(one[:1].lower() + one[1:]) for one in note.cannot_know)
    lacked = f" It had seen **nothing from {text(listed(list(told.lacked)))}** of this child." if told.lacked else ""
    st.markdown(
        f":small[:material/help: As of {day(told.as_of)}. It does not know: {cannot}.{lacked} "
        "Identified is not the same as exploited: it means that professionals said so.]"
    )


def _history(person: int, told: Score) -> None:
    """Spells of the same level, each with what changed when it began."""
    rows = list(each(told.history))
    if len(rows) < 2:
        return
    begins = [n for n in range(len(rows)) if n == 0 or rows[n].band != rows[n - 1].band]
    with st.expander("How the level moved"):
        for n, after in zip(begins, [*begins[1:], len(rows)], strict=True):
            first, last = rows[n].as_of.date(), rows[after - 1].as_of.date()
            why = _why(person, rows[n - 1].as_of.date(), first, told) if n else ""
            when = month(first) if first == last else f"{month(first)} to {month(last)}"
            st.markdown(f"**{when}** · {look.band_words(rows[n].band)}, {position(rows[n].percentile).lower()}{why}")


def _why(person: int, earlier: date, later: date, told: Score) -> str:
    changed = scoring.moved(here().session, person, earlier, later, told.parts)
    return f"  \n:small[{text('; '.join(changed))}]" if changed else ""
