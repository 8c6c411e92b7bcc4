"""A stored table as it is declared: what it is for, what each column means, and its DDL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One stored table: its purpose in a sentence and its columns as ``name type`` with a note each."""

    name: str
    about: str
    columns: tuple[tuple[str, str, str], ...]

    def ddl(self, schema: str = "") -> str:
        """The ``CREATE TABLE`` statement, qualified by ``schema`` when one is given."""
        where = f"{schema}.{self.name}" if schema else self.name
        body = ", ".join(f'"{name}" {kind}' for name, kind, _ in self.columns)
        return f"CREATE TABLE {where} ({body})"

    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.columns)


def columns(text: str) -> tuple[tuple[str, str, str], ...]:
    """Read ``name TYPE note`` lines, so that each table below reads as a small page."""
    rows = (line.split(None, 2) for line in text.strip().splitlines())
    return tuple((name, kind, note) for name, kind, note in rows)
