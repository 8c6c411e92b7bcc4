"""Declarations in words: how often a source comes, whom it covers, what it knows people by, what it tells."""

from __future__ import annotations

from collections.abc import Sequence

from data.events import AREAS, KINDS, LANES, Area, EventKind
from data.schema import Codes, Source

KNOWN_BY = {
    "local_id": "the agency's own number",
    "forename": "forename",
    "middle_names": "middle names",
    "surname": "surname",
    "former_surname": "former surname",
    "full_name": "full name",
    "birth_date": "date of birth",
    "sex": "sex",
    "ethnicity": "ethnic origin",
    "postcode": "postcode",
    "uprn": "property number",
    "address": "address",
    "nhs_number": "NHS number",
    "upn": "unique pupil number",
    "ni_number": "national insurance number",
}
RHYTHMS = {
    1: "every day", 7: "every week", 14: "every two weeks", 31: "every month", 46: "every half term",
    92: "every quarter", 122: "every term", 183: "twice a year", 365: "every year",
}  # fmt: skip
FORMATS = {
    "csv": "CSV",
    "parquet": "Parquet",
    "cin_xml": "children in need census XML",
    "annex_a": "Ofsted Annex A workbook",
    "json": "the Department for Education's daily JSON",
}
COVERS = {
    "everyone": "anyone in the city of whom there is something to tell; where it says nothing, nothing happened",
    "enrolled": "the people on the agency's books, while they are",
}


def rhythm(source: Source) -> str:
    """How often the source is sent: ``every month``."""
    return RHYTHMS.get(source.refresh_days, f"every {source.refresh_days} days")


def kept(source: Source) -> str:
    """How long the source's records are kept, as a sentence without its full stop."""
    return source.retention.words.removesuffix(".")


def ground(source: Source) -> str:
    """On what ground they are kept so long."""
    return source.retention.basis or "no ground is declared"


def known_by(source: Source) -> tuple[str, ...]:
    """The identity fields that the source gives of anybody, in words."""
    given = {field for part in source.parts for who in part.who for field in who.fields}
    return tuple(word for field, word in KNOWN_BY.items() if field in given)


def kinds(source: Source) -> tuple[EventKind, ...]:
    """The kinds of events that its rows become, in the order of the declared kinds."""
    told = {rule.kind for part in source.parts for rule in part.events}
    return tuple(kind for name, kind in KINDS.items() if name in told)


def areas(source: Source) -> tuple[Area, ...]:
    """The headline areas that its events speak of, and the one under which it is filed."""
    spoken = {area for kind in kinds(source) for area in kind.areas}
    return tuple(area for area, label in AREAS.items() if area in spoken or source.theme == label)


def code_sets(source: Source) -> tuple[Codes, ...]:
    """Its code sets, each once, in order of first use."""
    found = [c.codes for part in source.parts for c in part.columns if c.codes is not None]
    return tuple({(codes.name, *codes.labels): codes for codes in found}.values())


def special(source: Source) -> tuple[str, ...]:
    """What of it the law protects more: UK GDPR Articles 9 (health, ethnic origin) and 10 (crime)."""
    lanes = {kind.lane for kind in kinds(source)}
    spoken = areas(source)
    held = {
        "ethnic origin": "ethnic origin" in known_by(source),
        "health": "health" in lanes or "health" in spoken,
        "crimes, proven or alleged": "police" in lanes or "crime" in spoken,
    }
    return tuple(word for word, there in held.items() if there)


def tells(source: Source) -> str:
    """What it tells, in one phrase."""
    return "; ".join(kind.label for kind in kinds(source)) or "who people are and where they live"


def lane(kind: EventKind) -> str:
    """Where on a timeline the event is shown."""
    return LANES[kind.lane]


def listed(words: tuple[str, ...], none: str = "none") -> str:
    """Words with commas between them, or what to say of nothing."""
    return ", ".join(words) or none


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The lines of a Markdown table, and an empty one after it."""
    return [*grid([[_cell(text) for text in row] for row in (heads, *rows)]).split("\n"), ""]


def grid(lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table of cells that are safe already, the heads first."""
    head, *rest = lines
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rest))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
