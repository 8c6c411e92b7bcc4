"""What the ways of ranking are called on screen and in reasons."""

ESTIMATORS = {
    "points": "Points on a card",
    "logistic": "Logistic regression",
    "boosting": "Gradient boosting",
    "forest": "Bagged trees",
    "similarity": "Likeness to known cases",
    "prior_contacts": "Most earlier contacts",
    "random": "Drawing lots",
}
