"""A first look at a file's bytes: whether there is anything in it, how it is encoded, how many lines it has."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from data.ingest.refusal import refuse

CHUNK = 1 << 22
# A council's largest feed is some 100 MB; what is far beyond is a mistake, told at once instead of after an hour.
LARGEST = 1 << 30
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Text:
    """How a text file is written: ``lines`` counts line feeds, ``blank_tail`` the empty lines at its end."""

    encoding: str
    lines: int
    blank_tail: int
    ends_line: bool


def size(path: Path, name: str, largest: int = LARGEST) -> int:
    """The file's size in bytes. Raises `Refused` where it is empty or absurdly large."""
    found = path.stat().st_size
    if found == 0:
        raise refuse(name, "the file is empty")
    if found > largest:
        raise refuse(
            name,
            f"the file has {found:,} bytes; more than {largest:,} is not taken: is it the right file? Else split it",
        )
    return found


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def inspect(path: Path, name: str) -> Text:
    """How the text file is written. Raises `Refused` for what is no text, or text of no one encoding."""
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
    encoding = _encoding_of(head)
    if encoding.startswith("utf-16"):
        return Text(encoding, 0, 0, True)
    bad = _first_bad_line(path, "utf-8")
    if bad is not None:
        return _single_byte(path, name, bad)
    return _counted(path, name, "utf-8")


def _encoding_of(head: bytes) -> str:
    """UTF-16 by its mark, or by nearly every other byte being zero."""
    if head[:2] in _UTF16:
        return _UTF16[head[:2]]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else "utf-8"


def _first_bad_line(path: Path, encoding: str) -> int | None:
    """The line of the first bytes that are not ``encoding``; None where all are."""
    decoder, line = codecs.getincrementaldecoder(encoding)("strict"), 1
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return line + error.object.count(b"\n", 0, error.start)
            line += chunk.count(b"\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return line
    return None


def _single_byte(path: Path, name: str, bad: int) -> Text:
    """Windows-1252, of which Latin-1 as people write it is a part; but not where other lines are UTF-8."""
    if _first_bad_line(path, "cp1252") is not None:
        raise refuse(name, "the bytes are neither UTF-8 nor UTF-16 nor Windows-1252 text: save the file as UTF-8", bad)
    if _holds_utf8(path):
        raise refuse(name, "the file is UTF-8 up to here and something else from here: save it as UTF-8", bad)
    return _counted(path, name, "cp1252")


def _holds_utf8(path: Path) -> bool:
    """Whether a line beyond ASCII reads as UTF-8. Text in Windows-1252 hardly ever does."""
    with path.open("rb") as stream:
        return any(_is_utf8(line) for line in stream if not line.isascii())


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _counted(path: Path, name: str, encoding: str) -> Text:
    lines, tail = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\0" in chunk:
                raise refuse(
                    name,
                    "the file is not text: it holds zero bytes",
                    lines + chunk.count(b"\n", 0, chunk.index(b"\0")) + 1,
                )
            if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
                raise refuse(name, f"the line has more than {CHUNK:,} bytes", lines + 1)
            lines += chunk.count(b"\n")
            tail = (tail + chunk)[-4096:]
    blank = tail[len(tail.rstrip(b"\r\n")) :].count(b"\n") - 1
    return Text(encoding, lines, max(0, blank), tail.endswith(b"\n"))


def transcoded(path: Path, encoding: str, into: Path) -> Path:
    """A copy of the file in UTF-8, written to ``into``. Raises `UnicodeDecodeError`."""
    with (
        path.open("r", encoding=encoding, newline="") as source,
        into.open("w", encoding="utf-8", newline="") as target,
    ):
        while text := source.read(CHUNK):
            target.write(text)
    return into
