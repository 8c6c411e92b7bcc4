"""The document of the interface, OpenAPI 3.1: what FastAPI reads off the endpoints, and our way to refuse."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from pages.api.answers import Problem
from pages.api.problems import MEDIA
from pages.api.told import ContactTold

TITLE, VERSION = "Kinsight for the hub's platform", "1"
ABOUT = """\
Hands contacts to Kinsight's front door and is told the suggested level, why, and what became of contacts like it.
Sign in with `Authorization: Bearer <token>`. Whatever is asked is checked by role and written into the access log,
as on the pages; say who acts in `Kinsight-Officer`. A suggestion supports the officer and never decides."""
_WORDS = {
    401: "No token, or one that is not known, was revoked or is over.",
    403: "The account may not do this.",
    404: "Nothing of this number that this account handed in.",
    408: "The body did not come within 10 seconds.",
    409: "It is not certain who is meant (with candidates in `people`), or the number is another contact's.",
    413: "More than 128 KiB.",
    415: "Not `application/json`.",
    422: "Fields that are not as they should be, each with its rule; never its value.",
    429: "Too many requests by this token: `Retry-After` says when to come again.",
    503: "The data can't be read now.",
}
_REQUEST_ID = {"description": "The request's number.", "schema": {"type": "string"}}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of an endpoint, as `responses` of FastAPI wants them."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {status: {"description": _WORDS[status], "content": {MEDIA: {"schema": schema}}} for status in statuses}


def described(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=TITLE, version=VERSION, description=ABOUT, routes=app.routes, tags=app.openapi_tags,
            license_info={"name": "MIT"},
        )  # fmt: skip
        schemas = made["components"]["schemas"]
        for model, mode in ((Problem, "serialization"), (ContactTold, "validation")):
            schemas |= _schemas(model, mode)
        for path in made["paths"].values():
            for operation in path.values():
                for answer in operation["responses"].values():
                    answer.setdefault("headers", {})["Request-Id"] = _REQUEST_ID
        app.openapi_schema = made
    return app.openapi_schema


def _schemas(model: Any, mode: Any) -> dict[str, Any]:
    _, made = models_json_schema([(model, mode)], ref_template="#/components/schemas/{model}")
    return dict(made["$defs"])
