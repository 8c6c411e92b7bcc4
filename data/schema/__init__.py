"""The language in which sources are declared."""

from data.schema.column import Codes, Column, Kind, code, date, flag, identifier, number, text, time, whole
from data.schema.retention import Retention
from data.schema.source import IDENTITY, Contact, EventRule, Group, KnownCase, Part, Relation, Source, Span, Who

__all__ = [
    "IDENTITY", "Codes", "Column", "Contact", "EventRule", "Group", "Kind", "KnownCase", "Part", "Relation",
    "Retention", "Source", "Span", "Who",
    "code", "date", "flag", "identifier", "number", "text", "time", "whole",
]  # fmt: skip
