"""All that is computed on demand about one model of the served snapshot: minutes of work, so never part of a build."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from analytics.models.spec import ModelSpec
from analytics.validation.learning import learning_curve
from analytics.validation.rolling import rolling
from analytics.validation.stability import stability
from analytics.validation.stand import COMPUTING, Tell, stand
from analytics.validation.without import without
from data.snapshot.engine import ALIAS, attach, connect

#: Each stage with its usual share of the time.
STAGES = {COMPUTING: 4.0, "dates": 5.0, "fewer cases": 3.0, "months": 3.0, "a source less": 12.0}
MEMORY = "3GB"


def validate(
    file: Path, spec: ModelSpec, estimator: str, today: date, truth: Path | None, tell: Tell
) -> dict[str, Any]:
    """Figures by date, by share of cases, by month and without each source, of the snapshot in ``file``.

    ``truth`` lies beside an invented city's snapshot and measures only. Raises ``ValueError`` where history is short.
    """
    # A connection of its own: the shared one may read no files, and the truth is one.
    with closing(connect(memory=MEMORY)) as con:
        attach(con, file, ALIAS, read_only=True)
        con.execute(f"USE {ALIAS}")
        given = stand(con, spec, estimator, today, truth, tell)
    # One thread for each sum, as in the build.
    with threadpool_limits(1):
        return {
            "rolling": rolling(given, tell),
            "learning_curve": learning_curve(given, tell),
            "stability": stability(given, tell),
            "without": without(given, tell),
        }
