"""A council's own declarations: Python files below the folder ``KINSIGHT_LOCAL``, loaded beside the built-in ones.

``sources/`` holds modules with a ``SOURCE`` (and ``KINDS``, the event kinds that its rows become), ``features/``
modules with ``FEATURES``, ``models/`` modules with a ``MODEL``, in the form that the built-in ones have, ``papers/``
modules with ``ATRS`` (see `data.papers.answers`), ``costs/`` one with ``COSTS`` (`analytics.management.costs`). They
are code of the installation's own: whoever may write there may do what the server may do. ``maps/`` holds no code but
the outlines of wards (`analytics.management.outlines`).
"""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Literal

from data.snapshot.engine import StoreError

VARIABLE = "KINSIGHT_LOCAL"
Room = Literal["sources", "features", "models", "papers", "costs", "maps"]
ROOMS: tuple[Room, ...] = ("sources", "features", "models", "papers", "costs", "maps")


class LocalRefused(StoreError):
    """A declaration of the council's own can't be used; the message names the file, the line and the rule."""


def files(room: Room, ending: str = "py") -> tuple[Path, ...]:
    """The files of an ``ending`` in a room, by name. Raises `LocalRefused` where ``KINSIGHT_LOCAL`` is no folder."""
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return ()
    folder = Path(named).expanduser().resolve()
    if not any((folder / each).is_dir() for each in ROOMS):
        raise LocalRefused(
            f"{VARIABLE} is {named}, where there is no folder called {', '.join(ROOMS[:-1])} or {ROOMS[-1]}"
        )
    return tuple(path for path in sorted((folder / room).glob(f"*.{ending}")) if not path.name.startswith(("_", ".")))


def modules(room: Room) -> tuple[ModuleType, ...]:
    """Every module of a room, loaded once a process. Raises `LocalRefused`."""
    return tuple(_loaded(room, path) for path in files(room))


@contextmanager
def named(module: ModuleType) -> Iterator[None]:
    """While a module's declarations are put to use: a rule that they break is told with the file's name.

    Raises `LocalRefused`.
    """
    try:
        yield
    except (ValueError, TypeError, AttributeError) as error:
        raise _refused(Path(str(module.__file__)), error) from error


@cache
def _loaded(room: Room, path: Path) -> ModuleType:
    name = f"kinsight_local_{room}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise LocalRefused(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a declaration gets wrong, the message leads to it
        del sys.modules[name]
        raise _refused(path, error) from error
    return module


def _refused(path: Path, error: Exception) -> LocalRefused:
    if isinstance(error, SyntaxError):
        return LocalRefused(f"{path}, line {error.lineno}: {error.msg}")
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    where = f", line {lines[-1]}" if lines else ""
    return LocalRefused(f"{path}{where}: {error}")
