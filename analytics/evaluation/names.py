"""What the ways of ranking are called on screen and in reasons, and the figures that sum one up."""

ESTIMATORS = {
    "points": "Points on a card",
    "logistic": "Logistic regression",
    "boosting": "Gradient boosting",
    "forest": "Bagged trees",
    "similarity": "Likeness to known cases",
    "prior_contacts": "Most earlier contacts",
    "random": "Drawing lots",
    "two_models": "Difference of two regressions",
    "transformed": "Boosted trees on the difference",
    "highest_risk": "Highest risk first",
    "everybody": "Everybody alike",
    "assignment": "How places were given",
    "truth": "The true effect",
}

#: The figures told first of any way of ranking, in the words of those who measure.
HEADLINES = {
    "average_precision": "average precision",
    "precision_at_capacity": "precision at capacity",
    "recall_at_capacity": "recall at capacity",
    "false_per_true": "false per true",
    "auc": "AUC",
    "calibration_error": "calibration error",
}
