"""The nine later agencies write down what lives bring: need, illness, trouble at home; never who is exploited."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet
import pytest

from data.city import chronicle
from data.city.city import generate
from data.city.clock import RECORDS_DAY, TODAY_DAY
from data.city.identity import true_identities
from data.city.members import apart, in_town
from data.city.simulation import Run
from data.city.vulnerability import TROUBLES
from data.city.writers import adults, early_years, education, home_taught, safety, welfare
from data.city.writers.frame import Book
from data.sources import SOURCES

WRITERS = (adults, safety, welfare, early_years, home_taught)
NEW = (
    "adult_social_care", "child_health", "childrens_centres", "community_safety", "domestic_abuse_service",
    "education_welfare", "job_support", "probation", "special_needs",
)  # fmt: skip


@pytest.fixture(scope="module")
def book(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The 300 families' files of the nine agencies and the schools."""
    people = run.lives.people
    made = Book(run, true_identities(people, run.lives.homes, 1), tmp_path_factory.mktemp("agencies"), 1)
    for writer in (education, adults, safety, welfare, early_years):
        writer.write(made)
    return made


def rows(book: Book, source: str, part: str) -> list[dict[str, Any]]:
    """Every row of a part, from all its files, with ``person``, who the row is truly of."""
    pattern = SOURCES[source].part(part).file.replace("{year}", "*")
    files = sorted((book.out / "sources" / source).glob(pattern))
    read = {".csv": pyarrow.csv.read_csv, ".parquet": pyarrow.parquet.read_table}
    told = [row for file in files for row in read[file.suffix](file).to_pylist()]
    person = {local: i for i, local in enumerate(book.registers[SOURCES[source].numbering].local)}
    key = next(name for name in told[0] if name in KEYS)
    return [row | {"person": person[row[key]]} for row in told]


KEYS = ("adult_id", "asb_person", "crn", "ews_child", "sen_id", "customer_id", "haven_id", "chis_id", "centre_member")


def on(value: object) -> int:
    return (value - date(1970, 1, 1)).days if isinstance(value, date) else 0


