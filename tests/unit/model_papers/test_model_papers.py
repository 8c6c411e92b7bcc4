"""A model's papers: every field answered or marked as the council's, every figure with its interval."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.features.catalogue import CATALOGUE
from analytics.models.specs import SPECS
from analytics.papers.atrs import SECTIONS, TO_FILL, atrs, to_fill
from analytics.papers.card import card
from analytics.papers.dpia import ASSESSOR, dpia
from analytics.papers.facts import Facts, Figure, from_json
from analytics.papers.inventory import inventory
from analytics.papers.papers import FORMS, KINDS, made, write
from analytics.papers.risks import risks
from analytics.papers.words import figure
from data import local
from data.access.roles import PURPOSES, ROLES
from data.papers import council, page

#: Field numbers of version 3.0, as published records carry them.
NUMBERS = (
    "0.1 0.2 0.3 0.4 0.5 1.1 1.2 1.3 1.4 2.1.1 2.1.2 2.1.3 2.1.4 2.1.4.1 2.1.4.2 2.1.4.3 2.1.4.4 2.1.4.5 "
    "2.2.1 2.2.2 2.2.3 2.2.4 2.2.5 2.3.1 2.3.2 2.3.3 2.3.4 2.3.5 2.3.6 2.4.1.1 2.4.1.2 2.4.1.3 2.4.1.4 "
    "2.4.2.1 2.4.2.2 2.4.2.3 2.4.2.4 2.4.2.5 2.4.2.6 2.4.2.7 2.4.2.8 2.4.2.9 "
    "2.4.3.1 2.4.3.2 2.4.3.3 2.4.3.4 2.4.3.5 2.4.3.6 2.4.3.7 2.4.3.8 2.4.3.9 2.4.3.10 2.4.3.11 2.5.1 2.5.2"
).split()
EVERY = pytest.mark.parametrize("state", ["measured", "untrained"])


def answers(markdown: str) -> dict[str, str]:
    """Field number -> what stands in it."""
    parts = re.split(r"^### ", markdown, flags=re.MULTILINE)[1:]
    return {part.split(" ", 1)[0]: part.split("\n", 1)[1].split("\n## ")[0].strip() for part in parts}


@EVERY
def test_the_record_has_every_field_in_order_and_none_is_blank(state: str, request: pytest.FixtureRequest) -> None:
    said = answers(atrs(request.getfixturevalue(state)))
    assert list(said) == NUMBERS
    assert [number for number, answer in said.items() if len(answer) < 3] == []
    assert [field.number for section in SECTIONS for field in section.fields] == NUMBERS


def test_what_only_the_council_can_say_is_marked_and_nothing_is_made_up(measured: Facts) -> None:
    said = answers(atrs(measured))
    assert [number for number, answer in said.items() if answer.startswith(TO_FILL)] == to_fill(measured)
    assert {"2.1.2", "2.1.3", "2.1.4", "2.2.4", "2.5.1"} <= set(to_fill(measured))
    assert said["2.1.1"] == council.COUNCIL.name


def test_a_council_answers_in_a_file_of_its_own(
    measured: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "papers").mkdir()
    told = {
        "2.1.3": "Director | of <b>children's</b> services",
        "cse 2.2.4": "Lists kept by schools",
        "cce 2.2.4": "no",
    }
    (tmp_path / "papers" / "ours.py").write_text(f"ATRS = {told!r}\n", encoding="utf-8")
    monkeypatch.setenv(local.VARIABLE, str(tmp_path))
    said = answers(atrs(measured))
    assert page.bare(said["2.1.3"]) == told["2.1.3"]
    assert said["2.2.4"] == "Lists kept by schools"
    assert {"2.1.3", "2.2.4"}.isdisjoint(to_fill(measured))


def test_the_card_says_what_the_model_asks_reads_and_cannot_know(measured: Facts) -> None:
    said = page.bare(card(measured))
    assert SPECS["cse"].question in said
    assert all(words in said for words in SPECS["cse"].cannot_know)
    assert all(CATALOGUE[name].label in said for name in measured.variables)
    assert measured.reason in said
    assert "about 4 were identified (4.0, between 3.0 and 5.0)" in said
    assert "Sexual exploitation noted" in said.split("It never reads")[1]


def test_every_figure_stands_with_its_interval_and_small_groups_are_marked(measured: Facts) -> None:
    said = card(measured)
    assert "| 40 % (30 to 50 %) | 30 % (25 to 35 %) | 1.50 (1.00 to 2.00) |" in said
    assert "| boys | 2,000 | 9 (few) |" in said
    assert "| girls | 2,000 | 60 |" in said
    assert "Measured on 4,000 children, of whom 80 were identified" in said


@EVERY
@pytest.mark.parametrize("kind", KINDS)
def test_papers_of_a_withheld_model_say_why(kind: str, state: str, request: pytest.FixtureRequest) -> None:
    facts = replace(request.getfixturevalue(state), shown=False, stage="withheld", reason="The model is withheld. So.")
    said = made(facts, kind, "md").decode()
    assert "No score of it is shown to anybody. The model is withheld. So." in said


@EVERY
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_table_is_blank(kind: str, state: str, request: pytest.FixtureRequest) -> None:
    said = made(request.getfixturevalue(state), kind, "md").decode()
    tables = [page.rows(run) for sort, run in page.blocks(said) if sort == "table"]
    assert tables
    assert [row for rows in tables for row in rows if not all(row) or len(row) != len(rows[0])] == []


def test_what_is_not_known_is_said_to_be_not_known(untrained: Facts) -> None:
    said = card(untrained)
    assert "Nobody knows how good it is" in said
    assert "It was not trained" in said
    assert figure("auc", None) == "not known"
    assert figure("auc", Figure(0.5, None, None, 1, 1)) == "0.50 (interval not known)"
    assert figure("false_per_true", Figure(None, None, None, 9, 0)) == "none was right"


def test_the_annex_names_every_source_that_tells_it_anything_with_law_and_span(measured: Facts) -> None:
    said = page.bare(dpia(measured))
    told = inventory(measured)
    assert {each.source.name for each in told} >= {"police_missing", "mash"}
    wanted = {each.source.label for each in told} | {each.source.gateway for each in told}
    wanted |= {each.source.retention.words.removesuffix(".") for each in told} | {basis.law for basis in council.BASES}
    wanted |= {role.label for role in ROLES.values()} | {*PURPOSES} | {right.name for right in council.RIGHTS}
    assert {each for each in wanted if page.bare(each) not in said} == set()


def test_each_risk_has_what_holds_it_and_leaves_the_rest_to_the_assessor(measured: Facts) -> None:
    said = dpia(measured)
    assert said.count(f"| {ASSESSOR} |") == len(risks(measured)) >= 10
    assert all(risk.held and risk.left and risk.whom and risk.figure(measured) for risk in risks(measured))


def test_the_invented_city_is_named_as_such_on_paper_and_real_records_are_not(measured: Facts) -> None:
    assert "the invented city, in which nobody is real" in card(measured)
    assert "invented" not in card(replace(measured, invented=False))


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_declaration_is_characters_in_every_form(kind: str, measured: Facts) -> None:
    hostile = "<script>alert(1)</script> | =1+1 \u202egnp **x** [a](http://evil.example)?"
    spec = measured.spec | {"label": hostile, "question": hostile, "cannot_know": [hostile], "roles": [hostile]}
    groups = {"ethnicity": {"=cmd|' /C calc'!A0": measured.groups["sex"]["boys"]}}
    facts = replace(measured, spec=spec, reason=hostile, decided=hostile, city=hostile, groups=groups)
    markdown, html = (made(facts, kind, form).decode() for form in ("md", "html"))
    assert "<script" not in html.lower()
    assert "\u202e" not in markdown
    assert "\\<script\\>" in markdown
    assert "[a](http" not in markdown.replace("\\[a\\]", "")
    document = made(facts, kind, "pdf")
    assert not any(live in document for live in (b"/JavaScript", b"/URI", b"/OpenAction"))


def test_facts_written_down_are_read_back(measured: Facts, untrained: Facts) -> None:
    for facts in (measured, untrained):
        assert from_json(json.loads(json.dumps(facts.as_json()))) == facts


def test_a_folder_has_every_paper_in_every_form_and_again_the_same_bytes(measured: Facts, tmp_path: Path) -> None:
    names = write([measured], tmp_path / "a")
    assert names == sorted(f"cse-{kind}.{form}" for kind in KINDS for form in FORMS)
    write([measured], tmp_path / "b")
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


def test_a_paper_that_there_is_not_is_refused(measured: Facts) -> None:
    with pytest.raises(ValueError, match="card, atrs, dpia"):
        made(measured, "poem", "pdf")


@pytest.fixture
def benefit() -> Facts:
    """A model of benefit as the build of the full city left it."""
    kept = Path(__file__).parents[3] / "docs" / "papers" / "measured.json"
    return from_json(json.loads(kept.read_text(encoding="utf-8"))["parenting"])


def test_the_card_of_a_model_of_benefit_tells_what_its_list_spares_and_of_nobody_right_or_wrong(
    benefit: Facts,
) -> None:
    said = card(benefit)
    assert "By its list 100 places spared" in said
    assert "more than by drawing lots" in said
    assert "families, of whom" in said
    assert "were offered a place" in said
    assert "of every 10" not in said.lower()
    assert "Not known: it was not measured by group." in said


def test_its_papers_are_whole_in_every_form_and_say_that_it_tells_no_chance(benefit: Facts) -> None:
    assert list(answers(atrs(benefit))) == NUMBERS
    for kind in KINDS:
        for form in FORMS:
            assert len(made(benefit, kind, form)) > 2000
    assert "Lead over drawing lots" in dpia(benefit)
    assert "Right, of those on the list" not in dpia(benefit)


def test_a_model_of_benefit_that_learned_nothing_says_so(benefit: Facts) -> None:
    said = card(replace(benefit, estimator=None, overall={}, variables=(), kept={}))
    assert "no file: nothing was trained" in said
    assert "Nothing was measured" in said
