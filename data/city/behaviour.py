"""What people do, and what happens to them, that somebody might see: for many causes, of which exploitation is one.

Every rate below is a month's. Exploited children whose lives show nothing behave like others; others run, drink and
miss school for reasons of their own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.clock import calendar_month, days_in
from data.city.lives import FOSTER, RESIDENTIAL, SUPPORTED, Floats, Lives, chance
from data.city.log import Table
from data.city.population import CHILD
from data.city.schooling import HALF_TERMS, attendance, futures, suspensions
from data.city.schools import CIRCLE
from data.city.vulnerability import harm

OFFENCES = (
    "violence",
    "sexual",
    "robbery",
    "theft",
    "burglary",
    "vehicle",
    "damage",
    "drugs",
    "supply",
    "weapons",
    "order",
    "online",
    "other",
)
NATURES = ("injury", "illness", "assault", "self_harm", "intoxicated", "other")
CLINICS = ("immunisation", "dentist", "paediatrics", "health_visitor", "sexual_health", "therapy")
CHILD_OFFENCES = np.array([0.30, 0.02, 0.06, 0.20, 0.02, 0.06, 0.14, 0.06, 0.01, 0.03, 0.07, 0.02, 0.01])
CCE_OFFENCES = np.array([0.16, 0.01, 0.09, 0.12, 0.03, 0.09, 0.04, 0.20, 0.16, 0.08, 0.01, 0.0, 0.01])
VICTIM_OFFENCES = np.array([0.48, 0.0, 0.08, 0.24, 0.0, 0.01, 0.07, 0.0, 0.0, 0.0, 0.06, 0.06, 0.0])


def step(lives: Lives) -> None:
    """One month of behaviour and of what happens."""
    teens = np.flatnonzero(lives.present() & (lives.age() >= 9.5))
    hurt = harm(lives)
    pull = Pull(lives, teens, hurt[teens])
    missing(lives, teens, pull)
    crime(lives, teens, pull)
    suspensions(lives)
    emergencies(lives)
    appointments(lives, hurt)
    minds(lives, teens, pull)
    adults(lives)
    futures(lives)
    if calendar_month(lives.month) in HALF_TERMS:
        attendance(lives)


class Pull:
    """The states that drive teenagers' behaviour this month, gathered once."""

    def __init__(self, lives: Lives, teens: NDArray[np.int64], hurt: Floats) -> None:
        flags, level, traits = lives.flags, lives.level, lives.traits
        self.age = lives.age()[teens]
        self.girl = lives.female[teens]
        self.hurt = np.minimum(hurt, 2)
        self.conflict, self.low, self.substance, self.bereaved = (
            flags[name][teens] for name in ("conflict", "low", "substance", "bereaved")
        )
        self.unsettled, self.disengaged, self.trauma, self.peers = (
            level[name][teens] for name in ("unsettled", "disengaged", "trauma", "peers")
        )
        self.adhd, self.acts_out, self.runs, self.frail = (
            traits[name][teens] for name in ("adhd", "acts_out", "runs", "frail")
        )
        self.place = lives.placement[teens]
        self.cse = np.minimum(level["cse"] * level["cse_shows"], 4)[teens]
        self.cce = np.minimum(level["cce"] * level["cce_shows"], 4)[teens]
        self.teen = 1 / (1 + np.exp(-(self.age - 13.2) * 1.3))
        self.money = lives.of_family("money")[teens]


def _mostly(lives: Lives, spread: float, size: int) -> Floats:
    """A month's own noise on a rate, so that counts are over-dispersed."""
    return lives.rng.lognormal(-(spread**2) / 2, spread, size)


