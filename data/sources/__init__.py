"""The register of sources: every module here that declares ``SOURCE``, and those of the council itself.

A council's source may bring event kinds of its own (``KINDS`` in the same file); they join those of ``data.events``.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from data import local
from data.events import KINDS
from data.schema import Source


def _declared() -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for found in pkgutil.iter_modules(__path__):
        _add(sources, import_module(f"{__name__}.{found.name}"))
    for module in local.modules("sources"):
        with local.named(module):
            _add(sources, module)
    return dict(sorted(sources.items()))


def _add(sources: dict[str, Source], module: ModuleType) -> None:
    """A module's declarations into the register. Raises ``ValueError`` for what is declared twice or not at all."""
    if not hasattr(module, "SOURCE"):
        return
    source: Source = module.SOURCE
    if source.name in sources:
        raise ValueError(f"there is a source called {source.name} already")
    for kind in getattr(module, "KINDS", ()):
        if kind.name in KINDS:
            raise ValueError(f"there is an event kind called {kind.name} already")
        KINDS[kind.name] = kind
    for part in source.parts:
        unknown = {rule.kind for rule in part.events} - set(KINDS)
        if unknown:
            raise ValueError(f"{source.name}.{part.name}: event kinds not declared: {sorted(unknown)}")
    sources[source.name] = source


SOURCES: dict[str, Source] = _declared()
