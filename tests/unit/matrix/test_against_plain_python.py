"""The arrays against the plainest Python: each indicator, person by person, row by row, from its declaration."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.features.catalogue import CATALOGUE
from analytics.features.feature import Feature
from analytics.features.scope import SCOPES
from analytics.features.sources import ADDRESS, KNOWN_CASES
from analytics.matrix.load import load
from analytics.matrix.scatter import Moment, matrix
from tests.handmade import FEATURES, Store

AS_OF = date(2025, 1, 1)
START = date(2022, 6, 1)
NAMES = ("Amy", "Ben", "Cal", "Dee")
KINDS = sorted({kind for feature in FEATURES for kind in feature.kinds} - KNOWN_CASES.keys() - {ADDRESS})
DETAILS = sorted({detail for feature in FEATURES for detail in feature.details} | {"other"})
TIES = sorted({kind for scope in SCOPES.values() for kind in scope.kinds})

Event = dict[str, object]
World = dict[str, list[dict[str, object]]]


def days(first: date, last: date) -> st.SearchStrategy[date]:
    return st.dates(first, last)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to sixty events, a dozen ties and a few known cases around one as-of date, edges of windows among them."""
    edges = [AS_OF - timedelta(n) for n in (730, 731, 366, 365, 92, 93, 1, 0, -1)]
    day = st.one_of(days(START, AS_OF + timedelta(90)), st.sampled_from(edges))
    person = st.sampled_from(NAMES)
    late = st.sampled_from([0, 0, 1, 5, 60])
    events = [
        {"person": draw(person), "kind": kind, "happened": (on := draw(day)),
         "known": (known := on + timedelta(draw(late))),
         "corrected": draw(st.sampled_from([None, None, known + timedelta(1), known + timedelta(200), AS_OF])),
         "ended": None if draw(st.booleans()) else on + timedelta(draw(st.sampled_from([0, 1, 30, 400]))),
         "value": draw(st.sampled_from([None, 0.0, 1.0, 2.5, 90.0])), "detail": draw(st.sampled_from([None, *DETAILS]))}
        for kind in draw(st.lists(st.sampled_from(KINDS), max_size=60))
    ]  # fmt: skip
    ties = [
        {"person": one, "other": two, "kind": draw(st.sampled_from(TIES)), "from": (on := draw(day)),
         "to": (to := None if draw(st.booleans()) else on + timedelta(draw(st.sampled_from([0, 90, 600])))),
         "known": on + timedelta(draw(late)), "end known": to and to + timedelta(draw(late))}
        for one, two in draw(st.lists(st.tuples(person, person), max_size=12))
    ]  # fmt: skip
    cases = [
        {"person": name, "profile": draw(st.sampled_from(["cse", "cce"])), "identified": (on := draw(day)),
         "known": on + timedelta(draw(late))}
        for name in draw(st.lists(person, max_size=3))
    ]  # fmt: skip
    return {"events": events, "ties": ties, "cases": cases}


def as_table(told: list[dict[str, object]]) -> str:
    if not told:
        return ""
    head = " | ".join(told[0])
    return "\n".join([head, *(" | ".join("" if v is None else str(v) for v in row.values()) for row in told)])


def store_of(world: World, shuffle: int = 0) -> Store:
    people = "person\n" + "\n".join(NAMES)
    return Store(people, shuffle=shuffle, **{name: as_table(told) for name, told in world.items()})


# --- the plain reading of a declaration -------------------------------------------------------------------------------
def visible(feature: Feature, person: str, world: World) -> list[Event]:
    """The person's rows that the indicator may see, with ends to come left open."""
    nothing = {"ended": None, "value": None, "detail": None}
    cases = [
        nothing
        | {
            "person": c["person"],
            "kind": f"known_{c['profile']}",
            "happened": c["identified"],
            "known": c["known"],
            "corrected": None,
        }
        for c in world["cases"]
    ]
    return [
        {**row, "ended": row["ended"] if row["ended"] is not None and row["ended"] < AS_OF else None}
        for row in world["events"] + cases
        if row["person"] == person
        and row["kind"] in feature.kinds
        and (not feature.details or row["detail"] in feature.details)
        and row["known"] < AS_OF
        and not (row["corrected"] and row["corrected"] < AS_OF)
        and row["happened"] < AS_OF
    ]


