"""What becomes of an event that a later delivery tells otherwise: both versions are kept, each as known."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.ingest.ingest import ingest
from tests.unit.ingest.conftest import TODAY, Deliver

VERSIONS = """
SELECT occurred_on::VARCHAR, ended_on::VARCHAR, detail, known_on::VARCHAR, corrected_on::VARCHAR
FROM staged.event WHERE kind = $1 ORDER BY known_on, occurred_on, detail
"""
CHILD = (
    "<Child><ChildIdentifiers><LAchildID>7</LAchildID><PersonBirthDate>2012-01-01</PersonBirthDate></ChildIdentifiers>"
    "{}</Child>"
)
EPISODE = (
    "<CINdetails><CINreferralDate>2023-05-01</CINreferralDate><PrimaryNeedCode>{need}</PrimaryNeedCode>{closed}"
    "</CINdetails>"
)
RETURN = (
    "<Message><Header><CollectionDetails><ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails></Header>"
    "<Children>{child}</Children></Message>"
)


def census(year: int, need: str = "N1", closed: str = "") -> str:
    """A return to 31 March of a year, with one child's episode of need."""
    ended = f"<CINclosureDate>{closed}</CINclosureDate>" if closed else ""
    return RETURN.format(year=year, child=CHILD.format(EPISODE.format(need=need, closed=ended)))


def needs(deliver: Deliver, *returns: str) -> list[tuple[str, ...]]:
    files = {f"cin_census/cin_census_{2024 + n}.xml": text for n, text in enumerate(returns)}
    return deliver(files).rows(VERSIONS, "in_need")


def test_an_episode_told_again_unchanged_is_one(deliver: Deliver) -> None:
    assert needs(deliver, census(2024), census(2025)) == [("2023-05-01", None, "N1", "2023-05-06", None)]


def test_an_end_that_comes_is_no_correction(deliver: Deliver) -> None:
    found = needs(deliver, census(2024), census(2025, closed="2024-09-01"))
    assert found == [("2023-05-01", "2024-09-01", "N1", "2023-05-06", None)]


def test_an_end_on_a_day_when_the_earlier_return_had_it_open_is_one(deliver: Deliver) -> None:
    """Until the return of 2025 came, on 1 July 2025, the episode stood open."""
    assert needs(deliver, census(2024), census(2025, closed="2024-02-01")) == [
        ("2023-05-01", None, "N1", "2023-05-06", "2025-07-01"),
        ("2023-05-01", "2024-02-01", "N1", "2025-07-01", None),
    ]


def test_another_need_told_later_replaces_the_first_which_is_kept(deliver: Deliver) -> None:
    assert needs(deliver, census(2024, "N1"), census(2025, "N4")) == [
        ("2023-05-01", None, "N1", "2023-05-06", "2025-07-01"),
        ("2023-05-01", None, "N4", "2025-07-01", None),
    ]


def test_what_is_put_back_is_a_third_version(deliver: Deliver) -> None:
    found = needs(deliver, census(2024, "N1"), census(2025, "N4"), census(2026, "N1"))
    assert [(row[2], *row[3:]) for row in found] == [
        ("N1", "2023-05-06", "2025-07-01"), ("N4", "2025-07-01", "2026-07-01"), ("N1", "2026-07-01", None),
    ]  # fmt: skip


def test_what_the_return_that_should_have_told_it_left_out_is_known_from_the_one_that_did(deliver: Deliver) -> None:
    nothing = RETURN.format(year=2024, child=CHILD.format(""))
    assert needs(deliver, nothing, census(2025)) == [("2023-05-01", None, "N1", "2025-07-01", None)]


HEAD = "nominal,forename,surname,birth_date,sex,postcode,report_ref,missing_from,found_at,risk_grade,recorded_on\n"
ROW = "P1,Amy,Smith,2010-02-03,F,BS1 4DJ,{ref},{day} 20:00:00,{day} 23:00:00,{grade},{recorded}\n"


def reports(*rows: tuple[str, str, str]) -> str:
    """The police file: reference, day and risk of each report, recorded the day after."""
    told = [
        ROW.format(ref=ref, day=day, grade=grade, recorded=date.fromisoformat(day) + timedelta(1))
        for ref, day, grade in rows
    ]
    return HEAD + "".join(told)


def test_a_report_known_by_its_number_is_put_right_though_its_day_changed(deliver: Deliver) -> None:
    found = deliver(
        {
            "police_missing/2025-01-10/police_missing_2024.csv": reports(("R1", "2024-03-01", "high")),
            "police_missing/2026-03-03/police_missing_2024.csv": reports(("R1", "2024-03-09", "high")),
        }
    )
    assert [(row[0], *row[3:]) for row in found.rows(VERSIONS, "missing")] == [
        ("2024-03-01", "2024-03-02", "2026-03-03"), ("2024-03-09", "2026-03-03", None),
    ]  # fmt: skip


