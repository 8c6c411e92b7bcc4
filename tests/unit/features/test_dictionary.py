"""The data dictionary is complete, because it is read from the declarations."""

from __future__ import annotations

import json

from analytics.features.catalogue import CATALOGUE
from analytics.features.dictionary import dictionary, markdown
from data.events import KINDS
from data.sources import SOURCES


def test_it_names_every_indicator_event_and_source() -> None:
    told = dictionary()
    assert [each["name"] for each in told["indicators"]] == list(CATALOGUE)
    assert [each["name"] for each in told["events"]] == list(KINDS)
    assert [each["name"] for each in told["sources"]] == list(SOURCES)
    json.dumps(told)


def test_the_page_is_one_table_row_each() -> None:
    page = markdown()
    for name in (*CATALOGUE, *KINDS):
        assert page.count(f"(`{name}`)") == 1, name
    widths = {line.replace("\\|", "").count("|") for line in page.splitlines() if line.startswith("| ")}
    assert widths <= {5, 7, 8}


def test_identification_is_said_to_be_no_indicator() -> None:
    never = {each["name"] for each in dictionary()["events"] if each["never_an_indicator"]}
    assert never == {"exploitation_service", "factor_cse", "factor_cce"}
