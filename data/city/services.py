"""Contacts with the hub, referrals, assessments, plans and early help: what follows when somebody is worried."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.city.clock import calendar_month, days_in
from data.city.lives import HOME, Bools, Floats, Lives, chance
from data.city.vulnerability import harm

AGENCIES = ("police", "school", "health", "housing", "family or public", "early help", "voluntary service", "council service")
POLICE, SCHOOL, HEALTH, HOUSING, PUBLIC, EARLY_HELP, VOLUNTARY, COUNCIL = range(8)
REASONS = (
    "domestic", "neglect", "physical", "sexual", "emotional", "exploitation", "missing", "mental_health", "substance", "behaviour",
    "school", "housing", "disability", "other",
)  # fmt: skip
DOMESTIC, NEGLECT, PHYSICAL, SEXUAL, EMOTIONAL, EXPLOITATION, MISSING, MENTAL, SUBSTANCE, BEHAVIOUR, ATTENDANCE, HOUSING_NEED, DISABILITY, OTHER = range(14)
FAMILY_REASONS = (DOMESTIC, NEGLECT, PHYSICAL, EMOTIONAL, SUBSTANCE, HOUSING_NEED)
OUTCOMES = ("NFA", "ADVICE", "EH", "ASSESS", "STRATEGY")
STEPS = np.array([0.6, 1.0, 1.32, 2.9])  # severity at which the outcome rises
FACTORS = (
    "1A", "1B", "2A", "2B", "3A", "3B", "4A", "4B", "5A", "6A", "7A", "10A", "11A", "13A", "14A", "15A", "16A", "17A", "18B", "18C", "19B", "19C",
    "24A", "12A", "20", "21",
)  # fmt: skip
CLOSED = ("RC7", "RC8", "RC9", "RC5", "RC3", "RC4", "RC1")
ABUSES = ("NEG", "PHY", "SAB", "EMO", "MUL")
EARLY_REASONS = ("parenting", "school attendance", "money or housing", "child's behaviour", "domestic abuse", "mental health", "young carer")


class Books:
    """What social care and early help hold open: days until which a case, a plan or early help is open."""

    def __init__(self, lives: Lives) -> None:
        self.case_until = np.zeros(lives.children, np.int32)
        self.case = np.full(lives.children, -1, np.int64)
        self.plans = np.zeros(lives.children, np.int16)
        self.early_until = np.zeros(len(lives.families), np.int32)
        self.cases = 0
        self.contacts = 0


def step(lives: Lives, books: Books) -> None:
    """One month at the front door."""
    lives.flags["in_need"] = books.case_until > lives.today
    row = _worries(lives, books)
    child, day, agency, reason, contact = _with_siblings(lives, *row, books)
    outcome, severity = _decide(lives, child, reason, contact)
    lives.log.add("contact", child=child, day=day, agency=agency, reason=reason, contact=contact, outcome=outcome,
                  minute=lives.rng.integers(420, 1260, len(child)).astype(np.int16))  # fmt: skip
    refer(lives, books, child, day, agency, reason, outcome >= 3, severity)
    _early_help(lives, books, child[outcome == 2], day[outcome == 2])


def _worries(lives: Lives, books: Books) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]:
    """(child, day, agency, reason) of each contact this month, before brothers and sisters are added."""
    parts = [_from_police(lives), _from_missing(lives), *_from_watching(lives, books), _from_exploitation(lives), _after_identification(lives)]
    child, day, agency, reason = (np.concatenate([part[i] for part in parts]) for i in range(4))
    return child.astype(np.int64), day.astype(np.int32), agency.astype(np.int8), reason.astype(np.int8)


Part = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]


def _part(lives: Lives, child: NDArray[np.int64], agency: int, reason: int, day: NDArray[np.int32] | None = None) -> Part:
    size = len(child)
    days = days_in(lives.rng, lives.month, size) if day is None else day
    return child, days, np.full(size, agency, np.int8), np.full(size, reason, np.int8)


def _from_police(lives: Lives) -> Part:
    """The police tell the hub of about half of the incidents where a child lives."""
    incident = lives.log.this_month("domestic")
    youngest = _a_child_of(lives, incident["family"])
    tell = (youngest >= 0) & (lives.rng.random(len(youngest)) < 0.42 + 0.15 * (incident["grade"] - 1))
    return _part(lives, youngest[tell], POLICE, DOMESTIC, incident["day"][tell] + 1)


def _from_missing(lives: Lives) -> Part:
    episode = lives.log.this_month("missing")
    tell = lives.rng.random(len(episode["child"])) < 0.3
    return _part(lives, episode["child"][tell], POLICE, MISSING, episode["day"][tell] + 2)


def _from_watching(lives: Lives, books: Books) -> list[Part]:
    """Schools, health, neighbours and others grow worried: by what they see of harm, and by how closely they look."""
    here = np.flatnonzero(lives.present())
    watch = np.exp(0.45 * lives.families.watched[lives.family[here]])
    # Whoever has been known before is sooner reported again.
    watch = watch * np.where((books.case_until[here] > lives.today - 500) & (books.case_until[here] > 0), 2.3, 0.85)
    hurt, level, flags = harm(lives)[here], lives.level, lives.flags
    at_school = lives.school[here] >= 0
    worried = np.exp(0.75 * np.minimum(hurt, 2.2) + 0.3 * np.minimum(level["trauma"][here], 2))
    neglect = lives.of_family("neglect")[here]
    rates = (
        (SCHOOL, NEGLECT, at_school * (0.0005 * worried + 0.005 * neglect)), (SCHOOL, EMOTIONAL, at_school * 0.0009 * worried),
        (SCHOOL, PHYSICAL, at_school * 0.0009 * worried), (SCHOOL, BEHAVIOUR, at_school * 0.0005 * np.exp(0.5 * lives.traits["acts_out"][here])),
        (SCHOOL, ATTENDANCE, at_school * 0.0005 * np.exp(0.8 * level["disengaged"][here])), (HEALTH, MENTAL, 0.0004 + 0.012 * flags["low"][here]),
        (HEALTH, NEGLECT, ~at_school * (0.0008 * worried + 0.005 * neglect)), (HEALTH, SUBSTANCE, 0.0002 * worried + 0.005 * lives.of_family("parent_substance")[here]),
        (PUBLIC, NEGLECT, 0.0006 * worried), (PUBLIC, PHYSICAL, 0.0005 * worried), (PUBLIC, OTHER, 0.0008 + 0 * hurt),
        (HOUSING, HOUSING_NEED, 0.0002 + 0.0018 * lives.of_family("money")[here]), (HEALTH, DISABILITY, 0.004 * (lives.traits["learning"] + lives.traits["autism"])[here]),
        (VOLUNTARY, SEXUAL, 0.00012 * worried), (SCHOOL, SEXUAL, 0.00025 * worried), (COUNCIL, OTHER, 0.0004 * worried), (EARLY_HELP, NEGLECT, 0.0012 * neglect),
    )  # fmt: skip
    return [_part(lives, here[chance(lives.rng, 0.95 * watch * rate)], agency, reason) for agency, reason, rate in rates]


def _from_exploitation(lives: Lives) -> Part:
    """Somebody wonders about exploitation: sometimes rightly, more often of a child who only seems to be in trouble."""
    here = np.flatnonzero(lives.present() & (lives.age() >= 10))
    level = lives.level
    real = (level["cse"] * level["cse_shows"] + level["cce"] * level["cce_shows"])[here]
    seems = 0.00016 * np.exp(0.5 * lives.flags["conflict"][here] + 0.5 * lives.flags["substance"][here] + 0.4 * np.minimum(level["peers"][here], 2)
        + 0.4 * (lives.placement[here] != HOME))  # fmt: skip
    watch = np.exp(0.45 * lives.families.watched[lives.family[here]])
    who = here[chance(lives.rng, watch * (seems + 0.032 * np.minimum(real, 3)))]
    agency = lives.rng.choice([POLICE, SCHOOL, HEALTH, VOLUNTARY], len(who), p=[0.35, 0.35, 0.15, 0.15]).astype(np.int8)
    return who, days_in(lives.rng, lives.month, len(who)), agency, np.full(len(who), EXPLOITATION, np.int8)


def _after_identification(lives: Lives) -> Part:
    """Those identified last month come to the hub in most cases."""
    found = lives.log.this_month("identified")
    tell = (lives.rng.random(len(found["child"])) < 0.75) & lives.present()[found["child"]]
    return _part(lives, found["child"][tell], VOLUNTARY, EXPLOITATION, np.maximum(found["day"][tell] + 3, lives.today).astype(np.int32))


def _a_child_of(lives: Lives, family: NDArray[np.int64]) -> NDArray[np.int64]:
    """One child of each family who lives at home now, -1 where there is none."""
    home = np.flatnonzero(lives.present() & (lives.placement == HOME))
    one = np.full(len(lives.families), -1, np.int64)
    one[lives.family[home]] = home
    return one[family]


def _with_siblings(lives: Lives, child: NDArray[np.int64], day: NDArray[np.int32], agency: NDArray[np.int8], reason: NDArray[np.int8],
                   books: Books) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8], NDArray[np.int8], NDArray[np.int64]]:  # fmt: skip
    """Contacts about the home name all its children; each row gets its contact's number."""
    number = books.contacts + np.arange(len(child))
    books.contacts += len(child)
    home = np.flatnonzero(lives.present() & (lives.placement == HOME))
    home = home[np.argsort(lives.family[home], kind="stable")]
    family = lives.family[home]
    wide = np.flatnonzero(np.isin(reason, FAMILY_REASONS) & (lives.rng.random(len(child)) < 0.72))
    first = np.searchsorted(family, lives.family[child[wide]])
    span = np.searchsorted(family, lives.family[child[wide]], side="right") - first
    row = np.repeat(wide, span)
    place = np.repeat(first, span) + np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)
    other = home[place] if len(row) else np.empty(0, np.int64)
    new = other != child[row]
    row, other = row[new], other[new]
    every = np.concatenate([np.arange(len(child)), row])
    return np.concatenate([child, other]), day[every], agency[every], reason[every], number[every]


