"""The home: arrears, notices, homelessness, moves. Landlords record some of it for one tenant, some for each: the most told of anyone counts."""

from analytics.features.change import Change, yes_no
from analytics.features.feature import Feature

HOME = "Home and money"

FEATURES = (
    Feature("household_arrears", "Highest rent arrears of the household, 12 months", ("arrears",), "max", "raises", HOME,
            "Rent arrears of up to £{value} in the last {window}", "No rent arrears in the last {window}", scope="household", window_days=365,
            across="most", unit="pounds",
            change=Change("lived where rent arrears had been no more than £{value} in the last {window}", "lived where there had been no rent arrears in the last {window}",
                          steps=250, high=5000)),
    Feature("household_eviction_24m", "Eviction notices to the household, 24 months", ("eviction_notice",), "count", "raises", HOME,
            "{value} eviction {notice|notices} served on the household in the last {window}", "No eviction notice in the last {window}",
            scope="household", window_days=730, across="most"),
    Feature("household_homeless_24m", "Household applied as homeless, 24 months", ("homeless",), "count", "raises", HOME,
            "The household applied as homeless {value} {time|times} in the last {window}", "No homelessness application in the last {window}",
            scope="household", window_days=730, across="most"),
    Feature("temporary_home_now", "In temporary accommodation", ("temporary_home",), "open", "raises", HOME,
            "The household is now in temporary accommodation", "The household is not in temporary accommodation", scope="household", across="most",
            change=yes_no("were now in temporary accommodation", "were no longer in temporary accommodation")),
    Feature("homes_24m", "New addresses, 24 months", ("address",), "distinct", "raises", HOME,
            "Agencies learned of {value} new {address|addresses} in the last {window}", "No new address in the last {window}",
            window_days=730),
    Feature("household_refuge_24m", "Household in a refuge, 24 months", ("refuge",), "any", "raises", HOME,
            "The household went to a refuge in the last {window}", "The household did not go to a refuge in the last {window}",
            scope="household", window_days=730, across="most"),
)  # fmt: skip
