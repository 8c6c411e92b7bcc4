"""Why something was not done, as RFC 9457 has it. What was told is never repeated: it may name people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails
from starlette.responses import Response

from pages.api.answers import FieldProblem, PersonMatched, Problem

MEDIA = "application/problem+json"
_TITLES = {
    400: "Not a request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not that way",
    408: "Too slow",
    409: "Not as it stands",
    413: "Too long",
    415: "Not JSON",
    422: "Not as it should be",
    429: "Too many",
    500: "Our fault",
    503: "Not now",
}
_RULES = {
    "missing": "This is needed.",
    "extra_forbidden": "There is a name here that is not known.",
    "json_invalid": "This is not JSON.",
    "enum": "Not a code of the list.",
    "literal_error": "Not one of the words that may stand here.",
    "union_tag_invalid": "`by` is reference, name or person.",
    "union_tag_not_found": "`by` is needed: reference, name or person.",
    "string_pattern_mismatch": "Not of the form that is asked for.",
    "timezone_aware": "The offset from UTC is needed.",
}
#: What of a rule's context may be told: bounds that we declared ourselves.
_BOUNDS = {
    "max_length": "{} at most.",
    "min_length": "{} at least.",
    "ge": "{} or more.",
    "le": "{} or less.",
}


class Refused(Exception):
    """Something is not done; ``detail`` is fit to show."""

    def __init__(
        self,
        status: int,
        detail: str,
        kind: str = "",
        *,
        errors: Sequence[FieldProblem] | None = None,
        people: Sequence[PersonMatched] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})
        self.type = f"urn:kinsight:{kind}" if kind else "about:blank"
        self.errors = None if errors is None else list(errors)
        self.people = None if people is None else list(people)


#: An error of ours, whatever it was.
FAULT = Refused(500, "Something went wrong on our side: what was told may not have been kept.")


def answer(refused: Refused, request: str) -> Response:
    """``refused`` as an answer to ``request``."""
    told = Problem(
        type=refused.type,
        title=_TITLES.get(refused.status, "Not done"),
        status=refused.status,
        detail=refused.detail,
        request=request,
        errors=refused.errors,
        people=refused.people,
    )
    body = {name: value for name, value in told.model_dump(mode="json").items() if value is not None}
    return Response(json.dumps(body, ensure_ascii=False), refused.status, refused.headers, MEDIA)


def fields(errors: Iterable[ErrorDetails | Mapping[str, Any]]) -> Refused:
    """422: each field and its rule, from what pydantic found."""
    return Refused(422, "Some of what was told is not as it should be.", "fields", errors=[_field(e) for e in errors])


def _field(error: ErrorDetails | Mapping[str, Any]) -> FieldProblem:
    kind = str(error["type"])
    parts = [part for part in error["loc"] if part not in ("body",)]
    if len(parts) > 2 and parts[0] == "people":
        del parts[2]  # which of the three forms of a person it was read as
    if kind == "extra_forbidden" or kind == "json_invalid":
        parts = parts[:-1] if kind == "extra_forbidden" else []
    return FieldProblem(field="".join(f"/{part}" for part in parts) or "/", rule=kind, detail=_detail(kind, error))


def _detail(kind: str, error: Mapping[str, Any]) -> str:
    if kind in _RULES:
        return _RULES[kind]
    context = error.get("ctx") or {}
    bounds = [words.format(context[name]) for name, words in _BOUNDS.items() if name in context]
    return " ".join(bounds) or "Not a value that may stand here."