def _decide(lives: Lives, child: NDArray[np.int64], reason: NDArray[np.int8], contact: NDArray[np.int64]) -> tuple[NDArray[np.int8], Floats]:
    """What the hub decides: by how bad things seem, which is how bad they are, seen through a glass, darkly."""
    glass = lives.rng.normal(0, 0.75, int(contact.max() - contact.min()) + 1 if len(contact) else 1)
    level, flags = lives.level, lives.flags
    severe = 0.5 * np.minimum(harm(lives)[child], 2.2) + 0.2 * np.minimum(level["trauma"][child], 2) + 0.3 * flags["conflict"][child] + 0.2 * flags["low"][child]
    severe += 0.35 * np.minimum(level["cse"] + level["cce"], 2)[child] + 0.5 * np.isin(reason, (PHYSICAL, SEXUAL, EXPLOITATION)) + 0.2
    severe += glass[contact - contact.min()] if len(contact) else 0.0
    return np.searchsorted(STEPS, severe).astype(np.int8), severe


def refer(lives: Lives, books: Books, child: NDArray[np.int64], day: NDArray[np.int32], agency: NDArray[np.int8], reason: NDArray[np.int8],
          accepted: Bools, severity: Floats) -> None:  # fmt: skip
    """Open a case for each child referred who has none open, and draw its course."""
    pick = np.flatnonzero(accepted & (books.case_until[child] < day))
    _, first = np.unique(child[pick], return_index=True)
    pick = pick[np.sort(first)]
    child, day, reason, severity, agency = child[pick], day[pick], reason[pick], severity[pick], agency[pick]
    rng, size = lives.rng, len(child)
    nfa = rng.random(size) < 0.136
    begins = day + rng.integers(1, 8, size)
    authorised = begins + np.clip(rng.gamma(7, 6.2, size), 8, 120).astype(np.int32)
    in_need = ~nfa & (rng.random(size) < 1 / (1 + np.exp(-(0.98 + 0.55 * (severity - 2.1)))))
    stay = (rng.gamma(1.1, 235, size) * np.exp(0.12 * (severity - 2))).astype(np.int32)
    until = np.where(nfa, day + 1, np.where(in_need, authorised + 14 + stay, authorised + 1)).astype(np.int32)
    enquiry = ~nfa & (rng.random(size) < np.where(severity > 2.5, 0.62, 0.26))
    plan = enquiry & in_need & (rng.random(size) < 0.44 + 0.5 * (books.plans[child] > 0))
    ends = np.where(plan, day + 25 + rng.gamma(2.2, 150, size), -1).astype(np.int32)
    until = np.maximum(until, np.where(plan, ends + 45, 0)).astype(np.int32)
    factors = _factors(lives, child, reason)
    lives.log.add("case", child=child, day=day, agency=agency, reason=reason, nfa=nfa, begins=begins.astype(np.int32), authorised=authorised.astype(np.int32),
                  in_need=in_need, until=until, enquiry=np.where(enquiry, day + rng.integers(0, 6, size), -1).astype(np.int32),
                  plan=np.where(plan, day + 25, -1).astype(np.int32), plan_ends=ends, abuse=_abuse(lives, child, reason), earlier=books.plans[child].copy(),
                  factors=factors, close=_closing(rng, in_need), worker=rng.integers(0, 10_000, size).astype(np.int16))  # fmt: skip
    books.case[child] = books.cases + np.arange(size)
    books.cases += size
    books.case_until[child] = until
    books.plans[child] += plan


