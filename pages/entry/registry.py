"""Every page there is: each module of an audience's folder that declares ``PAGE``."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from pages.entry.spec import GROUPS, Declared

AUDIENCES = ("casework", "hub", "management", "training", "governance")


@cache
def declared() -> tuple[Declared, ...]:
    """All pages in the order of navigation. Raises `ValueError` when two claim one path."""
    found = [Declared(module.PAGE, module) for module in _modules() if hasattr(module, "PAGE")]
    twice = [path for path, count in Counter(page.spec.path for page in found).items() if count > 1]
    if twice:
        raise ValueError(f"declared twice: {', '.join(twice)}")
    return tuple(sorted(found, key=lambda page: (GROUPS.index(page.spec.group), page.spec.place, page.spec.title)))


def _modules() -> Iterator[ModuleType]:
    for audience in AUDIENCES:
        package = importlib.import_module(f"pages.{audience}")
        for info in pkgutil.iter_modules(package.__path__, f"pages.{audience}."):
            yield importlib.import_module(info.name)
