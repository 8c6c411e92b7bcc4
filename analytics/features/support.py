"""Help that reaches the child and the family, and what they make of it."""

from analytics.features.change import Change, yes_no
from analytics.features.feature import Feature

HELP = "Support"

FEATURES = (
    Feature("early_help_now", "Early help", ("early_help",), "open", "either", HELP, "The family now has early help", "No early help now",
            change=yes_no("now had early help", "had no early help now")),
    Feature("early_help_24m", "Days with early help, 24 months", ("early_help",), "days", "either", HELP,
            "Had early help for {value} {day|days} of the last {window}", "No early help in the last {window}", window_days=730, unit="days"),
    Feature("early_help_goals_12m", "Early help goals reached by the household, 12 months", ("early_help_progress", "parenting_course"), "count", "lowers",
            HELP, "The household reached {value} early help {goal|goals} in the last {window}", "No early help goal reached in the last {window}",
            scope="household", window_days=365, across="most"),
    Feature("youth_club_12m", "Times at a youth club, 12 months", ("youth_club",), "sum", "lowers", HELP,
            "Went to a youth club {value} {time|times} in the last {window}", "Not known to have been at a youth club in the last {window}",
            window_days=365, unit="times",
            change=Change("had been at a youth club {value} {time|times} in the last {window}", "had not been at a youth club in the last {window}",
                          steps=5, high=100)),
    Feature("mentor_now", "Mentor", ("mentor",), "open", "lowers", HELP, "Now has a mentor", "Has no mentor",
            change=yes_no("now had a mentor", "had no mentor")),
    Feature("household_domestic_support", "Domestic abuse support for the household", ("domestic_support",), "open", "either", HELP,
            "Somebody in the household is supported by the domestic abuse service", "Nobody in the household is supported by the domestic abuse service",
            scope="household", across="most"),
    Feature("household_centre_12m", "Times the household went to a children's centre, 12 months", ("childrens_centre",), "sum", "lowers", HELP,
            "Somebody of the household went to a children's centre {value} {time|times} in the last {window}",
            "Nobody of the household went to a children's centre in the last {window}", scope="household", window_days=365, across="most", unit="times"),
)  # fmt: skip
