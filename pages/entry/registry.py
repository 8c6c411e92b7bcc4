"""Every page there is: each module of an audience's folder that declares ``PAGE``."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from pages.entry.spec import GROUPS, Declared

AUDIENCES = ("casework", "hub", "management", "training", "governance")
LOG = logging.getLogger("kinsight.pages")


@cache
def declared() -> tuple[Declared, ...]:
    """All pages in the order of navigation. Raises `ValueError` when two claim one path.

    A page that can't be loaded is left out and logged: the others go on serving. A test loads them all.
    """
    found = [Declared(module.PAGE, module) for module in _loaded() if hasattr(module, "PAGE")]
    twice = [path for path, count in Counter(page.spec.path for page in found).items() if count > 1]
    if twice:
        raise ValueError(f"declared twice: {', '.join(twice)}")
    return tuple(sorted(found, key=lambda page: (GROUPS.index(page.spec.group), page.spec.place, page.spec.title)))


def modules() -> Iterator[str]:
    """The names of all modules in the audiences' folders, pages or parts of pages."""
    for audience in AUDIENCES:
        package = importlib.import_module(f"pages.{audience}")
        yield from (info.name for info in pkgutil.iter_modules(package.__path__, f"pages.{audience}."))


def _loaded() -> Iterator[ModuleType]:
    for name in modules():
        try:
            yield importlib.import_module(name)
        except Exception:
            LOG.exception("%s can't be loaded and is left out", name)
