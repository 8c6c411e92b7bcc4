"""Anybody's scores from a CSV: who was truly positive, the score, and the groups that people belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.snapshot.engine import StoreError

YES, NO = {"1", "true", "t", "yes", "y"}, {"0", "false", "f", "no", "n"}
#: Line of the first row after the header.
FIRST_LINE = 2
SEPARATORS = (",", ";", "\t")
SAMPLE = 65_536
#: A column with more values than this holds numbers or names, and no groups of people.
MOST_GROUPS = 200


class ScoresRefused(StoreError):
    """The file can't be audited; the message names the file, line, column and rule."""


def read_scores(path: Path, truth: str, score: str, by: Sequence[str]) -> pd.DataFrame:
    """Columns ``truth`` (bool), ``score`` (float) and one a grouping (text or None). Raises `ScoresRefused`.

    Commas, semicolons (then a comma may be the decimal sign) or tabs part the columns. Who has no truth written down
    can be judged neither way and is left out: ``attrs["left_out"]`` says how many.
    """
    kind = _kind(path)
    table = _table(path, kind, list(dict.fromkeys((truth, score, *by))))
    told = _written(path, table[truth])
    scores = _numbers(path, table[score], comma=kind.separator == ";")
    frame = pd.DataFrame({"truth": told.isin(YES), "score": scores} | {name: _group(path, table[name]) for name in by})
    kept = frame[told != ""].reset_index(drop=True)
    if kept.empty:
        raise ScoresRefused(f"{path}: {truth} is blank in every row")
    kept.attrs["left_out"] = len(frame) - len(kept)
    return kept


@dataclass(frozen=True)
class _Kind:
    """How a file is written."""

    encoding: str
    separator: str


def _kind(path: Path) -> _Kind:
    """Excel writes UTF-8 with a mark, or the old Windows letters; and semicolons where the comma is a decimal sign."""
    try:
        with path.open("rb") as file:
            head = file.read(SAMPLE)
    except FileNotFoundError:
        raise ScoresRefused(f"{path}: there is no such file") from None
    except OSError:
        raise ScoresRefused(f"{path}: can't be read") from None
    if b"\0" in head:
        raise ScoresRefused(f"{path}: isn't a CSV in UTF-8; in Excel save it as CSV UTF-8")
    first = head.decode("utf-8-sig", errors="replace").split("\n", 1)[0]
    bare = "".join(first.split('"')[::2])
    return _Kind("utf-8-sig", max(SEPARATORS, key=bare.count))


def _table(path: Path, kind: _Kind, wanted: list[str]) -> pd.DataFrame:
    """The wanted columns as text; the others are not kept, so that a wide file of millions fits."""
    # Read whole, a row with one field too many would shift the others: a few rows tell.
    there = _read(path, kind, nrows=5).columns
    missing = [name for name in wanted if name not in there]
    if missing:
        raise ScoresRefused(f"{path}: has no column called {', '.join(missing)}; it has {', '.join(there)}")
    table = _read(path, kind, usecols=lambda name: name.strip() in wanted, index_col=False)
    if table.empty:
        raise ScoresRefused(f"{path}: holds no rows")
    return table


def _read(path: Path, kind: _Kind, **more: Any) -> pd.DataFrame:
    how: dict[str, Any] = {"dtype": str, "keep_default_na": False, "skipinitialspace": True, "sep": kind.separator}
    for encoding in (kind.encoding, "cp1252"):
        try:
            found = pd.read_csv(path, encoding=encoding, **how, **more)
        except UnicodeDecodeError:
            continue
        except (OSError, ValueError):
            break
        if not isinstance(found.index, pd.RangeIndex):
            raise ScoresRefused(f"{path}: its rows have more fields than its first line names")
        return found.rename(columns=str.strip)
    raise ScoresRefused(f"{path}: can't be read as a CSV in UTF-8")


def _written(path: Path, column: pd.Series) -> pd.Series:
    """Truths as the words that were meant; blank where nobody wrote one."""
    words = column.fillna("").str.strip().str.lower()
    words = words.where(~words.str.fullmatch(r"[01]\.0+"), words.str[:1])
    _refuse(path, column, ~words.isin(YES | NO | {""}), "is not 1 or 0, yes or no, true or false")
    return words


def _numbers(path: Path, column: pd.Series, comma: bool) -> pd.Series:
    written = column.fillna("").str.strip()
    numbers = pd.to_numeric(written.str.replace(",", ".") if comma else written, errors="coerce")
    _refuse(path, column, ~np.isfinite(numbers.to_numpy(float)), "is not a number")
    return numbers.astype(float)


def _group(path: Path, column: pd.Series) -> pd.Series:
    group = column.fillna("").str.strip().replace("", None)
    if group.nunique() > MOST_GROUPS:
        raise ScoresRefused(f"{path}: {column.name}: has {group.nunique():,} values, too many to be groups")
    return group


def _refuse(path: Path, column: pd.Series, wrong: pd.Series | np.ndarray, rule: str) -> None:
    at = np.flatnonzero(wrong)
    if len(at):
        more = f" (and {len(at) - 1:,} more lines)" if len(at) > 1 else ""
        raise ScoresRefused(f"{path}, line {at[0] + FIRST_LINE}: {column.name}: {rule}{more}")
