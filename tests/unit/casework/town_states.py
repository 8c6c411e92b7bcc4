"""Fernhill with somebody in every state of the person's page, and more models than one speaking of them."""

from __future__ import annotations

import json
from datetime import date, timedelta

from analytics.models.specs import SPECS
from data.home import Home
from tests.unit.casework.copies import copied
from tests.unit.casework.town import TODAY, Town, publish, settle
from tests.unit.casework.town_scores import score_town

#: Of the other models, how each stands: one that passed, one that nobody could measure, one that failed.
STATES = {
    "neet": ("candidate", "Of its list 41 % (between 35 and 48 %) were right; the pass mark is 33 %."),
    "care": ("unmeasured", "Only 8 children came into care in the year measured: too few to tell how good it is."),
    "cce": ("withheld", "Of its list 14 % (between 10 and 19 %) were right; the pass mark is 33 %."),
}
FAILED = "Of its list 12 % (between 8 and 17 %) were right; the pass mark is 33 %."


def build_states(home: Home, withheld: bool = False) -> dict[str, int]:
    """Publish it in ``home``; people by state. ``withheld``: no model passed."""
    return copied(_build, home, withheld)


def _build(home: Home, withheld: bool) -> dict[str, int]:
    town, found = settle()
    found |= _more_people(town)
    score_town(town)
    for table in ("score", "contribution"):
        town.rows[table] = [row for row in town.rows[table] if row[0] != found["died"]]
    _more_models(town)
    _also_scored(town, found["quiet"], {found["baby"]: ("care",), found["known"]: ("cce", "care", "neet")})
    if withheld:
        town.rows["model"] = [(*row[:3], "withheld", FAILED, *row[5:]) for row in town.rows["model"]]
    publish(home, town)
    return found


def _more_people(town: Town) -> dict[str, int]:
    found = {
        "adult": next(row[0] for row in town.rows["person"] if row[1:3] == ("Saima", "Khan")),
        "brother": next(row[0] for row in town.rows["person"] if row[1:3] == ("Adam", "Khan")),
        "outside": next(row[0] for row in town.rows["person"] if row[1:3] == ("Chloe", "Roberts")),
        "known": _known_at_home(town)[0][1],
        "baby": town.person("Poppy", "Grant", date(2026, 6, 10), "F", "W01"),
        "quiet": town.person("Thomas", "Lowe", date(2013, 5, 6), "M", "W01"),
        "busy": town.person("Kayden", "Marsh", date(2011, 1, 19), "M", "W01"),
        "died": town.person("Ivy", "Grant", date(2012, 9, 1), "F", "W01"),
    }
    town.event(found["baby"], "birth", date(2026, 6, 10), "registrar", later=30)
    town.event(found["baby"], "registered", date(2026, 6, 20), "gp_registration", detail="Lockleaze Surgery")
    _busy(town, found["busy"])
    town.rows["person"] = [
        (*row[:-1], date(2026, 2, 3)) if row[0] == found["died"] else row for row in town.rows["person"]
    ]
    return found


def _known_at_home(town: Town) -> list[tuple[date, int]]:
    """Known cases of sexual exploitation in the ward of Lockleaze, the latest first."""
    wards = {row[0]: row[8] for row in town.rows["person"]}
    return sorted(((row[2], row[0]) for row in town.rows["known_case"] if wards[row[0]] == "W01"), reverse=True)


def _busy(town: Town, child: int) -> None:
    """Two thousand and some events: years in which somebody wrote something down on most days."""
    begins = date(2020, 1, 6)
    for week in range(340):
        on = begins + timedelta(weeks=week)
        town.event(
            child, "missing", on + timedelta(days=5), "police_missing", value=float(2 + week % 20), detail="high"
        )
        for day in range(3):
            town.event(child, "missed_appointment", on + timedelta(days=day), "hospital", detail="nurse")
        town.event(child, "unauthorised", on, "attendance", value=float(week % 9 + 1), until=on + timedelta(days=4))
        town.event(child, "attendance", on, "attendance", value=float(40 + week % 50), until=on + timedelta(days=4))
    town.event(
        child, "worker", date(2023, 4, 3), "social_care", detail="A Ashdown, Assessment North", until=date(2024, 1, 9)
    )
    town.event(child, "worker", date(2024, 3, 20), "social_care", detail="T Marlow, Safeguarding North")
    town.event(child, "in_need", date(2024, 3, 18), "cin_census", detail="N1")
    town.event(
        child, "early_help_worker", date(2022, 3, 1), "early_help", detail="Early help worker 4", until=date(2022, 9, 1)
    )
    town.event(child, "early_help", date(2022, 3, 1), "early_help", detail="going missing", until=date(2022, 9, 1))


def _more_models(town: Town) -> None:
    """The same sums under other names: what is tried here is the page, not the models."""
    ages = {person: _age(born) for person, born in town.born.items()}
    for name, (state, reason) in STATES.items():
        spec = SPECS[name]
        low, high = spec.ages
        for table in ("score", "contribution"):
            town.rows[table] += [
                (row[0], name, *row[2:]) for row in town.rows[table] if row[1] == "cse" and low <= ages[row[0]] <= high
            ]
        trained = json.dumps(spec.as_json())
        town.add("model", name, "fernhill0001", "logistic", state, reason, TODAY, trained)
        town.rows["evaluation"] += [
            (name, *row[1:]) for row in town.rows["evaluation"] if row[0] == "cse" and state == "candidate"
        ]


def _also_scored(town: Town, like: int, others: dict[int, tuple[str, ...]]) -> None:
    """Those whom the first model does not speak of, and others do, are scored like somebody who is quiet."""
    for table in ("score", "contribution"):
        mine = {row[2:] for row in town.rows[table] if row[:2] == (like, "cse")}
        rows = sorted(mine, key=str)
        town.rows[table] += [(who, model, *row) for who, models in others.items() for model in models for row in rows]


def _age(born: date) -> int:
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))
