"""One uncertain pair: the two records side by side, what speaks for and against in words, and the verdict."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.governance import review, review_records
from analytics.governance.review import Asked
from analytics.governance.review_records import Relative, Row, Values
from analytics.governance.waterfall import LONGEST, Part, Waterfall, in_words
from data.journal.link_reviews import Verdict
from pages.casework.again import again
from pages.components.bars import Bar, bars
from pages.components.empty import empty
from pages.components.escape import text
from pages.components.words import day, listed, odds, plural, who
from pages.entry.here import here
from pages.governance.review_words import VERDICTS, weight

_LATER, _TURN, _LAST = "review_later", "review_turn", "review_last"
# A no-break space holds each sign to its word.
_MARKS = {
    "same": "=\u00a0the\u00a0same",
    "partly": "≈\u00a0in\u00a0part",
    "differ": "**≠\u00a0differs**",
    "one": "·\u00a0one\u00a0side",
}
_USE = {
    2: "It comes first because somebody works with one of them now.",
    1: "It comes early because a model speaks of one of them.",
    0: "It comes now because it stands near the line between linked and not linked.",
}
# A verdict, its key on the keyboard, and what it says.
_KEYS = ((Verdict.SAME, "S"), (Verdict.DIFFERENT, "D"), (Verdict.UNSURE, "N"))


def pair() -> None:
    """Ask the next pair, or say that none is left."""
    asked = review.next_question(here().session, st.session_state.get(_LATER, ()))
    _last_word()
    if asked is None:
        _nothing_left()
        return
    records = review_records.records(here().session, asked.people)
    _question(asked)
    left, right = _sides(asked, records)
    seen, why = st.columns([3, 2], gap="large")
    with seen:
        _compared(review_records.compare(left, right), asked)
        _context(asked, left, right)
    with why:
        _waterfall(asked.waterfall)
        _rest(asked, records)


def _nothing_left() -> None:
    put_off = st.session_state.get(_LATER, ())
    empty("The next uncertain pair would be here.", "You have answered, or put off, every pair that there is.")
    if put_off and st.button(f"Show the {plural(len(put_off), 'pair')} you put off", key="review_again"):
        st.session_state[_LATER] = ()
        again()


def _question(asked: Asked) -> None:
    """What is asked, and the verdicts, each a key away."""
    now = "one person" if asked.linked else "two people"
    st.subheader("Is this one person, or two?" if asked.linked else "Are these two one person?")
    turn = st.session_state.get(_TURN, 0)
    words, *buttons, later = st.columns([4, 2, 2, 2, 1.4], vertical_alignment="bottom")
    reason = words.text_input(
        "Why, in a few words", key=f"review_reason_{turn}", placeholder="such as: twins; moved in 2024",
        help="Press Tab to leave this box; then S, D or N answers, and L puts the pair off.",
    )  # fmt: skip
    for (verdict, key), column in zip(_KEYS, buttons, strict=True):
        if column.button(VERDICTS[verdict], key=f"review_{verdict}", shortcut=key, width="stretch"):
            _answered(asked, verdict, reason)
    if later.button("Later", key="review_put_off", shortcut="L", width="stretch"):
        st.session_state[_LATER] = (*st.session_state.get(_LATER, ()), asked.clients)
        _next_turn()
    earlier = "".join(f" {_earlier(act.by, act.verdict, act.reason)}" for act in asked.earlier)
    apart = " Their weight alone would link them: a number, most records or a verdict speaks against." * asked.against
    st.caption(f"At present the records make **{now}**.{apart} {_USE[asked.use]}{earlier}")


def _earlier(by: str, verdict: Verdict, reason: str) -> str:
    return f"{text(by)} said before: {VERDICTS[verdict].lower()}" + (f" ({text(reason)})." if reason else ".")


def _answered(asked: Asked, verdict: Verdict, reason: str) -> None:
    review.answer(here().session, asked, verdict, reason)
    st.session_state[_LAST] = (asked.clients, verdict)
    _next_turn()


def _next_turn() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    again()


def _last_word() -> None:
    """What was written down a moment ago, and the way back."""
    if _LAST not in st.session_state:
        return
    clients, verdict = st.session_state[_LAST]
    said, back = st.columns([6, 2], vertical_alignment="center")
    said.markdown(f":material/check: Written down: **{VERDICTS[verdict].lower()}**. {_NEXT[verdict]}")
    if back.button("Take it back", key="review_back", shortcut="B", icon=":material/undo:", type="tertiary"):
        review.record(here().session, [clients], Verdict.WITHDRAWN)
        del st.session_state[_LAST]
        again()


_NEXT = {
    Verdict.SAME: "The next build makes, or keeps, them one person.",
    Verdict.DIFFERENT: "The next build makes, or keeps, them two people.",
    Verdict.UNSURE: "It is left to another reviewer.",
}


def _sides(asked: Asked, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two people with all their records; inside one person, the two clients in question."""
    column, names = ("client", asked.clients) if asked.linked else ("person", asked.people)
    return rows[rows[column] == names[0]], rows[rows[column] == names[1]]


