"""All that the papers know of one model: its declaration, where it stands, its figures, and the build that they "
"are of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from analytics.fairness.by_group import Group, groupings, groups
from analytics.models.bundle import FACTS_FILE
from data.access.standing import Standing, standing
from data.home import Home
from data.journal.journal import Journal
from data.snapshot.engine import StoreError
from data.snapshot.reading import Snapshot

MODEL = "SELECT model, version, estimator, state, reason, trained, spec FROM model WHERE model = $model"
MODELS = "SELECT model FROM model ORDER BY model"
FIGURES = """
SELECT estimator, grouping, "group", metric, value, low, high, n, positives FROM evaluation
WHERE model = $model AND label IN ('identified', 'spared')
  AND grouping IN ('all', 'sex', 'ethnicity', 'age', 'sen', 'deprivation')
ORDER BY estimator, grouping, "group", metric
"""
#: Figures are told to this many places, so that another machine's last digits change no paper.
PLACES = 6
Ask = Callable[[str, Mapping[str, Any]], pd.DataFrame]


@dataclass(frozen=True)
class Figure:
    """A measured figure, the ends of its 95 % interval, and the people and cases that it rests on; None: not known.

    Of groups, what would tell of a few children is ``withheld``: see `analytics.fairness.by_group`.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    positives: int | None
    withheld: bool = False


@dataclass(frozen=True)
class Facts:
    """One model of one build. ``overall``: way of ranking -> metric -> figure; ``groups``: grouping -> group -> metric.

    ``stage`` and ``reason`` tell where it stands now, ``shown`` whether anybody sees its score. ``variables`` are the
    indicators that it read; none where nothing was trained. ``kept`` is what lies beside the trained model.
    """

    spec: dict[str, Any]
    version: str
    stage: str
    reason: str
    shown: bool
    estimator: str | None
    trained: str
    city: str
    invented: bool
    families: int
    snapshot: int
    today: str
    decided: str = ""
    variables: tuple[str, ...] = ()
    overall: dict[str, dict[str, Figure]] = field(default_factory=dict)
    groups: dict[str, dict[str, dict[str, Figure]]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> str:
        return str(self.spec["name"])

    @property
    def label(self) -> str:
        return str(self.spec["label"])

    @property
    def benefit(self) -> bool:
        """Whether it tells who would gain from an offer, rather than who is at risk."""
        return self.spec.get("kind") == "uplift"

    @property
    def own(self) -> dict[str, Figure]:
        """The figures of the way of ranking that it uses; none where nothing was measured."""
        return self.overall.get(self.estimator or "", {})

    def as_json(self) -> dict[str, Any]:
        """In plain JSON types; `from_json` reads it back."""
        return asdict(self) | {"variables": list(self.variables)}


def from_json(told: Mapping[str, Any]) -> Facts:
    """Facts that were written down before."""
    overall = {name: _figures(by) for name, by in told["overall"].items()}
    groups = {at: {group: _figures(by) for group, by in groups.items()} for at, groups in told["groups"].items()}
    return Facts(**{**told, "variables": tuple(told["variables"]), "overall": overall, "groups": groups})


def facts(ask: Ask, home: Home, snapshot: Snapshot, journal: Journal | None, model: str) -> Facts:
    """What is known of ``model``, by asking ``ask`` for rows; without a journal, as the build left it.

    Raises `StoreError` when the snapshot has no such model.
    """
    rows = ask(MODEL, {"model": model}).to_dict("records")
    if not rows:
        raise StoreError(f"the snapshot has no model called {model}")
    row = {str(name): value for name, value in rows[0].items()}
    now = None if journal is None else standing(journal, snapshot, model)
    kept = _kept(home, model, str(row["version"]))
    overall, by_group = _measured(ask(FIGURES, {"model": model}), row["estimator"])
    return Facts(
        spec=json.loads(row["spec"]),
        version=str(row["version"]),
        **_stands(row, now),
        estimator=row["estimator"] if isinstance(row["estimator"], str) else None,
        trained=pd.Timestamp(row["trained"]).date().isoformat(),
        city=str(snapshot.city["name"]),
        invented=snapshot.invented,
        families=int(snapshot.manifest.get("families", 0)),
        snapshot=int(snapshot.manifest["snapshot"]),
        today=snapshot.today.isoformat(),
        variables=tuple(kept.get("variables", ())),
        overall=overall,
        groups=by_group,
        kept=_rounded(_wanted(kept)),
    )


def _stands(row: Mapping[str, Any], now: Standing | None) -> dict[str, Any]:
    if now is None:
        shown = row["state"] != "withheld"
        return {"stage": str(row["state"]), "reason": str(row["reason"]), "shown": shown, "decided": ""}
    said = now.decision
    decided = "" if said is None else f"{said.state} by {said.by} on {said.at[:10]}: {said.reason}"
    return {"stage": now.stage.value, "reason": now.reason, "shown": now.shows_scores, "decided": decided}


def _kept(home: Home, model: str, version: str) -> dict[str, Any]:
    """The page of facts beside the trained model; nothing where none was trained."""
    file = home.models / f"{model}-{version}" / FACTS_FILE
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def _wanted(kept: Mapping[str, Any]) -> dict[str, Any]:
    result = kept.get("result", {})
    chosen = {name: result.get(name) for name in ("evaluated_at", "capacity", "training", "choice", "calibration")}
    about = {name: kept[name] for name in ("code", "libraries", "sha256") if name in kept}
    return {**about, **{name: value for name, value in chosen.items() if value is not None}}


def _measured(
    rows: pd.DataFrame, own: object
) -> tuple[dict[str, dict[str, Figure]], dict[str, dict[str, dict[str, Figure]]]]:
    """Figures of everybody by way of ranking, and of each group by ``own``, the model's."""
    overall: dict[str, dict[str, Figure]] = {}
    for row in rows[rows["grouping"] == "all"].itertuples(index=False, name=None):
        estimator, _, _, metric, value, low, high, n, positives = row
        figure = Figure(_told(value), _told(low), _told(high), int(n), int(positives))
        overall.setdefault(estimator, {})[metric] = figure
    mine = rows[rows["estimator"] == own]
    return overall, {at: {each.name: _of(each) for each in groups(mine, at)} for at in groupings(mine)}


def _of(group: Group) -> dict[str, Figure]:
    return {
        metric: Figure(
            _told(cell.value), _told(cell.low), _told(cell.high), group.children, group.identified, cell.withheld
        )
        for metric, cell in group.figures.items()
    }


def _told(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), PLACES)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list) else value


def _figures(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Figure]:
    return {metric: Figure(**figure) for metric, figure in told.items()}
