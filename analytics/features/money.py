"""Work and benefits of the household."""

from analytics.features.feature import Feature

HOME = "Home and money"

FEATURES = (
    Feature("household_out_of_work", "People in the household out of work", ("out_of_work",), "open", "raises", HOME,
            "{value} {person|people} in the household out of work", "Nobody in the household known to be out of work", scope="household"),
    Feature("household_out_of_work_24m", "Days the household was out of work, 24 months", ("out_of_work",), "days", "raises", HOME,
            "Somebody in the household was out of work for {value} {day|days} of the last {window}",
            "Nobody in the household known to be out of work in the last {window}", scope="household", window_days=730, across="most",
            unit="days"),
    Feature("parents_sanctions_12m", "Parents' benefit sanctions, 12 months", ("sanction",), "count", "raises", HOME,
            "{value} benefit {sanction|sanctions} for the parents in the last {window}", "No benefit sanction for the parents in the last {window}",
            scope="parents", window_days=365),
    Feature("parents_job_support", "Parents helped to find work", ("job_support",), "open", "either", HOME,
            "{value} {parent|parents} now helped to find work", "No parent helped to find work", scope="parents"),
    Feature("parents_started_work_24m", "Parents who started work, 24 months", ("in_work",), "any", "lowers", HOME,
            "{value} {parent|parents} started work in the last {window}", "No parent known to have started work in the last {window}",
            scope="parents", window_days=730),
)  # fmt: skip
