"""Which source and part each file is: by its name first, else by what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from data.ingest.inspection import size
from data.ingest.readers import annex_a, csv, parquet, payload, returns
from data.ingest.refusal import Problem, Refused, refuse
from data.ingest.sheet import Found
from data.schema import Part, Source
from data.sources import SOURCES

# Beside the sources: what the invented city says of itself, and reference data that is no source of people.
NOT_SOURCES = ("city.json", "places")
_Finder = Callable[[Path, str, list[tuple[Source, Part]]], Found]
_FLAT: dict[str, _Finder] = {
    ".csv": csv.find,
    ".txt": csv.find,
    ".tsv": csv.find,
    ".parquet": parquet.find,
    ".pq": parquet.find,
}
_JSON = (".json", ".jsonl", ".ndjson")
_OLD = (".xls", ".xlsb", ".ods")


def recognise(path: Path, name: str, sources: Mapping[str, Source] = SOURCES) -> Found:
    """What the file is. Raises `Refused` with the reason where it is nothing declared or can't be read."""
    size(path, name)
    suffix = path.suffix.lower()
    if suffix == ".xml":
        return returns.find(path, name, sources)
    if suffix in (".xlsx", ".xlsm") and "annex_a" in sources:
        return annex_a.find(path, name, sources["annex_a"])
    if suffix in _JSON:
        return payload.find(path, name, sources)
    if suffix in _OLD:
        raise refuse(name, f"a workbook of the old or another form: save it as .xlsx ('{suffix}' is not read)")
    if suffix not in _FLAT:
        raise refuse(name, f"not a file of any declared source: none has files that end in '{path.suffix}'")
    return _FLAT[suffix](path, name, list(_flat(path, sources)))


def _flat(path: Path, sources: Mapping[str, Source]) -> Iterator[tuple[Source, Part]]:
    """The parts that a flat file may be; those of the source alone whose name a folder above bears."""
    above = {folder.name for folder in path.parents} & set(sources)
    for source in sources.values():
        # A list of Annex A may come as a sheet saved as CSV.
        if source.format in ("csv", "parquet", "annex_a") and (not above or source.name in above):
            yield from ((source, part) for part in source.parts)


def files_below(folder: Path) -> list[Path]:
    """The files of a delivery, in the order of their names; hidden ones and what is no source are left out."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not _left_out(path.relative_to(folder)))


def _left_out(path: Path) -> bool:
    return path.parts[0] in NOT_SOURCES or any(part.startswith((".", "~$")) for part in path.parts)


def recognise_all(paths: Iterable[Path], folder: Path, sources: Mapping[str, Source] = SOURCES) -> list[Found]:
    """What every file of a delivery is. Raises one `Refused` with the problems of all that can't be taken."""
    found: list[Found] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(recognise(path, path.relative_to(folder).as_posix(), sources))
        except Refused as error:
            problems += error.problems
    if problems:
        raise Refused(*problems)
    return found
