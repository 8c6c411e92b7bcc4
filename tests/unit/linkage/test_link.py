"""Which clients become one person, told as small tables of what agencies wrote down."""

from __future__ import annotations

from types import ModuleType

import pandas as pd
import pytest

from data.linkage.link import Linkage, link

# NHS numbers with the right check digit.
ONE, TWO = "9434765919", "9434765870"


class Linked:
    """The persons of a table of records, by the agencies' own numbers."""

    def __init__(self, helper: ModuleType, text: str, **decisions: pd.DataFrame) -> None:
        self.con = helper.stage(helper.table(text))
        self.linkage: Linkage = link(self.con, **decisions)
        sql = "SELECT DISTINCT local_id, person, how FROM staged.person_record JOIN person_link USING (client)"
        rows = self.con.execute(sql).fetchall()
        self.person = {local_id: person for local_id, person, _ in rows}
        self.how = {local_id: how for local_id, _, how in rows}

    def together(self, *local_ids: str) -> bool:
        return len({self.person[local_id] for local_id in local_ids}) == 1


def test_one_nhs_number_links_two_agencies(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        f"""
        source | local_id | forename | surname | birth_date | postcode | nhs_number
        gp     | g1       | Aisha    | Khan    | 2010-03-04 | AV1 1AA  | {ONE}
        school | s1       | Ayesha   | Kahn    | 2010-03-04 | AV7 7ZZ  | {ONE}
    """,
    )
    assert linked.together("g1", "s1")
    assert linked.how["g1"] == "NHS number"


def test_a_number_copied_to_a_stranger_links_nobody(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        f"""
        source | local_id | forename | surname | birth_date | nhs_number
        gp     | g1       | Aisha    | Khan    | 2010-03-04 | {ONE}
        police | p1       | Oliver   | Wright  | 1988-11-30 | {ONE}
    """,
    )
    assert not linked.together("g1", "p1")


def test_a_number_with_a_wrong_check_digit_is_no_number(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        """
        source | local_id | forename | surname | birth_date | nhs_number
        gp     | g1       | Aisha    | Khan    | 2010-03-04 | 9434765918
        police | p1       | Aisha    | Wright  | 1988-11-30 | 9434765918
    """,
    )
    assert not linked.together("g1", "p1")


def test_two_nhs_numbers_are_two_people_however_alike(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        f"""
        source | local_id | forename | surname | birth_date | postcode | nhs_number
        gp     | g1       | Aisha    | Khan    | 2010-03-04 | AV1 1AA  | {ONE}
        school | s1       | Aisha    | Khan    | 2010-03-04 | AV1 1AA  | {TWO}
        police | p1       | Aisha    | Khan    | 2010-03-04 | AV1 1AA  | -
    """,
    )
    assert not linked.together("g1", "s1")


def test_twins_stay_apart(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        """
        source | local_id | forename | surname | birth_date | sex | postcode | uprn
        gp     | g1       | Maja     | Nowak   | 2012-06-07 | F   | AV1 1AA  | 101
        gp     | g2       | Zuzanna  | Nowak   | 2012-06-07 | F   | AV1 1AA  | 101
        school | s1       | Maja     | Nowak   | 2012-06-07 | F   | AV1 1AA  | 101
        school | s2       | Zuzana   | Nowak   | 2012-06-07 | F   | AV1 1AA  | 101
    """,
    )
    assert linked.together("g1", "s1")
    assert linked.together("g2", "s2")
    assert not linked.together("g1", "g2")


def test_twins_whose_number_was_copied_stay_apart(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        f"""
        source | local_id | forename | surname | birth_date | uprn | nhs_number
        gp     | g1       | Maja     | Nowak   | 2012-06-07 | 101  | {ONE}
        school | s1       | Maja     | Nowak   | 2012-06-07 | 101  | {ONE}
        school | s2       | Zuzanna  | Nowak   | 2012-06-07 | 101  | {ONE}
    """,
    )
    assert linked.together("g1", "s1")
    assert not linked.together("g1", "s2")


