"""Emergency visits, appointments, mental health and substance treatment."""

from analytics.features.change import Change, yes_no
from analytics.features.feature import Feature

HEALTH = "Health"

FEATURES = (
    Feature("emergency_12m", "Emergency department visits, 12 months", ("emergency",), "count", "raises", HEALTH,
            "Went to the emergency department {value} {time|times} in the last {window}", "Did not go to the emergency department in the last {window}",
            window_days=365,
            change=Change("had gone to the emergency department {value} {time|times} in the last {window}",
                          "had not gone to the emergency department in the last {window}", with_it=("emergency_self_harm", "emergency_intoxicated"))),
    Feature("emergency_self_harm_24m", "Emergency visits for self-harm or overdose, 24 months", ("emergency_self_harm",), "count", "raises", HEALTH,
            "{value} emergency {visit|visits} for self-harm or overdose in the last {window}",
            "No emergency visit for self-harm or overdose in the last {window}", window_days=730),
    Feature("emergency_intoxicated_24m", "Emergency visits with alcohol or drugs, 24 months", ("emergency_intoxicated",), "count", "raises", HEALTH,
            "{value} emergency {visit|visits} with alcohol or drugs in the last {window}", "No emergency visit with alcohol or drugs in the last {window}",
            window_days=730),
    Feature("missed_appointments_12m", "Missed health appointments, 12 months", ("missed_appointment",), "count", "raises", HEALTH,
            "Missed {value} health {appointment|appointments} in the last {window}", "Missed no health appointment in the last {window}", window_days=365,
            change=Change("had missed {value} health {appointment|appointments} in the last {window}", "had missed no health appointment in the last {window}")),
    Feature("kept_appointments_12m", "Kept health appointments, 12 months", ("kept_appointment",), "count", "either", HEALTH,
            "Kept {value} health {appointment|appointments} in the last {window}", "Kept no health appointment in the last {window}", window_days=365,
            change=Change("had kept {value} health {appointment|appointments} in the last {window}", "had kept no health appointment in the last {window}")),
    Feature("sexual_health_12m", "Sexual health service visits, 12 months", ("sexual_health",), "count", "raises", HEALTH,
            "Visited a sexual health service {value} {time|times} in the last {window}", "Did not visit a sexual health service in the last {window}",
            window_days=365),
    Feature("mental_health_referrals_24m", "Referrals to mental health services, 24 months", ("mental_health_referral",), "count", "raises", HEALTH,
            "Referred to mental health services {value} {time|times} in the last {window}", "Not referred to mental health services in the last {window}",
            window_days=730),
    Feature("mental_health_care_now", "In mental health care", ("mental_health_care",), "open", "either", HEALTH,
            "Now in mental health care", "Not in mental health care",
            change=yes_no("were now in mental health care", "were not in mental health care")),
    Feature("substance_treatment_24m", "Drug or alcohol treatment, 24 months", ("substance_treatment",), "any", "raises", HEALTH,
            "Began drug or alcohol treatment in the last {window}", "Began no drug or alcohol treatment in the last {window}",
            window_days=730),
)  # fmt: skip
