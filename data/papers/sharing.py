"""A draft information-sharing agreement with one agency, from the declarations of what it sends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.access.roles import PURPOSES, ROLES
from data.events import AREAS
from data.papers import council, words
from data.papers.council import COUNCIL
from data.papers.listing import owners
from data.schema import Source
from data.sources import SOURCES


def agreement(owner: str) -> str:
    """The draft as Markdown. Raises ``ValueError`` where no source belongs to such an agency."""
    sources = [source for source in SOURCES.values() if source.owner == owner]
    if not sources:
        raise ValueError(f"no such agency; these send data: {', '.join(owners())}")
    sources.sort(key=lambda source: source.label)
    parts = (_parties(owner), _purpose(sources), _shared(sources), _told(sources), _when(sources), _care(), _people())
    return "\n".join(line for part in (*parts, _end(owner), _annex(sources)) for line in part)


def _parties(owner: str) -> Iterator[str]:
    inside = owner.startswith(COUNCIL.name)
    yield f"# Draft information-sharing agreement: {owner}"
    yield ""
    yield "A draft for both sides' information governance to read, change and sign. It binds nobody until then."
    yield from ("", "## 1. Between whom", "")
    yield f"- **Receives**: {COUNCIL.name}, controller of the joined data in {COUNCIL.system}. {COUNCIL.email}"
    yield f"- **Sends**: {owner}, controller of its own records."
    if inside:
        yield "- Both are parts of one council: the agreement sets out what one of them may use of the other's."
    yield ""


def _purpose(sources: Sequence[Source]) -> Iterator[str]:
    yield from ("## 2. What for, and what allows it", "")
    yield f"The information is shared {council.PURPOSE}. It is used for nothing else."
    yield ""
    for source in sources:
        spoken = words.listed(tuple(AREAS[area] for area in words.areas(source)), "family ties")
        yield f"- **{source.label}** speaks of {spoken}. Legal gateway: {source.gateway}."
    yield from (f"- {basis.law}: {basis.means}." for basis in council.BASES)
    yield ""


def _shared(sources: Sequence[Source]) -> Iterator[str]:
    yield from ("## 3. What is shared", "")
    for source in sources:
        yield from (f"### {source.label}", "", source.about, "")
        yield f"Whom it covers: {words.COVERS[source.coverage]}."
        yield f"People are known by: {words.listed(words.known_by(source))}."
        yield f"Specially protected: {words.listed(words.special(source))}."
        yield ""
        for part in source.parts:
            rows = [
                (c.label, c.name, c.codes.name if c.codes else c.kind.value, "yes" if c.required else "no")
                for c in part.columns
            ]
            yield from (f"**{part.name}**: {part.about}", "")
            yield from words.table(("Field", "Its heading", "Holds", "Must be there"), rows)


def _told(sources: Sequence[Source]) -> Iterator[str]:
    kinds = tuple(dict.fromkeys(kind for source in sources for kind in words.kinds(source)))
    yield from ("## 4. What a reader is told of it", "")
    rows = [
        (kind.label, words.lane(kind), words.listed(tuple(AREAS[area] for area in kind.areas)), _mark(kind.sensitive))
        for kind in kinds
    ]
    if not rows:
        yield from ("Who people are and where they live; nothing that happened to them.", "")
        return
    yield from words.table(("Event", "Shown under", "Headline areas", "Handled as"), rows)


def _mark(sensitive: bool) -> str:
    return "sensitive" if sensitive else "ordinary"


def _when(sources: Sequence[Source]) -> Iterator[str]:
    yield from ("## 5. When, in what form, for how long", "")
    rows = [(s.label, words.rhythm(s), words.FORMATS[s.format], words.kept(s), words.ground(s)) for s in sources]
    yield from words.table(("Source", "Sent", "As", "Kept", "On what ground"), rows)
    yield from (council.CORRECTIONS, "")


def _care() -> Iterator[str]:
    yield from ("## 6. How it is kept safe", "")
    yield from (f"- {each}" for each in (*council.SAFEGUARDS, council.BREACH))
    yield from ("", council.A_PERSON_DECIDES, "")


def _people() -> Iterator[str]:
    yield from ("## 7. Who may look, and why", "")
    yield f"Roles: {words.listed(tuple(role.label for role in ROLES.values()))}."
    yield f"Purposes: {words.listed(PURPOSES)}."
    yield from ("", "## 8. People's rights", "")
    yield from (f"- **{right.name}.** {right.how}" for right in council.RIGHTS)
    yield from ("", council.COMPLAINTS, "", council.REQUESTS, "")


def _end(owner: str) -> Iterator[str]:
    yield from ("## 9. Review and signatures", "", council.REVIEW, "")
    sides = [(side, "…", "…", "…") for side in (COUNCIL.name, owner)]
    yield from words.table(("For", "Name and post", "Signed", "Date"), sides)


def _annex(sources: Sequence[Source]) -> Iterator[str]:
    yield from ("## Annex. What the codes mean", "")
    for source in sources:
        found = words.code_sets(source)
        yield from (f"### {source.label}", "") if found else (f"{source.label}: no field holds a code.", "")
        for codes in found:
            yield f"- **{codes.name}**: {'; '.join(f'{code}: {label}' for code, label in codes.labels.items())}."
        yield ""
