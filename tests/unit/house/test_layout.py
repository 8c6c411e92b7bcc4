"""The house keeps its shape: what may lie where, and who may import what."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
CODE = [ROOT / "app.py", *(path for folder in ("pages", "analytics", "data") for path in (ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Top-level names of everything a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name.split(".")[0] for name in found}


def test_nothing_lies_directly_in_pages() -> None:
    """Streamlit runs a file there by itself, past the sign-in, for a stranger's first visit."""
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]
    assert (ROOT / "pages/__init__.py").read_text(encoding="utf-8").count("\n") <= 3


def test_the_frame_only_knows_the_pages() -> None:
    assert imports(ROOT / "app.py") <= {"__future__", "streamlit", "pages"}


def test_no_page_holds_sql() -> None:
    sql = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|CREATE\s+TABLE|UPDATE\s+\w+\s+SET)\b", re.DOTALL)
    offenders = [path for path in (ROOT / "pages").rglob("*.py") if sql.search(path.read_text(encoding="utf-8"))]
    assert offenders == []


def test_files_stay_short_enough_to_read() -> None:
    long = {path.relative_to(ROOT).as_posix(): lines for path in CODE if (lines := line_count(path)) > 400}
    assert long == {}


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_settings_that_keep_names_out_of_error_pages_stand() -> None:
    settings = (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8")
    for line in ('showErrorDetails = "none"', "gatherUsageStats = false", "showErrorLinks = false"):
        assert line in settings


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
    assert [line for line in lines if "make" in line] == ["exec make test"]
