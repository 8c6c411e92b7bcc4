"""What reviewers said of pairs: all of it is kept, the last word counts, and who disagrees is told."""

from __future__ import annotations

import pytest

from data.journal.journal import Entry, Journal
from data.journal.link_reviews import Verdict, disagreed, reviews, standing, write
from data.journal.verification import verify


def say(journal: Journal, by: str, verdict: Verdict, *pairs: tuple[int, int], reason: str = "") -> None:
    write(journal, pairs, verdict, reason, Entry(by, "data_quality", "review links", (7, 8), snapshot="abc-1"), 2.912)


def test_every_word_is_kept_and_the_last_one_counts(journal: Journal) -> None:
    say(journal, "sam", Verdict.SAME, (2, 1), reason=" moved house ")
    say(journal, "ada", Verdict.UNSURE, (1, 2))
    say(journal, "ada", Verdict.DIFFERENT, (1, 2), reason="twins")
    acts = reviews(journal)
    assert [(act.by, act.verdict, act.reason) for act in acts] == [
        ("sam", "same", "moved house"), ("ada", "unsure", ""), ("ada", "different", "twins"),
    ]  # fmt: skip
    assert standing(acts)[1, 2] is acts[2], "whichever way round the pair was named"
    assert acts[0].weight == 2.91


def test_a_split_is_one_act_of_many_pairs_with_one_line_in_the_log(journal: Journal) -> None:
    say(journal, "sam", Verdict.DIFFERENT, (5, 1), (5, 2), (5, 3), (2, 5))
    assert [act.pairs for act in reviews(journal)] == [((1, 5), (2, 5), (3, 5))]
    told = verify(journal)
    assert (told.ok, told.entries) == (True, 1)


def test_a_row_of_a_split_that_is_changed_is_found(journal: Journal) -> None:
    if journal.engine.dialect.name != "sqlite":
        pytest.skip("the triggers of one database stand for both")
    say(journal, "sam", Verdict.DIFFERENT, (5, 1), (5, 2))
    with journal.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER link_review_no_update")
        connection.exec_driver_sql("UPDATE link_review SET client_r = 6 WHERE client_l = 2")
    assert "link_review was changed" in verify(journal).problem


def test_two_reviewers_who_differ_are_told_and_one_who_changes_their_mind_is_not(journal: Journal) -> None:
    say(journal, "sam", Verdict.SAME, (1, 2))
    say(journal, "sam", Verdict.DIFFERENT, (1, 2))
    assert disagreed(reviews(journal)) == {}
    say(journal, "ada", Verdict.SAME, (2, 1))
    assert {pair: [(one.by, one.verdict) for one in words] for pair, words in disagreed(reviews(journal)).items()} == {
        (1, 2): [("sam", "different"), ("ada", "same")]
    }
    say(journal, "sam", Verdict.WITHDRAWN, (1, 2))
    assert disagreed(reviews(journal)) == {}


@pytest.mark.parametrize("pairs", [[], [(3, 3)]])
def test_a_review_is_of_two_clients(journal: Journal, pairs: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="two different clients"):
        say(journal, "sam", Verdict.SAME, *pairs)
    assert reviews(journal) == []
