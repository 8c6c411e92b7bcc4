"""Strategic picture: need by ward, needs together, moves, where records are thin; and what no reader may see there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.management.picture import GROUPS, NEEDS
from data.home import home
from data.snapshot.reading import current

VIEWS = ("Need by ward", "Needs together", "Moves", "Where records are thin")
SMALL = {"1", "2", "3", "4", 1.0, 2.0, 3.0, 4.0}


def said(app: Any) -> str:
    told = [*app.markdown, *app.caption, *app.warning, *app.info]
    return "\n".join(str(one.value) for one in told).replace("\\", "")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_what_it_shows_and_holds_no_small_count(view: str, small_home: Path, open_page) -> None:
    app = open_page("picture", "demo.manager", home=small_home, picture_view=view)
    assert "Counts below 5 are withheld" in said(app)
    counts = [frame.value[name] for frame in app.dataframe for name in ("count", "living") if name in frame.value]
    counts += [frame.value["Early help"] for frame in app.dataframe if "Early help" in frame.value]
    assert not any(SMALL & set(one) for one in counts)
    assert app.dataframe


def test_filters_narrow_the_wards_and_keep_the_rule(small_home: Path, open_page) -> None:
    app = open_page("picture", "demo.manager", home=small_home, picture_need="headline_attendance")
    app.selectbox(key="picture_area").set_value("North").run()
    app.selectbox(key="picture_age").set_value("10 to 15").run()
    assert not app.exception
    wards = next(frame.value for frame in app.dataframe if "class" in frame.value)
    assert set(wards["area"]) == {"North"}
    assert "School attendance" in said(app)
    assert {box.label for box in app.selectbox} == {"Need", "Area", "Age"}
    assert set(app.selectbox(key="picture_need").options) == {f"{one.group}: {one.label}" for one in NEEDS.values()}


def test_each_group_of_needs_is_told_in_words(small_home: Path, open_page) -> None:
    app = open_page("picture", "demo.manager", home=small_home, picture_view="Needs together")
    for group in GROUPS:
        app.selectbox(key="picture_group").set_value(group).run()
        assert not app.exception
        assert "have two or more of these" in said(app) or "would be here" in said(app)


def test_the_councils_own_boundaries_are_drawn_and_codes_that_do_not_match_are_told(
    small_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page
) -> None:
    with current(home(small_home)) as snapshot, snapshot.cursor() as cursor:
        wards = cursor.execute("SELECT ward, name, geometry FROM ward ORDER BY ward").fetchall()
    (tmp_path / "maps").mkdir()
    features = [
        {"type": "Feature", "properties": {"WD25CD": code, "WD25NM": name}, "geometry": json.loads(shape)}
        for code, name, shape in wards[1:]
    ]
    features[-1]["properties"]["WD25CD"] = "<b>E05</b>"
    told = {"type": "FeatureCollection", "features": features}
    (tmp_path / "maps" / "wards.geojson").write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.setenv("KINSIGHT_LOCAL", str(tmp_path))
    app = open_page("picture", "demo.manager", home=small_home)
    warned = "\n".join(one.value for one in app.warning).replace("\\", "")
    assert f"No outline was declared for {wards[0][1]} (W01), {wards[-1][1]}" in warned
    assert "<b>" not in "\n".join(one.value for one in app.warning).replace("\\<", "")
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert sum(trace.get("fill") == "toself" for trace in drawn) == len(wards) - 2


@pytest.mark.parametrize("account", ["demo.north", "demo.trainer"])
def test_others_are_told_whom_it_is_for(account: str, small_home: Path, open_page) -> None:
    app = open_page("picture", account, home=small_home)
    assert not app.dataframe
    assert any("for managers and analysts" in warning.value for warning in app.warning)
