"""Fernhill: a few hundred invented people written straight into a snapshot, so that pages can be tried in a second."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb
import pandas as pd

from analytics.casework import search_index
from analytics.families.assess import assess
from data.home import Home
from data.snapshot.publish import Draft
from data.snapshot.tables import TABLES
from tests.unit.casework.copies import copied
from tests.unit.casework.town_scores import learn, score_town

TODAY = date(2026, 10, 1)
WARDS = (
    ("W01", "Lockleaze", "North"),
    ("W02", "Horfield", "North"),
    ("W03", "Cabot", "Central"),
    ("W04", "Easton", "Central"),
    ("W05", "Knowle", "South"),
    ("W06", "Hartcliffe", "South"),
)
GIRLS = "olivia amelia isla ava emily fatima aisha zofia chloe ruby shanice hodan priya grace lucy megan".split()
BOYS = "oliver george noah jack muhammad ibrahim jakub jayden liban arjun leo samuel joshua ryan connor callum".split()
WOMEN = "sarah emma laura nadia saima agnieszka marcia asha kelly joanne tracey rebecca".split()
MEN = "david paul mark tariq imran piotr delroy abdi gareth stephen wayne lee".split()
SURNAMES = (
    "smith jones williams taylor brown davies evans thomas roberts begum ali hussain nowak campbell o'brien patel"
).split()


def person_id(number: int) -> int:
    """An opaque 53-bit number, as a build gives."""
    return int(hashlib.sha256(f"fernhill {number}".encode()).hexdigest()[:13], 16) % 2**53


@dataclass
class Town:
    """Rows by table, in the order of the table's columns."""

    rows: dict[str, list[tuple]] = field(default_factory=lambda: {table.name: [] for table in TABLES})
    count: int = 0
    born: dict[int, date] = field(default_factory=dict)

    def add(self, table: str, *values: object) -> None:
        self.rows[table].append(values)

    def person(
        self,
        forename: str,
        surname: str,
        born: date,
        sex: str,
        ward: str,
        also: Iterable[tuple[str, dict]] = (),
        ethnicity: str = "WBRI",
        postcode: str = "AV7 1AA",
        nhs: str | None = None,
    ) -> int:
        """A person with one GP record, and a record for each (source, changed fields) of ``also``."""
        self.count += 1
        me, also = person_id(self.count), list(also)
        self.born[me] = born
        self.add(
            "person",
            me,
            forename,
            surname,
            born,
            sex,
            ethnicity,
            postcode,
            1000 + self.count,
            ward,
            1 + len(also),
            1 + len(also),
            None,
        )
        for source, changed in [("gp_registration", {"nhs_number": nhs}), *also]:
            identity = {
                "forename": forename,
                "surname": surname,
                "birth_date": born,
                "sex": sex,
                "postcode": postcode,
                "local_id": f"{source[:2].upper()}{self.count:05d}",
            } | changed
            client = int(
                hashlib.md5(f"{source}|{identity['local_id']}".encode(), usedforsecurity=False).hexdigest()[:15], 16
            )
            record = {name: identity.get(name) for name in _columns("person_record")}
            record |= {
                "record": len(self.rows["person_record"]),
                "client": client,
                "source": source,
                "file": 1,
                "line": self.count,
            }
            record |= {"seen_from": date(2019, 1, 1), "seen_to": date(2026, 9, 1)}
            self.add("person_record", *record.values())
            self.add("person_link", client, source, me, 0.97, "NHS number" if nhs else "name and details")
        return me

    def event(
        self,
        person: int,
        kind: str,
        on: date,
        source: str,
        *,
        value: float | None = None,
        detail: str | None = None,
        until: date | None = None,
        later: int = 3,
    ) -> None:
        number = len(self.rows["event"])
        self.add(
            "event",
            number,
            person,
            kind,
            on,
            until,
            on + timedelta(later),
            None,
            value,
            detail,
            source,
            FILES[source],
            100 + number,
        )

    def tie(
        self,
        one: int,
        other: int,
        kind: str,
        back: str,
        since: date,
        source: str = "derived",
        until: date | None = None,
        manner: str | None = None,
    ) -> None:
        known, over = since + timedelta(5), until and until + timedelta(31)
        self.add("relationship", one, other, kind, since, until, known, source, over, manner)
        self.add("relationship", other, one, back, since, until, known, source, over, manner)

    def stay(self, person: int, uprn: int, since: date, until: date | None = None) -> None:
        over = until and until + timedelta(31)
        self.add("home_stay", person, uprn, since, until, since + timedelta(31), over, 2, False)

    def family(self, name: str, ward: str, adults: Iterable[int], children: Iterable[int]) -> None:
        adults, children = list(adults), list(children)
        number = person_id(9_000_000 + len(self.rows["family"]))
        self.add("family", number, name, ward)
        for role, members in (("adult", adults), ("child", children)):
            for member in members:
                self.add("family_member", number, member, role, self.born[member], None)
        for child in children:
            for adult in adults:
                self.tie(child, adult, "parent", "child", self.born[child], "registrar")
            for other in children:
                if self.born[other] > self.born[child]:
                    self.tie(child, other, "sibling", "sibling", self.born[other])
        for one, other in itertools.pairwise(adults):
            self.tie(one, other, "partner", "partner", date(2010, 5, 1))


