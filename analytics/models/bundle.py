"""A trained model on disk: one skops file (no pickle: nothing in it can run) and one JSON page of facts about it.

Same model, same bytes: skops numbers its parts by memory address and stamps the time, both of which are put in order.
"""

from __future__ import annotations

import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import skops.io
from numpy.typing import NDArray

from analytics.features.catalogue import CATALOGUE, catalogue_hash
from analytics.models.champion import Fitted
from analytics.models.folds import Folded
from analytics.models.learned import Learned
from analytics.models.result import ModelResult
from data import local

MODEL_FILE, FACTS_FILE = "model.skops", "model.json"
LIBRARIES = ("numpy", "pandas", "duckdb", "scikit-learn", "scipy", "skops", "woodelf-explainer")
OUR_FOLDERS = ("evaluation", "explanation", "features", "matrix", "models", "similarity", "uplift")
EPOCH = (1980, 1, 1, 0, 0, 0)
# Whatever else a file holds is refused when it is read.
TRUSTED = (
    "analytics.models.boosting.Boosting",
    "analytics.models.calibration.Calibration",
    "analytics.models.calibration.Sigmoid",
    "analytics.models.calibration.Steps",
    "analytics.matrix.filler.Filler",
    "analytics.models.folds.Folded",
    "analytics.models.forest.Forest",
    "analytics.models.logistic.Logistic",
    "analytics.models.points.Line",
    "analytics.models.points.Points",
    "analytics.similarity.known_cases.KnownCaseSimilarity",
    "analytics.similarity.known_cases.Place",
    "analytics.similarity.normal_scores.NormalScores",
    "analytics.uplift.estimators.Tamed",
    "analytics.uplift.estimators.Transformed",
    "analytics.uplift.estimators.TwoModels",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.tree._tree.Tree",
)


class Declared(Protocol):
    """A model's declaration, of risk or of benefit."""

    @property
    def name(self) -> str: ...

    def as_json(self) -> dict[str, object]: ...


class Run(Protocol):
    """What is told of any run beside its parts. ``data``: the hash of what it learned from."""

    @property
    def spec(self) -> Declared: ...

    @property
    def version(self) -> str: ...

    @property
    def names(self) -> tuple[str, ...]: ...

    @property
    def trained(self) -> date: ...

    @property
    def data(self) -> str: ...


@dataclass(frozen=True)
class Bundle:
    """What is read back: the folded model, its calibration, the similar-case search, and the page of facts.

    ``measured`` is the model as it was measured, which a later version is held against. ``learned`` is what drift
    is measured from. Earlier files have neither.
    """

    fitted: Fitted
    facts: dict[str, Any]
    measured: Folded | None = None
    learned: Learned | None = None


def save(result: ModelResult, folder: Path) -> Path:
    """Writes ``folder/NAME-VERSION/`` and returns it. Raises ``ValueError`` for a run that trained nothing."""
    if result.model is None or result.calibration is None:
        raise ValueError(f"model {result.spec.name}: nothing was trained, {result.reason}")
    parts = {
        "model": result.model,
        "calibration": result.calibration,
        "similarity": result.similarity,
        "measured": result.measured,
        **_learned(result.learned),
    }
    return write(folder, result, parts, result.as_json(("identified",)))


def _learned(learned: Learned | None) -> dict[str, object]:
    """As arrays: a file names no class that later code might call otherwise."""
    return {} if learned is None else {"learned": learned.values, "learned_month": learned.month}


def write(folder: Path, run: Run, parts: Mapping[str, object], figures: Mapping[str, object]) -> Path:
    """Writes ``parts`` and the page of facts of a run into ``folder/NAME-VERSION/``, and returns it."""
    place = folder / f"{run.spec.name}-{run.version}"
    place.mkdir(parents=True, exist_ok=True)
    content = ordered(skops.io.dumps(dict(parts)))
    (place / MODEL_FILE).write_bytes(content)
    facts = facts_of(run, figures) | {"sha256": hashlib.sha256(content).hexdigest()}
    (place / FACTS_FILE).write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return place


