"""Subject access: everything held of one person, nothing of anybody else; contests and restriction, by named people."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from analytics.casework import score as scoring
from analytics.subject_access import contesting
from analytics.subject_access.held import Pack, pack
from analytics.subject_access.take import printed, zipped
from data.access.gate import Session
from data.access.reader import AccessRefused
from data.journal.log import entries
from tests.unit.casework.conftest import Fernhill

SessionOf = Callable[..., Session]
MARK = "Invented city: no real people"
RELATIVES = ("Saima", "Gareth", "Adam", "Chloe", "Roberts", "Leo")


def answering(session_of: SessionOf) -> Session:
    return session_of("demo.auditor", "Request of the person concerned")


def everything(made: Pack) -> str:
    return "\n".join(each.rows.to_csv() for each in made.tables)


@pytest.fixture
def seen(town: Fernhill, session_of: SessionOf) -> Session:
    """Ruth has judged Yasmin, seen the score and decided; the pack is asked for afterwards."""
    ruth, yasmin = session_of(), town["yasmin"]
    scoring.judge(ruth, yasmin, "cse", 2, "Missing again")
    scoring.score(ruth, yasmin, "cse")
    scoring.decide(ruth, yasmin, "cse", "disagree", "She is at her aunt's", "lower", "No change")
    return answering(session_of)


def test_every_record_with_its_file_and_row_and_why_it_is_taken_for_the_person(town: Fernhill, seen: Session) -> None:
    made = pack(seen, town["yasmin"])
    records, links, events = made.table("records"), made.table("links"), made.table("events")
    assert {"Yasmin", "Jasmin", "Y"} == set(records["forename"])
    assert records["file"].str.contains("2026.csv").all()
    assert (records["row"] != "").all()
    assert "NHS number" in set(links["taken for you because of"])
    missing = events[events["what"].str.startswith("Reported missing")]
    assert len(missing) == 4
    assert (missing["file"] != "").all()
    assert made.table("identity").set_index("what").loc["Born", "held"] == "3 Mar 2012"
    assert (made.table("indicators")["in words"] != "").all()


def test_nobody_else_is_in_it(town: Fernhill, seen: Session) -> None:
    made = pack(seen, town["yasmin"])
    ties = made.table("ties")
    assert {"parent", "brother or sister", "reported missing together"} <= set(ties["tie"])
    assert ties["to"].str.fullmatch(r"person \d+ \(withheld\)").all()
    told = everything(made)
    assert not [name for name in RELATIVES if name in told]
    others = {str(number) for number in town.people.values()} - {str(town["yasmin"])}
    assert not [number for number in others if number in told]


def test_every_score_shown_by_which_version_to_whom_and_what_was_said_then(town: Fernhill, seen: Session) -> None:
    made = pack(seen, town["yasmin"])
    shown = made.table("scores-shown")
    assert len(shown) >= 1
    last = shown.iloc[-1]
    assert (last["shown to"], last["reason for access"]) == ("Ruth Osei", "Allocated case")
    assert last["version"]
    assert last["level"] in ("lower", "raised", "heightened")
    views = made.table("judgements-and-decisions")
    assert views["view"].tolist() == ["worried", "disagree, held to be lower"]
    assert "Ruth Osei" in set(made.table("who-looked")["who"])
    assert not made.table("scores-stored").columns.isin(["level", "chance", "place"]).any()


def test_making_it_is_in_the_log_first_and_only_information_governance_may(
    town: Fernhill, session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = answering(session_of)
    run, seen = Session.run, []

    def running(self: Session, query: str, params: Any) -> Any:
        seen.append({entry["action"] for entry in entries(session.journal)})
        return run(self, query, params)

    monkeypatch.setattr(Session, "run", running)
    pack(session, town["yasmin"])
    assert all("answer a subject-access request" in actions for actions in seen)
    for account in ("demo.north", "demo.manager", "demo.quality", "demo.analyst"):
        with pytest.raises(AccessRefused, match="Your role"):
            pack(session_of(account), town["yasmin"])


def test_the_same_pack_gives_the_same_bytes_and_no_cell_runs(town: Fernhill, seen: Session) -> None:
    contesting.contest(seen, town["yasmin"], "record", "=HYPERLINK('http://evil.example')", "<script>alert(1)</script>")
    made = pack(seen, town["yasmin"])
    assert zipped(made, MARK) == zipped(made, MARK)
    assert printed(made, MARK) == printed(made, MARK)
    with zipfile.ZipFile(io.BytesIO(zipped(made, MARK))) as bundle:
        assert {entry.date_time[0] for entry in bundle.infolist()} == {1980}
        assert {f"{each.name}.csv" for each in made.tables} | {"README.txt"} == set(bundle.namelist())
        for name in bundle.namelist():
            if name.endswith(".csv"):
                rows = list(csv.reader(io.StringIO(bundle.read(name).decode("utf-8-sig"))))
                assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
        assert "'=HYPERLINK" in bundle.read("contests.csv").decode("utf-8-sig")
        assert MARK in bundle.read("README.txt").decode("utf-8-sig")
    for live in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert live not in printed(made, MARK)


def said(app: Any) -> str:
    shown = [*app.markdown, *app.caption, *app.warning, *app.success, *app.info, *app.subheader]
    return "\n".join(str(element.value) for element in shown).replace("\\", "").replace("\u2060", "")


def chosen(app: Any, town: Fernhill) -> Any:
    app.text_input(key="subject_number").set_value(str(town["yasmin"])).run()
    app.radio(key="subject_person").set_value(town["yasmin"]).run()
    return app


def test_a_contest_is_written_down_flagged_on_the_persons_page_and_decided_by_a_named_person(
    town: Fernhill, open_page: Any
) -> None:
    app = chosen(open_page("subject-access", "demo.auditor", home=town.home), town)
    app.text_input(key="subject_which").set_value("Reported missing, 14 Feb 2026")
    app.text_area(key="subject_said_words").set_value("She was at her aunt's, who rang the police")
    app.button(key=f"FormSubmitter:subject_contest_{town['yasmin']}-Write it down").click().run()
    assert "The contest is written down" in said(app)
    flagged = open_page("person", home=town.home, person=town["yasmin"])
    assert "Contested by the person concerned, not decided yet:** Reported missing, 14 Feb 2026" in said(flagged)
    app.radio(key="subject_status_1").set_value("upheld")
    app.text_input(key="subject_words_1").set_value("The police have closed the report as an error")
    app.button(key="FormSubmitter:subject_answer_1-Decide under my name").click().run()
    assert "Upheld** by Peter Adeyemi" in said(app)
    flagged = open_page("person", home=town.home, person=town["yasmin"])
    assert "Contested and upheld" in said(flagged)


def test_restricted_there_is_no_score_no_similar_case_and_no_list(town: Fernhill, open_page: Any) -> None:
    app = chosen(open_page("subject-access", "demo.auditor", home=town.home), town)
    app.text_input(key="subject_restrict_why_False").set_value("The mother contests three records")
    app.button(key=f"FormSubmitter:subject_restrict_{town['yasmin']}_False-Restrict use").click().run()
    assert "Use is restricted from now on." in said(app)
    for tab in ("Score", "Similar cases"):
        page = open_page("person", home=town.home, person=town["yasmin"], **{f"person_tab_{town['yasmin']}": tab})
        assert "Nothing is worked out here." in said(page)
        assert "Save and show" not in {button.label for button in page.button}
    listed = open_page("heightened", home=town.home)
    assert "Yasmin" not in said(listed) + " ".join(button.label for button in listed.button)
    app.text_input(key="subject_restrict_why_True").set_value("The records were corrected")
    app.button(key=f"FormSubmitter:subject_restrict_{town['yasmin']}_True-Lift the restriction").click().run()
    assert "The restriction is lifted." in said(app)


def test_the_pack_in_two_steps(town: Fernhill, open_page: Any) -> None:
    app = chosen(open_page("subject-access", "demo.auditor", home=town.home), town)
    assert not app.get("download_button")
    app.button(key=f"subject_make_{town['yasmin']}").click().run()
    assert [one.proto.label for one in app.get("download_button")] == ["Download as PDF", "Download the tables"]
    assert "Other people are left out" in said(app)