def _columns(table: str) -> tuple[str, ...]:
    return next(t.names() for t in TABLES if t.name == table)


FILES = {
    source: number
    for number, source in enumerate(
        "gp_registration police_missing school_census attendance social_care cin_census police_crime police_domestic "
        "early_help hospital exploitation_service housing ssda903 youth_service youth_justice mash benefits registrar "
        "mental_health neet annex_a".split(),
        start=1,
    )
}


def people(town: Town, families: int = 120) -> None:
    """Ordinary families, two adults and two children each, with ordinary events."""
    draw = random.Random(7)
    for number in range(families):
        surname = draw.choice(SURNAMES).title()
        ward = WARDS[number % len(WARDS)][0]
        postcode = f"AV{1 + number % 6} {number % 9}{'ABD'[number % 3]}{'EFG'[number % 3]}"
        adults = [
            town.person(
                draw.choice(names).title(),
                surname,
                date(1975 + draw.randrange(15), 1 + draw.randrange(12), 1 + draw.randrange(28)),
                sex,
                ward,
                postcode=postcode,
            )
            for names, sex in ((WOMEN, "F"), (MEN, "M"))
        ]
        children = []
        for _ in range(2):
            sex = draw.choice("FM")
            born = date(2009 + draw.randrange(8), 1 + draw.randrange(12), 1 + draw.randrange(28))
            child = town.person(
                draw.choice(GIRLS if sex == "F" else BOYS).title(),
                surname,
                born,
                sex,
                ward,
                postcode=postcode,
                also=[("school_census", {})],
            )
            children.append(child)
            _ordinary(town, child, draw)
        town.family(surname, ward, adults, children)


def _ordinary(town: Town, child: int, draw: random.Random) -> None:
    town.add("coverage", child, "school_census", date(2019, 9, 1), None)
    town.add("coverage", child, "attendance", date(2019, 9, 1), None)
    for term in (date(2024, 9, 2), date(2025, 1, 6), date(2025, 9, 2), date(2026, 1, 6)):
        town.event(
            child,
            "attendance",
            term,
            "attendance",
            value=float(draw.randrange(80, 100)),
            until=term + timedelta(90),
            later=100,
        )
    if draw.random() < 0.15:
        town.event(
            child,
            "missing",
            date(2026, 1, 1) + timedelta(draw.randrange(240)),
            "police_missing",
            value=6.0,
            detail="medium",
        )
    if draw.random() < 0.2:
        town.event(
            child,
            "suspension",
            date(2025, 10, 1) + timedelta(draw.randrange(200)),
            "school_census",
            value=4.0,
            detail="DB",
            later=60,
        )
    if draw.random() < 0.2:
        town.event(
            child,
            "early_help",
            date(2025, 3, 1) + timedelta(draw.randrange(200)),
            "early_help",
            detail="family support",
        )


