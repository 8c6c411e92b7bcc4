"""The one place that opens DuckDB: extension, encryption, threads, memory, and errors that give nothing away."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_httpfs

ALIAS = "snapshot"
KEY_BYTES = (16, 24, 32)

# Errors of these classes quote the statement, which is ours, and never a bound value.
_TELLS_NOTHING = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)


class StoreError(Exception):
    """The snapshot store can't do what was asked; the message is fit to show."""


class KeyRefused(StoreError):
    """``KINSIGHT_KEY`` is malformed, missing for an encrypted file, or not the one that wrote it."""


class Damaged(StoreError):
    """A snapshot's file is not readable."""


def key() -> str | None:
    """The base64 key of ``KINSIGHT_KEY``, or None where encryption is off. Raises `KeyRefused`."""
    text = os.environ.get("KINSIGHT_KEY", "").strip()
    return checked_key(text) if text else None


def checked_key(text: str) -> str:
    """``text`` if it is base64 of 16, 24 or 32 bytes. Raises `KeyRefused` without repeating it."""
    try:
        size = len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        size = 0
    if size not in KEY_BYTES:
        raise KeyRefused("KINSIGHT_KEY must be base64 of 16, 24 or 32 random bytes (try: openssl rand -base64 32)")
    return text


def quoted(text: str) -> str:
    """``text`` as an SQL string literal, for the few statements that bind no parameters."""
    if "\x00" in text:
        raise ValueError("a NUL byte can't be quoted")
    return "'" + text.replace("'", "''") + "'"


def connect(path: Path | None = None, *, spill: Path | None = None, memory: str = "6GB") -> duckdb.DuckDBPyConnection:
    """A DuckDB with the extension loaded and nothing downloaded; ``path`` is attached (encrypted) as its working store.

    ``KINSIGHT_THREADS`` bounds its threads (else all cores), ``KINSIGHT_MEMORY`` its memory (else ``memory``).
    Temporary files go to ``spill``, encrypted. Raises `StoreError`.
    """
    with plain_errors():
        connection = duckdb.connect(":memory:", config=_settings(spill, memory))
        connection.execute(f"LOAD {quoted(str(extension()))}")
        connection.execute("SET temp_file_encryption = true")
    if path is not None:
        attach(connection, path, "work", read_only=False)
        connection.execute("USE work")
    return connection


def _settings(spill: Path | None, memory: str) -> dict[str, Any]:
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "threads": int(os.environ.get("KINSIGHT_THREADS") or os.cpu_count() or 1),
        "memory_limit": os.environ.get("KINSIGHT_MEMORY") or memory,
        # An empty directory means: never spill, fail instead.
        "temp_directory": str(spill) if spill else "",
    }


def extension() -> Path:
    """The file of the ``httpfs`` extension, whose cipher encrypts files, from the wheel. Raises `StoreError`."""
    folder = Path(duckdb_extension_httpfs.__file__).parent / "extensions" / f"v{duckdb.__version__}"
    file = folder / "httpfs.duckdb_extension"
    if not file.is_file():
        raise StoreError(f"duckdb-extension-httpfs has no file for DuckDB {duckdb.__version__}: install the pair")
    return file


def attach(connection: duckdb.DuckDBPyConnection, path: Path, alias: str, *, read_only: bool) -> None:
    """Attach ``path`` as ``alias``, encrypted with ``KINSIGHT_KEY`` when it is set. Raises `KeyRefused`, `Damaged`.

    ``ATTACH`` binds no parameters, so path and key are quoted here and nowhere else.
    """
    secret = key()
    options = (["READ_ONLY"] if read_only else []) + ([f"ENCRYPTION_KEY {quoted(secret)}"] if secret else [])
    listed = f" ({', '.join(options)})" if options else ""
    if not alias.isidentifier():
        raise ValueError("an alias is a plain identifier")
    with plain_errors():
        connection.execute(f"ATTACH {quoted(str(path))} AS {alias}{listed}")


def current_database(connection: duckdb.DuckDBPyConnection) -> str:
    """Its name, quoted: what ``USE`` needs to give a cursor, which begins elsewhere, the same tables."""
    name = str(connection.execute("SELECT current_database()").fetchall()[0][0])
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def plain_errors() -> Iterator[None]:
    """Raise DuckDB's errors again as `StoreError`, with no key, path or value of a row in the text or the trace."""
    try:
        yield
    except duckdb.Error as error:
        raise _plain(error) from None


def _plain(error: duckdb.Error) -> StoreError:
    text = str(error)
    if "without a key" in text:
        return KeyRefused("the snapshot is encrypted: set KINSIGHT_KEY")
    if "Wrong encryption key" in text or "is not encrypted" in text:
        return KeyRefused("KINSIGHT_KEY is not the key that this snapshot was written with")
    if any(sign in text for sign in ("AES tag", "not a valid DuckDB", "Could not read enough bytes", "checksum")):
        return Damaged("the file is damaged or not a snapshot: restore it, or build again")
    if isinstance(error, _TELLS_NOTHING) and "ENCRYPTION_KEY" not in text:
        return StoreError(f"the statement can't be run: {text}")
    return StoreError(f"DuckDB failed ({type(error).__name__}); details are withheld as they may name people")
