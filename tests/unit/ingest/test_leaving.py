"""Who leaves: records past their source's retention, and people who are erased."""

from __future__ import annotations

from datetime import date

import pytest

from data.retention.leaving import erase, retire
from data.schema import Retention
from data.sources import SOURCES
from tests.unit.ingest.conftest import TODAY, Deliver

HEAD = "eh_id,forename,surname,birth_date,sex,postcode,episode_ref,role,reason,worker,opened_on,closed_on\n"
ROW = "{who},{who},Smith,{born},F,BS1 4DJ,{ref},,,,{opened},{closed}\n"
PEOPLE = HEAD + "".join(
    ROW.format(who=who, born=born, ref=ref, opened=opened, closed=closed)
    for who, born, ref, opened, closed in (
        ("adult", "1980-01-01", "R1", "2019-01-01", "2019-06-01"),
        ("child", "2012-01-01", "R2", "2019-01-01", "2019-06-01"),
        ("lately", "1980-01-01", "R3", "2019-01-01", "2022-06-01"),
        ("open", "1980-01-01", "R4", "2019-01-01", ""),
        ("undated", "", "R5", "2019-01-01", "2019-06-01"),
    )
)


def left(found) -> list[str]:
    return [row[0] for row in found.rows("SELECT DISTINCT local_id FROM staged.person_record ORDER BY 1")]


def test_adults_long_closed_leave_and_children_and_open_cases_stay(deliver: Deliver) -> None:
    found = deliver({"early_help/early_help_episode.csv": PEOPLE})
    assert retire(found.con, SOURCES, TODAY) == {"early_help": 1}
    assert left(found) == ["child", "lately", "open", "undated"]
    assert found.rows("SELECT count(*) FROM staged.event ANTI JOIN staged.person_record USING (client)") == [(0,)]
    assert found.rows("SELECT source, why, people FROM staged.retired_row") == [("early_help", "past retention", 1)]


def test_nothing_leaves_before_its_time(deliver: Deliver) -> None:
    found = deliver({"early_help/early_help_episode.csv": PEOPLE})
    assert retire(found.con, SOURCES, date(2025, 6, 1)) == {}
    assert len(left(found)) == 5


def test_whoever_is_erased_leaves_no_row_and_no_tie_and_stays_out_when_sent_again(deliver: Deliver) -> None:
    for _ in range(2):
        found = deliver({"early_help/early_help_episode.csv": PEOPLE.replace("R2", "R1")})
        ((client,),) = found.rows("SELECT DISTINCT client FROM staged.person_record WHERE local_id = 'child'")
        assert found.rows("SELECT count(*) FROM staged.relation") == [(1,)]
        assert erase(found.con, [client]) == 1
        assert left(found) == ["adult", "lately", "open", "undated"]
        for table in ("event", "relation", "person_record"):
            assert found.rows(f"SELECT count(*) FROM staged.{table} WHERE client = ?", client) == [(0,)]
        assert found.rows("SELECT count(*) FROM staged.relation") == [(0,)]
    assert erase(found.con, [12345]) == 0


def test_a_rule_is_told_as_a_sentence() -> None:
    assert Retention(6).words == "For 6 years after the source last told of the person."
    assert Retention(1, 25).words == (
        "Until the person's 25th birthday, and for 1 year after the source last told of the person."
    )
    with pytest.raises(ValueError, match="a number of years"):
        Retention(0)


def test_every_source_says_how_long_and_on_what_ground() -> None:
    assert [source.name for source in SOURCES.values() if not source.retention.basis] == []
