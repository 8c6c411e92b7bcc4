"""A city of a few clients, published again and again, in which people are split and joined and models come and go."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.build import moves
from data.access.gate import act, serve, session
from data.access.reader import AccessRefused
from data.access.roles import PURPOSES
from data.access.roles import Permission as P
from data.home import Home
from data.journal.accounts import offer_demonstration
from data.journal.journal import Entry, journal_of
from data.journal.model_decisions import RETIRED, values
from data.journal.tables import JUDGEMENT, MODEL_APPROVAL
from data.snapshot.publish import Draft
from data.snapshot.reading import current
from data.snapshot.tables import MODEL, PERSON, PERSON_LINK, PERSON_MOVED, SCORE, WARD

CITY = {"id": "small", "name": "Smallham", "invented": True}
SCORES = "SELECT person, band FROM score WHERE person = $person AND model = 'cse'"
LIST = "SELECT person, band FROM score JOIN visible USING (person) WHERE model = 'cse' ORDER BY person"


def publish(home: Home, links: Mapping[int, int], version: str, state: str = "candidate") -> None:
    """A snapshot in which each client is this person, with a score of everybody by this version."""
    with Draft(home) as draft:
        run = draft.connection.execute
        for table in (PERSON, PERSON_LINK, PERSON_MOVED, MODEL, SCORE, WARD):
            run(table.ddl())
        run("INSERT INTO ward VALUES ('N1', 'Lockleaze', 'North', 3, NULL), ('C1', 'Cabot', 'Central', 3, NULL)")
        for person in sorted(set(links.values())):
            run(
                "INSERT INTO person (person, forename, surname, ward) VALUES (?, ?, 'Bell', 'N1')",
                [person, f"P{person}"],
            )
            row = [person, version, 0.123456, person]
            run("INSERT INTO score (person, model, version, as_of, band, probability, rank) "
                "VALUES (?, 'cse', ?, '2026-10-01', 'raised', ?, ?)", row)  # fmt: skip
        for client, person in links.items():
            run("INSERT INTO person_link VALUES (?, 'school', ?, 1, 'alone')", [client, person])
        run("INSERT INTO model (model, version, state, reason) VALUES ('cse', ?, ?, 'It was too often wrong.')",
            [version, state])  # fmt: skip
        moves.keep(draft.connection, home, CITY, draft.number)
        draft.manifest |= {"city": CITY, "today": "2026-10-01"}
    with current(home) as snapshot:
        offer_demonstration(journal_of(home), snapshot)


def show(home: Home, person: int, account: str = "demo.north") -> bool:
    """The score tab of a person, after a skip; whether it was shown."""
    with session(home, account, PURPOSES[0]) as opened:
        act(opened, P.JUDGE, JUDGEMENT, {"person": person, "model": "cse", "snapshot": opened.snapshot.id, "worry": 2})
        try:
            serve(opened, P.SEE_SCORE, SCORES, people=[person], model="cse", what="score")
        except AccessRefused:
            return False
        return True


def show_list(home: Home, account: str = "demo.manager") -> bool:
    """The ranked list; whether it was shown."""
    with session(home, account, PURPOSES[3]) as opened:
        try:
            serve(opened, P.SEE_LIST, LIST, model="cse")
        except AccessRefused:
            return False
        return True


def decide_on_model(home: Home, version: str, state: str = RETIRED) -> None:
    """A manager's word on a version."""
    entry = Entry("demo.manager", "manager", "approve model", model="cse")
    journal_of(home).append(MODEL_APPROVAL, values("cse", version, state, "A reason that is long enough"), entry)
