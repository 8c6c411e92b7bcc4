"""Attendance, suspensions, school moves, special needs, and what follows school."""

from analytics.features.feature import Feature

SCHOOL = "School"
LEAVERS = "Not known: the council follows those of 16 and over"

FEATURES = (
    Feature("attendance_12m", "Attendance rate, 12 months", ("attendance",), "mean", "lowers", SCHOOL,
            "Attended {value} % of school sessions in the last {window}", window_days=365, unit="%"),
    Feature("attendance_3m", "Attendance rate, 3 months", ("attendance",), "mean", "lowers", SCHOOL,
            "Attended {value} % of school sessions in the last {window}", window_days=92, unit="%"),
    Feature("attendance_change", "Attendance, last 6 months against the 6 before", ("attendance",), "change", "lowers", SCHOOL,
            "Attendance in the last 6 months against the 6 before: {value} percentage {point|points}", window_days=365, unit="percentage points"),
    Feature("attendance_term_24m", "Attendance rate by school census, 24 months", ("attendance_term",), "mean", "lowers", SCHOOL,
            "Attended {value} % of the sessions that the school census counted in the last {window}", window_days=730, unit="%", can_change=False),
    Feature("unauthorised_12m", "Sessions missed without permission, 12 months", ("unauthorised",), "sum", "raises", SCHOOL,
            "Missed {value} {session|sessions} without permission in the last {window}", "Missed no session without permission in the last {window}",
            window_days=365, unit="sessions"),
    Feature("suspensions_12m", "Suspensions, 12 months", ("suspension",), "count", "raises", SCHOOL,
            "Suspended {value} {time|times} in the last {window}", "Not suspended in the last {window}", window_days=365),
    Feature("suspensions_24m", "Suspensions, 24 months", ("suspension",), "count", "raises", SCHOOL,
            "Suspended {value} {time|times} in the last {window}", "Not suspended in the last {window}", window_days=730, can_change=False),
    Feature("suspended_sessions_12m", "Sessions lost to suspension, 12 months", ("suspension",), "sum", "raises", SCHOOL,
            "Lost {value} {session|sessions} to suspension in the last {window}", "Lost no session to suspension in the last {window}",
            window_days=365, unit="sessions"),
    Feature("suspension_since", "Days since last suspended", ("suspension",), "days_since", "lowers", SCHOOL,
            "Last suspended {value} {day|days} ago", "Not suspended in the last {window}", window_days=730, unit="days", flag="suspensions_24m"),
    Feature("excluded_24m", "Permanent exclusions, 24 months", ("exclusion",), "count", "raises", SCHOOL,
            "Permanently excluded {value} {time|times} in the last {window}", "Not permanently excluded in the last {window}",
            window_days=730, can_change=False),
    Feature("schools_24m", "Schools joined, 24 months", ("enrolment",), "distinct", "raises", SCHOOL,
            "Joined {value} {school|schools} in the last {window}", "Joined no new school in the last {window}", window_days=730, can_change=False),
    Feature("sen_support_12m", "Special educational needs support, 12 months", ("sen_support",), "any", "either", SCHOOL,
            "Had special educational needs support in the last {window}", "No special educational needs support in the last {window}", window_days=365),
    Feature("ehc_plan_12m", "Education, health and care plan, 12 months", ("ehc_plan",), "any", "either", SCHOOL,
            "Had an education, health and care plan in the last {window}", "No education, health and care plan in the last {window}", window_days=365),
    Feature("free_meals_now", "Free school meals", ("free_meals",), "open", "either", SCHOOL,
            "Now entitled to free school meals", "Not entitled to free school meals"),
    Feature("neet_now", "Not in education, work or training", ("neet",), "open", "raises", SCHOOL,
            "Now not in education, work or training", "In education, work or training", LEAVERS),
    Feature("neet_12m", "Days not in education, work or training, 12 months", ("neet",), "days", "raises", SCHOOL,
            "Not in education, work or training for {value} {day|days} of the last {window}", "Always in education, work or training in the last {window}",
            LEAVERS, window_days=365, unit="days"),
    Feature("left_unknown_12m", "Days with education or work not known, 12 months", ("left_unknown",), "days", "raises", SCHOOL,
            "The council did not know of education or work for {value} {day|days} of the last {window}", "Education or work always known in the last {window}",
            LEAVERS, window_days=365, unit="days"),
)  # fmt: skip