def load(place: Path) -> Bundle:
    """Reads the bundle of a model of risk. Raises ``ValueError`` as `read` does."""
    parts, facts = read(place)
    fitted = Fitted(parts["model"], parts["calibration"], parts["similarity"])
    learned = Learned(parts["learned"], parts["learned_month"]) if "learned_month" in parts else None
    return Bundle(fitted, facts, parts.get("measured"), learned)


def read(place: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parts and the facts that lie in ``place``.

    Raises ``ValueError`` when the file isn't the one that its facts describe.
    """
    content = (place / MODEL_FILE).read_bytes()
    facts = json.loads((place / FACTS_FILE).read_text(encoding="utf-8"))
    if hashlib.sha256(content).hexdigest() != facts["sha256"]:
        raise ValueError(f"{place.name}: the model file is not the one that was written")
    return skops.io.loads(content, trusted=list(TRUSTED)), facts


def facts_of(run: Run, figures: Mapping[str, object]) -> dict[str, Any]:
    """Declaration, variables, hashes, figures and library versions, in plain JSON types."""
    return {
        "spec": run.spec.as_json(),
        "variables": list(run.names),
        "trained": run.trained.isoformat(),
        "code": code_hash(),
        "catalogue": catalogue_hash(CATALOGUE.values()),
        "read": read_hash(run.names),
        "data": run.data,
        "libraries": libraries(),
        "result": dict(figures),
    }


def read_hash(names: Iterable[str]) -> str | None:
    """Hash of the declarations of the indicators ``names``; None where one of them is not declared any more."""
    wanted = tuple(names)
    return catalogue_hash(CATALOGUE[name] for name in wanted) if all(name in CATALOGUE for name in wanted) else None


def libraries() -> dict[str, str]:
    """The versions of everything that a score depends on, Python's own with them."""
    return {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()}


def data_hash(data: Iterable[NDArray[Any]]) -> str:
    """SHA-256 of arrays, byte for byte: of what a model was trained on."""
    digest = hashlib.sha256()
    for array in data:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def version_of(spec: Declared, estimator: str, names: Iterable[str], data: str) -> str:
    """Twelve hexadecimal digits that change with the declaration, the code, the variables or the data's hash."""
    digest = hashlib.sha256(json.dumps(spec.as_json(), sort_keys=True).encode())
    digest.update("\n".join([estimator, code_hash(), *names, data]).encode())
    return digest.hexdigest()[:12]


@cache
def code_hash() -> str:
    """SHA-256 of everything between the indicators' declarations and a score, the council's own with it."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for folder in OUR_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for path in (*local.files("sources"), *local.files("features"), *local.files("models")):
        digest.update(f"{path.parent.name}/{path.name}".encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def ordered(content: bytes) -> bytes:
    """The same skops archive with its parts numbered in the order of its schema, and no times."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    schema = json.loads(files.pop("schema.json"))
    numbers: dict[str, int] = {}
    _number(schema, numbers)
    renamed = {_renamed(name, numbers): data for name, data in files.items()}
    renamed["schema.json"] = json.dumps(_renumbered(schema, numbers), sort_keys=True).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in sorted(renamed):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), renamed[name], zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()


def _number(node: object, numbers: dict[str, int]) -> None:
    """Gives each memory address in the schema a number, in the order in which they appear."""
    if isinstance(node, dict):
        if "__id__" in node:
            numbers.setdefault(str(node["__id__"]), len(numbers) + 1)
        for value in node.values():
            _number(value, numbers)
    elif isinstance(node, list):
        for value in node:
            _number(value, numbers)


def _renumbered(node: Any, numbers: dict[str, int]) -> Any:
    if isinstance(node, dict):
        return {key: _one(key, value, numbers) for key, value in node.items()}
    return [_renumbered(value, numbers) for value in node] if isinstance(node, list) else node


def _one(key: str, value: Any, numbers: dict[str, int]) -> Any:
    if key == "__id__":
        return numbers[str(value)]
    if key == "file" and isinstance(value, str):
        return _renamed(value, numbers)
    return _renumbered(value, numbers)


def _renamed(name: str, numbers: dict[str, int]) -> str:
    stem, dot, suffix = name.partition(".")
    return f"{numbers[stem]}{dot}{suffix}" if stem in numbers else name
