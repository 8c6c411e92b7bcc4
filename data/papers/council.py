"""Who answers for the data, on what legal basis, and what people may ask: what no source declares of the papers.

A council puts its own name and addresses here before it sends any of the papers out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Council:
    """The controller of the joined data and how to reach it."""

    name: str
    system: str
    officer: str
    email: str
    post: str
    telephone: str


@dataclass(frozen=True)
class Basis:
    """A legal basis: ``law`` as a lawyer cites it, ``means`` as anybody would say it."""

    law: str
    means: str


@dataclass(frozen=True)
class Right:
    """Something that people may do, and how."""

    name: str
    how: str


COUNCIL = Council(
    name="Avonbridge Council",
    system="Kinsight",
    officer="the data protection officer",
    email="data.protection@avonbridge.example",
    post="Data protection officer, Avonbridge Council, Town Hall, Avonbridge (an invented city)",
    telephone="0117 496 0000",
)
BASES = (
    Basis(
        "UK GDPR Article 6(1)(e)",
        "the law gives us a task in the public interest: to keep children and adults at risk safe",
    ),
    Basis(
        "UK GDPR Article 9(2)(g), with the Data Protection Act 2018, Schedule 1, paragraph 18",
        "health, ethnic origin and the like may be used to safeguard children and people at risk",
    ),
    Basis(
        "UK GDPR Article 10, with the Data Protection Act 2018, section 10(5)",
        "information about crimes may be used for the same reason",
    ),
    Basis("Children Act 2004, sections 10 and 11", "agencies must work together to keep children safe and well"),
)
PURPOSE = (
    "to find children and families who may need help, and those who may be exploited, early enough for help to matter; "
    "to let the professional who works with a family see what agencies already know; and to plan services"
)
RIGHTS = (
    Right("Ask for a copy", "Ask what we hold about you, where it came from and who has looked at it (Article 15)."),
    Right("Have it put right", "Tell us what is wrong; we correct it and keep what it said before (Article 16)."),
    Right(
        "Object",
        "Say why we should not use your information. We stop unless we must go on to keep somebody safe (Article 21).",
    ),
    Right(
        "Have it limited or erased",
        "Ask us to stop using it while it is checked, or to erase it where the law allows (Articles 17 and 18).",
    ),
    Right(
        "Have a person decide",
        "Ask a person to look again at any decision, tell them your view, and contest it (Articles 22A to 22D).",
    ),
)
COMPLAINTS = (
    "Tell us first: we must say within 30 days that we have your complaint, and then look into it without delay "
    "(Data Protection Act 2018, section 164A). If our answer doesn't satisfy you, go to the Information Commissioner: "
    "ico.org.uk, telephone 0303 123 1113."
)
SAFEGUARDS = (
    "Snapshots of the joined data are encrypted where they are stored, under a key that the council holds.",
    "Nobody sees a named person without a role that allows it, a purpose that is named, and a line in the access log.",
    "The access log can't be changed without the change being found.",
    "Sex and ethnic origin are never used to work out a score; how well scores work is measured by both.",
    "A score that misses the mark set before it was made is not shown at all.",
    "The record that a child was exploited is never used to work out that child's own score.",
)
A_PERSON_DECIDES = (
    "No decision about anybody is made by a computer. A score says how much a child's recorded life resembles those of "
    "children who were known to be exploited. It is a reason to look, not a finding. A named professional reads the "
    "records behind it, writes down their own view and the reason for it, and decides; the score may be wrong and they "
    "may say so."
)
#: What the two sides of an agreement promise each other.
BREACH = "Either side tells the other of a breach within a day, so that the Commissioner can be told within 72 hours."
REQUESTS = "Requests that reach the sender about the joined data are passed on within two days."
CORRECTIONS = (
    "Rows that break a rule of section 3 are set aside and told to the sender: file, line, field and rule. "
    "A row sent again with a change replaces the old one; what it said before is kept as what was known then."
)
REVIEW = (
    "Reviewed every year, and whenever a declared source changes. Either side may end it with three months' notice."
)
