"""School and after: sessions missed, suspensions, what 16 and 17 year-olds do, youth clubs; rents and homes lost."""

from __future__ import annotations

import numpy as np

from data.city.clock import STARTS, calendar_month, day, days_in
from data.city.lives import HOME, Lives, chance

EXCLUSION_REASONS = ("PP", "PA", "VP", "VA", "BU", "RA", "SM", "DA", "DM", "TH", "DB", "OW", "OT")
HALF_TERMS = {
    10: (9, 1, 10, 27),
    12: (11, 4, 12, 20),
    2: (1, 4, 2, 14),
    4: (2, 24, 4, 1),
    5: (4, 17, 5, 26),
    7: (6, 5, 7, 21),
}


def suspensions(lives: Lives) -> None:
    """Suspensions and permanent exclusions in term time; those excluded go to a school for them."""
    if calendar_month(lives.month) == 8:
        return
    rng, level = lives.rng, lives.level
    here = np.flatnonzero((lives.school >= 0) & lives.present())
    year, traits = lives.year_group[here], lives.traits
    cce, cse = (np.minimum(level[k] * level[f"{k}_shows"], 3)[here] for k in ("cce", "cse"))
    drive = np.exp(
        0.8 * traits["acts_out"][here]
        + 0.75 * traits["adhd"][here]
        + 0.45 * level["disengaged"][here]
        + 0.95 * np.minimum(level["trauma"], 2)[here]
        + 0.7 * lives.flags["conflict"][here]
        + 0.4 * lives.flags["substance"][here]
        - 0.4 * lives.female[here]
        + 0.66 * (lives.placement[here] != HOME)
    )
    who = chance(rng, np.where(year >= 7, 0.0098, 0.0016) * drive + (year >= 6) * (0.035 * cce + 0.02 * cse))
    child = here[who]
    permanent = rng.random(len(child)) < 0.008 + 0.01 * (lives.level["cce"][child] > 0)
    sessions = np.where(permanent, 0, rng.choice([1, 2, 2, 3, 4, 4, 6, 10], len(child)))
    reason = rng.choice(13, len(child), p=[0.2, 0.04, 0.04, 0.16, 0.02, 0.02, 0.01, 0.05, 0.03, 0.02, 0.36, 0.02, 0.03])
    lives.log.add(
        "suspension",
        child=child,
        day=days_in(rng, lives.month, len(child)),
        sessions=sessions.astype(np.int16),
        permanent=permanent,
        reason=reason.astype(np.int8),
        school=lives.school[child],
    )
    out = child[permanent]
    lives.school[out] = lives.schools.alternative + rng.integers(0, 2, len(out))
    level["unsettled"][child[permanent]] += 1.0


def attendance(lives: Lives) -> None:
    """Sessions missed in the half term that ends this month, with and without permission."""
    rng, level, traits = lives.rng, lives.level, lives.traits
    first, last = half_term(lives.month)
    here = np.flatnonzero((lives.school >= 0) & (lives.year_group >= 0) & (lives.year_group <= 11) & lives.present())
    possible = max(2 * int(np.busday_count(np.datetime64(first, "D"), np.datetime64(last + 1, "D"))), 2)
    older = (lives.year_group[here] >= 7) * 0.05 + (lives.year_group[here] >= 10) * 0.15
    cse, cce = (np.minimum(level[k] * level[f"{k}_shows"], 3)[here] for k in ("cse", "cce"))
    odds = (
        -4.0
        + older
        + 0.77 * level["disengaged"][here]
        + 0.22 * lives.of_family("claim")[here]
        + 0.6 * lives.of_family("neglect")[here]
        + 0.21 * lives.flags["conflict"][here]
        + 0.45 * lives.of_family("domestic")[here]
        + 0.74 * lives.flags["low"][here]
        + 0.35 * lives.flags["bereaved"][here]
        + 0.34 * (traits["need"][here] > 1.4)
        + 0.62 * np.minimum(level["trauma"], 2)[here]
        + 0.75 * cse
        + 0.6 * cce
        + 0.2 * np.minimum(level["unsettled"], 2)[here]
        + 0.16 * np.maximum(level["disengaged"][here] - 0.8, 0) ** 2
        + 0.2 * lives.of_family("parent_mental")[here]
        - 0.8 * (lives.placement[here] != HOME)
        + 0.62 * traits["frail"][here]
        + 3.6 * lives.flags["refuses"][here]
        + 0.8 * rng.normal(0, 1, len(here))
    )
    missed = rng.binomial(possible, 1 / (1 + np.exp(-odds)))
    truant = 1 / (
        1
        + np.exp(
            -(-1.3 + 0.7 * level["disengaged"][here] + 0.5 * cse + 0.5 * cce + 0.4 * lives.of_family("neglect")[here])
        )
    )
    without = rng.binomial(missed, truant)
    lives.log.add(
        "attendance",
        child=here,
        month=np.full(len(here), lives.month, np.int16),
        possible=np.full(len(here), possible, np.int16),
        authorised=(missed - without).astype(np.int16),
        unauthorised=without.astype(np.int16),
        school=lives.school[here],
        year=lives.year_group[here].astype(np.int8),
    )