def missing(lives: Lives, teens: NDArray[np.int64], pull: Pull) -> None:
    """Going missing: from conflict, from placements, with friends, to and with those who exploit."""
    care = 1.4 * (pull.place == FOSTER) + 2.32 * ((pull.place == RESIDENTIAL) | (pull.place == SUPPORTED))
    rate = 0.0011 * np.exp(
        1.3 * pull.conflict
        + care
        + 0.35 * np.minimum(pull.unsettled, 3)
        + 0.4 * pull.adhd
        + 0.45 * pull.substance
        + 0.65 * pull.runs
        + 0.25 * pull.hurt
        + 0.3 * np.minimum(pull.peers, 2)
    )
    rate = pull.teen * (rate + (0.50 * pull.cse + 0.13 * pull.cce) * np.exp(0.5 * pull.runs + 0.25 * care))
    times = np.minimum(lives.rng.poisson(rate * _mostly(lives, 0.7, len(teens))), 8)
    child = np.repeat(teens, times)
    days = days_in(lives.rng, lives.month, len(child))
    child, days, joint = _together(lives, child, days, 0.13)
    hours = np.round(
        np.exp(
            lives.rng.normal(2.1, 1.0, len(child))
            + 0.25 * np.minimum(lives.level["cse"][child] + lives.level["cce"][child], 2)
        ),
        1,
    )
    harmed = (
        lives.rng.random(len(child))
        < 0.006 + 0.16 * np.minimum(lives.level["cse"] * lives.level["cse_shows"], 2)[child]
    )
    lives.log.add("missing", child=child, day=days, hours=hours, joint=joint, harmed=harmed)


