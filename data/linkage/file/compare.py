"""How two rows of a file are compared: the fields of the city's linkage, without its vetoes, and those it lacks.

A file may be all there is to go by: a row whose forename or birth date is wholly another's can still be the same
person by everything else, so here no level outvotes the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from data.linkage.settings import COMPARISONS, ELSE, SWAPPED, Comparison, Level

SHARED = ("forename", "surname", "birth_date", "sex")

# A file's two names change places as often as an agency's, and are misspelt besides.
NEARLY_SWAPPED = (
    "(forename_l = surname_r AND jaro_winkler_similarity(surname_l, forename_r) >= 0.85)"
    " OR (surname_l = forename_r AND jaro_winkler_similarity(forename_l, surname_r) >= 0.85)"
    " OR (jaro_winkler_similarity(surname_l, forename_r) >= 0.92"
    " AND jaro_winkler_similarity(forename_l, surname_r) >= 0.92)"
)
ONE_SWAPPED = "forename_l = surname_r OR surname_l = forename_r"


def _missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _slip(column: str, most: int = 1) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r) <= {most}"


def _number(name: str, said: str) -> Comparison:
    """A number that one person alone has; two are one slip apart by chance once in thousands."""
    same = Level(f"same {said}", f"{name}_l = {name}_r", frequency=name)
    return Comparison(
        name, _missing(name), (same, Level(f"{said} one slip apart", _slip(name)), Level(f"different {said}", ELSE))
    )


def _of_a_file(comparison: Comparison) -> Comparison:
    """The city's comparison without vetoes, and with names that change places and are misspelt."""
    levels: list[Level] = []
    for level in comparison.levels:
        if level.sql == ELSE and comparison.name in ("forename", "surname"):
            neutral = comparison.name == "surname"
            levels.append(Level("one name in the place of the other", ONE_SWAPPED, neutral=neutral))
        levels.append(replace(level, veto=False))
        if level.sql == SWAPPED:
            levels.append(Level(f"{level.said}, misspelt", NEARLY_SWAPPED, neutral=level.neutral))
    return replace(comparison, levels=tuple(levels))


OWN = (
    Comparison(
        "postcode",
        _missing("postcode"),
        (
            Level("same postcode", "postcode_l = postcode_r", frequency="postcode"),
            Level("postcode one slip apart", _slip("postcode")),
            Level("postcodes begin the same", "length(postcode_l) > 3 AND postcode_l[1:-4] = postcode_r[1:-4]"),
            Level("different postcode", ELSE),
        ),
    ),
    Comparison(
        "town",
        _missing("town"),
        (
            Level("same town", "town_l = town_r", frequency="town"),
            Level("town nearly the same", f"jaro_winkler_similarity(town_l, town_r) >= 0.9 OR {_slip('town', 2)}"),
            Level("different town", ELSE),
        ),
    ),
    Comparison(
        "address",
        _missing("address"),
        (
            Level("same address", "address_l = address_r", frequency="address"),
            Level("address nearly the same", "jaro_winkler_similarity(address_l, address_r) >= 0.92"),
            Level("similar address", "jaro_winkler_similarity(address_l, address_r) >= 0.85"),
            Level("different address", ELSE),
        ),
    ),
    Comparison(
        "email",
        _missing("email"),
        (
            Level("same e-mail address", "email_l = email_r", frequency="email"),
            Level("e-mail one or two slips apart", _slip("email", 2)),
            Level("same name at another provider", "split_part(email_l, '@', 1) = split_part(email_r, '@', 1)"),
            Level("similar e-mail address",
                  "jaro_winkler_similarity(split_part(email_l, '@', 1), split_part(email_r, '@', 1)) >= 0.88"),
            Level("different e-mail address", ELSE),
        ),
    ),
    # Neighbours' property numbers are a slip apart.
    Comparison(
        "uprn",
        _missing("uprn"),
        (Level("same property", "uprn_l = uprn_r", frequency="uprn"), Level("different property", ELSE)),
    ),
    _number("phone", "telephone number"), _number("nhs_number", "NHS number"),
    _number("upn", "pupil number"), _number("national_id", "national number"),
)  # fmt: skip
ALL = (*(_of_a_file(comparison) for comparison in COMPARISONS if comparison.name in SHARED), *OWN)

#: The column of ``linkage.tidy`` that each comparison rests on.
COLUMNS = {each.name: "birth_text" if each.name == "birth_date" else each.name for each in ALL}


def comparisons(present: Iterable[str]) -> tuple[Comparison, ...]:
    """The comparisons of those names, in their order."""
    there = set(present)
    return tuple(comparison for comparison in ALL if comparison.name in there)


def without_frequencies(comparison: Comparison) -> Comparison:
    """The comparison with rare and common values weighing the same."""
    return replace(comparison, levels=tuple(replace(level, frequency=None) for level in comparison.levels))
