"""Who contacts the hub, why, and what it decides: the words that services and writers share, by position."""

from data import contacts

AGENCIES = contacts.AGENCIES
POLICE, SCHOOL, HEALTH, HOUSING, PUBLIC, EARLY_HELP, VOLUNTARY, COUNCIL = range(8)
REASONS = (
    "domestic",
    "neglect",
    "physical",
    "sexual",
    "emotional",
    "exploitation",
    "missing",
    "mental_health",
    "substance",
    "behaviour",
    "school",
    "housing",
    "disability",
    "other",
    "adult_care",
)
(
    DOMESTIC,
    NEGLECT,
    PHYSICAL,
    SEXUAL,
    EMOTIONAL,
    EXPLOITATION,
    MISSING,
    MENTAL,
    SUBSTANCE,
    BEHAVIOUR,
    ATTENDANCE,
    HOUSING_NEED,
    DISABILITY,
    OTHER,
    ADULT_CARE,
) = range(15)
FAMILY_REASONS = (DOMESTIC, NEGLECT, PHYSICAL, EMOTIONAL, SUBSTANCE, HOUSING_NEED)
OUTCOMES = tuple(one.code for one in contacts.OUTCOMES)
NFA, ADVICE, EARLY, ASSESS, STRATEGY, ADULT = range(6)
