"""Mixham: a handful of invented people, some of whom linkage was not sure about."""

from __future__ import annotations

import json
from datetime import date

from analytics.casework import search_index
from data.home import Home
from data.linkage.link import THRESHOLD
from data.snapshot.publish import Draft
from tests.unit.casework.town import TODAY, Town, fill, reference

START = -12.0
#: What each degree of agreement weighs here: comparison, level, words, weight, whether rare values weigh more.
WEIGHTS = (
    ("forename", 0, "same forename", 8.0, True),
    ("forename", 1, "short or similar form", 4.2, False),
    ("forename", 2, "different forename", -40.0, False),
    ("surname", 0, "same surname", 8.0, True),
    ("surname", 1, "different surname", -4.0, False),
    ("birth_date", 0, "same birth date", 13.0, False),
    ("birth_date", 1, "birth date one slip apart", 4.6, False),
    ("home", 0, "lived in the same postcode", 6.2, False),
    ("home", 1, "never the same address", -1.0, False),
    ("prior", 0, "two records taken at random", START, False),
)
#: grouping, group, precision, recall, f1, then pairs linked, true and both.
QUALITY = (
    ("all", "all", 1.0, 0.95, 0.97, 1000, 1053, 1000),
    ("ethnicity", "WBRI", 1.0, 0.96, 0.98, 900, 938, 900),
    ("ethnicity", "BAFR", 1.0, 0.87, 0.93, 95, 109, 95),
    ("ethnicity", "WROM", 1.0, 0.83, 0.91, 5, 6, 5),
    ("age", "10-14", 1.0, 0.95, 0.97, 500, 526, 500),
    ("age", "5-9", 1.0, 0.95, 0.97, 500, 527, 500),
)
HISTORY = [
    {"build": 4, "until": "2026-07-01", "clients": 900, "people": 300, "f1": 0.96, "how": {"alone": 90}},
    {"build": 5, "until": "2026-10-01", "clients": 1000, "people": 310, "f1": 0.97,
     "how": {"alone": 50, "UPN": 200, "NHS number": 300}},
]  # fmt: skip
SISTERS = {"forename": 4.2, "surname": 7.4, "birth_date": 4.6, "sex": 0.0, "home": -1.0}
MARRIED = {"forename": 7.0, "surname": -4.0, "birth_date": 13.0, "home": -1.0}
MOVED = {"forename": 5.5, "surname": -4.0, "birth_date": 13.0, "home": -1.0}


class Mixham(Town):
    """A town whose people's clients can be named, by person and source."""

    def client(self, person: int, source: str) -> int:
        mine = [row[0] for row in self.rows["person_link"] if row[2] == person]
        return next(row[1] for row in self.rows["person_record"] if row[1] in mine and row[2] == source)

    def unsure(self, client: int, probability: float) -> None:
        """Let linkage hold a client in no more surely than this."""
        links = self.rows["person_link"]
        links[:] = [(*row[:3], probability, "name and details") if row[0] == client else row for row in links]

    def pair(self, one: int, other: int, parts: dict[str, float]) -> None:
        weight = START + sum(parts.values())
        probability = 2**weight / (1 + 2**weight)
        self.add("link_pair", min(one, other), max(one, other), probability, weight, json.dumps(parts))


def build(home: Home) -> dict[str, int]:
    """Publish Mixham in ``home``; numbers of people (``maja`` ...) and clients (``maja_hospital`` ...) by name."""
    town = Mixham()
    reference(town)
    named = _people(town)
    town.rows["person_record"].sort(key=lambda row: row[0])
    with Draft(home) as draft:
        fill(draft.connection, town)
        search_index.build(draft.connection)
        city = {"id": "mixham", "name": "Mixham", "invented": True}
        linkage = {"threshold": THRESHOLD, "reviews_read": 0, "never_linked": 0, "f1": 0.97}
        draft.manifest |= {"city": city, "today": TODAY.isoformat(), "linkage": linkage, "linkage_history": HISTORY}
    for row in QUALITY:
        town.add("link_quality", *row)
    for weight, pairs, joined in ((-2, 40, 0), (1, 3, 0), (2, 2, 1), (9, 60, 59)):
        town.add("link_histogram", weight, pairs, joined)
    return named


def _people(town: Mixham) -> dict[str, int]:
    """Maja, whose hospital record may be her sister's; Isla and Poppy, each perhaps two people's name for one."""
    mother = town.person("Ewa", "Nowak", date(1984, 2, 1), "F", "W01")
    maja = town.person(
        "Maja", "Nowak", date(2012, 6, 7), "F", "W01",
        [("school_census", {}), ("hospital", {"forename": "Maya", "birth_date": date(2012, 6, 17)})],
        nhs="9434765919",
    )  # fmt: skip
    twin = town.person("Zuzanna", "Nowak", date(2012, 6, 7), "F", "W01")
    town.family("Nowak", "W01", [mother], [maja, twin])
    isla = [
        town.person("Isla", name, date(2010, 1, 9), "F", ward) for name, ward in (("Cooper", "W02"), ("Hill", "W03"))
    ]
    poppy = [town.person("Poppy", name, date(2003, 5, 4), "F", "W04") for name in ("Murphy", "Ward")]
    town.event(isla[0], "early_help", date(2026, 4, 1), "early_help", detail="family support")
    named = {"maja": maja, "twin": twin, "isla": isla[0], "other_isla": isla[1], "poppy": poppy[0]}
    named |= {
        f"maja_{source}": town.client(maja, source) for source in ("gp_registration", "school_census", "hospital")
    }
    named |= {
        "isla_gp": town.client(isla[0], "gp_registration"),
        "other_isla_gp": town.client(isla[1], "gp_registration"),
    }
    town.unsure(named["maja_hospital"], 0.9)
    town.pair(named["maja_school_census"], named["maja_hospital"], SISTERS)
    town.pair(named["isla_gp"], named["other_isla_gp"], MARRIED)
    town.pair(*(town.client(one, "gp_registration") for one in poppy), MOVED)
    for comparison, level, said, weight, frequent in WEIGHTS:
        town.add("link_parameter", comparison, level, said, None, None, weight, frequent)
    for row in QUALITY:
        town.add("link_quality", *row)
    for weight, pairs, joined in ((-2, 40, 0), (1, 3, 0), (2, 2, 1), (9, 60, 59)):
        town.add("link_histogram", weight, pairs, joined)
    return named
