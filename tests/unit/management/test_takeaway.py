"""What leaves a management page, and the views that readers save of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.management import views
from analytics.management.export import Head, exported
from data.access import gate
from data.access.reader import AccessRefused
from data.journal.accounts import Account, save_account
from data.journal.journal import detail_of
from data.journal.log import entries
from data.journal.verification import verify

Enter = Callable[..., gate.Session]
HEAD = Head("Open by ward", "On 1 Oct 2026", "Counts of 1 to 4 are withheld.", {"Area": "=North"}, ("Nearly.",))
FRAME = pd.DataFrame(
    {
        "ward": ["Ashgrove", '=HYPERLINK("http://x")'],
        "open": [12.0, np.nan],
        "rate": [1.25, np.nan],
        "on": [date(2026, 10, 1)] * 2,
        "out": [True, False],
    }
)
COLUMNS = {"ward": "Ward", "open": "Open", "rate": "Per 1,000", "on": "Day", "out": "Stands out"}


def read(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))


def test_a_file_begins_with_what_when_which_filters_and_which_rule(enter: Enter) -> None:
    rows = read(exported(enter("manager"), HEAD, FRAME, COLUMNS, "Invented city", "1 Oct 2026"))
    head = {row[0]: row[1] for row in rows[: rows.index([])]}
    assert head["What"] == "Open by ward"
    assert head["When"] == "On 1 Oct 2026"
    assert head["Filters"] == "Area: =North"
    assert head["Rule"] == "Counts of 1 to 4 are withheld."
    assert head["Note"] == "Nearly."
    assert head["Source"] == "Kinsight, records to 1 Oct 2026. Invented city"
    assert head["Taken"].endswith("UTC by Helen Quayle")


def test_figures_are_figures_withheld_ones_c_and_nothing_runs_in_a_spreadsheet(enter: Enter) -> None:
    rows = read(exported(enter("manager"), HEAD, FRAME, COLUMNS, "", ""))
    table = rows[rows.index([]) + 1 :]
    assert table[0] == list(COLUMNS.values())
    assert table[1] == ["Ashgrove", "12", "1.25", "2026-10-01", "yes"]
    assert table[2] == ['\'=HYPERLINK("http://x")', "c", "c", "2026-10-01", "no"]


def test_the_log_has_what_was_taken_and_with_which_filters(enter: Enter) -> None:
    one = enter("analyst")
    exported(one, HEAD, FRAME, COLUMNS, "", "")
    last = entries(one.journal)[0]
    assert (last["reader"], last["action"]) == ("demo.analyst", "export figures")
    assert detail_of(last)["what"] == "Open by ward. Filters: Area: =North"


def test_whoever_may_see_no_figures_takes_none_and_saves_nothing(enter: Enter) -> None:
    north = enter("north")
    with pytest.raises(AccessRefused, match="Your role"):
        exported(north, HEAD, FRAME, COLUMNS, "", "")
    with pytest.raises(AccessRefused, match="Your role"):
        views.save(north, "caseload", "Mine", {"area": "North"})


def test_a_view_is_kept_renamed_and_deleted_and_the_journal_has_every_step(enter: Enter) -> None:
    one = enter("manager")
    views.save(one, "caseload", "Teenagers  North", {"area": "North", "age": "10-15"})
    (kept,) = views.views(one, "caseload")
    assert (kept.name, dict(kept.chosen), kept.shared) == ("Teenagers North", {"area": "North", "age": "10-15"}, False)
    assert views.views(one, "planning") == ()
    views.rename(one, kept, "The North", shared=True)
    (renamed,) = views.views(one, "caseload")
    assert (renamed.number, renamed.name, renamed.shared) == (kept.number, "The North", True)
    views.delete(one, renamed)
    assert views.views(one, "caseload") == ()
    assert verify(one.journal).ok


def test_a_name_used_again_replaces_what_was_kept_under_it(enter: Enter) -> None:
    one = enter("manager")
    first = views.save(one, "caseload", "North", {"area": "North"})
    assert views.save(one, "caseload", "north", {"area": "Central"}) == first
    assert [dict(view.chosen) for view in views.views(one, "caseload")] == [{"area": "Central"}]


def test_a_shared_view_is_there_for_the_same_role_alone_and_only_its_owner_changes_it(enter: Enter) -> None:
    one = enter("manager")
    views.save(one, "caseload", "Ours", {"area": "North"}, shared=True)
    views.save(one, "caseload", "Mine alone", {"area": "North"})
    save_account(one.journal, Account("demo.second", "Ola Berg", "manager"), by="admin")
    colleague = enter("second")
    (seen,) = views.views(colleague, "caseload")
    assert (seen.name, seen.by) == ("Ours", "demo.manager")
    assert views.views(enter("analyst"), "caseload") == ()
    for change in (lambda: views.delete(colleague, seen), lambda: views.rename(colleague, seen, "Theirs", False)):
        with pytest.raises(AccessRefused, match="colleague"):
            change()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_short_name(name: str, enter: Enter) -> None:
    with pytest.raises(AccessRefused, match="name"):
        views.save(enter("manager"), "caseload", name, {})


def test_two_views_of_one_reader_have_two_names(enter: Enter) -> None:
    one = enter("manager")
    for name in ("A", "B"):
        views.save(one, "caseload", name, {})
    first = views.views(one, "caseload")[0]
    with pytest.raises(AccessRefused, match="this name"):
        views.rename(one, first, "b", shared=False)