def _closing(rng: np.random.Generator, in_need: Bools) -> NDArray[np.int8]:
    """Why a case closes, as a position in CLOSED."""
    return np.where(in_need, rng.choice([0, 0, 0, 0, 0, 0, 3, 4], len(in_need)), rng.choice([1, 1, 2], len(in_need))).astype(np.int8)


def _abuse(lives: Lives, child: NDArray[np.int64], reason: NDArray[np.int8]) -> NDArray[np.int8]:
    """The category of a protection plan, as a position in ABUSES."""
    draw = lives.rng.choice(5, len(child), p=[0.3, 0.07, 0.03, 0.55, 0.05])
    given = np.select([reason == NEGLECT, reason == PHYSICAL, reason == SEXUAL], [0, 1, 2], 3)
    return np.where(lives.rng.random(len(child)) < 0.55, given, draw).astype(np.int8)


def _factors(lives: Lives, child: NDArray[np.int64], reason: NDArray[np.int8]) -> NDArray[np.int64]:
    """Factors that the assessment finds, one bit each in FACTORS' order: about half of what is true, and some of what is not."""
    rng, level, flags, traits = lives.rng, lives.level, lives.flags, lives.traits
    age = lives.age()[child]
    teen = age >= 10
    home = {name: lives.trouble[name][lives.family[child]].astype(float) for name in ("domestic", "parent_mental", "parent_substance", "neglect", "money")}
    runs = flags["conflict"][child] * 0.12 + 0.25 * (reason == MISSING) + 0.2 * np.minimum(level["cse"] + level["cce"], 1)[child]
    acts = (traits["acts_out"][child] > 0.8) * 0.18
    real = {kind: np.minimum(level[kind] * (0.3 + level[f"{kind}_shows"]), 1.5)[child] for kind in ("cse", "cce")}
    suspect = 0.5 * (reason == EXPLOITATION)
    chances = {
        "1A": teen * (0.03 + 0.3 * flags["substance"][child]), "1B": 0.08 + 0.48 * home["parent_substance"], "2A": teen * (0.03 + 0.4 * flags["substance"][child]),
        "2B": 0.1 + 0.52 * home["parent_substance"], "3A": 0.06 + 0.15 * home["domestic"], "3B": 0.13 + 0.42 * home["domestic"],
        "4A": 0.11 + 0.1 * teen + 0.55 * flags["low"][child], "4B": 0.27 + 0.5 * home["parent_mental"],
        "5A": 0.15 + 0.45 * ((traits["learning"] + traits["autism"] + traits["adhd"])[child] > 0), "6A": np.full(len(child), 0.05), "7A": (age > 5) * (0.045 + 0.12 * home["parent_mental"]),
        "10A": teen * (0.02 + 0.9 * runs), "11A": teen * (0.01 + 0.40 * real["cse"] + suspect * 0.3), "13A": teen * (0.035 + 0.2 * real["cce"]), "14A": teen * (0.12 + acts),
        "15A": teen * (0.06 + 0.36 * flags["low"][child]), "16A": 0.06 + 0.3 * home["neglect"] + 0.08 * (reason == NEGLECT),
        "17A": 0.18 + 0.25 * home["domestic"] + 0.15 * (reason == EMOTIONAL), "18B": np.full(len(child), 0.03),
        "18C": 0.1 + 0.3 * (reason == PHYSICAL), "19B": np.full(len(child), 0.012), "19C": 0.02 + 0.35 * (reason == SEXUAL),
        "24A": teen * (0.06 + 0.4 * real["cce"] + suspect * 0.3), "12A": teen * (0.015 + 0.05 * (real["cse"] + real["cce"])), "20": np.full(len(child), 0.1),
    }  # fmt: skip
    bits = np.zeros(len(child), np.int64)
    for place, code in enumerate(FACTORS[:-1]):
        bits |= (rng.random(len(child)) < chances[code]).astype(np.int64) << place
    return np.where(bits == 0, np.int64(1) << (len(FACTORS) - 1), bits)


