"""What the club's records say of a member."""

from analytics.features.feature import Feature

FEATURES = (
    Feature(
        "gym_visits_6m", "Visits to the gym", ("gym_visit",), "count", "either", "Support",
        "Came to the gym {value} {time|times} in {window}", nil="Did not come to the gym in {window}", window_days=183,
    ),
    Feature(
        "sprains_12m", "Sprains", ("sprain",), "count", "raises", "Health",
        "Reported {value} {sprain|sprains} in {window}", nil="No sprain in {window}", window_days=365,
    ),
)  # fmt: skip
