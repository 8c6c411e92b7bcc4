"""What the search box makes of what people type."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.casework.asked import Asked, Born, names_in, understand
from analytics.casework.search_index import TOKENS

TYPED = {
    "jasmin kahn 2011": Asked(("jasmin", "kahn"), Born(2011)),
    "Khan, Yasmin": Asked(("khan", "yasmin")),
    "O'Brien-Smith": Asked(("obrien", "smith")),
    "Zoë Łukasz": Asked(("zoe", "łukasz")),
    "3 mar 2011": Asked(born=Born(2011, 3, 3)),
    "3rd of": Asked(("of",), numbers=("3RD",)),
    "03/04/2011": Asked(born=Born(2011, 4, 3)),
    "2011-04-03": Asked(born=Born(2011, 4, 3)),
    "3.4.11": Asked(born=Born(2011, 4, 3)),
    "march 2011 khan": Asked(("khan",), Born(2011, 3)),
    "khan 3 march": Asked(("khan",), Born(None, 3, 3)),
    "av7 1aa": Asked(postcodes=("AV71AA",)),
    "khan av7": Asked(("khan",), postcodes=("AV7",)),
    "943 476 5919": Asked(numbers=("9434765919",)),
    "P-77123": Asked(numbers=("P77123",)),
    "SC004411 khan": Asked(("khan",), numbers=("SC004411",)),
    "": Asked(),
}


@pytest.mark.parametrize("typed", TYPED)
def test_is_read_as(typed: str) -> None:
    assert understand(typed) == TYPED[typed]


def test_an_impossible_date_is_no_date() -> None:
    assert understand("45/13/2011").born == Born(2011)


@given(st.text(max_size=300))
def test_any_text_at_all_is_understood_without_an_error(typed: str) -> None:
    asked = understand(typed)
    assert all(name.isalpha() for name in asked.names)
    assert all(number.isascii() and number.isalnum() for number in asked.numbers)


@given(st.text(alphabet="aeEéüñłøçŠžZ'’.- 7", max_size=20))
def test_the_index_and_the_box_part_names_alike(written: str) -> None:
    """Else a name could be recorded in a way in which it can't be asked for."""
    indexed = duckdb.execute(f"SELECT {TOKENS.format('$name')}", {"name": written}).fetchall()[0][0]
    assert names_in(written) == indexed