@pytest.mark.parametrize("module", WRITERS, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_no_agency_looks_at_who_is_exploited(module: object) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    words = {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert not {name for name in names if "exploitation" in name or "history" in name or "noticing" in name}
    assert not words & {"cse", "cce", "cse_shows", "cce_shows", "identified"}


@pytest.mark.parametrize("source", NEW)
def test_every_part_has_rows_and_nobody_is_written_of_who_is_not_there(book: Book, source: str) -> None:
    people = book.true.people
    for part in SOURCES[source].parts:
        told = rows(book, source, part.name)
        assert told, part.name
        day = part.events[0].on if part.events else "taken_on"
        for row in told:
            when = on(row[day])
            assert when < TODAY_DAY
            if part.name == "action" or not when:  # a warning may follow somebody who has moved; a clerk left out a day
                continue
            assert people.birth[row["person"]] <= when
            assert people.arrived[row["person"]] <= when < people.left[row["person"]] + 30


def test_adults_are_adults_and_children_are_children(book: Book) -> None:
    birth = book.true.people.birth
    for source, part, day, low, high in (
        ("adult_social_care", "support", "support_from", 15, 100),
        ("probation", "supervision", "supervised_from", 18, 100),
        ("education_welfare", "episode", "began_on", 4.9, 18),
        ("child_health", "review", "due_on", 0, 6),
        ("childrens_centres", "place", "place_from", 2, 3.2),
    ):
        ages = [(on(row[day]) - birth[row["person"]]) / 365.25 for row in rows(book, source, part)]
        assert low <= min(ages) <= max(ages) <= high, source


def test_probation_follows_a_crime(book: Book) -> None:
    suspects = book.run.lives.log.table("suspect")
    for row in rows(book, "probation", "supervision"):
        mine = suspects["day"][suspects["person"] == row["person"]]
        assert (mine < on(row["supervised_from"])).any()


def test_domestic_abuse_support_is_for_homes_where_there_is_abuse(book: Book) -> None:
    """Each family supported had an incident that month or was, as the quarter began, in such trouble."""
    incident, family = book.run.lives.log.table("domestic"), book.true.people.family
    for row in rows(book, "domestic_abuse_service", "support"):
        day, mine = on(row["supported_from"]), family[row["person"]]
        if not day:
            continue
        recent = np.abs(incident["day"][incident["family"] == mine] - day) <= 31
        assert recent.any() or book.run.chronicle.then("domestic", np.array([mine]), np.array([day]))[0]


def test_legal_steps_grow_harder(book: Book) -> None:
    told = sorted(
        (row["person"], str(row["issued_on"]), row["step"]) for row in rows(book, "education_welfare", "notice")
    )
    first = {person: step for person, _, step in reversed(told)}
    assert set(first.values()) <= {"letter", "penalty"}


def test_no_school_counts_a_child_who_is_taught_at_home(book: Book) -> None:
    spells = home_taught.home_taught(book)
    upn = {number: child for child, number in enumerate(book.true.upn)}
    files = sorted((book.out / "sources" / "attendance").glob("*.parquet"))
    table = pyarrow.dataset.dataset([str(file) for file in files]).to_table(columns=["upn", "to_date"]).to_pylist()
    told = {(upn[row["upn"]], on(row["to_date"])) for row in table if row["upn"]}
    assert len(spells["child"]) > 0
    for child, begin, end in zip(spells["child"], spells["from"], spells["to"], strict=True):
        assert not [day for who, day in told if who == child and begin <= day < end]


def test_childrens_centres_were_shut_in_the_pandemic(book: Book) -> None:
    days = [on(row["visits_from"]) for row in rows(book, "childrens_centres", "attendance")]
    low, high = early_years.SHUT
    assert not [day for day in days if low <= day < high]
    assert min(day for day in days if day) < low
    assert max(days) >= high


def test_the_new_computer_of_health_visitors_knows_nobody_born_before_it(book: Book) -> None:
    births = book.true.people.birth[[row["person"] for row in rows(book, "child_health", "child")]]
    assert births.min() >= early_years.NEW_SYSTEM


def test_a_refuge_hides_its_address_from_two_records_in_five(book: Book) -> None:
    told = rows(book, "domestic_abuse_service", "support")
    hidden = np.mean([not row["postcode"] for row in told])
    assert 0.2 < hidden < 0.65


def test_the_plans_of_the_special_needs_team_are_those_of_the_census(book: Book) -> None:
    told = {row["person"] for row in rows(book, "special_needs", "request") if row["plan_from"]}
    day = TODAY_DAY - 400
    pupils = np.flatnonzero(
        in_town(book.run, np.arange(book.run.lives.children), np.full(book.run.lives.children, day))
    )
    born = book.run.lives.people.birth[pupils]
    pupils = pupils[(day - born > 6 * 365) & (day - born < 16 * 365)]
    planned = {int(child) for child in pupils[education.sen(book, pupils, day) == 2]}
    assert len(planned & told) >= 0.8 * len(planned) > 0


def test_the_chronicle_keeps_what_there_was(run: Run) -> None:
    """As the last quarter began, but for the two months since, families were in the troubles that they are in now."""
    last = len(run.chronicle.families) - 1
    for name in TROUBLES:
        then = run.chronicle.trouble(name, last)
        assert (then == run.lives.trouble[name]).mean() > 0.8
    assert chronicle.begins(chronicle.quarters()[0]) == RECORDS_DAY
    assert chronicle.begins(len(run.chronicle.families)) == TODAY_DAY


def test_nobody_is_taken_on_twice_at_a_time() -> None:
    person = np.array([1, 1, 2, 1])
    begin, end = np.array([10, 15, 12, 30]), np.array([20, 40, 90, 50])
    assert apart(person, begin, end).tolist() == [True, False, True, False]


def test_the_smallest_city_is_written(tmp_path: Path) -> None:
    generate(50, 2, tmp_path)
    for source in NEW:
        assert [*(tmp_path / "sources" / source).iterdir()] != [], source
