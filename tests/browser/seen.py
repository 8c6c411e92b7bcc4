"""Which listed pages look different to whom: their code asks what a role may, and roles of one answer see one page."""

from __future__ import annotations

import inspect
import re
import sys
from types import ModuleType

from data.access.roles import Permission, may
from pages.entry.registry import declared
from tests.browser.shots import ACCOUNTS

_ASKED = re.compile(r"\bmay\([^()]*(?:\(\)[^()]*)*Permission\.(\w+)\)")
#: What every page has round it, and pages that others link to.
_PARTS = re.compile(r"^(pages|analytics)\.(?!entry|components)")


def first_shown() -> dict[str, list[str]]:
    """Titles by account: each listed page once for each thing that it can be, by the first account that has it so."""
    titles: dict[str, list[str]] = {account: [] for account in ACCOUNTS}
    for page in (each for each in declared() if each.spec.listed):
        asked, met = _asked(page.module, set()), set()
        for account, role in ACCOUNTS.items():
            has = frozenset(one for one in asked if may(role, one))
            if may(role, page.spec.needs) and has not in met:
                met.add(has)
                titles[account].append(page.spec.title)
    return titles


def _asked(module: ModuleType, met: set[str]) -> set[Permission]:
    """The permissions by which the module, and those that it reads, decide what to show."""
    met.add(module.__name__)
    found = {Permission[name] for name in _ASKED.findall(inspect.getsource(module))}
    for value in vars(module).values():
        name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", "")
        if isinstance(name, str) and name not in met and _PARTS.match(name):
            found |= _asked(sys.modules[name], met)
    return found
