"""Friends and associates: who goes missing or is suspected together, and whom professionals know to be exploited.

Only people identified before the as-of date count, and never the child: nobody is a pair with themselves.
"""

from analytics.features.feature import Feature

FRIENDS = "Friends and associates"
EXPLOITED = ("known_cse", "known_cce")

FEATURES = (
    Feature("associates", "Associates known, 24 months", (), "people", "either", FRIENDS,
            "{value} {associate|associates} known to agencies", "No associate known to agencies", scope="associates"),
    Feature("associates_known", "Associates known to be exploited, 24 months", EXPLOITED, "any", "raises", FRIENDS,
            "{value} {associate|associates} identified as exploited in the last {window}", "No associate identified as exploited in the last {window}",
            scope="associates", window_days=730),
    Feature("co_missing_known", "Missing together with somebody known to be exploited", EXPLOITED, "any", "raises", FRIENDS,
            "Reported missing together with {value} {person|people} identified as exploited in the last {window}",
            "Not reported missing together with anybody identified as exploited in the last {window}", scope="co_missing", window_days=730),
    Feature("co_offending_known", "Suspected together with somebody known to be exploited", EXPLOITED, "any", "raises", FRIENDS,
            "Suspected of a crime together with {value} {person|people} identified as exploited in the last {window}",
            "Not suspected of a crime together with anybody identified as exploited in the last {window}", scope="co_offending", window_days=730),
    Feature("co_missing", "People reported missing together with the child", (), "people", "raises", FRIENDS,
            "Reported missing together with {value} {other person|other people}", "Not reported missing together with anybody", scope="co_missing"),
    Feature("co_offending", "People suspected together with the child", (), "people", "raises", FRIENDS,
            "Suspected of a crime together with {value} {other person|other people}", "Not suspected of a crime together with anybody",
            scope="co_offending"),
    Feature("associates_missing_12m", "Times associates were reported missing, 12 months", ("missing",), "count", "raises", FRIENDS,
            "Associates reported missing {value} {time|times} in the last {window}", "No associate reported missing in the last {window}",
            scope="associates", window_days=365),
    Feature("associates_suspect_12m", "Times associates were suspected of a crime, 12 months", ("crime_suspect",), "count", "raises", FRIENDS,
            "Associates suspected of {value} {crime|crimes} in the last {window}", "No associate suspected of a crime in the last {window}",
            scope="associates", window_days=365),
    Feature("associates_in_care", "Associates in care", ("placement",), "open", "raises", FRIENDS,
            "{value} {associate|associates} now in care", "No associate in care", scope="associates"),
)  # fmt: skip
