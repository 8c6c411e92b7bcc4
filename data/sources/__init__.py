"""The register of sources: every module here that declares ``SOURCE``."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from data.events import KINDS
from data.schema import Source


def _declared() -> dict[str, Source]:
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    sources = [module.SOURCE for module in modules if hasattr(module, "SOURCE")]
    by_name = {source.name: source for source in sources}
    if len(by_name) != len(sources):
        raise ValueError("two sources share a name")
    for source in sources:
        for part in source.parts:
            unknown = {rule.kind for rule in part.events} - set(KINDS)
            if unknown:
                raise ValueError(f"{source.name}.{part.name}: event kinds not declared: {sorted(unknown)}")
    return dict(sorted(by_name.items()))


SOURCES: dict[str, Source] = _declared()
