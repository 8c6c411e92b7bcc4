"""A file of people as text, whatever its encoding and separator, and the same rows written back with their person."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from data.ingest.inspection import inspect
from data.ingest.refusal import refuse

DELIMITERS = ",;\t|"
PARQUET = (".parquet", ".pq")
HEAD = 1 << 16


def read(path: Path) -> pd.DataFrame:
    """The file's rows, CSV all as text, Parquet as typed. Raises `Refused`, naming the file, where it can't be read."""
    name = str(path)
    if not path.is_file():
        raise refuse(name, "there is no such file" if not path.exists() else "this is not a file")
    try:
        with path.open("rb") as stream:
            parquet = stream.read(4) == b"PAR1"
        frame = _parquet(path, name) if parquet or path.suffix.lower() in PARQUET else _csv(path, name)
    except OSError as error:
        raise refuse(name, f"the file can't be read: {error.strerror}") from error
    if not len(frame):
        raise refuse(name, "the file has headings and no rows")
    return frame


def _parquet(path: Path, name: str) -> pd.DataFrame:
    try:
        return pq.read_table(path).to_pandas()
    except (pa.ArrowException, OSError) as error:
        raise refuse(name, "the file is no readable Parquet: damaged or cut short") from error


def _csv(path: Path, name: str) -> pd.DataFrame:
    if path.stat().st_size == 0:
        raise refuse(name, "the file is empty")
    encoding = inspect(path, name).encoding
    encoding = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open("r", encoding=encoding, errors="replace", newline="") as stream:
        head = stream.read(HEAD).removeprefix("\ufeff")
    try:
        with warnings.catch_warnings():
            # Pandas only warns where cells beyond the headings would be lost.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                path, sep=_delimiter(head), dtype=str, keep_default_na=False, encoding=encoding, skipinitialspace=True,
                index_col=False, on_bad_lines="error",
            )  # fmt: skip
    except pd.errors.ParserWarning as error:
        raise refuse(name, "the file is no readable CSV: its lines have more cells than there are headings") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise refuse(name, f"the file is no readable CSV: {_reason(error)}") from error
    return frame.rename(columns=lambda heading: str(heading).removeprefix("\ufeff"))


def _reason(error: Exception) -> str:
    """Pandas says which line has too many cells, and never what is in it."""
    text = str(error).strip().rpartition("error: ")[2]
    return "its bytes are not text" if isinstance(error, UnicodeDecodeError) else text


def _delimiter(head: str) -> str:
    """The separator that the headings hold most of, outside quotation marks."""
    headings = re.sub(r'"[^"]*"', "", head.lstrip().split("\n")[0])
    return max(DELIMITERS, key=headings.count)


def writable(path: Path) -> None:
    """Raises `Refused` where a result can't be written, before it is worked for."""
    if path.is_dir() or not path.parent.is_dir():
        raise refuse(
            str(path), "the result can't be written: " + ("this is a folder" if path.is_dir() else "no such folder")
        )


def write(frame: pd.DataFrame, person: NDArray[np.int64], path: Path) -> None:
    """The rows in their order with ``person`` beside them: Parquet where the suffix says so, else CSV.

    An older column of that name is kept as ``person_before``. What was at ``path`` is replaced only when all is
    written. Raises `Refused` where it can't be written.
    """
    told = frame.rename(columns={"person": "person_before"}).assign(person=person)
    part = path.with_name(path.name + ".part")
    try:
        if path.suffix.lower() in PARQUET:
            told.to_parquet(part, index=False)
        else:
            told.to_csv(part, index=False, lineterminator="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refuse(str(path), f"the result can't be written: {error.strerror or error}") from error
