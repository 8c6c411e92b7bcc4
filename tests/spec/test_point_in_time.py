"""What an indicator may know on an as-of date, told as small tables."""

from tests.handmade import Store

PEOPLE = """
person | born
Amy    | 2010-06-15
Ben    | 2012-03-01
Cal    | 1980-01-01
"""


def test_only_what_happened_and_was_known_before_the_day_counts() -> None:
    store = Store(
        """
        person
        before
        on the day
        after
        known late
        known on the day
        too long ago
        first day of the window
        """,
        events="""
        person                  | kind    | happened   | known
        before                  | missing | 2024-12-31 | 2024-12-31
        on the day              | missing | 2025-01-01 | 2025-01-01
        after                   | missing | 2025-02-01 | 2025-02-01
        known late              | missing | 2024-12-20 | 2025-01-10
        known on the day        | missing | 2024-12-20 | 2025-01-01
        too long ago            | missing | 2024-01-01 | 2024-01-01
        first day of the window | missing | 2024-01-02 | 2024-01-02
        """,
    )
    assert store.says("missing_12m", "2025-01-01") == {
        "before": 1,
        "on the day": 0,
        "after": 0,
        "known late": 0,
        "known on the day": 0,
        "too long ago": 0,
        "first day of the window": 1,
    }


def test_known_late_counts_once_it_is_known() -> None:
    store = Store("person\nAmy", events="person | kind | happened | known\nAmy | missing | 2024-12-20 | 2025-01-10")
    assert store.says("missing_12m", "2025-01-01") == {"Amy": 0}
    assert store.says("missing_12m", "2025-04-01") == {"Amy": 1}


def test_an_end_that_has_not_come_is_not_seen() -> None:
    store = Store(
        "person\nstill in care\nout before\nout on the day\nout after",
        events="""
        person         | kind      | happened   | ended
        still in care  | placement | 2024-06-01 |
        out before     | placement | 2024-06-01 | 2024-12-31
        out on the day | placement | 2024-06-01 | 2025-01-01
        out after      | placement | 2024-06-01 | 2025-03-01
        """,
    )
    in_care = store.says("in_care_now", "2025-01-01")
    assert in_care == {"still in care": 1, "out before": 0, "out on the day": 1, "out after": 1}
    days = store.says("in_care_24m", "2025-01-01")
    assert days == {"still in care": 214, "out before": 213, "out on the day": 214, "out after": 214}


def test_days_of_overlapping_episodes_count_once() -> None:
    store = Store(
        "person\nAmy",
        events="""
        person | kind      | happened   | ended
        Amy    | placement | 2024-01-01 | 2024-03-01
        Amy    | placement | 2024-02-01 | 2024-02-10
        Amy    | placement | 2024-02-20 | 2024-03-11
        """,
    )
    assert store.says("in_care_24m", "2025-01-01") == {"Amy": 70}


def test_a_brothers_placement_is_a_sibling_in_care_once_the_tie_is_known() -> None:
    store = Store(
        PEOPLE,
        events="person | kind | happened | ended\nBen | placement | 2024-06-01 |",
        ties="""
        person | other | kind    | from       | known
        Amy    | Ben   | sibling | 2012-03-01 | 2024-10-15
        Ben    | Amy   | sibling | 2012-03-01 | 2024-10-15
        Amy    | Cal   | parent  | 2010-06-15 | 2010-07-20
        """,
    )
    assert store.says("siblings_in_care", "2024-10-01") == {"Amy": 0, "Ben": 0, "Cal": 0}
    assert store.says("siblings_in_care", "2025-01-01") == {"Amy": 1, "Ben": 0, "Cal": 0}


def test_an_associate_counts_once_identified_and_nobody_is_their_own_associate() -> None:
    store = Store(
        PEOPLE,
        ties="""
        person | other | kind       | from
        Amy    | Ben   | co_missing | 2024-05-01
        Ben    | Amy   | co_missing | 2024-05-01
        """,
        cases="person | profile | identified\nBen | cse | 2024-11-20",
    )
    assert store.says("associates_known", "2024-10-01") == {"Amy": 0, "Ben": 0, "Cal": 0}
    assert store.says("associates_known", "2025-01-01") == {"Amy": 1, "Ben": 0, "Cal": 0}
    assert store.says("co_missing_known", "2025-01-01") == {"Amy": 1, "Ben": 0, "Cal": 0}


