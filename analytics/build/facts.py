"""What models read of people besides indicators: families, birthdays, known cases, groups that figures are told by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from analytics.build.truth import exploitation, watched
from analytics.evaluation.labels import Attribute, KnownCases, evaluation_date
from analytics.features.catalogue import CATALOGUE
from analytics.matrix.matrix import Matrix
from analytics.models.inputs import Inputs
from analytics.models.measure import ages
from analytics.models.spec import ModelSpec
from analytics.models.training import FAMILY_OF_EACH, Families
from data.codes import ETHNIC_GROUPS

# A case counts from the day that it was known: one that is told late changes no score or figure of the past.
KNOWN = """
SELECT person, greatest(identified_on, known_on) AS identified_on FROM known_case
WHERE profile = ? AND identified_on IS NOT NULL ORDER BY ALL
"""
# The first event of an outcome; whoever has had one is not looked for any more.
OUTCOME = """
SELECT person, min(known_on) FROM event WHERE list_contains($kinds, kind) AND known_on IS NOT NULL
GROUP BY person ORDER BY person
"""
MEMBERS = f"SELECT person, {FAMILY_OF_EACH} FROM family_member GROUP BY person ORDER BY person"
# Families that moved away, and adults by themselves, are nobody's caseload: those count that have a child on some
# source's books, or had until two months ago.
FAMILY_COUNT = """
SELECT count(DISTINCT family) FROM family_member m JOIN person p USING (person)
WHERE role = 'child' AND p.birth_date > $today - INTERVAL 18 YEAR
  AND person IN (SELECT person FROM coverage WHERE "to" IS NULL OR "to" >= $today - INTERVAL 62 DAY)
"""
PEOPLE = "SELECT person, sex, ethnicity, birth_date FROM person ORDER BY person"
FIFTHS = {1: "most deprived", 2: "more deprived", 3: "middle", 4: "less deprived", 5: "least deprived"}


def inputs(con: duckdb.DuckDBPyConnection, spec: ModelSpec, matrices: dict[date, Matrix], truth: Path | None) -> Inputs:
    """Everything a run of ``spec`` reads, from the tables that ``con`` finds by their plain names."""
    known = _known(con, spec)
    members = con.execute(MEMBERS).fetchall()
    people = con.execute(PEOPLE).fetchall()
    ids = [row[0] for row in people]
    born = Attribute.of(ids, [row[3] for row in people], "datetime64[D]")
    matrices = {day: _asked_about(spec, matrix, born) for day, matrix in matrices.items()}
    return Inputs(
        matrices=matrices,
        known=KnownCases.of([row[0] for row in known], [row[1] for row in known]),
        families=Families(*(np.array([row[i] for row in members], np.int64) for i in (0, 1))),
        family_count=con.execute(FAMILY_COUNT, {"today": max(matrices)}).fetchall()[0][0],
        directions={name: feature.monotonic for name, feature in CATALOGUE.items()},
        kinds={name: feature.kinds for name, feature in CATALOGUE.items()},
        groups={
            "sex": Attribute.of(ids, [{"M": "boys", "F": "girls"}.get(row[1]) for row in people]),
            "ethnicity": Attribute.of(ids, [ethnic_group(row[2]) for row in people]),
        }
        | _told_by_matrix(spec, matrices),
        born=born,
        truth=exploitation(con, truth, spec.profile) if truth and spec.profile else None,
        watched=watched(con, truth) if truth and spec.profile else None,
    )


def _known(con: duckdb.DuckDBPyConnection, spec: ModelSpec) -> list[tuple[int, date]]:
    """Whom the model learns from, and the day on which each was known."""
    if spec.profile:
        return con.execute(KNOWN, [spec.profile]).fetchall()
    return con.execute(OUTCOME, {"kinds": list(spec.outcome)}).fetchall()


def _asked_about(spec: ModelSpec, matrix: Matrix, born: Attribute) -> Matrix:
    """The people of the ages that the model asks about; the matrix has those of every model."""
    age = ages(born, matrix.people, matrix.as_of)
    asked = (age >= spec.ages[0]) & (age <= spec.ages[1])
    return matrix.only(asked)


def ethnic_group(code: str | None) -> str | None:
    """The broad group of a 903 code; None where it was refused, not obtained or not recorded."""
    return None if code in (None, "REFU", "NOBT") else ETHNIC_GROUPS.get(str(code)[0])


def _told_by_matrix(spec: ModelSpec, matrices: dict[date, Matrix]) -> dict[str, Attribute]:
    """Special needs and deprivation at the date of measurement, as far as agencies knew."""
    day = evaluation_date(matrices, max(matrices), spec.gap_days, spec.horizon_months) or max(matrices)
    at = matrices[day]
    plan, support = at.column("ehc_plan_12m"), at.column("sen_support_12m")
    need = np.where(plan > 0, "plan", np.where(support > 0, "support", "none")).astype(object)
    need[np.isnan(plan) & np.isnan(support)] = None
    fifth = [None if np.isnan(decile) else FIFTHS[int(decile + 1) // 2] for decile in at.column("deprivation")]
    return {"sen": Attribute(at.people, need), "deprivation": Attribute(at.people, np.array(fifth, object))}
