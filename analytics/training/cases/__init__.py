"""The register of guided cases: every module here that declares ``CASE``."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from analytics.training.case import Case


def _declared() -> dict[str, Case]:
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    cases = sorted((module.CASE for module in modules), key=lambda case: (case.place, case.name))
    by_name = {case.name: case for case in cases}
    if len(by_name) != len(cases):
        raise ValueError("two cases share a name")
    return by_name


CASES: dict[str, Case] = _declared()
