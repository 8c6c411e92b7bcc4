"""The summary of a room as PDF: what was asked, said and learned. No answer stands beside a name."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.training import room as rooms
from analytics.training.case import OUTCOME_WORDS
from analytics.training.room import Feedback, Room, Round, Sat
from analytics.training.room_steps import ASKED, SCALE
from analytics.training.tally import WORRY
from data.papers.inert import inert
from data.papers.pdf import pdf
from pages.components.look import TRAINING
from pages.components.words import day_of, listed, plural
from pages.entry.here import here
from pages.training.room_said import agreement


def paper(room: Room) -> bytes:
    """The summary of one of the reader's rooms."""
    session, reader = here().session, here().reader
    told = markdown(room, rooms.rounds(session, room), rooms.sat(session, room), rooms.feedback(session, room))
    return pdf(told, mark=TRAINING, foot=f"Room session of {day_of(room.opened_at)}, held by {reader.name[:40]}")


def markdown(room: Room, held: tuple[Round, ...], were: tuple[Sat, ...], back: Feedback) -> str:
    """The same as text in our little Markdown, values made inert."""
    lines = [
        f"# Room session of {day_of(room.opened_at)}",
        f"{plural(len(were), 'person')} took part, in {plural(len(held), 'case')}. Every child in it is invented.",
        "Answers are counted: nobody can be told from them.",
    ]
    for this in held:
        lines += [*_round(this)]
    lines += [*_feedback(back), "## Attendance", _attended(were)]
    return "\n\n".join(lines)


def _round(this: Round) -> Iterator[str]:
    yield f"## {inert(this.sheet.child)}, {this.sheet.age}"
    yield inert(this.sheet.before)
    yield _table("How worried?", WORRY, (("Before the score", this.said.before), ("Having seen it", this.said.now)))
    yield "\n".join(f"- {line}" for line in agreement(this, over=True))
    if this.said.reasons:
        yield "**Reasons given**"
        yield "\n".join(f"- {inert(why)}" for why in this.said.reasons)
    yield f"**What happened:** {inert(this.after)} In short: {OUTCOME_WORDS[this.outcome]}."
    yield f"**What it teaches:** {inert(this.lesson)}"


def _feedback(back: Feedback) -> Iterator[str]:
    if not back.words and not any(map(sum, back.counts.values())):
        return
    yield "## Feedback"
    yield _table("Question", SCALE, tuple((ASKED[name], counts) for name, counts in back.counts.items()))
    if back.words:
        yield "**What they will do differently**"
        yield "\n".join(f"- {inert(words)}" for words in back.words)


def _attended(were: tuple[Sat, ...]) -> str:
    names = [inert(one.name or one.account) for one in were if one.name or one.account]
    rest = len(were) - len(names)
    told = f"{listed(sorted(names))}." if names else "Nobody gave a name."
    return told + (f" {plural(rest, 'person')} gave none." if rest and names else "")


def _table(head: str, columns: tuple[str, ...], rows: tuple[tuple[str, tuple[int, ...]], ...]) -> str:
    lines = [f"| {head} | {' | '.join(columns)} |", "|---" * (1 + len(columns)) + "|"]
    lines += [f"| {label} | {' | '.join(str(count) for count in counts)} |" for label, counts in rows]
    return "\n".join(lines)
