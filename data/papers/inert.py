"""Values from data inside a paper: shown as they are, whoever opens the Markdown, the page or the PDF."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&])")
#: Pairs that a reader of Markdown turns into something else: ``:smile:``, a link, an address.
_PAIRS = re.compile(r"(?<=\S)([:@])(?=\S)")
#: What a spreadsheet would take for a formula, if somebody pasted the table there.
_FORMULA = re.compile(r"^(?:[=+@](?=\S)|-(?=\S)(?![\d.]+(?:\s|$)))")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})


def inert(value: object) -> str:
    """One line of Markdown that shows ``value`` and does nothing.

    Marks are escaped, characters that can't be seen (such as those that turn the direction of writing) are named.
    """
    words = " ".join(str(value).split())
    seen = "".join(named(each) if unicodedata.category(each) in _UNSEEN else each for each in words)
    guarded = f"'{seen}" if _FORMULA.match(seen) else seen
    return _PAIRS.sub(r"\\\1", _SPECIAL.sub(r"\\\1", guarded))


def named(character: str) -> str:
    """A character told by its number: ``‹U+202E›``."""
    return f"‹U+{ord(character):04X}›"