def _early_help(lives: Lives, books: Books, child: NDArray[np.int64], day: NDArray[np.int32]) -> None:
    """Families get early help after a contact, or because a school, a children's centre or they themselves asked for it."""
    rng, families = lives.rng, lives.families
    asked = np.flatnonzero(lives.active())
    asked = asked[chance(rng, 0.00135 * np.exp(0.45 * families.adversity[asked] + 0.25 * families.watched[asked]))]
    family = np.concatenate([lives.family[child].astype(np.int64), asked])
    days = np.concatenate([day + 7, days_in(rng, lives.month, len(asked))]).astype(np.int32)
    takes = (books.early_until[family] < days) & (rng.random(len(family)) < 0.75)
    family, first = np.unique(family[takes], return_index=True)
    days = days[takes][first]
    ends = (days + 30 + rng.gamma(1.8, 110, len(family))).astype(np.int32)
    books.early_until[family] = ends
    lives.log.add("early_help", family=family, day=days, to=ends, reason=_early_reason(lives, family))


def _early_reason(lives: Lives, family: NDArray[np.int64]) -> NDArray[np.int8]:
    draw = lives.rng.choice(7, len(family), p=[0.3, 0.17, 0.13, 0.2, 0.06, 0.1, 0.04])
    seen = lives.rng.random(len(family)) < 0.5
    given = np.select([lives.trouble["domestic"][family], lives.trouble["money"][family], lives.trouble["parent_mental"][family]], [4, 2, 5], -1)
    return np.where(seen & (given >= 0), given, draw).astype(np.int8)


def quarter_ends(month: int) -> bool:
    """Whether a quarter ends with this month."""
    return calendar_month(month) % 3 == 0