def _compared(rows: list[Row], asked: Asked) -> None:
    heads = ("One record", "The other record") if asked.linked else ("One person", "The other person")
    lines = [f"| | {heads[0]} | {heads[1]} |", "|---|---|---|"]
    lines += [
        f"| {row.label} :small[{_MARKS[row.agreement]}] | {_values(row.left, row)} | {_values(row.right, row)} |"
        for row in rows
    ]
    st.markdown("\n".join(lines))


def _values(values: Values, row: Row) -> str:
    """Every value, in bold where the sides differ, with the agencies that give it."""
    bold = "**" if row.agreement == "differ" else ""
    said = [f"{bold}{_value(value)}{bold} :small[{_agencies(agencies)}]" for value, agencies in values]
    return "; ".join(said) if said else "–"


def _value(value: str | date) -> str:
    return day(value) if isinstance(value, date) else text(value)


def _agencies(told: tuple[str, ...]) -> str:
    return text(told[0]) if len(told) == 1 else plural(len(told), "source")


def _waterfall(told: Waterfall) -> None:
    """Splink's waterfall: where a pair starts, what each field adds or takes away, where it ends."""
    st.markdown("**What the records say**")
    st.caption(
        f"Two records taken at random are hardly ever one person: a pair starts at {weight(told.start)}, and each "
        "point up doubles the odds."
    )
    for title, parts in (
        ("For one person", told.speaking_for), ("For two people", told.speaking_against),
    ):  # fmt: skip
        if parts:
            st.markdown(f":small[**{title}**]")
            bars([_bar(part) for part in parts], longest=LONGEST)
    for part in told.silent:
        st.caption(text(part.said))
    st.markdown(
        f"Together **{weight(told.weight)}**: of pairs like this, the model takes {odds(_chance(told.weight))} "
        "to be one person."
    )


def _bar(part: Part) -> Bar:
    return Bar(part.said, min(abs(part.weight), LONGEST), weight(part.weight), in_words(part).capitalize())


def _chance(points: float) -> float:
    return 1 / (1 + 2**-points)


def _context(asked: Asked, left: pd.DataFrame, right: pd.DataFrame) -> None:
    """The families, with a warning where somebody in them was born on the same day."""
    families = review_records.relatives(here().session, asked.people)
    sides = ["The person"] if asked.linked else ["One person", "The other person"]
    for person, side in zip(dict.fromkeys(asked.people), sides, strict=True):
        name, members = families.get(person, ("", []))
        st.markdown(_family(side, name, members))
    born = [*review_records.born(left), *review_records.born(right)]
    alike = review_records.twins(born, [one for _, members in families.values() for one in members])
    if alike:
        names = listed(list(dict.fromkeys(text(one.name) for one in alike)))
        st.warning(f"**Twins?** {names}, of the same family, was born on the same day.", icon=":material/group:")


def _family(side: str, name: str, members: list[Relative]) -> str:
    if not members:
        return f"**{side}** is in no family with others."
    told = [f"{text(one.name)} ({who(one.birth_date, one.sex, here().today)})" for one in members]
    return f"**{side}** is of the {text(name)} family, with {listed(told)}."


def _rest(asked: Asked, rows: pd.DataFrame) -> None:
    """Inside one person: what else it is made of."""
    others = [one for one in review_records.clients(rows) if one.client not in asked.clients]
    if not asked.linked or not others:
        return
    with st.expander(f"The {plural(len(others), 'other record')} of this person"):
        for one in others:
            born = ", ".join(day(date) for date in one.born)
            st.markdown(f"{text(one.names)}, born {born or 'not known'}  \n:small[{text(one.agencies)}]")
