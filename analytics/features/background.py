"""Age and neighbourhood. Sex and ethnicity are deliberately no indicators: figures are reported by them, never made from them."""

from analytics.features.feature import Feature

BACKGROUND = "Background"

FEATURES = (
    Feature("age", "Age", (), "age", "either", BACKGROUND, "{value} years old", unknown="Not known: no date of birth", unit="years"),
    Feature("deprivation", "Deprivation of the neighbourhood", ("address",), "last", "lowers", BACKGROUND,
            "Lives in a neighbourhood of deprivation decile {value} (1 is the most deprived tenth)", unknown="Not known: no address on our map", unit="decile"),
)  # fmt: skip
