"""A wrong link is judged on Review and split by the next build, and the family is told differently: in the browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data.commands import DONE, call
from data.journal.journal import Journal
from data.journal.verification import verify
from tests.browser.driving import go, search_for, settled, sign_in, sign_out
from tests.browser.serving import served

#: Enough sources to know a child by, and the police.
SOURCES = ("registrar", "gp_registration", "school_census", "hospital", "police_crime", "places")
POLICE = {"police", "police_crime", "probation", "youth_justice", "community_safety"}
KNOWN_TO = {"registrar", "gp_registration", "school"}
NUMBER = "N9999999"


@dataclass(frozen=True)
class Place:
    """A city where the police's record of a stranger is linked to a child of the same name and birth date."""

    sources: Path
    home: Path
    name: str
    born: date

    @property
    def journal(self) -> Path:
        return self.home / "journal.sqlite"

    def build(self) -> None:
        """As a council's night does: the same files, the same home."""
        where = ["--sources", str(self.sources), "--home", str(self.home)]
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("KINSIGHT_JOURNAL", raising=False)
            assert call("analytics.build.command", ["build", *where]) == DONE


def child_without_police(city: Path) -> pd.Series:
    """A child of the North whom several agencies know, with a name of their own, from a family unknown to police."""
    people = pd.read_parquet(city / "truth" / "person.parquet")
    identity = pd.read_parquet(city / "truth" / "identity.parquet")
    wards = json.loads((city / "sources" / "places" / "wards.geojson").read_text())["features"]
    north = {ward["id"] for ward in wards if ward["properties"]["area"] == "North"}
    known = identity[identity["source"].isin(KNOWN_TO)].groupby("true_person")["source"].nunique()
    suspects = identity.loc[identity["source"].isin(POLICE), "true_person"]
    policed = people.loc[people["true_person"].isin(suspects), "family"]
    born = pd.to_datetime(people["birth_date"])
    fit = people[
        (people["role"] == "child") & people["in_city_to"].isna() & people["ward"].isin(north)
        & ~people["family"].isin(policed) & (born > "2010-01-01") & (born < "2015-01-01")
        & people["true_person"].isin(known.index[known == len(KNOWN_TO)])
        & ~people.duplicated(["forename", "surname"], keep=False)
    ]  # fmt: skip
    return fit.sort_values("true_person").iloc[0]


def record_a_stranger(sources: Path, child: pd.Series) -> None:
    """To the police's crimes, a suspect of the child's name and birth date, without an address: somebody else."""
    file = max((sources / "police_crime").glob("police_crime_*.parquet"))
    rows = pd.read_parquet(file)
    told = {name: child[name] for name in ("forename", "surname", "birth_date", "sex")}
    when = date(2026, 5, 4)
    told |= {"nominal": NUMBER, "crime_ref": "C9999999", "role": "suspect", "committed_on": when, "recorded_on": when}
    row = pd.DataFrame([{name: told.get(name) for name in rows.columns}]).astype(rows.dtypes.to_dict())
    pd.concat([rows, row], ignore_index=True).to_parquet(file, index=False)


@pytest.fixture(scope="module")
def place(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("review")
    for source in SOURCES:
        shutil.copytree(small_city / "sources" / source, folder / "sources" / source)
    shutil.copy(small_city / "sources" / "city.json", folder / "sources")
    child = child_without_police(small_city)
    record_a_stranger(folder / "sources", child)
    made = Place(folder / "sources", folder / "home", f"{child['forename']} {child['surname']}", child["birth_date"])
    made.build()
    return made


@pytest.fixture
def port(place: Place) -> Iterator[int]:
    with served(place.home, place.journal) as number:
        yield number


def open_family(page: Page, port: int, place: Place) -> None:
    sign_in(page, port, "demo.north")
    go(page, "Search")
    search_for(page, f"{place.name} {place.born:%d/%m/%Y}")
    page.get_by_role("main").get_by_role("button", name=re.compile(place.name)).first.click()
    expect(page.get_by_role("tab", name="Family and friends")).to_be_visible(timeout=30_000)
    settled(page)
    page.get_by_role("tab", name="Family and friends").click()
    settled(page)
    page.get_by_role("link", name="The whole family").click()
    expect(page.get_by_role("tab", name="Who and when")).to_be_visible(timeout=30_000)
    settled(page)


def expect_crime(page: Page, state: str, records: str) -> None:
    """The row of the family's table that tells of crime."""
    title = page.get_by_text("Crime and anti-social behaviour", exact=True).first
    row = title.locator("xpath=ancestor::*[@data-testid='stHorizontalBlock'][1]")
    # The badge: its icon's name, its word, then the criterion.
    expect(row).to_contain_text(re.compile(rf"circle {state}\s*Crime"))
    expect(row).to_contain_text(records)


def find(page: Page, port: int, place: Place) -> None:
    """The data-quality officer looks for the child on Review."""
    sign_in(page, port, "demo.quality")
    go(page, "Review")
    page.get_by_text("Split a person", exact=True).click()
    page.get_by_label("Whom did the records mix up?").fill(f"{place.name} {place.born:%d/%m/%Y}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Who is it?")).to_be_visible(timeout=30_000)
    settled(page)


def people_found(page: Page, place: Place) -> int:
    return page.get_by_role("radiogroup", name="Who is it?").get_by_text(place.name).count()


def test_a_link_judged_wrong_is_split_and_the_familys_criteria_change(page: Page, place: Place, port: int) -> None:
    open_family(page, port, place)
    expect_crime(page, "met", "1 record of 1 person")
    sign_out(page)

    find(page, port, place)
    assert people_found(page, place) == 1
    police = page.get_by_test_id("stCheckbox").filter(has_text="Police: crime")
    expect(page.get_by_role("main")).to_contain_text(NUMBER)
    police.click()
    page.get_by_label("How do you know?").fill("The police's suspect is another boy")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Split off").click()
    expect(page.get_by_role("main")).to_contain_text("will be split in the next build", timeout=30_000)
    page.get_by_text("What was decided", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Will be split in the next build", timeout=30_000)

    place.build()

    find(page, port, place)
    assert people_found(page, place) == 2
    page.get_by_text("What was decided", exact=True).click()
    settled(page)
    expect(page.get_by_role("main")).to_contain_text("another boy", timeout=30_000)
    expect(page.get_by_role("main")).to_contain_text("Nothing waits for the next build")
    sign_out(page)

    open_family(page, port, place)
    expect_crime(page, "not met", "nothing on record")
    journal = Journal(f"sqlite:///{place.journal}")
    assert verify(journal).ok
    journal.close()