def _together(
    lives: Lives, child: NDArray[np.int64], days: NDArray[np.int32], share: float
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Some take a friend along: rows for the friends too, and a number shared by those who went together (-1 alone)."""
    rng = lives.rng
    joint = np.full(len(child), -1, np.int64)
    leads = np.flatnonzero((rng.random(len(child)) < share) & (lives.circle[child] >= 0))
    friend = _friend(lives, child[leads])
    leads, friend = leads[friend >= 0], friend[friend >= 0]
    joint[leads] = lives.month * 100_000 + np.arange(len(leads))
    return np.concatenate([child, friend]), np.concatenate([days, days[leads]]), np.concatenate([joint, joint[leads]])


def _friend(lives: Lives, child: NDArray[np.int64]) -> NDArray[np.int64]:
    """A random friend of each child's circle, the likelier the more the friend acts out; -1 if nobody is found."""
    order = np.argsort(lives.circle, kind="stable")
    first = np.searchsorted(lives.circle[order], lives.circle[child])
    found = np.full(len(child), -1, np.int64)
    for place in lives.rng.permutation(CIRCLE):
        other = order[np.minimum(first + place, len(order) - 1)]
        fits = (lives.circle[other] == lives.circle[child]) & (other != child)
        keen = lives.rng.random(len(child)) < 0.35 + 0.3 * (lives.traits["acts_out"][other] > 0.5)
        found = np.where((found < 0) & fits & keen, other, found)
    return found


def crime(lives: Lives, teens: NDArray[np.int64], pull: Pull) -> None:
    """Offending, being a victim, and anti-social behaviour among 10 to 17 year-olds."""
    rng, old = lives.rng, pull.age >= 10
    drive = np.exp(
        0.75 * pull.acts_out
        + 0.4 * pull.adhd
        + 0.5 * pull.substance
        + 0.35 * np.minimum(pull.peers, 2)
        + 0.3 * pull.disengaged
        + 0.25 * pull.hurt
        - 0.55 * pull.girl
    )
    rate = old * pull.teen * (0.0015 * drive + 0.11 * pull.cce + 0.02 * pull.cse)
    who = chance(rng, rate)
    groomed = rng.random(len(who)) < 0.11 * pull.cce[who] / np.maximum(0.11 * pull.cce[who] + 0.0015 * drive[who], 1e-9)
    offence = np.where(
        groomed,
        rng.choice(13, len(who), p=CCE_OFFENCES / CCE_OFFENCES.sum()),
        rng.choice(13, len(who), p=CHILD_OFFENCES / CHILD_OFFENCES.sum()),
    )
    child, days, joint = _together(lives, teens[who], days_in(rng, lives.month, len(who)), 0.22)
    offence = np.concatenate(
        [offence, offence[np.isin(joint[: len(who)], joint[len(who) :]) & (joint[: len(who)] >= 0)]]
    )
    lives.log.add("suspect", person=child, day=days, offence=offence.astype(np.int8), joint=joint)
    hit = chance(
        rng,
        pull.teen
        * (
            0.0030 * np.exp(0.2 * pull.acts_out + 0.3 * pull.substance + 0.25 * pull.hurt)
            + 0.02 * pull.cce
            + 0.006 * pull.cse
        ),
    )
    lives.log.add(
        "victim",
        person=teens[hit],
        day=days_in(rng, lives.month, len(hit)),
        offence=rng.choice(13, len(hit), p=VICTIM_OFFENCES / VICTIM_OFFENCES.sum()).astype(np.int8),
    )
    rate = pull.teen * (0.00045 * np.exp(0.6 * pull.girl + 0.3 * pull.trauma) + 0.06 * pull.cse)
    abused = chance(rng, rate)
    lives.log.add(
        "victim",
        person=teens[abused],
        day=days_in(rng, lives.month, len(abused)),
        offence=np.ones(len(abused), np.int8),
    )
    noisy = chance(rng, old * pull.teen * (0.0019 * drive + 0.03 * pull.cce + 0.025 * pull.cse))
    lives.log.add("antisocial", person=teens[noisy], day=days_in(rng, lives.month, len(noisy)))


def emergencies(lives: Lives) -> None:
    """Visits to the emergency department at all ages under 18."""
    rng, level = lives.rng, lives.level
    here = np.flatnonzero(lives.present())
    age, teen = lives.age()[here], lives.age()[here] >= 11
    hurt = 0.25 * (lives.of_family("neglect")[here] + lives.of_family("domestic")[here])
    cse, cce = (np.minimum(level[k] * level[f"{k}_shows"], 3)[here] for k in ("cse", "cce"))
    rates = (
        0.0085 * np.exp(hurt),
        0.013 * np.exp(-0.13 * age) + 0.004,
        0.00012 + teen * 0.0004 * np.exp(0.5 * lives.traits["acts_out"][here]) + 0.006 * cce + 0.003 * cse,
        teen
        * (0.0005 + 0.005 * lives.flags["low"][here])
        * np.exp(0.4 * lives.traits["frail"][here] + 0.4 * lives.female[here])
        + 0.012 * cse,
        teen * (0.0002 + 0.0035 * lives.flags["substance"][here]) + 0.014 * cse + 0.008 * cce,
        np.full(len(here), 0.002),
    )
    for nature, rate in enumerate(rates):
        who = here[chance(rng, rate)]
        lives.log.add(
            "emergency", child=who, day=days_in(rng, lives.month, len(who)), nature=np.full(len(who), nature, np.int8)
        )


def appointments(lives: Lives, hurt: Floats) -> None:
    """Community health appointments, kept or missed; visits to the sexual health clinic from 13."""
    rng = lives.rng
    here = np.flatnonzero(lives.present())
    age, traits = lives.age()[here], lives.traits
    slack = np.clip(
        0.08 + 0.09 * lives.of_family("neglect")[here] + 0.04 * hurt[here] + 0.03 * lives.of_family("claim")[here],
        0,
        0.6,
    )
    need = traits["autism"] + traits["learning"]
    shown = np.minimum(lives.level["cse"] * lives.level["cse_shows"], 3)[here]
    grown = 1 / (1 + np.exp(-(age - 15.6) * 1.6))
    rates = (
        np.where(
            age < 1.2, 0.3, np.where((age > 3.2) & (age < 3.6), 0.25, np.where((age > 12) & (age < 14), 0.04, 0.003))
        ),
        np.where(age > 2, 0.085, 0.02),
        0.006 + 0.05 * need[here],
        np.where(age < 2.5, 0.22, 0.004),
        (age > 12.5)
        * (0.011 * grown * np.exp(0.7 * lives.female[here] + 0.25 * traits["acts_out"][here]) + 0.12 * shown),
        0.003 + 0.03 * need[here],
    )
    for clinic, rate in enumerate(rates):
        who = chance(rng, rate)
        kept = rng.random(len(who)) > np.where(clinic == 4, 0.12, slack[who])
        lives.log.add(
            "appointment",
            child=here[who],
            day=days_in(rng, lives.month, len(who)),
            clinic=np.full(len(who), clinic, np.int8),
            kept=kept,
        )


def minds(lives: Lives, teens: NDArray[np.int64], pull: Pull) -> None:
    """Referrals to child mental health services, and drug and alcohol treatment of the young."""
    rng = lives.rng
    who = chance(rng, 0.0009 + 0.028 * pull.low + 0.004 * pull.adhd + 0.003 * pull.bereaved)
    wait, stay = rng.gamma(2, 45, len(who)), rng.gamma(1.5, 130, len(who))
    _referred(lives, teens[who], wait, stay, rng.random(len(who)) < 0.62)
    who = chance(rng, pull.substance * 0.012 + 0.004 * np.minimum(pull.cse + pull.cce, 3))
    days = days_in(rng, lives.month, len(who))
    lives.log.add("treatment", person=teens[who], day=days, to=(days + rng.gamma(2, 60, len(who))).astype(np.int32))


def _referred(lives: Lives, person: NDArray[np.int64], wait: Floats, stay: Floats, taken: NDArray[np.bool_]) -> None:
    days = days_in(lives.rng, lives.month, len(person))
    begins = np.where(taken, days + wait, -1).astype(np.int32)
    lives.log.add(
        "mental_referral",
        person=person,
        day=days,
        begins=begins,
        to=np.where(taken, begins + stay, -1).astype(np.int32),
    )


def adults(lives: Lives) -> None:
    """What happens to and among the adults of families: violence at home, crime, treatment."""
    rng, people, families = lives.rng, lives.people, lives.families
    family = np.flatnonzero(lives.active() & lives.trouble["domestic"])
    hit = family[chance(rng, 0.085 * np.exp(0.45 * families.watched[family]))]
    grade = rng.choice([1, 2, 3], len(hit), p=[0.6, 0.28, 0.12])
    lives.log.add("domestic", family=hit, day=days_in(rng, lives.month, len(hit)), grade=grade.astype(np.int8))
    grown = np.flatnonzero((people.role != CHILD) & (people.arrived <= lives.today) & (people.left > lives.today))
    own = people.family[grown]
    for kind, rate in (
        ("suspect", 0.0006 + 0.03 * lives.trouble["parent_offending"][own]),
        ("victim", 0.004 * np.exp(0.2 * families.adversity[own])),
    ):
        who = grown[chance(rng, rate)]
        offence = rng.choice(
            13,
            len(who),
            p=(CHILD_OFFENCES if kind == "suspect" else VICTIM_OFFENCES)
            / (CHILD_OFFENCES if kind == "suspect" else VICTIM_OFFENCES).sum(),
        )
        row: Table = {"person": who, "day": days_in(rng, lives.month, len(who)), "offence": offence.astype(np.int8)}
        if kind == "suspect":
            row["joint"] = np.full(len(who), -1, np.int64)
        lives.log.add(kind, **row)
    who = grown[chance(rng, 0.0006 + 0.014 * lives.trouble["parent_mental"][own] * (people.role[grown] < 3))]
    _referred(lives, who, rng.gamma(2, 40, len(who)), rng.gamma(1.5, 150, len(who)), rng.random(len(who)) < 0.7)
    who = grown[chance(rng, 0.012 * lives.trouble["parent_substance"][own])]
    days = days_in(rng, lives.month, len(who))
    lives.log.add("treatment", person=who, day=days, to=(days + rng.gamma(2, 80, len(who))).astype(np.int32))
