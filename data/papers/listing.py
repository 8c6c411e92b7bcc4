"""The register of sources: one row a source, from its declaration."""

from __future__ import annotations

import pandas as pd

from data.events import AREAS
from data.papers import words
from data.papers.council import COUNCIL
from data.schema import Source
from data.sources import SOURCES

HEADINGS = {
    "source": "Source",
    "owner": "Agency",
    "about": "What it holds",
    "areas": "Headline areas",
    "tells": "What it tells us",
    "gateway": "Legal gateway",
    "rhythm": "Sent",
    "covers": "Whom it covers",
    "known_by": "How it says who people are",
    "special": "Specially protected",
    "codes": "Code sets",
    "tables": "Tables",
    "format": "Form",
    "kept": "Kept",
    "ground": "On what ground",
}


def register() -> pd.DataFrame:
    """One row a declared source, by label; columns as in ``HEADINGS``, all text, none empty."""
    rows = [_row(source) for source in SOURCES.values()]
    return pd.DataFrame(rows, columns=list(HEADINGS)).sort_values("source", ignore_index=True)


def owners() -> list[str]:
    """The agencies that send data, each once, by name."""
    return sorted({source.owner for source in SOURCES.values()})


def markdown() -> str:
    """The register as a page."""
    shown = ("source", "owner", "about", "areas", "gateway", "rhythm", "known_by", "special", "kept")
    rows = register()
    lines = [
        f"# Register of sources: {COUNCIL.name}",
        "",
        f"{len(rows)} sources of {len(owners())} agencies. Written from the declarations by `python -m data papers`.",
        "",
    ]
    cells = [tuple(map(str, row)) for row in rows[list(shown)].itertuples(index=False)]
    lines += words.table(tuple(HEADINGS[name] for name in shown), cells)
    return "\n".join(lines)


def csv() -> str:
    """The register as a CSV file with its headings in words."""
    text: str = register().rename(columns=HEADINGS).to_csv(index=False, lineterminator="\n")
    return text


def _row(source: Source) -> dict[str, str]:
    codes = tuple(f"{codes.name} ({len(codes.labels)})" for codes in words.code_sets(source))
    return {
        "source": source.label,
        "owner": source.owner,
        "about": source.about,
        "areas": words.listed(tuple(AREAS[area] for area in words.areas(source)), "family ties"),
        "tells": words.tells(source),
        "gateway": source.gateway,
        "rhythm": words.rhythm(source),
        "covers": words.COVERS[source.coverage],
        "known_by": words.listed(words.known_by(source)),
        "special": words.listed(words.special(source)),
        "codes": words.listed(codes),
        "tables": words.listed(tuple(part.name for part in source.parts)),
        "format": words.FORMATS[source.format],
        "kept": words.kept(source),
        "ground": words.ground(source),
    }
