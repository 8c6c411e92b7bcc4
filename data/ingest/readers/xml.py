"""XML as it is met: streamed element by element where it is well formed, mended child by child where it is not.

What is malformed (an unescaped ampersand, a closing tag misspelt, bytes of another encoding) spoils one child at most;
a file that is cut short, so that children may be gone, is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from data.ingest.refusal import Refused, refuse

PROLOGUE = 1 << 16
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BADLY_CLOSED = re.compile(r"</[^\w<>]*<?([\w:.-]+)[^\w<>]*>")
_OPENING = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PARSER: dict[str, bool] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_REASONS = {
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "it ends before its last element is closed",
    etree.ErrorTypes.ERR_GT_REQUIRED: "it ends within a tag",
    etree.ErrorTypes.ERR_LTSLASH_REQUIRED: "it ends within a tag",
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "it does not begin as XML does",
    etree.ErrorTypes.ERR_DOCUMENT_END: "there is more after its outermost element",
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "an element is closed that is not the one last opened",
    etree.ErrorTypes.ERR_INVALID_CHAR: "it holds a character that XML does not allow",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "its bytes are not of the encoding that it declares (UTF-8 if none)",
    etree.ErrorTypes.ERR_RESERVED_XML_NAME: "there is something before its XML declaration",
    etree.ErrorTypes.ERR_NAME_REQUIRED: "an ampersand or a tag has no name after it",
}


@dataclass
class Mended:
    """What had to be mended: the notes of a reading, filled while it goes on."""

    notes: dict[str, int] = field(default_factory=dict)


def head(path: Path, name: str) -> str:
    """The first part of the file as text. Raises `Refused` where it declares a document type, or is no XML.

    A document type can define entities that unfold to gigabytes or name files; no return has one.
    """
    with path.open("rb") as stream:
        first = stream.read(PROLOGUE)
    if _DECLARATION.search(first.replace(b"\0", b"")):
        raise refuse(name, "the file declares a document type or entities, which no return does", 1)
    text = _text(first)
    if not text.lstrip("\ufeff \t\r\n\0").startswith("<"):
        raise refuse(name, "the XML can't be read: it does not begin as XML does", 1)
    return text


def root(text: str) -> str | None:
    """The name of the outermost element, without its prefix."""
    found = _OPENING.search(_COMMENT.sub("", text))
    return found[1] if found else None


def elements(path: Path, name: str, tag: str, mended: Mended) -> Iterator[tuple[Any, int]]:
    """Each element called ``tag`` with what to add to its lines, and none of those within another such.

    The element is emptied once the next is asked for. Raises `Refused` where the file is cut short.
    """
    given = 0
    try:
        for element in _streamed(path, tag):
            yield element, 0
            given += 1
    except etree.XMLSyntaxError as error:
        reason, line = _REASONS.get(error.code, "it is cut short or malformed"), error.lineno or 1
        refused = refuse(name, f"the XML can't be read: {reason}", line)
        mended.notes[f"the XML is malformed and was mended: {reason}, line {line}"] = 1
        yield from _pieces(path, tag, given, refused)


def _streamed(path: Path, tag: str) -> Iterator[Any]:
    with path.open("rb") as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag=f"{{*}}{tag}", **_PARSER):
            if not len(element):
                # A child and, in some years' files, the child's number are called alike.
                continue
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]


def _pieces(path: Path, tag: str, given: int, refused: Refused) -> Iterator[tuple[Any, int]]:
    """Each element cut out of the text and read for itself, whatever is wrong with it, but for the first ``given``."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), _text(path.read_bytes()))
    spans = _spans(text, tag)
    if spans is None or len(spans) <= given - 1 or not spans:
        raise refused
    line, before = 1, 0
    for start, end in spans[given:]:
        line, before = line + text.count("\n", before, start), start
        piece = _BADLY_CLOSED.sub(r"</\1>", text[start:end].replace("\0", ""))
        element = etree.fromstring(piece, etree.XMLParser(recover=True, **_PARSER))
        if element is not None and len(element):
            yield element, line - 1


def _spans(text: str, tag: str) -> list[tuple[int, int]] | None:
    """From where to where each outermost element called ``tag`` goes; None where one is not closed."""
    spans, depth, begins = [], 0, 0
    for mark in re.finditer(rf"<(/?)(?:[\w.-]+:)?{re.escape(tag)}(?=[\s/>])[^<>]*?(/?)>", text):
        if mark[2]:
            continue
        if not mark[1]:
            begins = mark.start() if depth == 0 else begins
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append((begins, mark.end()))
    return spans if depth == 0 else None


def _text(content: bytes) -> str:
    """The bytes as text: by their mark, by what they declare, as UTF-8, else as Windows-1252."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if marked is None and content[:2] in (b"<\0", b"\0<"):
        marked = "utf-16-le" if content[:1] == b"<" else "utf-16-be"
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", content)
    named = declared[1].decode("ascii", "replace") if declared else "utf-8"
    for encoding in filter(None, (marked, named, "utf-8")):
        try:
            return codecs.getincrementaldecoder(encoding)("strict").decode(content)
        except (UnicodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")