def test_having_been_seen_together_wears_off_after_two_years() -> None:
    store = Store(
        PEOPLE,
        ties="""
        person | other | kind       | from
        Amy    | Ben   | co_missing | 2022-05-01
        Amy    | Cal   | co_missing | 2024-05-01
        """,
    )
    assert store.says("co_missing", "2025-01-01")["Amy"] == 1


def test_a_tie_that_ended_is_a_tie_no_more() -> None:
    store = Store(
        PEOPLE,
        events="person | kind | happened | ended\nCal | out_of_work | 2024-01-01 |",
        ties="""
        person | other | kind      | from       | to
        Amy    | Cal   | household | 2015-01-01 | 2024-06-30
        Ben    | Cal   | household | 2015-01-01 | 2024-12-01
        """,
    )
    # Addresses lag behind: a household counts for three months after its last day.
    assert store.says("household_out_of_work", "2025-01-01") == {"Amy": 0, "Ben": 1, "Cal": 1}


def test_nil_is_not_unknown_when_a_feed_stops() -> None:
    store = Store(
        PEOPLE,
        events="person | kind | happened\nAmy | missing | 2024-02-01",
        feeds="source | from | to\npolice_missing | 2018-10-01 | 2024-06-30",
    )
    assert store.says("missing_12m", "2024-07-01") == {"Amy": 1, "Ben": 0, "Cal": 0}
    # Half a year later nobody can say that Ben was not missing; what was known of Amy stays known.
    assert store.says("missing_12m", "2025-01-01") == {"Amy": 1, "Ben": None, "Cal": None}


def test_a_feed_that_began_last_year_does_not_speak_for_two() -> None:
    store = Store(PEOPLE, feeds="source | from | to\npolice_missing | 2024-01-01 | 2026-09-30")
    assert store.says("missing_12m", "2025-01-01")["Amy"] == 0
    assert store.says("missing_24m", "2025-01-01")["Amy"] is None


def test_school_speaks_only_for_those_on_its_books() -> None:
    store = Store(
        PEOPLE,
        books="""
        person | source        | from       | to
        Amy    | school_census | 2021-09-01 |
        Ben    | school_census | 2021-09-01 | 2023-07-20
        """,
    )
    assert store.says("suspensions_12m", "2025-01-01") == {"Amy": 0, "Ben": None, "Cal": None}


def test_without_a_known_parent_nothing_is_said_of_parents() -> None:
    store = Store(PEOPLE, ties="person | other | kind | from\nAmy | Cal | parent | 2010-06-15")
    assert store.says("parents_domestic_12m", "2025-01-01") == {"Amy": 0, "Ben": None, "Cal": None}


def test_never_is_not_known_but_its_flag_tells_which() -> None:
    store = Store(
        PEOPLE,
        events="person | kind | happened\nAmy | missing | 2024-12-02",
    )
    assert store.says("missing_since", "2025-01-01") == {"Amy": 30, "Ben": None, "Cal": None}
    assert store.says("missing_24m", "2025-01-01")["Ben"] == 0


def test_attendance_is_a_rate_and_its_change_compares_halves() -> None:
    store = Store(
        PEOPLE,
        events="""
        person | kind       | happened   | known      | value
        Amy    | attendance | 2024-01-08 | 2024-02-20 | 96
        Amy    | attendance | 2024-04-15 | 2024-06-01 | 92
        Amy    | attendance | 2024-09-02 | 2024-10-28 | 80
        Amy    | attendance | 2024-11-04 | 2025-01-06 | 10
        """,
    )
    says = store.says("attendance_12m", "2025-01-01")
    assert says["Amy"] == (96 + 92 + 80) / 3
    assert store.says("attendance_change", "2025-01-01")["Amy"] == 80 - 94


