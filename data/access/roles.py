"""Permissions, purposes and roles: what each kind of reader may do, declared once. Pages name the one they need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Reach(Enum):
    """How far the rows of an answer may go, and so what the gate demands of the question."""

    PEOPLE = "named people, each within the reader's scope"
    LIST = "rows of whoever is within the reader's scope"
    LIKENESS = "rows of anybody, without identity outside the reader's scope"
    FIGURES = "no row of any person"


class Permission(StrEnum):
    """One thing a reader may do; its value is the action in the access log."""

    reach: Reach

    def __new__(cls, action: str, reach: Reach) -> Permission:
        """A member whose value is ``action``."""
        member = str.__new__(cls, action)
        member._value_ = action
        member.reach = reach
        return member

    SEARCH = "search people", Reach.LIST
    SEE_LIST = "see ranked list", Reach.LIST
    SEE_CASELOAD = "see caseload", Reach.LIST
    SEE_PERSON = "see person", Reach.PEOPLE
    SEE_SCORE = "see score", Reach.PEOPLE
    SEE_SIMILAR = "see similar cases", Reach.LIKENESS
    SEE_FAMILY = "see family", Reach.LIKENESS
    JUDGE = "judge", Reach.PEOPLE
    DECIDE = "decide", Reach.PEOPLE
    ALLOCATE = "allocate", Reach.PEOPLE
    FOLLOW_UP = "follow up allocation", Reach.PEOPLE
    SEE_ALLOCATIONS = "see allocations", Reach.LIST
    COUNT_LIST = "count ranked list", Reach.FIGURES
    SET_CAPACITY = "set capacity", Reach.FIGURES
    WATCH = "watch", Reach.PEOPLE
    SEE_WATCHED = "see watched people", Reach.LIST
    BREAK_GLASS = "break glass", Reach.FIGURES
    REVIEW_LINKS = "review links", Reach.LIST
    SEE_FIGURES = "see figures", Reach.FIGURES
    EXPORT_FIGURES = "export figures", Reach.FIGURES
    SAVE_VIEW = "save a view", Reach.FIGURES
    SEE_SOURCES = "see sources", Reach.FIGURES
    SEE_REJECTED = "see rejected rows", Reach.FIGURES
    EXPORT_REJECTED = "export rejected rows", Reach.FIGURES
    TRACE = "trace a figure", Reach.PEOPLE
    TRACE_ROW = "trace a row", Reach.LIKENESS
    SEE_INDICATORS = "see indicators", Reach.FIGURES
    SEE_MODELS = "see models", Reach.FIGURES
    SEE_MISSED = "see missed cases", Reach.LIKENESS
    REVIEW_MISSED = "review missed case", Reach.FIGURES
    APPROVE_MODEL = "approve model", Reach.FIGURES
    NAME_PROFILE = "name sub-profile", Reach.FIGURES
    RECALL = "recall a model", Reach.LIST
    EXPORT_RECALL = "export a recall", Reach.LIST
    TELL_RECALL = "tell of a recall", Reach.LIST
    SEE_ACCESS_LOG = "see access log", Reach.FIGURES
    FIND_SUBJECT = "find data subject", Reach.LIST
    ERASE = "erase", Reach.PEOPLE
    TAKE_ALONG = "take a page along", Reach.PEOPLE
    SUBJECT_ACCESS = "answer a subject-access request", Reach.PEOPLE
    CONTEST = "record a contest", Reach.PEOPLE
    RESTRICT = "restrict processing", Reach.PEOPLE
    SEE_CONSISTENCY = "see consistency of the hub", Reach.FIGURES
    NAME_WORKERS = "name workers of the hub", Reach.FIGURES
    SEE_DEMAND = "see demand on the hub", Reach.FIGURES
    TRAIN = "train", Reach.FIGURES
    SEE_OWN = "see own judgements", Reach.FIGURES
    WRITE_CASE = "write a training case", Reach.FIGURES
    SEE_QUEUE = "see contacts of the hub", Reach.LIST
    TRIAGE = "see a contact", Reach.PEOPLE
    COUNT_CONTACTS = "count past contacts", Reach.FIGURES
    TAKE_CONTACT = "take a contact", Reach.PEOPLE
    GRADE = "grade a contact", Reach.PEOPLE
    SETTLE = "decide a contact", Reach.PEOPLE
    SECOND_LOOK = "look at a contact again", Reach.PEOPLE
    MATCH_PEOPLE = "match people of a contact", Reach.LIST
    SEE_PILOT = "see the hub's pilot", Reach.FIGURES
    SET_PRACTICE = "set the hub's practice", Reach.FIGURES
    RUN_PILOT = "start or stop a pilot", Reach.FIGURES
    TAKE_PILOT = "take a pilot's report", Reach.FIGURES


@dataclass(frozen=True)
class Role:
    """One kind of reader. ``whole_city`` roles have no wards; the others see nobody outside theirs.

    ``machine``: another system, which signs in by token at the interface and never at a page.
    """

    name: str
    label: str
    permissions: frozenset[Permission]
    whole_city: bool = False
    machine: bool = False


_P = Permission
_CASEWORK = {_P.SEARCH, _P.SEE_LIST, _P.SEE_CASELOAD, _P.SEE_PERSON, _P.SEE_SCORE, _P.SEE_SIMILAR, _P.JUDGE, _P.DECIDE}
_SHARING = {_P.COUNT_LIST, _P.ALLOCATE, _P.FOLLOW_UP, _P.SEE_ALLOCATIONS}
_BACKGROUND = {_P.SEE_SOURCES, _P.SEE_INDICATORS, _P.SEE_MODELS}
_LEARNING = {_P.SEE_MISSED, _P.REVIEW_MISSED}
_RECALL = {_P.RECALL, _P.EXPORT_RECALL, _P.TELL_RECALL}
_SUBJECT = {_P.FIND_SUBJECT, _P.ERASE, _P.SUBJECT_ACCESS, _P.CONTEST, _P.RESTRICT}
_FIGURES = {_P.SEE_FIGURES, _P.EXPORT_FIGURES, _P.SAVE_VIEW}
_HUB_FIGURES = {_P.SEE_CONSISTENCY, _P.SEE_DEMAND}
_HUB = {_P.SEE_QUEUE, _P.TRIAGE, _P.COUNT_CONTACTS, _P.TAKE_CONTACT, _P.GRADE, _P.SETTLE, _P.SECOND_LOOK}
_PILOT = {_P.SEE_PILOT, _P.SET_PRACTICE, _P.RUN_PILOT, _P.TAKE_PILOT}
_QUALITY = {_P.SEE_REJECTED, _P.EXPORT_REJECTED, _P.TRACE_ROW}

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            "lead_professional",
            "Lead professional",
            frozenset(
                _CASEWORK
                | _BACKGROUND
                | _SHARING
                | {_P.SEE_MISSED, _P.SEE_FAMILY, _P.TRACE, _P.WATCH, _P.SEE_WATCHED, _P.BREAK_GLASS, _P.NAME_PROFILE}
                | {_P.TAKE_ALONG, _P.SEE_OWN}
            ),
        ),
        Role(
            "manager",
            "Manager",
            frozenset(
                _BACKGROUND
                | _LEARNING
                | _SHARING
                | _HUB_FIGURES
                | _FIGURES
                | {_P.NAME_WORKERS}
                | {_P.SEE_LIST, _P.SEE_CASELOAD, _P.SET_CAPACITY, _P.APPROVE_MODEL}
            ),
            whole_city=True,
        ),
        Role(
            "trainer",
            "Trainer",
            frozenset({_P.TRAIN, _P.SEE_OWN, _P.WRITE_CASE, _P.SEE_INDICATORS, _P.SEE_MODELS}),
            whole_city=True,
        ),
        Role(
            "analyst",
            "Analyst",
            frozenset(_BACKGROUND | _LEARNING | _QUALITY | _HUB_FIGURES | _FIGURES | {_P.SEE_SIMILAR, _P.NAME_PROFILE}),
            whole_city=True,
        ),
        # Everybody whom a contact may be about, and what was known of them then; no list, and no model of a child.
        Role("mash_officer", "Hub officer", frozenset(_HUB), whole_city=True),
        # The hub's own system: hands contacts in, and is told what is suggested of those. No queue, no decision.
        Role(
            "hub_platform",
            "Hub's platform",
            frozenset({_P.TAKE_CONTACT, _P.MATCH_PEOPLE, _P.TRIAGE, _P.COUNT_CONTACTS}),
            whole_city=True,
            machine=True,
        ),
        # Says how the hub works and tries the suggestion out; reads figures alone, so as not to steer any one case.
        Role("hub_manager", "Hub manager", frozenset(_HUB_FIGURES | _PILOT | {_P.NAME_WORKERS}), whole_city=True),
        # Sees who people are, to say which records are of one person, and nothing of what happened to them.
        Role(
            "data_quality",
            "Data-quality officer",
            frozenset(_QUALITY | {_P.SEE_SOURCES, _P.SEE_INDICATORS, _P.REVIEW_LINKS}),
            whole_city=True,
        ),
        Role(
            "auditor",
            "Information governance",
            frozenset(_BACKGROUND | _RECALL | _SUBJECT | {_P.TRACE_ROW, _P.SEE_ACCESS_LOG}),
            whole_city=True,
        ),
    )
}

#: Why somebody may look at people: one of these goes with every such access.
PURPOSES = (
    "Allocated case",
    "New contact or referral",
    "Strategy discussion or review",
    "Allocating work",
    "Quality of the data",
    "Learning from missed cases",
    "Request of the person concerned",
    "Training",
)
#: What somebody says who looks a person up, of their own accord and before they see anybody.
SEARCH_PURPOSES = PURPOSES[:3]


def may(role: str, permission: Permission) -> bool:
    """Whether ``role`` has ``permission``; an unknown role has none."""
    return role in ROLES and permission in ROLES[role].permissions
