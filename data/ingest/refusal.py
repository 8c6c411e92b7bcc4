"""Why a file can't be taken: in words that name the file, and the line, column and rule where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from data.snapshot.engine import StoreError


@dataclass(frozen=True)
class Problem:
    """One reason; ``line`` counts from 1, as an editor shows it."""

    file: str
    rule: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: {self.rule}"


class Refused(StoreError):
    """Files that can't be read as any declared source; nothing of the delivery was kept."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def refuse(file: str, rule: str, line: int | None = None, column: str | None = None) -> Refused:
    """The refusal of one file, to be raised."""
    return Refused(Problem(file, rule, line, column))
