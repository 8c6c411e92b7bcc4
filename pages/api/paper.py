"""The document as a page to read, without a script and without anything from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b2430;max-width:56rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.2rem;border-top:1px solid #d5dbe3;padding-top:1rem}
code,pre{font:14px/1.45 ui-monospace,monospace;background:#f4f6f9;border-radius:4px}
code{padding:.1rem .3rem}pre{padding:.8rem;overflow-x:auto}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0}
td{border-top:1px solid #d5dbe3}
"""


def paper(document: dict[str, Any]) -> str:
    """``document`` as HTML."""
    info = document["info"]
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>", escape(info["title"]), "</title><style>",
        _STYLE, "</style></head><body><h1>", escape(info["title"]), "</h1><p>", _words(info["description"]),
        "</p><p>For programs: <a href='/openapi.json'>openapi.json</a>.</p>",
    ]  # fmt: skip
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts += _operation(method.upper(), path, operation)
    parts.append("<h2>Forms</h2>")
    for name, schema in sorted(document["components"]["schemas"].items()):
        parts += _form(name, schema)
    return "".join([*parts, "</body></html>"])


def _operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"<h2>{escape(operation.get('summary', ''))}</h2><p><code>{method} {escape(path)}</code></p>"
    yield f"<p>{_words(operation.get('description', ''))}</p><table><tr><th>Answer</th><th>When</th><th>Form</th></tr>"
    for status, answer in sorted(operation["responses"].items()):
        forms = [_kind(media["schema"]) for media in answer.get("content", {}).values()]
        yield f"<tr><td>{status}</td><td>{_words(answer['description'])}</td><td>{', '.join(forms)}</td></tr>"
    yield "</table>"
    if body := operation.get("requestBody"):
        yield f"<p>Body: {', '.join(_kind(media['schema']) for media in body['content'].values())}</p>"


def _form(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"<h3 id='{escape(name)}'>{escape(name)}</h3><p>{_words(schema.get('description', ''))}</p>"
    if example := schema.get("example"):
        yield f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"
    yield "<table><tr><th>Field</th><th>Kind</th><th>Meaning</th></tr>"
    needed = schema.get("required", [])
    for field, told in schema.get("properties", {}).items():
        mark = "" if field in needed else " <small>(optional)</small>"
        meaning = _words(told.get("description", ""))
        yield f"<tr><td><code>{escape(field)}</code>{mark}</td><td>{_kind(told)}</td><td>{meaning}</td></tr>"
    yield "</table>"


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in a word or two."""
    if ref := schema.get("$ref"):
        name = escape(ref.rsplit("/", 1)[1])
        return f"<a href='#{name}'>{name}</a>"
    for many in ("anyOf", "oneOf"):
        if many in schema:
            return " or ".join(_kind(each) for each in schema[many])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"<code>{escape(str(each))}</code>" for each in schema.get("enum", [schema.get("const")]))
    return escape(str(schema.get("format") or schema.get("type") or "anything"))


def _words(text: str) -> str:
    """Prose with `code` marked."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))
