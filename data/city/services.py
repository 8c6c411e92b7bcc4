"""Contacts with the hub, referrals, assessments, plans and early help: what follows when somebody is worried."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city import assessment, early_help, hub, hurt
from data.city.books import Books
from data.city.clock import days_in
from data.city.hub import Hub
from data.city.hurt import Hurt
from data.city.lives import HOME, Bools, Floats, Lives, chance
from data.city.log import Table, take
from data.city.reasons import (
    ATTENDANCE,
    BEHAVIOUR,
    COUNCIL,
    DISABILITY,
    DOMESTIC,
    EARLY_HELP,
    EMOTIONAL,
    EXPLOITATION,
    FAMILY_REASONS,
    HEALTH,
    HOUSING,
    HOUSING_NEED,
    MENTAL,
    MISSING,
    NEGLECT,
    OTHER,
    PHYSICAL,
    POLICE,
    PUBLIC,
    SCHOOL,
    SEXUAL,
    SUBSTANCE,
    VOLUNTARY,
)
from data.city.vulnerability import harm

STEPS = np.array([0.6, 1.0, 1.46, 3.0])  # severity at which the outcome rises
EASED = (NEGLECT, PHYSICAL, EMOTIONAL, BEHAVIOUR, ATTENDANCE, OTHER)  # worries that a parenting programme can ease


def step(lives: Lives, books: Books, desk: Hub, hurting: Hurt) -> None:
    """One month at the front door."""
    lives.flags["in_need"] = books.case_until > lives.today
    told = hub.pass_on(desk, lives, _worries(lives, books, hurting))
    told = hub.tell_twice(desk, _with_siblings(lives, told, books), books.contacts)
    books.contacts = int(told["contact"].max(initial=books.contacts - 1)) + 1
    child, day, agency, reason = (told[name] for name in ("child", "day", "agency", "reason"))
    read = _read(lives, desk, told)
    outcome = np.searchsorted(STEPS, read["seen"]).astype(np.int8)
    lives.log.add(
        "contact",
        **told,
        **read,
        outcome=outcome,
        minute=lives.rng.integers(420, 1260, len(child)).astype(np.int16),
    )
    refer(lives, books, child, day, agency, reason, outcome >= 3, read["seen"])
    early_help.give(lives, books, child[outcome == 2], day[outcome == 2])


def _worries(lives: Lives, books: Books, hurting: Hurt) -> Table:
    """``child, day, agency, reason`` of each worry this month, before brothers and sisters are added."""
    parts = [
        _from_police(lives),
        _from_missing(lives),
        *_from_watching(lives, books),
        *_before_birth(lives),
        _from_exploitation(lives),
        _after_identification(lives),
        hurt.told(lives, hurting),
    ]
    types = {"child": np.int64, "day": np.int32, "agency": np.int8, "reason": np.int8}
    return {name: np.concatenate([part[name] for part in parts]).astype(kind) for name, kind in types.items()}


def _part(
    lives: Lives, child: NDArray[np.int64], agency: int, reason: int, day: NDArray[np.int32] | None = None
) -> Table:
    size = len(child)
    days = days_in(lives.rng, lives.month, size) if day is None else day
    return {"child": child, "day": days, "agency": np.full(size, agency), "reason": np.full(size, reason)}


def _from_police(lives: Lives) -> Table:
    """The police tell the hub of about half of the incidents where a child lives."""
    incident = lives.log.this_month("domestic")
    youngest = _a_child_of(lives, incident["family"])
    tell = (youngest >= 0) & (lives.rng.random(len(youngest)) < 0.42 + 0.15 * (incident["grade"] - 1))
    return _part(lives, youngest[tell], POLICE, DOMESTIC, incident["day"][tell] + 1)


def _from_missing(lives: Lives) -> Table:
    episode = lives.log.this_month("missing")
    tell = lives.rng.random(len(episode["child"])) < 0.3
    return _part(lives, episode["child"][tell], POLICE, MISSING, episode["day"][tell] + 2)


def _from_watching(lives: Lives, books: Books) -> list[Table]:
    """Schools, health, neighbours and others grow worried."""
    here = np.flatnonzero(lives.present())
    worries = _worry(lives, books, here)
    return [_part(lives, here[chance(lives.rng, rate)], agency, reason) for agency, reason, rate in worries]


def eased(lives: Lives, books: Books) -> Floats:
    """Monthly rate of the worries about each family's children that a parenting programme can ease."""
    here = np.flatnonzero(lives.present() & (lives.placement == HOME))
    rate = sum((rate for _, reason, rate in _worry(lives, books, here) if reason in EASED), np.zeros(len(here)))
    return np.bincount(lives.family[here], rate, len(lives.families)).astype(np.float64)