def test_a_son_is_not_the_father_whose_name_he_bears(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        """
        source  | local_id | forename | surname | birth_date | sex | postcode | uprn
        housing | h1       | Kwame    | Mensah  | 1979-01-20 | M   | AV1 1AA  | 101
        school  | s1       | Kwame    | Mensah  | 2011-08-02 | M   | AV1 1AA  | 101
    """,
    )
    assert not linked.together("h1", "s1")


@pytest.mark.parametrize(
    ("there", "here", "why"),
    [
        ("Muhammad | Hussain | 2009-05-06 | AV1 1AA", "Mohammed | Hussain | 2009-05-06 | AV1 1AA", "another spelling"),
        ("Katie | O'Brien | 2009-05-06 | AV1 1AA", "Katherine | OBrien | 2009-05-06 | AV2 2BB", "a nickname, moved"),
        ("José | García | 2009-05-06 | AV1 1AA", "Jose | Garcia | 2009-05-06 | AV2 2BB", "accents"),
        ("Amina | Yusuf | 2009-05-06 | AV1 1AA", "Yusuf | Amina | 2009-05-06 | AV1 1AA", "names swapped"),
        ("Freya | Smith-Owusu | 2009-05-06 | AV1 1AA", "Freya | Owusu | 2009-05-06 | AV1 1AA", "half a double name"),
        ("Kacper | Kowalski | 2009-05-06 | AV1 1AA", "Kacper | Kowalski | 2009-06-05 | AV1 1AA", "days swapped"),
        ("Kacper | Kowalski | 2009-05-06 | AV1 1AA", "Kacper | Kowalsky | 2009-05-16 | AV1 1AA", "two slips"),
    ],
)
def test_the_same_person_written_differently(helper: ModuleType, there: str, here: str, why: str) -> None:
    names = [(forename, surname) for forename in helper.FORENAMES[:5] for surname in helper.SURNAMES[:8]]
    crowd = "\n".join(f"gp | x{i} | {f} | {s} | 19{50 + i}-02-0{i % 9 + 1} | AV9 1ZZ" for i, (f, s) in enumerate(names))
    header = "source | local_id | forename | surname | birth_date | postcode"
    linked = Linked(helper, f"{header}\ngp | g1 | {there}\nschool | s1 | {here}\n{crowd}")
    assert linked.together("g1", "s1"), why


def test_an_adopted_childs_two_records_are_never_linked(helper: ModuleType) -> None:
    never = pd.DataFrame({"client_l": [helper.client("gp", "g1")], "client_r": [helper.client("care", "c1")]})
    text = f"""
        source | local_id | forename | surname | birth_date | postcode | nhs_number
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | {ONE}
        care   | c1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | {ONE}
        school | s1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | {ONE}
    """
    assert Linked(helper, text).together("g1", "c1")
    assert not Linked(helper, text, do_not_link=never).together("g1", "c1")


def test_what_a_reviewer_decided_is_honoured(helper: ModuleType) -> None:
    text = """
        source | local_id | forename | surname | birth_date | postcode
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        school | s1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA
        police | p1       | Poppy    | Murphy  | 1999-12-09 | AV5 5EE
    """
    others = [helper.client("school", "s1"), helper.client("police", "p1")]
    pairs = {"client_l": helper.client("gp", "g1"), "client_r": others, "verdict": ["different", "same"]}
    decided = Linked(helper, text, reviews=pd.DataFrame(pairs))
    assert not decided.together("g1", "s1")
    assert decided.together("g1", "p1")
    assert decided.how["p1"] == "review"


def test_a_nameless_record_needs_number_and_birth_date(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        """
        source  | local_id | forename | surname | birth_date | upn
        school  | s1       | Isla     | Cooper  | 2015-01-09 | A123456789012
        ssda903 | c1       | -        | -       | 2015-01-09 | A123456789012
        ssda903 | c2       | -        | -       | 2011-10-30 | A123456789012
        ssda903 | c3       | -        | -       | 2015-01-09 | -
    """,
    )
    assert linked.together("s1", "c1")
    assert len({linked.person[c] for c in ("s1", "c2", "c3")}) == 3
    assert linked.how["c3"] == "alone"