def yasmin(town: Town) -> int:
    """Yasmin Khan of Lockleaze, fourteen, whose story every page of the casework is tried on."""
    mother = town.person("Saima", "Khan", date(1985, 4, 2), "F", "W01", ethnicity="APKN")
    father = town.person("Gareth", "Davies", date(1982, 11, 20), "M", "W01")
    also = [
        (
            "school_census",
            {"forename": "Jasmin", "surname": "Kahn", "upn": "A801200115001", "local_id": "A801200115001"},
        ),
        ("police_missing", {"forename": "Y", "birth_date": date(2012, 3, 3), "local_id": "P-77123"}),
        ("social_care", {"former_surname": "Davies", "local_id": "SC004411", "postcode": "AV7 2BD"}),
    ]
    born = date(2012, 3, 3)
    child = town.person("Yasmin", "Khan", born, "F", "W01", also, ethnicity="MWAS", nhs="9434765919")
    brother = town.person("Adam", "Khan", date(2010, 6, 9), "M", "W01", ethnicity="MWAS")
    town.family("Khan / Davies", "W01", [mother, father], [child, brother])
    friend = town.person("Chloe", "Roberts", date(2011, 8, 14), "F", "W03")
    town.tie(child, friend, "co_missing", "co_missing", date(2026, 5, 9), "police_missing")
    town.add("known_case", friend, "cse", date(2026, 2, 1), date(2026, 2, 1), "exploitation_service")
    for source in ("school_census", "attendance", "gp_registration"):
        town.add("coverage", child, source, date(2016, 9, 1), None)
    _story(town, child, brother, mother)
    return child


def _story(town: Town, child: int, brother: int, mother: int) -> None:
    for on, hours in (
        (date(2025, 12, 2), 5.5),
        (date(2026, 2, 14), 9.0),
        (date(2026, 5, 9), 31.0),
        (date(2026, 8, 20), 12.0),
    ):
        town.event(child, "missing", on, "police_missing", value=hours, detail="high" if hours > 10 else "medium")
    for term, rate in (
        (date(2024, 9, 2), 93.0),
        (date(2025, 1, 6), 90.0),
        (date(2025, 9, 2), 82.0),
        (date(2026, 1, 6), 71.0),
    ):
        town.event(child, "attendance", term, "attendance", value=rate, until=term + timedelta(100), later=110)
    town.event(child, "enrolment", date(2023, 9, 4), "school_census", detail="Lockleaze High", until=date(2027, 7, 20))
    town.event(child, "suspension", date(2026, 3, 4), "school_census", value=6, detail="DB", later=60)
    town.event(child, "early_help", date(2026, 4, 1), "early_help", detail="going missing")
    town.event(child, "worker", date(2026, 4, 2), "social_care", detail="Ruth Osei, North")
    town.event(child, "referral", date(2026, 3, 20), "cin_census", detail="2A")
    town.event(child, "registered", date(2012, 4, 1), "gp_registration", detail="Lockleaze Surgery")
    town.event(child, "youth_club", date(2026, 4, 1), "youth_service", value=7, until=date(2026, 6, 30), later=100)
    town.event(child, "kept_appointment", date(2026, 6, 3), "hospital", detail="dentist", later=21)
    town.event(child, "domestic_child", date(2025, 11, 11), "police_domestic", value=2, detail="2")
    town.event(child, "birth", date(2012, 3, 3), "registrar", later=30)
    town.event(brother, "looked_after", date(2026, 1, 15), "ssda903", detail="V2")
    town.event(brother, "placement", date(2026, 1, 15), "ssda903", detail="U6")
    town.event(mother, "domestic_incident", date(2025, 11, 11), "police_domestic", value=2, detail="2")
    town.event(mother, "parenting_course", date(2026, 6, 20), "early_help", detail="parenting course")


