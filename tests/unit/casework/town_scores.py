"""Indicators, scores and contributions of Fernhill: a plain weighted sum, to be reckoned by hand."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from datetime import date, timedelta

import numpy as np

from analytics.casework import space
from analytics.matrix.matrix import Matrix
from analytics.models.result import ModelResult
from analytics.models.specs import SPECS
from analytics.similarity.known_cases import KnownCaseSimilarity

TODAY = date(2026, 10, 1)
DATES = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), TODAY)
MODEL, VERSION, BASE = "cse", "fernhill0001", -3.0
WEIGHTS = {
    "missing_12m": 0.62,
    "missing_24m": 0.05,
    "attendance_12m": -0.055,
    "suspensions_12m": 0.3,
    "siblings_in_care": 0.45,
    "co_missing_known": 0.8,
    "youth_club_12m": -0.05,
    "kept_appointments_12m": -0.12,
    "domestic_child_12m": 0.2,
    "age": 0.04,
}
USUAL = {"attendance_12m": 90.0, "age": 13.0}


def score_town(town) -> None:
    """Fill ``indicator_value``, ``score``, ``contribution``, ``model`` and ``evaluation`` of the town."""
    events, ties, cases = _around(town)
    for as_of in DATES:
        _score_at(town, as_of, events, ties, cases)
    spec = SPECS[MODEL]
    town.add("model", MODEL, VERSION, "logistic", "candidate", "It passed its mark.", TODAY, json.dumps(spec.as_json()))
    for number in range(1, 11):
        told = 0.04 * number
        for metric, value in (("told", told), ("found", told * 0.95)):
            town.add(
                "evaluation",
                MODEL,
                "logistic",
                "identified",
                "calibration",
                f"{number:02d}",
                metric,
                value,
                value * 0.7,
                value * 1.3,
                200,
                40,
            )


def learn(draft, home, town) -> None:
    """Fit the similar-case search on the town's known cases, as a build would, and publish what pages need of it."""
    events, ties, cases = _around(town)
    quarters = [
        date(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10) if date(year, month, 1) <= TODAY
    ]
    matrices = {day: _matrix(town, day, events, ties, cases) for day in quarters}
    entry = {p: max(d for d in quarters if d <= on - timedelta(90)) for p, on in cases.items()}
    rows, flags, people = [], [], []
    for day, matrix in matrices.items():
        for person, values in zip(matrix.people.tolist(), matrix.values, strict=True):
            if entry.get(person) == day or (person not in entry and day == date(2025, 7, 1)):
                rows.append(values)
                flags.append(person in entry)
                people.append(person)
    search = KnownCaseSimilarity(trees=60).fit(np.array(rows), np.array(flags))
    names = next(iter(matrices.values())).names
    result = ModelResult(
        SPECS[MODEL],
        VERSION,
        "candidate",
        "",
        TODAY,
        names,
        "logistic",
        similarity=search,
        similarity_people=np.array(people),
    )
    space.publish(draft.connection, home, draft.number, result, matrices)


def _matrix(town, as_of: date, events, ties, cases) -> Matrix:
    people = np.array(sorted(p for p, born in town.born.items() if 10 <= _age(born, as_of) <= 17))
    told = [indicators(p, town.born[p], as_of, events, ties, cases) for p in people.tolist()]
    return Matrix(people, as_of, tuple(told[0]), np.array([list(values.values()) for values in told], np.float32))


def _around(town):
    events, ties = defaultdict(list), defaultdict(list)
    for _, person, kind, on, until, known, _corrected, value, *_ in town.rows["event"]:
        events[person].append((kind, on, until, known, value))
    for person, other, kind, since, *_ in town.rows["relationship"]:
        ties[person].append((other, kind, since))
    return events, ties, {person: on for person, _, on, _, _ in town.rows["known_case"]}


def _score_at(town, as_of: date, events, ties, cases) -> None:
    cohort = [p for p, born in town.born.items() if 10 <= _age(born, as_of) <= 17]
    for person in cohort:
        values = indicators(person, town.born[person], as_of, events, ties, cases)
        for name, value in sorted(values.items()):
            if value != 0:
                town.add("indicator_value", person, as_of, name, value)
    scored = {
        p: _parts(indicators(p, town.born[p], as_of, events, ties, cases))
        for p in cohort
        if cases.get(p, as_of) >= as_of
    }
    raw = {p: BASE + sum(parts.values()) for p, parts in scored.items()}
    ranked = sorted(raw, key=lambda p: -raw[p])
    years = {p: _age(town.born[p], as_of) for p in ranked}
    peers = {age: [raw[p] for p in ranked if years[p] == age] for age in set(years.values())}
    for rank, person in enumerate(ranked, start=1):
        same = peers[years[person]]
        below = sum(other < raw[person] for other in same) / len(same)
        band = "heightened" if rank <= 10 else "raised" if rank <= 30 else "lower"
        parts = scored[person]
        top = [n for n in sorted(parts, key=lambda n: -parts[n])[:3] if parts[n] > 0]
        chance = 1 / (1 + math.exp(-raw[person]))
        town.add(
            "score",
            person,
            MODEL,
            VERSION,
            as_of,
            raw[person],
            chance,
            band,
            rank,
            below,
            chance,
            json.dumps(top) if as_of == TODAY else "[]",
        )
        if as_of == TODAY:
            _explain(town, person, parts, indicators(person, town.born[person], as_of, events, ties, cases))


def _explain(town, person: int, parts: dict[str, float], values: dict[str, float]) -> None:
    town.add("contribution", person, MODEL, TODAY, "base", None, BASE)
    for name, amount in sorted(parts.items()):
        if amount:
            town.add("contribution", person, MODEL, TODAY, name, values[name], amount)


def indicators(person: int, born: date, as_of: date, events, ties, cases) -> dict[str, float]:
    """A handful of the catalogue's indicators, by its definitions."""
    known = [e for e in events[person] if e[3] < as_of and e[1] < as_of]

    def recent(kind: str, days: int = 365) -> list:
        return [e for e in known if e[0] == kind and e[1] >= as_of - timedelta(days)]

    attended = [e[4] for e in recent("attendance")]
    siblings = [other for other, kind, _ in ties[person] if kind == "sibling"]
    together = [other for other, kind, since in ties[person] if kind == "co_missing" and since < as_of]
    missing = recent("missing", 730)
    return {
        "age": float(_age(born, as_of)),
        "missing_12m": float(len(recent("missing"))),
        "missing_24m": float(len(missing)),
        "missing_since": float((as_of - max(e[1] for e in missing)).days) if missing else math.nan,
        "attendance_12m": sum(attended) / len(attended) if attended else math.nan,
        "suspensions_12m": float(len(recent("suspension"))),
        "siblings_in_care": float(sum(any(e[0] == "placement" and e[3] < as_of for e in events[s]) for s in siblings)),
        "co_missing_known": float(sum(cases.get(o, as_of) < as_of for o in together)),
        "youth_club_12m": float(sum(e[4] for e in recent("youth_club"))),
        "kept_appointments_12m": float(len(recent("kept_appointment"))),
        "domestic_child_12m": float(len(recent("domestic_child"))),
        "mental_health_referrals_24m": math.nan,
        "mental_health_care_now": math.nan,
        "substance_treatment_24m": math.nan,
    }


def _parts(values: dict[str, float]) -> dict[str, float]:
    known = {name: value for name, value in values.items() if name in WEIGHTS and value == value}
    return {name: WEIGHTS[name] * (value - USUAL.get(name, 0.0)) for name, value in known.items()}


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
