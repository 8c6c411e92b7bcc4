"""Parameters are learned, kept as JSON, and the same records teach the same parameters."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from data.linkage import train
from data.linkage.link import link
from data.linkage.predict import shipped_parameters
from data.linkage.settings import COMPARISONS, Parameters


def _learned(helper: ModuleType) -> Parameters:
    con = helper.stage(helper.Sample(families=150, seed=9).records)
    link(con)
    return train.train(con, shipped_parameters())


def test_the_same_records_teach_the_same_parameters(helper: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "RANDOM_PAIRS", 20_000)
    learned = _learned(helper)
    assert learned == _learned(helper)
    assert learned != shipped_parameters()
    assert learned["sex"][0]["u"] == pytest.approx(0.5, abs=0.1)


def test_the_shipped_parameters_fit_the_declared_comparisons(tmp_path: Path) -> None:
    shipped = shipped_parameters()
    assert {name: len(levels) for name, levels in shipped.items()} == {c.name: len(c.levels) for c in COMPARISONS}
    assert all(0 < level[side] <= 1 for levels in shipped.values() for level in levels for side in ("m", "u"))
    train.save(shipped, tmp_path / "parameters.json", "a test")
    assert json.loads((tmp_path / "parameters.json").read_text())["comparisons"] == shipped
