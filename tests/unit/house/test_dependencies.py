"""Every package is pinned, is used, and has its reason written down."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IMPORTED_AS = {
    "scikit-learn": "sklearn",
    "SQLAlchemy": "sqlalchemy",
    "woodelf-explainer": "woodelf",
    "duckdb-extension-httpfs": "duckdb_extension_httpfs",
}
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([0-9][0-9A-Za-z.]*)$")


def pins(path: str) -> dict[str, str]:
    """Package -> version of a requirements file; any other line than a pin or a comment fails."""
    lines = [line.strip() for line in (ROOT / path).read_text(encoding="utf-8").splitlines()]
    matches = [PIN.match(line) for line in lines if line and not line.startswith("#")]
    assert all(matches), f"{path} has a line that is not pinned"
    return {match.group(1): match.group(2) for match in matches if match}


def direct() -> list[str]:
    """What we import ourselves: the part of requirements.txt above 'What these bring'."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("# What these bring")[0]
    return [match.group(1) for line in text.splitlines() if (match := PIN.match(line))]


def documented() -> list[str]:
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    return [row[0] for row in re.findall(r"^\| (\S+) \| (.{10,}) \|$", text, re.MULTILINE) if row[0] != "package"]


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    named = direct() + list(pins("requirements-test.txt")) + list(pins("tests/requirements-data.txt"))
    assert sorted(documented()) == sorted(named)


def test_run_and_test_pins_agree() -> None:
    run, test = pins("requirements.txt"), pins("requirements-test.txt")
    assert not set(run) & set(test), "a package that runs need not be pinned a second time for the tests"


def test_nothing_is_imported_that_is_not_pinned_as_our_own() -> None:
    """What another package happens to bring along may be gone with its next version."""
    ours = {"pages", "analytics", "data", "__future__", *sys.stdlib_module_names}
    allowed = ours | {IMPORTED_AS.get(package, package) for package in direct()}
    files = [path for folder in ("data", "analytics", "pages") for path in (ROOT / folder).rglob("*.py")]
    strangers = {name for path in files for name in imported(path) - allowed}
    assert strangers == set()


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in plain | froms}


@pytest.mark.parametrize("package", direct())
def test_every_run_dependency_is_imported_somewhere(package: str) -> None:
    module = IMPORTED_AS.get(package, package)
    pattern = re.compile(rf"^\s*(?:import|from) {module}\b", re.MULTILINE)
    files = [path for folder in ("data", "analytics", "pages") for path in (ROOT / folder).rglob("*.py")]
    assert any(pattern.search(path.read_text(encoding="utf-8")) for path in files), f"nothing imports {module}"
