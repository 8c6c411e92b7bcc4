"""What was computed is kept beside the model's version; what truth says of it beside the truth alone."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analytics.models.bundle import code_hash
from data.home import Home

LABELS = ("identified", "truth")
Told = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """Which model of which snapshot; ``snapshot_id`` names the city too."""

    model: str
    version: str
    snapshot: int
    snapshot_id: str

    def file(self, home: Home) -> Path:
        """Beside the model's version."""
        return home.models / f"{self.model}-{self.version}" / f"validation-{self.snapshot}.json"

    def truth_file(self, home: Home) -> Path:
        """Beside the snapshot's truth."""
        return home.truth(self.snapshot) / f"validation-{self.model}.json"

    def as_json(self) -> Told:
        return {"model": self.model, "version": self.version, "snapshot_id": self.snapshot_id}


def write(home: Home, key: Key, found: Told) -> None:
    """Keep ``found``, whole or not at all. Raises ``OSError`` where the home can't be written."""
    head = key.as_json() | {"code": code()}
    if key.truth_file(home).parent.is_dir():
        _put(key.truth_file(home), head | only(found, "truth"))
    home.made(key.file(home).parent)
    _put(key.file(home), head | only(found, "identified"))


def read(home: Home, key: Key, truth: bool = False) -> Told | None:
    """What was kept for ``key``, with the truth's figures if asked for; ``None`` where nothing was.

    ``code`` in it tells by which program.
    """
    kept = _get(key.file(home), key)
    if kept is None or not truth or not key.truth_file(home).parent.is_dir():
        return kept
    measured = _get(key.truth_file(home), key)
    return None if measured is None else merged(kept, measured)


def _put(file: Path, content: Told) -> None:
    part = file.with_suffix(f".{os.getpid()}.partial")
    part.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(file)


def _get(file: Path, key: Key) -> Told | None:
    try:
        kept = dict(json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return None
    return kept if key.as_json().items() <= kept.items() else None


def only(found: Any, label: str) -> Any:
    """The same without the figures of any other label, at whatever depth."""
    if not isinstance(found, dict):
        return found
    return {name: only(value, label) for name, value in found.items() if name not in LABELS or name == label}


def merged(one: Told, other: Told) -> Told:
    """Both, one inside the other; what both have and is no dictionary is ``one``'s."""
    out = dict(one)
    for name, value in other.items():
        if name not in out:
            out[name] = value
        elif isinstance(out[name], dict) and isinstance(value, dict):
            out[name] = merged(out[name], value)
    return out


@cache
def code() -> str:
    """Hash of everything that these figures come from: what a score comes from, and this folder."""
    digest = hashlib.sha256(code_hash().encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
