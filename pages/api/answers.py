"""What a platform is answered: JSON of these forms and no other. Text from records is data: show it as text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

Level = Literal[0, 1, 2, 3, 4]


class Code(BaseModel):
    """A code and its words."""

    code: str
    words: str


class CodeList(BaseModel):
    """The codes that may be told, or are answered."""

    codes: list[Code]


class Candidate(BaseModel):
    """Somebody who may be meant: for the officer to choose, and told again as `{"by": "person", ...}`."""

    person: int = Field(description="Kinsight's number of the person; it stays from one night's data to the next.")
    name: str
    born: date | None
    ward: str | None
    fits: list[str] = Field(description="What of the told fits, in words.")


class PersonMatched(BaseModel):
    """One of the people told, in their order: who it is, or who it may be."""

    person: int | None = Field(description="Kinsight's number of them; null where it is not certain who is meant.")
    fits: list[str]
    candidates: list[Candidate] = Field(description="Who may be meant, likeliest first; empty where nobody is known.")


class Why(BaseModel):
    """One reason of a suggestion."""

    sentence: str
    raises: bool = Field(description="Whether it raises the suggestion; false: it lowers it.")


class Chances(BaseModel):
    """Of 1, how often contacts like this one are followed within a year by what the name says, as recorded."""

    another_contact: float = Field(ge=0, le=1)
    taken_up: float = Field(ge=0, le=1, description="A contact that comes to an assessment, an enquiry or more.")
    harm: float = Field(ge=0, le=1, description="Recorded serious harm: an enquiry, a protection plan, care.")


class Suggested(BaseModel):
    """What is suggested. It supports the officer, whose own grade counts: show it after theirs, or at their word."""

    level: Level
    level_words: str
    chances: Chances
    ask_other_agencies: bool = Field(description="Whether further information sharing is suggested.")
    asking_tells: float = Field(ge=0, le=1, description="Of 1, how often asking other agencies tells of something.")
    reasons: list[Why] = Field(description="What weighs most, largest first.")
    earlier_contacts: int = Field(ge=0, description="Contacts about these people in the year before.")
    version: str = Field(description="The version of the grader that says so.")
    caveat: str | None = Field(description="What has to be shown beside it, if anything.")


class Decided(BaseModel):
    """One decision on past contacts like this one. Counts too small to publish are null."""

    outcome: str
    words: str
    contacts: int | None
    another_contact: int | None = Field(description="How many were followed by another contact within a year.")
    harm: int | None = Field(description="How many were followed by recorded harm within a year.")


class Similar(BaseModel):
    """Past contacts like this one, counted: nobody in them is named."""

    contacts: int
    decisions: list[Decided]
    rule: str = Field(description="Which counts are withheld, in words.")


class Advice(BaseModel):
    """The suggestion and similar contacts, each with why there is none where it is null."""

    suggestion: Suggested | None
    why_no_suggestion: str | None
    similar: Similar | None
    why_no_similar: str | None


class Taken(Advice):
    """A contact that was taken: it waits in the hub's queue from now on."""

    number: str
    received_at: datetime = Field(description="When it came, as it was kept.")
    state: Literal["waiting", "decided"]
    people: list[PersonMatched]
    notes: list[str] = Field(description="What was not taken as it was told, in words.")


class Graded(BaseModel):
    """The officer's own grade."""

    level: Level
    level_words: str
    suggestion_seen: Literal["no", "asked", "order", "platform"] = Field(
        description="What the officer had seen of the suggestion by then: nothing, all of it, the list's order, or "
        "what this interface had told."
    )
    at: datetime


class Decision(BaseModel):
    """What was decided."""

    outcome: str
    words: str
    agencies_asked: list[str]
    at: datetime


class SecondLook(BaseModel):
    """What a second pair of eyes said: it stands, or what it was raised to."""

    verdict: Literal["stands", "raised"]
    outcome: str | None
    at: datetime


class Standing(BaseModel):
    """Where a contact stands."""

    number: str
    received_at: datetime
    state: Literal["waiting", "decided"]
    grade: Graded | None
    decision: Decision | None
    second_look: SecondLook | None


class Health(BaseModel):
    """Whether the interface can answer, and nothing else."""

    status: Literal["ok"]


class FieldProblem(BaseModel):
    """One thing that is wrong with what was told. Never the value itself."""

    field: str = Field(description="Where, as a JSON pointer.")
    rule: str
    detail: str


class Problem(BaseModel):
    """Why something was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request: str = Field(description="The request's number, also in the header Request-Id: what to tell us.")
    errors: list[FieldProblem] | None = None
    people: list[PersonMatched] | None = Field(
        None, description="Where it is not certain who is meant: one entry a person told, in their order."
    )
