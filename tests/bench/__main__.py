"""``make bench [NAME ...]``: the measured figures. Fails where a promise is broken.

A module here has ``bench()``, which yields lines and whether each promise was kept, or ``main()``, which gives figures.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from importlib import import_module

import tests.bench


def main(wanted: list[str]) -> int:
    """Run the benches named, or all. The number of promises broken."""
    names = sorted(found.name for found in pkgutil.iter_modules(tests.bench.__path__) if not found.name.startswith("_"))
    return sum(_run(name) for name in names if not wanted or name in wanted)


def _run(name: str) -> int:
    module, broken = import_module(f"tests.bench.{name}"), 0
    if not hasattr(module, "bench"):
        print(f"{name}: {json.dumps(module.main())}", flush=True)
        return 0
    for line, kept in module.bench():
        print(f"{name}: {line}{'' if kept else '   BROKEN'}", flush=True)
        broken += not kept
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