def test_a_new_address_counts_from_the_first_agency_that_gives_it() -> None:
    store = Store(
        PEOPLE,
        addresses="""
        person | postcode | from       | decile
        Amy    | AV1 1AA  | 2016-01-01 | 7
        Amy    | AV2 2BB  | 2024-03-01 | 2
        Amy    | AV2 2BB  | 2024-05-01 | 2
        Amy    | AV1 1AA  | 2024-06-01 | 7
        Ben    | AV1 1AA  | 2016-01-01 | 7
        Cal    | AV3 3CC  | 2024-12-20 | 5
        """,
    )
    # Cal's address is twelve days old: those who should have heard of it have not all done so.
    assert store.says("homes_24m", "2025-01-01") == {"Amy": 1, "Ben": None, "Cal": None}
    assert store.says("deprivation", "2025-01-01") == {"Amy": 2, "Ben": 7, "Cal": None}


def test_the_cohort_is_ten_to_seventeen_alive_and_in_the_city() -> None:
    store = Store(
        """
        person        | born       | died
        nine          | 2015-01-02 |
        ten today     | 2015-01-01 |
        seventeen     | 2007-01-02 |
        eighteen      | 2007-01-01 |
        died          | 2010-01-01 | 2024-05-01
        moved away    | 2010-01-01 |
        only an event | 2010-01-01 |
        """,
        events="person | kind | happened\nonly an event | emergency | 2024-08-01",
        books="""
        person     | source          | from       | to
        nine       | gp_registration | 2020-01-01 |
        ten today  | gp_registration | 2020-01-01 |
        seventeen  | gp_registration | 2020-01-01 |
        eighteen   | gp_registration | 2020-01-01 |
        died       | gp_registration | 2020-01-01 |
        moved away | gp_registration | 2020-01-01 | 2023-06-01
        """,
    )
    assert store.cohort("2025-01-01") == ["ten today", "seventeen", "only an event"]


def test_what_was_corrected_counts_as_it_was_known_until_the_correction_came() -> None:
    store = Store(
        "person\nAmy\nBen",
        events="""
        person | kind      | happened   | ended      | known      | corrected
        Amy    | placement | 2024-06-01 |            | 2024-06-06 | 2025-02-10
        Amy    | placement | 2024-06-01 | 2024-09-01 | 2025-02-10 |
        Ben    | missing   | 2024-11-01 |            | 2024-11-02 | 2025-01-01
        """,
    )
    assert store.says("in_care_now", "2025-01-01") == {"Amy": 1, "Ben": 0}
    assert store.says("in_care_24m", "2025-01-01")["Amy"] == 214
    assert store.says("in_care_now", "2025-04-01") == {"Amy": 0, "Ben": 0}
    assert store.says("in_care_24m", "2025-04-01")["Amy"] == 92
    # Withdrawn on the day itself: on the evening before it still stood.
    assert store.says("missing_12m", "2025-01-01") == {"Amy": 0, "Ben": 1}
    assert store.says("missing_12m", "2025-04-01") == {"Amy": 0, "Ben": 0}


def test_a_tie_whose_end_nobody_had_told_of_still_stood() -> None:
    store = Store(
        PEOPLE,
        events="person | kind | happened | ended\nCal | out_of_work | 2024-01-01 |",
        ties="""
        person | other | kind      | from       | to         | end known
        Amy    | Cal   | household | 2015-01-01 | 2024-06-30 | 2025-03-01
        """,
    )
    assert store.says("household_out_of_work", "2025-01-01")["Amy"] == 1
    assert store.says("household_out_of_work", "2025-04-01")["Amy"] == 0


def test_a_case_identified_long_ago_and_told_of_late_was_nobodys_known_friend_before() -> None:
    store = Store(
        PEOPLE,
        ties="person | other | kind | from\nAmy | Ben | co_missing | 2024-05-01",
        cases="person | profile | identified | known\nBen | cse | 2024-06-20 | 2025-02-01",
    )
    assert store.says("co_missing_known", "2025-01-01")["Amy"] == 0
    assert store.says("co_missing_known", "2025-04-01")["Amy"] == 1
