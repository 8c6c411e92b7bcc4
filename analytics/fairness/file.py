"""Anybody's scores from a CSV: who was truly positive, the score, and the groups that people belong to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from data.snapshot.engine import StoreError

YES, NO = {"1", "1.0", "true", "t", "yes", "y"}, {"0", "0.0", "false", "f", "no", "n"}
#: Line of the first row after the header.
FIRST_LINE = 2


class ScoresRefused(StoreError):
    """The file can't be audited; the message names the file, line, column and rule."""


def read_scores(path: Path, truth: str, score: str, by: Sequence[str]) -> pd.DataFrame:
    """Columns ``truth`` (bool), ``score`` (float) and one a grouping (text or None). Raises `ScoresRefused`."""
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except FileNotFoundError:
        raise ScoresRefused(f"{path}: there is no such file") from None
    except (OSError, ValueError, UnicodeDecodeError):
        raise ScoresRefused(f"{path}: can't be read as a CSV in UTF-8") from None
    missing = [name for name in (truth, score, *by) if name not in table]
    if missing:
        raise ScoresRefused(f"{path}: has no column called {', '.join(missing)}; it has {', '.join(table.columns)}")
    if table.empty:
        raise ScoresRefused(f"{path}: holds no rows")
    told = {"truth": _truths(path, table[truth]), "score": _numbers(path, table[score])}
    groups = {name: table[name].str.strip().replace("", None) for name in by}
    return pd.DataFrame(told | groups)


def _truths(path: Path, column: pd.Series) -> pd.Series:
    words = column.str.strip().str.lower()
    _refuse(path, column, ~words.isin(YES | NO), "is not 1 or 0, yes or no, true or false")
    return words.isin(YES)


def _numbers(path: Path, column: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(column.str.strip(), errors="coerce")
    _refuse(path, column, ~np.isfinite(numbers.to_numpy(float)), "is not a number")
    return numbers.astype(float)


def _refuse(path: Path, column: pd.Series, wrong: pd.Series | np.ndarray, rule: str) -> None:
    at = np.flatnonzero(wrong)
    if len(at):
        more = f" (and {len(at) - 1:,} more lines)" if len(at) > 1 else ""
        raise ScoresRefused(f"{path}, line {at[0] + FIRST_LINE}: {column.name}: {rule}{more}")
