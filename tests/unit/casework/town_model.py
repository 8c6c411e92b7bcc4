"""The model of Fernhill as a file in its home, so that *What if* can be opened in a browser."""

from __future__ import annotations

import json

import numpy as np

from analytics.models.bundle import write
from analytics.models.calibration import Calibration, Sigmoid
from analytics.models.folds import FOLDS, Folded
from analytics.models.logistic import Logistic
from analytics.models.result import ModelResult
from analytics.models.specs import SPECS
from data.home import Home
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import served
from tests.unit.casework.town_scores import MODEL, TODAY, VERSION, WEIGHTS

_ROWS = f"""
SELECT {", ".join(f"coalesce(max(value) FILTER (indicator = '{name}'), 0) AS {name}" for name in WEIGHTS)},
       any_value(band) <> 'lower' AS above
FROM {ALIAS}.score JOIN {ALIAS}.indicator_value USING (person, as_of)
WHERE as_of = $today GROUP BY person ORDER BY person
"""


def write_model(home: Home) -> None:
    """A logistic regression, fitted to tell those above the line, under the name and version that the town's has."""
    con = connect()
    attach(con, served(home), ALIAS, read_only=False)
    rows = con.execute(_ROWS, {"today": TODAY}).df()
    X, above = rows[list(WEIGHTS)].to_numpy(np.float32), rows["above"].to_numpy(bool)
    model = Logistic(C=1.0).fit(X, above)
    curve = Sigmoid().fit(model.raw(X), above)
    run = ModelResult(SPECS[MODEL], VERSION, "candidate", "", TODAY, tuple(WEIGHTS), "logistic")
    calibration = Calibration("sigmoid", curve, len(above), int(above.sum()))
    parts = {"model": Folded((model,) * FOLDS), "calibration": calibration, "similarity": None}
    write(home.made(home.models), run, parts, {})
    con.execute(f"INSERT INTO {ALIAS}.manifest VALUES ('models', ?)", [json.dumps({MODEL: {"capacity": 10}})])
    con.close()
