"""Layouts of every year and term: no child is lost, and what is not there or not known is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.ingest import layouts
from tests.unit.ingest.conftest import Deliver, Delivered
from tests.unit.ingest.layouts import CHILDREN, TERMS, YEARS

#: Those in which tables or columns changed.
SCHOOL_YEARS = (2016, 2018, 2021, 2022, 2025)


def children(found: Delivered) -> set[str]:
    return {number for (number,) in found.rows("SELECT DISTINCT local_id FROM staged.person_record")}


def told(found: Delivered) -> set[str]:
    """Every warning there is, but for columns that the layout does not have."""
    return {rule for delivery in found.told.deliveries for rule in delivery.aside if "column is missing" not in rule}


def strange(found: Delivered) -> set[str]:
    return {heading for delivery in found.told.deliveries for heading in delivery.sheet.unknown}


def whole(found: Delivered) -> bool:
    return sum(found.told.rejected.values()) == 0 and sum(found.told.accepted.values()) > 0


def test_the_looked_after_lists_of_all_years_are_read_whole(deliver: Deliver) -> None:
    lists = {year: layouts.looked_after(year) for year in YEARS}
    found = deliver(
        {
            f"{year}/SSDA903_{year}_{name}.csv": layouts.written(*table)
            for year, tables in lists.items()
            for name, table in tables.items()
        }
    )
    assert whole(found)
    assert found.told.rows == {"ssda903": sum(len(rows) for tables in lists.values() for _, rows in tables.values())}
    assert children(found) == set(CHILDREN)
    # A child without a pupil number has the reason in its place, which is no fault.
    assert told(found) == set()
    assert strange(found) == set()
    parts = {delivery.sheet.part.name for delivery in found.told.deliveries}
    assert len(parts) == 12


def test_the_looked_after_file_of_any_year_holds_what_the_lists_hold(deliver: Deliver) -> None:
    found = deliver({f"{year}/ssda903_{year}.xml": layouts.looked_after_xml(year) for year in YEARS})
    assert whole(found)
    assert children(found) == set(CHILDREN)
    rows: dict[str, int] = {}
    for delivery in found.told.deliveries:
        rows[delivery.sheet.part.name] = rows.get(delivery.sheet.part.name, 0) + delivery.rows
    lists = [layouts.looked_after(year) for year in YEARS]
    names = {
        "placed_adoption": "placed_for_adoption", "prev_perm": "previous_permanence", "social_worker": "sw_episodes",
        "deprivation_of_liberty_order": "dolo",
    }  # fmt: skip
    held: dict[str, int] = {}
    for tables in lists:
        for name, (_, table) in tables.items():
            held[names.get(name, name)] = held.get(names.get(name, name), 0) + len(table)
    assert rows == held
    assert told(found) == set()


def test_the_census_of_all_years_is_read_whole(deliver: Deliver) -> None:
    found = deliver({f"{year}/CIN_Census_{year}.xml": layouts.census(year) for year in YEARS})
    assert whole(found)
    assert len(children(found)) == max(len(layouts.REFERRERS) + 1, len(CHILDREN))
    assert told(found) == set()
    years = {delivery.period.delivered.year for delivery in found.told.deliveries}
    assert years == set(YEARS)


@pytest.mark.parametrize("year", [2021, 2024, 2025, 2026])
def test_what_is_made_here_keeps_to_the_published_schema(shared_data: Path, year: int) -> None:
    schema = etree.XMLSchema(etree.parse(shared_data / "cin_census" / f"CIN_schema_{year}.xsd"))
    # Codes that were retired before the schema's year are not among those of the year.
    errors = [] if schema.validate(etree.fromstring(layouts.census(year).encode())) else list(schema.error_log)
    assert [f"{error.line}: {error.message}" for error in errors] == []


def test_the_school_census_of_every_term_is_read_whole(deliver: Deliver) -> None:
    tables = {(year, term): layouts.school_census(year, term) for year in SCHOOL_YEARS for term in TERMS}
    found = deliver(
        {
            f"{year}/{year}_{term}_{name}.csv": layouts.written(*table)
            for (year, term), each in tables.items()
            for name, table in each.items()
        }
    )
    assert whole(found)
    assert found.told.rows == {"school_census": sum(len(rows) for each in tables.values() for _, rows in each.values())}
    pupils = {f"5ff4489b-{at:03x}" for at in range(layouts.HOW_MANY)}
    assert pupils <= children(found)
    assert strange(found) == set()
    assert {re.sub(" .*", "", rule) for rule in told(found)} == {"upn:"}
    read = {delivery.name.rsplit("_", 1)[1][:-4]: delivery.sheet.part.name for delivery in found.told.deliveries}
    assert {name: part for name, part in read.items() if name != part} == {
        name: "other_table" for name in read if re.match("learn|nation|schoolcensus|classes", name)
    }


def test_sessions_missed_that_a_term_does_not_tell_are_unknown_and_not_none(deliver: Deliver) -> None:
    tables = layouts.school_census(2025, "spring")
    found = deliver({f"2025_spring_{name}.csv": layouts.written(*table) for name, table in tables.items()})
    assert found.rows("SELECT count(*) FROM staged.event WHERE kind = 'attendance_term'") == [(0,)]
    assert found.warnings("2025_spring_pupilonroll.csv")["termlysessionsauthorised: column is missing"] == 12


NAMES = {
    1: "Contacts", 2: "Early Help", 3: "Referrals", 4: "Assessments", 5: "S47 and ICPC", 6: "CIN",
    7: "Child Protection", 8: "CLA", 9: "Care Leavers", 10: "Adoption",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Annex_A_2023.xlsx", layouts.annex_a("List {}".format)),
        ("2024 Annex A.xlsx", layouts.annex_a(lambda n: f"{n}. {NAMES[n]}", above=3)),
        ("annexa.xlsx", layouts.annex_a(lambda n: f"List {n} - {NAMES[n]}", lambda each: each.replace(" ", "\xa0"))),
        ("export.xlsx", layouts.annex_a(lambda n: NAMES[n], str.upper, extra=True)),
        ("Annex_A_2026.xlsx", layouts.annex_a("List_{}".format, lambda each: each.replace(" ", "_"), sex="Sex")),
        ("by column.xlsx", layouts.annex_a("Sheet {}".format, lambda each: f" {each.lower()} *")),
    ],
)
def test_a_workbook_is_known_whatever_its_sheets_and_headings_are_called(
    deliver: Deliver, name: str, content: bytes
) -> None:
    found = deliver({name: content})
    assert whole(found)
    assert {delivery.sheet.part.name for delivery in found.told.deliveries} == {f"list_{n}" for n in range(1, 11)}
    assert found.told.rows == {"annex_a": 120}
    assert children(found) == set(CHILDREN)
    assert {rule for rule in told(found) if "no date" not in rule} == set()
    assert strange(found) <= {"Our own column"}
    missing = {column for delivery in found.told.deliveries for column in delivery.sheet.missing}
    assert missing == set()


def test_headings_that_drift_are_known_by_what_they_say(deliver: Deliver) -> None:
    drift = {
        "Child Unique ID": "Child's LCS ID", "Date of Birth": "DoB", "Date of Referral": "Referral date received",
        "Referral NFA?": "NFA (Y/N)", "Allocated Team": "Team", "Ethnicity": "Ethnic origin (code)",
        "Date of Contact": "Contact Date", "CIN Start Date": "Date of CIN start",
    }  # fmt: skip
    found = deliver({"annex_a_2022.xlsx": layouts.annex_a("List {}".format, lambda each: drift.get(each, each))})
    assert whole(found)
    assert children(found) == set(CHILDREN)
    missing = {column for delivery in found.told.deliveries for column in delivery.sheet.missing}
    assert missing <= {"CIN Start Date"}
    assert found.rows("SELECT count(*) FROM staged.event WHERE kind = 'referral'") == [(12,)]


def test_a_list_may_be_saved_as_a_csv_file(deliver: Deliver) -> None:
    headings, values = layouts.ANNEX_A[3]
    base = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
    rows = [[who, "a) Male", "a) WBRI", "03/02/2010", 12, *values] for who in CHILDREN]
    found = deliver({"referrals 2023.csv": layouts.written([*base, *headings], rows)})
    assert [delivery.sheet.part.name for delivery in found.told.deliveries] == ["list_3"]
    assert children(found) == set(CHILDREN)
