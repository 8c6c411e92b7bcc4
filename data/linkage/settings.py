"""How two nodes are compared: Splink comparisons, as levels from "the same" to "all else"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """One degree of agreement: what is said of it on screen and its SQL over ``x_l`` and ``x_r``.

    ``frequency`` names the column whose term frequency corrects the weight: sharing a rare name says more.
    ``neutral`` levels weigh nothing, because another comparison has counted the same fact. A ``veto`` can't be
    outvoted: a different forename with the same birth date is a twin, a different birth date with the same names a
    parent or a cousin, and Splink, which takes fields as independent, would let the shared surname and home outweigh
    either.
    """

    said: str
    sql: str
    frequency: str | None = None
    neutral: bool = False
    veto: bool = False


@dataclass(frozen=True)
class Comparison:
    """One thing compared; ``missing`` is the SQL that says a side lacks it (weight 0)."""

    name: str
    missing: str
    levels: tuple[Level, ...]


SWAPPED = "forename_l = surname_r AND surname_l = forename_r"
ELSE = "ELSE"
VETO = 1e-12  # the m probability of a veto: some 40 bits against

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "forename",
        "forename_l IS NULL OR forename_r IS NULL",
        (
            Level("same forename", "forename_l = forename_r", frequency="forename"),
            Level("nickname or other spelling", "list_has_any(groups_l, groups_r)"),
            Level("forename and surname the other way round", SWAPPED),
            Level(
                "forename nearly the same",
                "jaro_winkler_similarity(forename_l, forename_r) >= 0.92"
                " OR (least(length(forename_l), length(forename_r)) >= 4"
                " AND damerau_levenshtein(forename_l, forename_r) <= 1)",
            ),
            Level("one uses a middle name", "forename_l = middle_r OR middle_l = forename_r"),
            Level(
                "short or similar form",
                "jaro_winkler_similarity(forename_l, forename_r) >= 0.85"
                " OR (least(length(forename_l), length(forename_r)) <= 1 AND forename_l[1] = forename_r[1])"
                " OR (least(length(forename_l), length(forename_r)) >= 3"
                " AND (starts_with(forename_l, forename_r) OR starts_with(forename_r, forename_l)))",
            ),
            Level("different forename", ELSE, veto=True),
        ),
    ),
    Comparison(
        "surname",
        "surname_l IS NULL OR surname_r IS NULL",
        (
            Level("same surname", "surname_l = surname_r", frequency="surname"),
            Level("forename and surname the other way round", SWAPPED, neutral=True),
            Level(
                "former surname",
                "surname_l = former_surname_r OR former_surname_l = surname_r OR former_surname_l = former_surname_r",
            ),
            Level("part of a double surname", "list_has_any(parts_l, parts_r)"),
            Level(
                "surname nearly the same",
                "jaro_winkler_similarity(surname_l, surname_r) >= 0.92"
                " OR (least(length(surname_l), length(surname_r)) >= 4"
                " AND damerau_levenshtein(surname_l, surname_r) <= 1)",
            ),
            Level("similar surname", "jaro_winkler_similarity(surname_l, surname_r) >= 0.85"),
            Level("different surname", ELSE),
        ),
    ),
    Comparison(
        "birth_date",
        "birth_text_l IS NULL OR birth_text_r IS NULL",
        (
            Level("same birth date", "birth_text_l = birth_text_r"),
            Level(
                "day and month the other way round",
                "birth_text_l[1:4] = birth_text_r[1:4] AND birth_text_l[5:6] = birth_text_r[7:8]"
                " AND birth_text_l[7:8] = birth_text_r[5:6]",
            ),
            Level("birth date one slip apart", "damerau_levenshtein(birth_text_l, birth_text_r) <= 1"),
            Level(
                "same birth year, one gives 1 January",
                "birth_text_l[1:4] = birth_text_r[1:4] AND (birth_text_l[5:8] = '0101' OR birth_text_r[5:8] = '0101')",
            ),
            Level("birth dates within a month", "abs(datediff('day', birth_date_l, birth_date_r)) <= 31"),
            Level("same day of a neighbouring year", "linkage.years_apart(birth_date_l, birth_date_r)"),
            Level(
                "two parts of the birth date the same",
                "birth_text_l[1:6] = birth_text_r[1:6] OR birth_text_l[5:8] = birth_text_r[5:8]"
                " OR (birth_text_l[1:4] = birth_text_r[1:4] AND birth_text_l[7:8] = birth_text_r[7:8])",
            ),
            Level("different birth date", ELSE, veto=True),
        ),
    ),
    Comparison(
        "sex",
        "sex_l IS NULL OR sex_r IS NULL",
        (Level("same sex", "sex_l = sex_r"), Level("different sex", ELSE)),
    ),
    Comparison(
        "home",
        "postcodes_l IS NULL OR postcodes_r IS NULL",
        (
            Level("lived at the same property", "list_has_any(uprns_l, uprns_r)"),
            Level("lived in the same postcode", "list_has_any(postcodes_l, postcodes_r)"),
            Level("never the same address", ELSE),
        ),
    ),
)

Parameters = dict[str, list[dict[str, float]]]


def splink_settings(parameters: Parameters, prior: float) -> dict[str, Any]:
    """Splink's settings over ``linkage.node``, with ``parameters[comparison][level]`` = {"m", "u"}.

    ``prior`` is the chance that two nodes taken at random are one person.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "node",
        "comparisons": [comparison_settings(comparison, parameters[comparison.name]) for comparison in COMPARISONS],
        "blocking_rules_to_generate_predictions": ["l.node = r.node"],
        "probability_two_random_records_match": prior,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": ["entity", "client"],
    }


def comparison_settings(comparison: Comparison, values: list[dict[str, float]]) -> dict[str, Any]:
    """A comparison as Splink takes it; ``values`` are the m and u of its levels, in order."""
    missing = {"sql_condition": comparison.missing, "label_for_charts": "not known", "is_null_level": True}
    levels = [_level(level, value) for level, value in zip(comparison.levels, values, strict=True)]
    return {
        "output_column_name": comparison.name,
        "comparison_description": comparison.name,
        "comparison_levels": [missing, *levels],
    }


def _level(level: Level, value: dict[str, float]) -> dict[str, Any]:
    declared: dict[str, Any] = {
        "sql_condition": level.sql,
        "label_for_charts": level.said,
        "m_probability": VETO if level.veto else value["m"],
        "u_probability": value["u"],
    }
    if level.frequency:
        declared |= {"tf_adjustment_column": level.frequency, "tf_adjustment_weight": 1.0, "tf_minimum_u_value": 0.0001}
    if level.neutral or level.veto:
        declared |= {"fix_m_probability": True, "fix_u_probability": level.neutral}
    return declared
