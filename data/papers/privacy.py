"""The privacy notice: who holds what about whom, why, for how long, and what anybody may do about it."""

from __future__ import annotations

from collections.abc import Iterator

from data.access.roles import PURPOSES, ROLES, Reach
from data.events import AREAS, KINDS, LANES
from data.papers import council, words
from data.papers.council import COUNCIL
from data.papers.listing import owners
from data.sources import SOURCES


def notice() -> str:
    """The notice as Markdown, in plain English."""
    parts = (_head(), _why(), _who_tells(), _what(), _decides(), _who_sees(), _how_long(), _rights(), _complaints())
    return "\n".join(line for part in parts for line in part)


def _head() -> Iterator[str]:
    yield f"# How {COUNCIL.name} uses information about you and your family"
    yield ""
    yield (
        f"{COUNCIL.name} joins what {len(owners())} agencies and services know, in a system called {COUNCIL.system}. "
        f"The council answers for the joined information. This notice says what is in it and what you may ask of us."
    )
    yield ""
    yield f"Write to {COUNCIL.officer}: {COUNCIL.email}, {COUNCIL.post}, telephone {COUNCIL.telephone}."
    yield ""


def _why() -> Iterator[str]:
    yield from ("## Why we do this, and what allows it", "")
    yield f"We use the information {council.PURPOSE}."
    yield ""
    yield from (f"- {basis.law}: {basis.means}." for basis in council.BASES)
    yield from ("", "Each agency has its own law that allows it to tell us. It stands beside the agency below.", "")


def _who_tells() -> Iterator[str]:
    yield from ("## Who tells us what", "")
    rows = [
        (each.label, each.owner, each.about, words.rhythm(each), each.gateway)
        for each in sorted(SOURCES.values(), key=lambda source: (source.owner, source.label))
    ]
    yield from words.table(("Source", "Agency", "What it tells us", "How often", "What allows it"), rows)


def _what() -> Iterator[str]:
    known = tuple(word for word in words.KNOWN_BY.values() if any(word in words.known_by(s) for s in SOURCES.values()))
    yield from ("## What we hold", "")
    yield f"To know who is who: {words.listed(known)}. To know who belongs together: parents, children, homes shared."
    yield from ("", "What has happened, by part of life:", "")
    for lane, label in LANES.items():
        told = [kind.label for kind in KINDS.values() if kind.lane == lane]
        yield f"- **{label}**: {'; '.join(told)}."
    yield ""
    yield f"Families are looked at in six areas: {words.listed(tuple(AREAS.values()))}."
    yield ""


def _decides() -> Iterator[str]:
    yield from ("## A person decides", "", council.A_PERSON_DECIDES, "")
    yield from ("What we have built in:", "")
    yield from (f"- {each}" for each in council.SAFEGUARDS)
    yield ""


def _who_sees() -> Iterator[str]:
    yield from ("## Who can see it", "")
    yield "Only people with one of these roles, and only what the role allows:"
    yield ""
    for role in ROLES.values():
        where = "in the whole city" if role.whole_city else "in their own area"
        named = any(permission.reach in (Reach.PEOPLE, Reach.LIST) for permission in role.permissions)
        yield f"- **{role.label}**: {f'named people, {where}' if named else 'no named people'}."
    yield from ("", "Whoever looks at people says why, and it is written down:", "")
    yield from (f"- {purpose}" for purpose in PURPOSES)
    yield ""


def _how_long() -> Iterator[str]:
    yield from ("## How long we keep it", "")
    spans: dict[str, list[str]] = {}
    for source in sorted(SOURCES.values(), key=lambda s: (s.retention.birthday, s.retention.years, s.label)):
        spans.setdefault(words.kept(source), []).append(source.label)
    yield from (f"- **{span}**: {'; '.join(labels)}." for span, labels in spans.items())
    yield ""


def _rights() -> Iterator[str]:
    yield from ("## What you may do", "")
    yield from (f"- **{right.name}.** {right.how}" for right in council.RIGHTS)
    yield from ("", f"Write to {COUNCIL.email}. It costs nothing, and we answer within a month.", "")


def _complaints() -> Iterator[str]:
    yield from ("## If you are not content", "", council.COMPLAINTS, "")