def test_two_reports_of_one_day_have_their_own_numbers_and_are_two(deliver: Deliver) -> None:
    found = deliver(
        {
            "police_missing/2025-01-10/police_missing_2024.csv": reports(("R1", "2024-03-01", "high")),
            "police_missing/2026-03-03/police_missing_2024.csv": reports(("R2", "2024-03-01", "high")),
        }
    )
    assert [row[3:] for row in found.rows(VERSIONS, "missing")] == [("2024-03-02", None), ("2026-03-03", None)]


PLANS = "yot_id,forename,surname,birth_date,sex,postcode,intervention,started_on,ended_on,recorded_on\n"
PLAN = "Y{n},Amy,Smith,2010-02-03,F,BS1 4DJ,referral order,2024-03-0{n},,2024-03-09\n"


def test_a_feed_that_tells_everything_each_time_withdraws_what_it_leaves_out(deliver: Deliver) -> None:
    whole, less = (PLANS + "".join(PLAN.format(n=n) for n in told) for told in ((1, 2, 3), (1, 3)))
    found = deliver({"youth_justice/2025-01-10/a.csv": whole, "youth_justice/2026-03-03/a.csv": less})
    kind = found.rows("SELECT DISTINCT kind FROM staged.event")[0][0]
    withdrawn = [(row[0], row[4]) for row in found.rows(VERSIONS, kind) if row[4]]
    assert withdrawn == [("2024-03-02", "2026-03-03")]


def test_a_delivery_cut_short_withdraws_nothing(deliver: Deliver) -> None:
    whole, cut = (PLANS + "".join(PLAN.format(n=n) for n in told) for told in ((1, 2, 3), (1,)))
    found = deliver({"youth_justice/2025-01-10/a.csv": whole, "youth_justice/2026-03-03/a.csv": cut})
    assert found.rows("SELECT count(*), count(corrected_on) FROM staged.event") == [(3, 0)]


def test_an_address_told_late_was_not_known_before_it_came(deliver: Deliver) -> None:
    files = {
        "police_missing/2025-01-10/police_missing_2024.csv": reports(("R1", "2024-03-01", "high")),
        "police_missing/2026-03-03/police_missing_2024.csv": reports(("R2", "2024-02-01", "high")).replace(
            "4DJ", "1AA"
        ),
    }
    seen = deliver(files).rows("SELECT postcode, seen_from::VARCHAR FROM staged.person_record ORDER BY seen_from")
    assert seen == [("BS1 4DJ", "2024-03-02"), ("BS1 1AA", "2026-03-03")]


# --- whatever arrives late -------------------------------------------------------------------------------------------
DAYS = st.dates(date(2023, 4, 1), date(2024, 3, 31))
EPISODES = st.lists(
    st.tuples(DAYS, st.sampled_from(["N1", "N2"]), st.one_of(st.none(), st.integers(0, 900))), min_size=0, max_size=4
)


def written(year: int, episodes: list[tuple[date, str, int | None]]) -> str:
    ends = date(year, 3, 31)
    told = "".join(
        EPISODE.format(need=need, closed=closed).replace("2023-05-01", began.isoformat())
        for began, need, lasted in episodes
        for end in [began + timedelta(lasted) if lasted is not None else None]
        for closed in [f"<CINclosureDate>{end}</CINclosureDate>" if end and end <= ends else ""]
    )
    return RETURN.format(year=year, child=CHILD.format(told))


def seen(con: duckdb.DuckDBPyConnection, as_of: date) -> list[tuple[object, ...]]:
    """The events as one could know them on a day, ends to come left open."""
    return con.execute(
        """SELECT kind, occurred_on, CASE WHEN ended_on < $1 THEN ended_on END, detail, known_on FROM staged.event
        WHERE known_on < $1 AND (corrected_on IS NULL OR corrected_on >= $1) ORDER BY ALL""", [as_of]
    ).fetchall()  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EPISODES, EPISODES, EPISODES)
def test_no_later_return_changes_what_was_known_of_the_days_that_an_earlier_one_spoke_of(
    tmp_path_factory: pytest.TempPathFactory, first: list, second: list, third: list
) -> None:
    folder = tmp_path_factory.mktemp("returns") / "cin_census"
    folder.mkdir()
    known: dict[date, list] = {}
    for year, told in ((2024, first), (2025, second), (2026, third)):
        (folder / f"cin_census_{year}.xml").write_text(written(year, told))
        with duckdb.connect(config={"threads": 1}) as con:
            ingest(con, folder.parent, TODAY)
            for day, before in known.items():
                assert seen(con, day) == before, f"the return of {year} changed what was known on {day}"
            known |= {day: seen(con, day) for day in (date(year - 1, 10, 1), date(year, 1, 1), date(year, 4, 1))}
