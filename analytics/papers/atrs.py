"""The record for the Algorithmic Transparency Recording Standard, version 3.0: every field, by its number and name.

Numbers and names are those that published records of version 3.0 carry; the order is the template's. Fields that only
the council can answer are marked, unless it has answered them (`data.papers.answers`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analytics.papers import atrs_tool, atrs_use
from analytics.papers.facts import Facts
from analytics.papers.words import source_line
from data.papers.answers import answer
from data.papers.inert import inert

VERSION = "3.0"
TO_FILL = "**For the council to fill in.**"
Said = Callable[[Facts], list[str]]


@dataclass(frozen=True)
class Field:
    """A field: the council's to answer where ``ask`` says what is wanted, and ours where ``said`` gives its lines."""

    number: str
    name: str
    ask: str = ""
    said: Said | None = None


@dataclass(frozen=True)
class Section:
    """A part of the record with its fields in order."""

    title: str
    fields: tuple[Field, ...]


SECTIONS = (
    Section(
        "Metadata",
        (
            Field("0.1", "ID", "Given when the record is published."),
            Field("0.2", "Standard version", said=lambda _: [VERSION]),
            Field("0.3", "Date of completion", "The day on which the record is first published."),
            Field("0.4", "Date updated", said=atrs_use.updated),
            Field("0.5", "Date archived", said=atrs_use.archived),
        ),
    ),
    Section(
        "Tier 1: overview",
        (
            Field("1.1", "Name", said=atrs_use.name),
            Field("1.2", "Description", said=atrs_use.description),
            Field("1.3", "Website URL", "A page of the council's where this is explained, or none."),
            Field("1.4", "Contact email", "An address that is read."),
        ),
    ),
    Section(
        "Tier 2, section 1: owner and responsibility",
        (
            Field("2.1.1", "Organisation or department", "The council's full name."),
            Field("2.1.2", "Team", "The team that runs it."),
            Field("2.1.3", "Senior responsible owner", "The post, not the person, that answers for it."),
            Field("2.1.4", "External supplier involvement", "Whether anybody outside the council builds or runs it."),
            Field("2.1.4.1", "External supplier", "Who, if anybody."),
            Field("2.1.4.2", "Companies House number", "Of that supplier, if there is one."),
            Field("2.1.4.3", "External supplier role", "What that supplier does."),
            Field("2.1.4.4", "Procurement procedure type", "How that supplier was chosen."),
            Field("2.1.4.5", "Data access terms", "What that supplier may see, and on what terms."),
        ),
    ),
    Section(
        "Tier 2, section 2: description and rationale",
        (
            Field("2.2.1", "Detailed description", said=atrs_use.detailed),
            Field("2.2.2", "Scope", said=atrs_use.scope),
            Field("2.2.3", "Benefit", said=atrs_use.benefit),
            Field("2.2.4", "Previous process", "How children were found before, and how well that went."),
            Field("2.2.5", "Alternatives considered", said=atrs_use.alternatives),
        ),
    ),
    Section(
        "Tier 2, section 3: decision-making process",
        (
            Field("2.3.1", "Process integration", said=atrs_use.process),
            Field("2.3.2", "Provided information", said=atrs_use.provided),
            Field("2.3.3", "Frequency and scale of usage", said=atrs_use.scale),
            Field("2.3.4", "Human decisions and review", said=atrs_use.human),
            Field("2.3.5", "Required training", said=atrs_use.training),
            Field("2.3.6", "Appeals and review", said=atrs_use.appeals),
        ),
    ),
    Section(
        "Tier 2, section 4: tool specification",
        (
            Field("2.4.1.1", "System architecture", said=atrs_tool.architecture),
            Field("2.4.1.2", "Phase", said=atrs_tool.phase),
            Field("2.4.1.3", "Maintenance", said=atrs_tool.maintenance),
            Field("2.4.1.4", "Models", said=atrs_tool.models),
            Field("2.4.2.1", "Model name", said=atrs_tool.name),
            Field("2.4.2.2", "Model version", said=atrs_tool.version),
            Field("2.4.2.3", "Model task", said=atrs_tool.task),
            Field("2.4.2.4", "Model input", said=atrs_tool.given),
            Field("2.4.2.5", "Model output", said=atrs_tool.output),
            Field("2.4.2.6", "Model architecture", said=atrs_tool.kind),
            Field("2.4.2.7", "Model performance", said=atrs_tool.performance),
            Field("2.4.2.8", "Datasets", said=atrs_tool.datasets),
            Field("2.4.2.9", "Dataset purposes", said=atrs_tool.purposes),
            Field("2.4.3.1", "Source data name", said=atrs_tool.source_names),
            Field("2.4.3.2", "Data modality", said=atrs_tool.modality),
            Field("2.4.3.3", "Data description", said=atrs_tool.described),
            Field("2.4.3.4", "Data quantities", said=atrs_tool.quantities),
            Field("2.4.3.5", "Sensitive attributes", said=atrs_tool.sensitive),
            Field("2.4.3.6", "Data completeness and representativeness", said=atrs_tool.completeness),
            Field("2.4.3.7", "Source data URL", said=atrs_tool.url),
            Field("2.4.3.8", "Data collection", said=atrs_tool.collection),
            Field("2.4.3.9", "Data cleaning", said=atrs_tool.cleaning),
            Field("2.4.3.10", "Data sharing agreements", said=atrs_tool.agreements),
            Field("2.4.3.11", "Data access and storage", said=atrs_tool.storage),
        ),
    ),
    Section(
        "Tier 2, section 5: risks, mitigations and impact assessments",
        (
            Field("2.5.1", "Impact assessments", "Which assessments were made, when, and where they can be read."),
            Field("2.5.2", "Risks and mitigations", said=atrs_tool.dangers),
        ),
    ),
)


def atrs(facts: Facts) -> str:
    """The record as Markdown."""
    return "\n".join(_lines(facts))


def to_fill(facts: Facts) -> list[str]:
    """Numbers of the fields that the council has still to answer."""
    return [field.number for section in SECTIONS for field in section.fields if not _known(facts, field)]


def _lines(facts: Facts) -> Iterator[str]:
    yield from (f"# Algorithmic transparency record: {inert(facts.label)}", "", inert(source_line(facts)), "")
    waiting = len(to_fill(facts))
    yield f"Algorithmic Transparency Recording Standard, version {VERSION}. A draft: {waiting} fields are for the"
    yield "council to"
    yield "fill in, and are marked. Check numbers and names against the template of the day before it is published."
    yield ""
    for section in SECTIONS:
        yield from (f"## {section.title}", "")
        for field in section.fields:
            yield from (f"### {field.number} {field.name}", "", *_said(facts, field), "")


def _said(facts: Facts, field: Field) -> list[str]:
    told = answer(facts.model, field.number)
    if told:
        return [inert(told)]
    if field.said is None:
        return [f"{TO_FILL} {field.ask}"]
    lines = field.said(facts)
    return lines[:-1] if lines and not lines[-1] else lines


def _known(facts: Facts, field: Field) -> bool:
    return field.said is not None or bool(answer(facts.model, field.number))