@pytest.mark.parametrize("called", ["Baby", "Unborn", "Baby Girl", "-"])
def test_an_unborn_child_is_the_one_born_at_that_home_about_that_day(helper: ModuleType, called: str) -> None:
    crowd = "\n".join(f"gp | x{i} | Max | Hill{'abcdefghij'[i % 10]} | 19{50 + i}-02-01 | AV9 1ZZ" for i in range(40))
    linked = Linked(helper, f"""
        source   | local_id | forename | surname | birth_date | postcode
        hospital | h1       | {called} | Cooper  | 2025-01-28 | AV1 1AA
        gp       | g1       | Isla     | Cooper  | 2025-02-12 | AV1 1AA
        school   | s1       | Harry    | Cooper  | 2019-11-20 | AV1 1AA
        {crowd}
    """)  # fmt: skip
    assert linked.together("h1", "g1")
    assert not linked.together("g1", "s1")


def test_the_shown_identity_is_what_most_agencies_say(helper: ModuleType) -> None:
    linked = Linked(
        helper,
        f"""
        source | local_id | forename | surname | birth_date | sex | postcode | seen_from  | seen_to    | nhs_number
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | F   | AV1 1AA  | 2019-01-01 | 2020-01-01 | {ONE}
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | F   | AV2 2BB  | 2020-01-01 | 2026-01-01 | {ONE}
        school | s1       | Islah    | Cooper  | 2015-09-01 | F   | AV2 2BB  | 2020-02-01 | 2026-01-01 | {ONE}
        care   | c1       | Isla     | Cooper  | 2015-01-09 | -   | AV1 1AA  | 2019-01-01 | 2019-06-01 | {ONE}
    """,
    )
    shown = linked.con.execute("SELECT forename, surname, birth_date::VARCHAR, sex, postcode, records FROM person")
    assert shown.fetchall() == [("Isla", "Cooper", "2015-01-09", "F", "AV2 2BB", 4)]


def test_of_an_adopted_childs_two_names_no_record_is_laid_beside_the_other(helper: ModuleType) -> None:
    text = f"""
        source | local_id | forename | surname | birth_date | postcode | nhs_number
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | {ONE}
        school | s1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | -
        gp     | g2       | Isla     | Wright  | 2015-01-09 | AV5 5EE  | {TWO}
        police | p2       | Isla     | Wright  | 2015-01-09 | AV5 5EE  | -
    """
    crowd = "".join(f"\ngp | x{n} | Person{n} | Other{n} | 19{50 + n}-02-01 | AV9 1ZZ | -" for n in range(40))
    never = pd.DataFrame({"client_l": [helper.client("gp", "g1")], "client_r": [helper.client("gp", "g2")]})
    asked = "SELECT count(*) FROM link_pair"
    assert Linked(helper, text.rstrip() + crowd).con.execute(asked).fetchall() != [(0,)]
    assert Linked(helper, text.rstrip() + crowd, do_not_link=never).con.execute(asked).fetchall() == [(0,)]


def test_a_record_split_off_leaves_the_others_together(helper: ModuleType) -> None:
    text = f"""
        source | local_id | forename | surname | birth_date | postcode | nhs_number
        gp     | g1       | Isla     | Cooper  | 2015-01-09 | AV1 1AA  | {ONE}
        school | s1       | Isla     | Cooper  | 2015-01-09 | -        | {ONE}
        police | p1       | Isla     | Coper   | -          | AV7 7ZZ  | {ONE}
        care   | c1       | Isla     | Cooper  | 2015-01-09 | -        | {ONE}
    """
    clients = {
        name: helper.client(*name) for name in [("gp", "g1"), ("school", "s1"), ("police", "p1"), ("care", "c1")]
    }
    for name, off in clients.items():
        rest = [client for client in clients.values() if client != off]
        parted = pd.DataFrame({"client_l": off, "client_r": rest, "verdict": "different"})
        decided = Linked(helper, text, reviews=parted)
        others = [local for source, local in clients if (source, local) != name]
        assert decided.together(*others), name
        assert not decided.together(name[1], others[0])