def _worry(lives: Lives, books: Books, here: NDArray[np.int64]) -> list[tuple[int, int, Floats]]:
    """(agency, reason, monthly rate): by what is to be seen of harm, and by how closely each agency looks."""
    watch = np.exp(0.8 * lives.families.watched[lives.family[here]])
    # Whoever has been known before is sooner reported again.
    watch = watch * np.where((books.case_until[here] > lives.today - 500) & (books.case_until[here] > 0), 3.4, 0.74)
    hurt, level, flags = harm(lives)[here], lives.level, lives.flags
    at_school = lives.school[here] >= 0
    worried = np.exp(0.75 * np.minimum(hurt, 2.2) + 0.3 * np.minimum(level["trauma"][here], 2))
    neglect = lives.of_family("neglect")[here]
    rates = (
        (SCHOOL, NEGLECT, at_school * (0.0005 * worried + 0.005 * neglect)),
        (SCHOOL, EMOTIONAL, at_school * 0.0009 * worried),
        (SCHOOL, PHYSICAL, at_school * 0.0009 * worried),
        (SCHOOL, BEHAVIOUR, at_school * 0.0005 * np.exp(0.5 * lives.traits["acts_out"][here])),
        (SCHOOL, ATTENDANCE, at_school * 0.0005 * np.exp(0.8 * level["disengaged"][here])),
        (HEALTH, MENTAL, 0.0004 + 0.012 * flags["low"][here]),
        (HEALTH, NEGLECT, ~at_school * (0.0008 * worried + 0.005 * neglect)),
        (HEALTH, SUBSTANCE, 0.0002 * worried + 0.005 * lives.of_family("parent_substance")[here]),
        (PUBLIC, NEGLECT, 0.0006 * worried),
        (PUBLIC, PHYSICAL, 0.0005 * worried),
        (PUBLIC, OTHER, 0.0008 + 0 * hurt),
        (HOUSING, HOUSING_NEED, 0.0002 + 0.0018 * lives.of_family("money")[here]),
        (HEALTH, DISABILITY, 0.004 * (lives.traits["learning"] + lives.traits["autism"])[here]),
        (VOLUNTARY, SEXUAL, 0.00012 * worried),
        (SCHOOL, SEXUAL, 0.00025 * worried),
        (COUNCIL, OTHER, 0.0004 * worried),
        (EARLY_HELP, NEGLECT, 0.0012 * neglect),
    )
    ease = lives.ease[lives.family[here]]
    return [
        (agency, reason, 0.675 * watch * rate * ease if reason in EASED else 0.675 * watch * rate)
        for agency, reason, rate in rates
    ]


def _before_birth(lives: Lives) -> list[Table]:
    """Midwives tell of children not yet born whose home they fear for, from about the twentieth week."""
    families, age = lives.families, lives.age()
    family = lives.family
    here = (families.arrived[family] <= lives.today) & (families.left[family] > lives.today)
    child = np.flatnonzero((age < 0) & (age > -0.4) & here)
    # A child who comes with the family later is born elsewhere.
    child = child[lives.people.arrived[child] <= lives.people.birth[child]]
    watch = np.exp(0.5 * families.watched[family[child]])
    fears = ((DOMESTIC, 0.05, "domestic"), (SUBSTANCE, 0.08, "parent_substance"), (NEGLECT, 0.06, "neglect"))
    rates = [(reason, 0.001 + rate * lives.trouble[name][family[child]]) for reason, rate, name in fears]
    return [_part(lives, child[chance(lives.rng, watch * rate)], HEALTH, reason) for reason, rate in rates]


def _from_exploitation(lives: Lives) -> Table:
    """Somebody wonders about exploitation: sometimes rightly, more often of a child who only seems to be in trouble."""
    here = np.flatnonzero(lives.present() & (lives.age() >= 10))
    level = lives.level
    real = (level["cse"] * level["cse_shows"] + level["cce"] * level["cce_shows"])[here]
    seems = 0.00016 * np.exp(
        0.5 * lives.flags["conflict"][here]
        + 0.5 * lives.flags["substance"][here]
        + 0.4 * np.minimum(level["peers"][here], 2)
        + 0.4 * (lives.placement[here] != HOME)
    )
    watch = np.exp(0.8 * lives.families.watched[lives.family[here]])
    who = here[chance(lives.rng, watch * (seems + 0.032 * np.minimum(real, 3)))]
    agency = lives.rng.choice([POLICE, SCHOOL, HEALTH, VOLUNTARY], len(who), p=[0.35, 0.35, 0.15, 0.15])
    days = days_in(lives.rng, lives.month, len(who))
    return {"child": who, "day": days, "agency": agency, "reason": np.full(len(who), EXPLOITATION)}


def _after_identification(lives: Lives) -> Table:
    """Those identified last month come to the hub in most cases."""
    found = lives.log.this_month("identified")
    tell = (lives.rng.random(len(found["child"])) < 0.75) & lives.present()[found["child"]]
    return _part(
        lives,
        found["child"][tell],
        VOLUNTARY,
        EXPLOITATION,
        np.maximum(found["day"][tell] + 3, lives.today).astype(np.int32),
    )