def own(feature: Feature, person: str, world: World) -> float | None:  # noqa: C901
    start = AS_OF - timedelta(feature.window_days or 0)
    seen = visible(feature, person, world)
    inside = sorted((r for r in seen if r["happened"] >= start), key=lambda r: r["happened"])
    values = [r["value"] for r in inside if r["value"] is not None]
    middle = start + timedelta((feature.window_days or 0) // 2)
    match feature.aggregate:
        case "count":
            return len(inside) or None
        case "any":
            return 1.0 if inside else None
        case "sum":
            return sum(values) if values else None
        case "mean":
            return sum(values) / len(values) if values else None
        case "max":
            return max(values) if values else None
        case "days_since":
            return (AS_OF - inside[-1]["happened"]).days if inside else None
        case "open":
            return 1.0 if any(r["ended"] is None for r in seen) else None
        case "distinct":
            return len({r["detail"] for r in inside if r["detail"] is not None}) or None
        case "days":
            covered = {d for r in seen for d in spell(max(r["happened"], start), r["ended"] or AS_OF)}
            return len(covered) or None
        case "trend":
            recent = [r for r in inside if r["happened"] >= middle]
            return 2 * len(recent) - len(inside) if inside else None
        case "change":
            halves = [
                [r["value"] for r in inside if (r["happened"] >= middle) == late and r["value"] is not None]
                for late in (True, False)
            ]
            return sum(halves[0]) / len(halves[0]) - sum(halves[1]) / len(halves[1]) if all(halves) else None
    raise AssertionError(f"no plain reading of {feature.aggregate}")


def spell(start: date, stop: date) -> list[date]:
    return [start + timedelta(n) for n in range(max(0, (stop - start).days))]


def around(scope_name: str, person: str, world: World) -> list[str]:
    scope, found = SCOPES[scope_name], set()
    for tie in world["ties"]:
        if tie["person"] != person or tie["other"] == person or tie["kind"] not in scope.kinds:
            continue
        if not (tie["known"] < AS_OF and tie["from"] < AS_OF):
            continue
        if scope.lasting:
            until = tie["to"] if tie["to"] is not None and max(tie["to"], tie["end known"]) < AS_OF else date.max
        else:
            until = tie["to"] or tie["from"]
        if until >= AS_OF - timedelta(scope.recent_days):
            found.add(tie["other"])
    return sorted(found | ({person} if scope.and_self else set()))


def said(feature: Feature, person: str, world: World) -> float | None:
    if feature.scope == "self":
        figure = own(feature, person, world)
        return 0.0 if figure is None and feature.absent_is_nil else figure
    others = around(feature.scope, person, world)
    if feature.aggregate == "people":
        return len(others)
    figures = [figure for other in others if (figure := own(feature, other, world)) is not None]
    if not figures:
        nobody_known = not others and SCOPES[feature.scope].none == "unknown"
        return 0.0 if feature.absent_is_nil and not nobody_known else None
    if feature.aggregate in ("mean", "last", "change"):
        return sum(figures) / len(figures)
    if feature.aggregate == "days_since":
        return min(figures)
    return max(figures) if feature.aggregate == "max" or feature.across == "most" else sum(figures)


# --- the tests -----------------------------------------------------------------------------------------------------
# An age reads no events; of several values on one day, which is the last is the log's own order; both have specs.
PLAIN = [f for f in FEATURES if f.aggregate not in ("age", "last") and ADDRESS not in f.kinds]
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(worlds())
def test_every_indicator_is_what_its_declaration_says(world: World) -> None:
    store = store_of(world)
    moment = Moment(load(store.con, FEATURES), AS_OF)
    for feature in PLAIN:
        figure = moment.figure(feature)
        for name, number in store.ids.items():
            expected = said(feature, name, world)
            found = figure[number - 1]
            assert found == pytest.approx(np.nan if expected is None else expected, nan_ok=True), (feature.name, name)


@SLOW
@given(worlds(), worlds(), st.sets(st.integers(0, 59)))
def test_rows_that_arrive_or_are_corrected_late_change_nothing_in_the_past(
    world: World, late: World, put_right: set[int]
) -> None:
    before = matrix(load(store_of(world).con, FEATURES), FEATURES, AS_OF)
    for n in put_right & set(range(len(world["events"]))):
        if world["events"][n]["corrected"] is None:
            world["events"][n]["corrected"] = AS_OF + timedelta(n)
    for tie in world["ties"]:
        if tie["to"] is None:
            tie["to"], tie["end known"] = tie["from"], AS_OF
    for row in late["events"]:
        row["known"] = max(row["known"], AS_OF)
    for tie in late["ties"]:
        tie["known"] = max(tie["known"], AS_OF)
    for case in late["cases"]:
        case["known"] = max(case["known"], AS_OF)
    together = {name: world[name] + late[name] for name in world}
    after = matrix(load(store_of(together).con, FEATURES), FEATURES, AS_OF)
    assert before.values.tobytes() == after.values.tobytes()
    np.testing.assert_array_equal(before.people, after.people)


@SLOW
@given(worlds(), st.integers(1, 1000))
def test_the_order_of_rows_does_not_matter_to_the_bit(world: World, shuffle: int) -> None:
    one = matrix(load(store_of(world).con, FEATURES), FEATURES, AS_OF)
    other = matrix(load(store_of(world, shuffle).con, FEATURES), FEATURES, AS_OF)
    assert one.values.tobytes() == other.values.tobytes()


@pytest.mark.parametrize("name", [feature.name for feature in PLAIN])
def test_every_indicator_takes_a_value_where_its_events_happen(name: str) -> None:
    """A typing error in a kind, a detail or a scope would leave an indicator at nil for ever."""
    feature = CATALOGUE[name]
    who = "Ben" if feature.contextual else "Amy"
    detail = feature.details[0] if feature.details else "x"
    within = (feature.window_days or 60) // 4
    recent, earlier = AS_OF - timedelta(within), AS_OF - timedelta(3 * within)
    happened = ((recent, 3.0), (recent, 4.0), (earlier, 2.0))
    events = [
        {"person": who, "kind": kind, "happened": day, "ended": None, "value": value, "detail": detail}
        for kind in feature.kinds if kind not in KNOWN_CASES for day, value in happened
    ]  # fmt: skip
    ties = [
        {"person": "Amy", "other": "Ben", "kind": kind, "from": recent, "to": None}
        for kind in SCOPES[feature.scope].kinds
    ]
    cases = [
        {"person": who, "profile": KNOWN_CASES[kind], "identified": recent}
        for kind in feature.kinds
        if kind in KNOWN_CASES
    ]
    store = Store("person\nAmy\nBen", events=as_table(events), ties=as_table(ties), cases=as_table(cases))
    value = store.says(name, AS_OF.isoformat())["Amy"]
    assert value is not None
    assert value > 0
