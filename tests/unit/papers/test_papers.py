"""Papers say what the declarations say, leave nothing out and nothing blank."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from data import commands, papers
from data.__main__ import COMMANDS
from data.access.roles import PURPOSES, ROLES
from data.events import AREAS, KINDS
from data.papers import council, page, sharing
from data.sources import SOURCES


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    assert commands.main("data", COMMANDS, ["papers", "--out", str(folder)]) == commands.DONE
    return folder


def test_the_register_has_a_row_for_each_declared_source_and_no_field_is_blank() -> None:
    rows = papers.register()
    assert len(SOURCES) >= 30
    assert sorted(rows["source"]) == sorted(source.label for source in SOURCES.values())
    assert (rows.map(lambda cell: len(str(cell).strip())) > 0).all(axis=None)


@pytest.mark.parametrize("name", SOURCES)
def test_the_register_says_what_the_source_declares(name: str) -> None:
    source = SOURCES[name]
    row = papers.register().set_index("source").loc[source.label]
    assert (row["owner"], row["about"], row["gateway"]) == (source.owner, source.about, source.gateway)
    assert row["kept"] + "." == source.retention.words
    assert row["ground"] == source.retention.basis
    assert row["tables"].split(", ") == [part.name for part in source.parts]
    told = {KINDS[rule.kind].label for part in source.parts for rule in part.events}
    assert set(row["tells"].split("; ")) == told or (not told and row["tells"].startswith("who people are"))
    spoken = {AREAS[a] for part in source.parts for rule in part.events for a in KINDS[rule.kind].areas}
    filed = {"family ties" if source.theme == "family" else source.theme}
    assert set(row["areas"].split(", ")) == spoken | filed


def test_the_six_headline_areas_are_each_told_by_several_sources() -> None:
    said = " ".join(papers.register()["areas"])
    assert {area: said.count(area) for area in AREAS.values() if said.count(area) < 3} == {}


def test_health_and_crime_are_marked_as_specially_protected() -> None:
    special = papers.register().set_index("source")["special"]
    assert "health" in special["GP registration"]
    assert "crimes" in special["Probation"]
    assert special["Registrar of births"] == "none"


def test_the_notice_names_every_source_agency_law_event_role_and_span() -> None:
    said = papers.notice()
    wanted = {source.label for source in SOURCES.values()} | {source.owner for source in SOURCES.values()}
    wanted |= {source.gateway for source in SOURCES.values()} | {kind.label for kind in KINDS.values()}
    wanted |= {role.label for role in ROLES.values()} | {*PURPOSES} | {right.name for right in council.RIGHTS}
    wanted |= {source.retention.words.removesuffix(".") for source in SOURCES.values()}
    assert {each for each in wanted if each not in said} == set()


def test_the_notice_says_that_a_person_decides_and_where_to_complain() -> None:
    said = papers.notice()
    assert "No decision about anybody is made by a computer" in said
    assert "ico.org.uk" in said
    assert council.COUNCIL.email in said


def test_no_name_of_the_programs_own_is_in_the_notice() -> None:
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", papers.notice())


@pytest.mark.parametrize("owner", papers.owners())
def test_an_agreement_lists_every_field_of_its_agency_and_of_no_other(owner: str) -> None:
    said = papers.agreement(owner)
    for source in SOURCES.values():
        assert (f"### {source.label}\n" in said) == (source.owner == owner), source.name
        for column in (column for part in source.parts for column in part.columns if source.owner == owner):
            assert f"| {column.label.replace('|', ' ')} | {column.name.strip()} |" in said
    assert owner in said.splitlines()[0]


def test_the_codes_of_an_agreement_have_their_plain_labels() -> None:
    said = papers.agreement(SOURCES["special_needs"].owner)
    assert "ASD: autism" in said
    assert "SPLD: specific learning difficulty" in said


def test_an_agency_that_sends_nothing_has_no_agreement() -> None:
    with pytest.raises(ValueError, match="no such agency"):
        papers.agreement("The Circumlocution Office")


def test_values_are_escaped_in_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = replace(SOURCES["benefits"], label="Benefits <img src=x> | **more**", owner="A & B")
    monkeypatch.setattr(sharing, "SOURCES", {"benefits": strange})
    shown = page.html(papers.agreement("A & B"))
    assert "<img" not in shown
    assert "Benefits &lt;img src=x&gt;" in shown
    assert "A &amp; B" in shown


def test_a_page_has_the_tables_and_headings_of_its_markdown() -> None:
    said = papers.agreement(SOURCES["police_crime"].owner)
    shown = page.html(said)
    tables = sum(line.startswith("| ---") for line in said.splitlines())
    assert shown.count("<table>") == tables
    assert shown.count("<h2>") == sum(line.startswith("## ") for line in said.splitlines())
    rows = sum(line.startswith("| ") for line in said.splitlines()) - tables
    assert shown.count("<tr>") == rows
    assert "| ---" not in shown


def test_every_paper_is_written_and_the_csv_reads_back(written: Path) -> None:
    with (written / "register.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(SOURCES)
    assert all(value.strip() for row in rows for value in row.values())
    for kind in ("md", "html"):
        assert len(list((written / "agreements").glob(f"*.{kind}"))) == len(papers.owners())
        assert (written / f"notice.{kind}").stat().st_size > 5000
        assert (written / f"register.{kind}").is_file()


def test_the_same_declarations_give_the_same_bytes(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert commands.main("data", COMMANDS, ["papers", "--out", str(tmp_path), "--json"]) == commands.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["sources"], told["agencies"]) == (len(SOURCES), len(papers.owners()))
    assert all((tmp_path / name).read_bytes() == (written / name).read_bytes() for name in told["files"])


def test_a_folder_that_can_not_be_written_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "papers").write_text("a file, no folder")
    assert commands.main("data", COMMANDS, ["papers", "--out", str(tmp_path / "papers")]) == commands.FAILED
    assert "can't write" in capsys.readouterr().err
