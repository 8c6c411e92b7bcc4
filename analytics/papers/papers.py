"""The three papers of a model in their three forms, and whole folders of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from analytics.papers.atrs import atrs
from analytics.papers.card import card
from analytics.papers.dpia import dpia
from analytics.papers.facts import Facts
from analytics.papers.words import foot, mark
from data.papers.page import html
from data.papers.pdf import pdf

#: Kind -> what it is called.
KINDS = {"card": "Model card", "atrs": "Transparency record (ATRS)", "dpia": "Annex for the impact assessment (DPIA)"}
#: Form -> media type.
FORMS = {"pdf": "application/pdf", "html": "text/html", "md": "text/markdown"}
_WRITERS: dict[str, Callable[[Facts], str]] = {"card": card, "atrs": atrs, "dpia": dpia}


def made(facts: Facts, kind: str, form: str) -> bytes:
    """One paper in one form. Raises ``ValueError`` for a kind or a form that there isn't."""
    if kind not in KINDS or form not in FORMS:
        raise ValueError(f"a paper is one of {', '.join(KINDS)}, as {', '.join(FORMS)}")
    markdown = _WRITERS[kind](facts).rstrip("\n") + "\n"
    if form == "pdf":
        return pdf(markdown, mark=mark(facts), foot=foot(facts))
    return (html(markdown) if form == "html" else markdown).encode()


def file_name(model: str, kind: str, form: str) -> str:
    """``cse-card.pdf``."""
    return f"{model}-{kind}.{form}"


def write(found: Iterable[Facts], out: Path, forms: Iterable[str] = tuple(FORMS)) -> list[str]:
    """Every paper of every model below ``out``; their names in order. Raises ``OSError``."""
    out.mkdir(parents=True, exist_ok=True)
    wanted = tuple(forms)
    names = []
    for facts in found:
        for kind in KINDS:
            for form in wanted:
                name = file_name(facts.model, kind, form)
                (out / name).write_bytes(made(facts, kind, form))
                names.append(name)
    return sorted(names)
