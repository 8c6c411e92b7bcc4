"""A watch has a reason and an end, and tells what came in since the reader last looked; falls are told too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analytics.casework import person, watching
from analytics.casework.heightened import allocate
from analytics.casework.stepping_down import _less, _lost, fallen
from analytics.casework.whats_new import whats_new
from analytics.features.catalogue import CATALOGUE
from data.access.reader import AccessRefused
from data.access.roles import Permission
from data.journal import log
from data.journal.journal import Entry
from tests.unit.casework.later import SNAPSHOT, THEN

NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)
UNTIL = date(2026, 12, 1)


def at(session, when: datetime = NOW):
    session.journal.clock = lambda: when
    return session


def begun_before(session, who: int) -> None:
    """The reader began to watch on the snapshot of the quarter before."""
    from data.journal.casework import watch

    at(session, datetime(2026, 7, 3, 9, tzinfo=UTC))
    watch(session.journal, who, "three reports in a month", "2026-12-01", _entry(session, who))
    at(session)


def _entry(session, who: int) -> Entry:
    return Entry(session.reader_id, "lead_professional", "watch", (who,), snapshot=SNAPSHOT)


def test_a_watch_is_kept_until_it_ends_or_is_stopped(session_of, town) -> None:
    one = at(session_of())
    watching.watch(one, town["yasmin"], "three reports in a month", UNTIL)
    assert person.header(session_of(), town["yasmin"]).watched
    (mine,) = watching.watched(one)
    assert (mine.name, mine.reason, mine.until, mine.news, mine.moves) == (
        "Yasmin Khan", "three reports in a month", UNTIL, (), (),
    )  # fmt: skip
    at(one, datetime(2026, 12, 2, tzinfo=UTC))
    assert watching.watched(one) == ()
    assert [over.name for over in watching.run_out(one)] == ["Yasmin Khan"]
    watching.stop(one, town["yasmin"])
    assert watching.run_out(one) == ()


@pytest.mark.parametrize(("reason", "until"), [("", UNTIL), ("three reports", date(2026, 10, 5)), ("x" * 900, UNTIL)])
def test_a_watch_without_a_reason_or_an_end_to_come_is_refused(session_of, town, reason, until) -> None:
    with pytest.raises(AccessRefused):
        watching.watch(at(session_of()), town["yasmin"], reason, until)


def test_nobody_outside_the_scope_can_be_watched(session_of, town) -> None:
    with pytest.raises(AccessRefused):
        watching.watch(at(session_of("demo.central")), town["yasmin"], "three reports", UNTIL)


def test_a_new_snapshot_tells_what_came_in_and_how_the_level_moved(later_of, town) -> None:
    one = later_of()
    begun_before(one, town["yasmin"])
    (mine,) = watching.watched(one)
    assert any("missing" in phrase for phrase in mine.news)
    assert not any("social worker" in phrase for phrase in mine.news), "known before the quarter began"
    before = one.run("SELECT band FROM list_before WHERE person = $p", {"p": town["yasmin"]})["band"].tolist()
    expected = (before or ["lower"])[0]
    assert [(move.before, move.now) for move in mine.moves] == (
        [] if expected == "heightened" else [(expected, "heightened")]
    )


def test_the_persons_page_has_the_same_news_as_the_list_of_those_watched(later_of, town) -> None:
    """Whoever looked in September at what was built in July has not seen what July to September brought."""
    one = later_of()
    begun_before(one, town["yasmin"])
    at(one, datetime(2026, 9, 20, 9, tzinfo=UTC))
    one.journal.record(replace(_entry(one, town["yasmin"]), action=Permission.SEE_PERSON.value))
    looked = person.last_looked(at(one), town["yasmin"])
    on_page = person.news(person.events(one, town["yasmin"]), looked, one.snapshot.today)
    assert looked.known_to == THEN
    assert any("missing" in phrase for phrase in on_page.phrases)


def test_what_was_looked_at_is_new_no_more(later_of, town) -> None:
    one = later_of()
    begun_before(one, town["yasmin"])
    person.header(one, town["yasmin"])
    (mine,) = watching.watched(one)
    assert (mine.news, mine.moves) == ((), ())


def test_home_counts_and_shows_nobodys_score(later_of, town) -> None:
    one = later_of()
    begun_before(one, town["yasmin"])
    allocate(one, town["yasmin"], "demo.north", date(2026, 9, 1), "Direct work", date(2026, 9, 15))
    new = whats_new(one)
    assert [mine.name for mine in new.watched] == ["Yasmin Khan"]
    assert [due.name for due in new.due] == ["Yasmin Khan"]
    assert [(each.model, each.heightened) for each in new.lists] == [("cse", 5)]
    assert not log.entries(one.journal, action="see ranked list")


def test_home_of_a_manager_has_lists_and_of_a_trainer_nothing(later_of) -> None:
    assert [each.heightened for each in whats_new(at(later_of("demo.manager"))).lists] == [10]
    new = whats_new(at(later_of("demo.trainer", "Training")))
    assert (new.watched, new.due, new.lists) == ((), (), ())


def test_whose_level_fell_is_told_with_what_there_is_less_of(session_of, town) -> None:
    one = at(session_of())
    rows = one.run(
        """SELECT n.person FROM score n JOIN score b USING (person, model) JOIN person p USING (person)
        WHERE n.as_of = DATE '2026-10-01' AND b.as_of < n.as_of AND n.band = 'lower' AND b.band <> 'lower'
          AND p.ward IN ('W01', 'W02') ORDER BY person""",
        {},
    )
    fell = sorted(set(rows["person"].tolist()))
    assert fell, "somebody fell"
    for who in [*fell, town["yasmin"]]:
        allocate(one, who, "demo.north", date(2026, 10, 5), "Direct work")
    found = {each.person: each for each in fallen(one, "cse")}
    assert set(found) >= set(fell)
    assert town["yasmin"] not in found
    for each in found.values():
        assert each.key_worker == "Ruth Osei"
        assert each.higher_on < each.as_of
        assert (each.band_before, each.band) in (("heightened", "raised"), ("heightened", "lower"), ("raised", "lower"))


def test_what_there_is_less_of_is_told_and_what_is_not_known_any_more() -> None:
    known = {"missing_12m": [4.0, 1.0], "suspensions_12m": [2.0, 2.0], "victim_12m": [1.0, float("nan")]}
    assert _less(known) == (f"{CATALOGUE['missing_12m'].label}: 4, then 1",)
    assert _lost(known) == (CATALOGUE["victim_12m"].label,)


def test_whoever_is_neither_allocated_nor_watched_is_on_no_step_down_list(session_of) -> None:
    assert fallen(at(session_of()), "cse") == ()