def _a_child_of(lives: Lives, family: NDArray[np.int64]) -> NDArray[np.int64]:
    """One child of each family who lives at home now, -1 where there is none."""
    home = np.flatnonzero(lives.present() & (lives.placement == HOME))
    one = np.full(len(lives.families), -1, np.int64)
    one[lives.family[home]] = home
    return one[family]


def _with_siblings(lives: Lives, told: Table, books: Books) -> Table:
    """Contacts about the home name all its children; each row gets its contact's number."""
    size, child = len(told["child"]), told["child"]
    home = np.flatnonzero(lives.present() & (lives.placement == HOME))
    home = home[np.argsort(lives.family[home], kind="stable")]
    family = lives.family[home]
    wide = np.flatnonzero(np.isin(told["reason"], FAMILY_REASONS) & (lives.rng.random(size) < 0.72))
    first = np.searchsorted(family, lives.family[child[wide]])
    span = np.searchsorted(family, lives.family[child[wide]], side="right") - first
    row = np.repeat(wide, span)
    place = np.repeat(first, span) + np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)
    other = home[place] if len(row) else np.empty(0, np.int64)
    new = other != child[row]
    every = np.concatenate([np.arange(size), row[new]])
    number = books.contacts + np.arange(size)
    books.contacts += size
    table = take(told, every)
    return table | {
        "child": np.concatenate([child, other[new]]),
        "contact": number[every],
        "again_of": np.full(len(every), -1),
    }


def _read(lives: Lives, desk: Hub, told: Table) -> Table:
    """How each row is read: how bad things stand, how bad the event was, by whom, and what it comes to."""
    level, flags, child = lives.level, lives.flags, told["child"]
    stand = (
        0.5 * np.minimum(harm(lives)[child], 2.2)
        + 0.2 * np.minimum(level["trauma"][child], 2)
        + 0.3 * flags["conflict"][child]
        + 0.2 * flags["low"][child]
        + 0.35 * np.minimum(level["cse"] + level["cce"], 2)[child]
        + 0.2
    )
    number, of = np.unique(told["contact"], return_inverse=True)
    read = {name: column[of] for name, column in hub.read(desk, len(number), desk.rng).items()}
    incident = read["incident"] + hurt.GRAVE * hurt.grave(lives, child, told["day"])
    sounds = 0.5 * np.isin(told["reason"], (PHYSICAL, SEXUAL)) + 0.75 * (told["reason"] == EXPLOITATION)
    return read | {"incident": incident, "stand": stand, "seen": stand + sounds + incident + read["error"]}


def refer(
    lives: Lives,
    books: Books,
    child: NDArray[np.int64],
    day: NDArray[np.int32],
    agency: NDArray[np.int8],
    reason: NDArray[np.int8],
    accepted: Bools,
    severity: Floats,
) -> None:
    """Open a case for each child referred who has none open, and draw its course."""
    pick = np.flatnonzero(accepted & (books.case_until[child] < day))
    _, first = np.unique(child[pick], return_index=True)
    pick = pick[np.sort(first)]
    child, day, reason, severity, agency = child[pick], day[pick], reason[pick], severity[pick], agency[pick]
    rng, size = lives.rng, len(child)
    nfa = rng.random(size) < 0.136
    begins = day + rng.integers(1, 8, size)
    authorised = begins + np.clip(rng.gamma(7, 6.2, size), 8, 120).astype(np.int32)
    in_need = ~nfa & (rng.random(size) < 1 / (1 + np.exp(-(0.78 + 0.55 * (severity - 2.1)))))
    stay = (rng.gamma(1.1, 248, size) * np.exp(0.12 * (severity - 2))).astype(np.int32)
    until = np.where(nfa, day + 1, np.where(in_need, authorised + 14 + stay, authorised + 1)).astype(np.int32)
    # Whoever had a plan before is looked at harder.
    again = books.plans[child] > 0
    enquiry = ~nfa & (rng.random(size) < np.where(severity > 2.5, 0.62, 0.26) + 0.34 * again)
    plan = enquiry & in_need & (rng.random(size) < 0.39 + 0.5 * again)
    ends = np.where(plan, day + 25 + rng.gamma(2.2, 155, size), -1).astype(np.int32)
    until = np.maximum(until, np.where(plan, ends + 45, 0)).astype(np.int32)
    factors = assessment.factors(lives, child, reason)
    lives.log.add(
        "case",
        child=child,
        day=day,
        agency=agency,
        reason=reason,
        nfa=nfa,
        begins=begins.astype(np.int32),
        authorised=authorised.astype(np.int32),
        in_need=in_need,
        until=until,
        enquiry=np.where(enquiry, day + rng.integers(0, 6, size), -1).astype(np.int32),
        plan=np.where(plan, day + 25, -1).astype(np.int32),
        plan_ends=ends,
        abuse=assessment.abuse(lives, child, reason),
        earlier=books.plans[child].copy(),
        factors=factors,
        close=assessment.closing(rng, in_need),
        worker=rng.integers(0, 10_000, size).astype(np.int16),
    )
    books.case[child] = books.cases + np.arange(size)
    books.cases += size
    books.case_until[child] = until
    books.plans[child] += plan