def half_term(month: int) -> tuple[int, int]:
    """First and last day of the half term that ends in a month."""
    begin_month, begin_day, end_month, end_day = HALF_TERMS[calendar_month(month)]
    year = int(str(np.datetime64(int(STARTS[month]), "D"))[:4])
    return day(f"{year}-{begin_month:02d}-{begin_day:02d}"), day(f"{year}-{end_month:02d}-{end_day:02d}")


def futures(lives: Lives) -> None:
    """Each quarter: what 16 and 17 year-olds do, who goes to a youth club, whose rent is owed; and who loses a home."""
    rng, families = lives.rng, lives.families
    active = lives.active()
    lost = np.flatnonzero(active & (lives.homes.tenure > 0))
    lost = lost[chance(rng, 0.0003 + 0.0018 * lives.trouble["money"][lost] + 0.0014 * lives.trouble["domestic"][lost])]
    reason = np.where(
        lives.trouble["domestic"][lost] & (rng.random(len(lost)) < 0.7), 1, rng.choice([0, 0, 0, 2, 2, 3, 4], len(lost))
    )
    lives.log.add("homeless", family=lost, day=days_in(rng, lives.month, len(lost)), reason=reason.astype(np.int8))
    if calendar_month(lives.month) % 3:
        return
    owing = np.flatnonzero(active & lives.trouble["money"])
    lives.log.add("money_month", family=owing, month=np.full(len(owing), lives.month, np.int16))
    here, age, level = lives.present(), lives.age(), lives.level
    old = np.flatnonzero(here & (age >= 16.2))
    odds = (
        -3.52
        + 0.85 * level["disengaged"][old]
        + 0.5 * lives.flags["low"][old]
        + 0.4 * (lives.placement[old] != HOME)
        + 0.4 * (level["cce"] + level["cse"])[old]
    )
    neet = rng.random(len(old)) < 1 / (1 + np.exp(-odds))
    lives.log.add(
        "activity",
        child=old,
        month=np.full(len(old), lives.month, np.int16),
        state=np.where(neet, 1, np.where(rng.random(len(old)) < 0.005, 2, 0)).astype(np.int8),
    )
    young = np.flatnonzero(here & (age >= 10))
    goes = young[
        rng.random(len(young))
        < 0.085 * np.exp(0.5 * lives.traits["friends"][young] - 0.25 * families.adversity[lives.family[young]])
    ]
    lives.log.add(
        "club",
        child=goes,
        month=np.full(len(goes), lives.month, np.int16),
        times=rng.integers(1, 13, len(goes)).astype(np.int8),
    )
    met = young[chance(rng, 0.0008 + 0.004 * lives.flags["in_need"][young])]
    days = days_in(rng, lives.month, len(met))
    lives.log.add("mentor", child=met, day=days, to=(days + rng.gamma(2, 150, len(met))).astype(np.int32))
