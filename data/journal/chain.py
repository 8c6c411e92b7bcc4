"""The chain: each entry is hashed with the hash before it, so that none can change, go or slip in unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
HASHED = ("seq", "at", "reader", "role", "action", "person", "model", "snapshot", "purpose", "detail", "prev_hash")


def canonical(value: Any) -> str:
    """``value`` as JSON with one spelling: sorted names, no spaces, text as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 of an entry's columns in their fixed order, the previous hash among them."""
    return _digest([entry[name] for name in HASHED])


def row_digest(row: Mapping[str, Any]) -> str:
    """SHA-256 of one row of another table: what its entry in the chain carries."""
    return _digest(dict(row))


def _digest(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()