def apart(town: Town, child: int) -> int:
    """Yasmin's parents parted in 2024; a son of her father by another woman lives across the city, with his mother."""
    mother, father, brother = child_of(town, "Saima"), child_of(town, "Gareth"), child_of(town, "Adam")
    half = town.person("Leo", "Davies", date(2018, 5, 1), "M", "W06")
    for one in (mother, child, brother):
        town.stay(one, 501, date(2012, 4, 1))
    town.stay(father, 501, date(2012, 4, 1), date(2024, 3, 1))
    town.stay(father, 502, date(2024, 3, 1))
    town.tie(half, father, "parent", "child", date(2018, 5, 1), "registrar", manner="birth")
    for one in (child, brother):
        town.tie(one, half, "sibling", "sibling", date(2018, 5, 1), manner="half")
    number = town.rows["family"][0][0]
    town.add("family_member", number, half, "child", date(2018, 5, 1), None)
    town.event(half, "crime_victim", date(2026, 6, 1), "police_crime", detail="theft")
    town.event(half, "in_need", date(2026, 6, 10), "cin_census")
    return half


def child_of(town: Town, forename: str) -> int:
    """The number of the first person of that forename."""
    return next(row[0] for row in town.rows["person"] if row[1] == forename)


def known_cases(town: Town, count: int = 14) -> None:
    """Children whom the exploitation service identified."""
    draw = random.Random(11)
    for number in range(count):
        child = town.person(
            draw.choice(GIRLS).title(),
            draw.choice(SURNAMES).title(),
            date(2009 + number % 5, 2, 1 + number),
            "F",
            WARDS[number % 6][0],
        )
        town.add("coverage", child, "attendance", date(2019, 9, 1), None)
        seen = date(2025, 1, 1) + timedelta(30 * number)
        town.add("known_case", child, "cse", seen, seen, "exploitation_service")
        for back in range(3):
            town.event(child, "missing", seen - timedelta(120 + 40 * back), "police_missing", value=14.0, detail="high")
        town.event(
            child, "attendance", seen - timedelta(200), "attendance", value=70.0, until=seen - timedelta(110), later=100
        )
        town.event(child, "exploitation_service", seen, "exploitation_service", detail="CSE")


def reference(town: Town) -> None:
    for number, (ward, name, area) in enumerate(WARDS, start=1):
        town.add("ward", ward, name, area, number, None)
    for source, file in FILES.items():
        town.add(
            "source",
            source,
            source.replace("_", " ").title(),
            "An agency",
            date(2018, 10, 1),
            date(2026, 9, 30),
            100,
            100,
            0,
        )
        town.add("source_file", file, source, "part", f"{source}/{source}_2026.csv", "0" * 64, 100, 100, 0, "{}", TODAY)


def fill(con: duckdb.DuckDBPyConnection, town: Town, store: str = "snapshot") -> None:
    """Create every table of the snapshot and write the town's rows."""
    for table in TABLES:
        con.execute(table.ddl(store))
        rows = town.rows[table.name]
        if rows:
            con.register("town_rows", pd.DataFrame(rows, columns=list(table.names())))
            con.execute(f"INSERT INTO {store}.{table.name} BY NAME SELECT * FROM town_rows")


def build(home: Home) -> dict[str, int]:
    """Publish Fernhill in ``home``; the numbers of the people whom tests speak of."""
    return copied(_build, home)


def _build(home: Home) -> dict[str, int]:
    town, found = settle()
    score_town(town)
    publish(home, town)
    return found


def settle() -> tuple[Town, dict[str, int]]:
    """Fernhill's people and what happened to them, before any model speaks."""
    town = Town()
    reference(town)
    child = yasmin(town)
    known_cases(town)
    people(town)
    return town, {"yasmin": child, "half": apart(town, child)}


def publish(home: Home, town: Town) -> None:
    """Write the town as a snapshot of ``home``, with all that a build makes of it."""
    with Draft(home) as draft:
        fill(draft.connection, town)
        search_index.build(draft.connection)
        with draft.connection.cursor() as cursor:
            cursor.execute("USE snapshot")
            assess(cursor, (date(2025, 10, 1), TODAY))
        learn(draft, home, town)
        draft.manifest |= {"city": {"id": "fernhill", "name": "Fernhill", "invented": True}, "today": TODAY.isoformat()}
