"""A recall is complete: whatever was retired, rebuilt, split and joined, everyone shown is in it and nobody else."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.recall.recall import recall
from data.access.gate import session
from data.access.roles import PURPOSES
from data.home import Home, home
from data.journal.model_decisions import APPROVED, RETIRED
from tests.unit.recall.small import decide_on_model, publish, show, show_list

CLIENTS = (1, 2, 3, 4)
READERS = ("demo.north", "demo.manager")
ALWAYS = ("2000-01-01", "2999-01-01")

acts = st.lists(
    st.one_of(
        st.tuples(st.just("show"), st.sampled_from(CLIENTS)),
        st.tuples(st.just("list"), st.just(0)),
        st.tuples(st.just("retire"), st.just(0)),
        st.tuples(st.just("approve"), st.just(0)),
        st.tuples(st.just("rebuild"), st.sampled_from((0, 1))),
        st.tuples(st.just("split"), st.sampled_from(CLIENTS)),
        st.tuples(st.just("join"), st.sampled_from(CLIENTS)),
    ),
    min_size=3, max_size=9,
)  # fmt: skip


class City:
    """What happens in the city, and what a recall has to say of it."""

    def __init__(self, place: Home) -> None:
        self.place, self.version = place, 1
        self.links = dict(zip(CLIENTS, (10, 10, 30, 40), strict=True))
        self.shown: dict[str, Counter[tuple[int, str]]] = {}
        self.held: dict[str, dict[int, set[int]]] = {}
        self.build()

    def build(self) -> None:
        publish(self.place, self.links, f"v{self.version}")

    def seen(self, people: set[int], reader: str) -> None:
        name = f"v{self.version}"
        self.shown.setdefault(name, Counter()).update((person, reader) for person in people)
        for person in people:
            clients = {client for client, who in self.links.items() if who == person}
            self.held.setdefault(name, {}).setdefault(person, set()).update(clients)

    def do(self, act: str, which: int) -> None:
        if act == "show" and show(self.place, self.links[which]):
            self.seen({self.links[which]}, READERS[0])
        elif act == "list" and show_list(self.place):
            self.seen(set(self.links.values()), READERS[1])
        elif act in ("retire", "approve"):
            decide_on_model(self.place, f"v{self.version}", RETIRED if act == "retire" else APPROVED)
        elif act == "rebuild":
            self.version += which
            self.build()
        elif act == "split":
            self.links[which] = 100 + max(self.links.values())
            self.build()
        elif act == "join":
            self.links[which] = self.links[CLIENTS[0]]
            self.build()


LONG = [
    ("show", 1), ("list", 0), ("retire", 0), ("show", 2), ("rebuild", 1), ("list", 0), ("approve", 0), ("list", 0),
    ("split", 1), ("join", 3), ("show", 1),
]  # fmt: skip


@settings(max_examples=6, deadline=None)
@example(LONG)
@given(acts)
def test_everyone_shown_is_recalled_and_nobody_else(happened: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        city = City(home(Path(folder)))
        for one in happened:
            city.do(*one)
        with session(city.place, "demo.auditor", PURPOSES[6]) as auditor:
            for number in range(1, city.version + 1):
                version = f"v{number}"
                found = recall(auditor, "cse", version, *ALWAYS)
                told = Counter((one.person, each.showing.reader) for one in found.people for each in one.shown)
                assert told == city.shown.get(version, Counter())
                for one in found.people:
                    today = {city.links[client] for client in city.held[version][one.person]}
                    assert today <= {now.person for now in one.now}
                    assert all(each.showing.band == "raised" for each in one.shown)
