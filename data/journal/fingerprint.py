"""What somebody typed, so that a journal can be asked whether a name was searched for without holding any name.

Each word is a keyed fingerprint (HMAC-SHA256). Whoever reads the journal learns nothing from it; whoever has the key
and a name can tell who searched for it and when. The key is that of the snapshots: without one, in a demonstration, the
names lie open in the snapshot beside it anyway. After a change of key, older fingerprints no longer match.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from data.snapshot.engine import key

_PURPOSE = b"kinsight words searched for"
_LENGTH = 16


def fingerprints(words: Iterable[str], city: str) -> list[str]:
    """The fingerprint of each different word, in an order that tells nothing; ``city`` keeps two cities apart."""
    secret = key()
    base = base64.b64decode(secret) if secret else city.encode()
    derived = hmac.digest(base, _PURPOSE + city.encode(), hashlib.sha256)
    return sorted({hmac.digest(derived, word.encode(), hashlib.sha256).hex()[:_LENGTH] for word in words})
