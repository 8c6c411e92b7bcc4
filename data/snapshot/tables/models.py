"""Indicators, and what models make of them."""

from __future__ import annotations

from data.snapshot.tables.table import Table, columns

INDICATOR_VALUE = Table(
    "indicator_value",
    "Indicators of the cohort at each as-of date: long, only what is not nil. NaN says not known.",
    columns("""
    person    BIGINT   person
    as_of     DATE     as-of date
    indicator VARCHAR  indicator
    value     FLOAT    value
    """),
)

SCORE = Table(
    "score",
    "What a model says of a person at an as-of date.",
    columns("""
    person       BIGINT   person
    model        VARCHAR  model, such as cse
    version      VARCHAR  model version
    as_of        DATE     as-of date
    raw          DOUBLE   uncalibrated score, log-odds (probability for forests)
    probability  DOUBLE   calibrated P(identified within 12 months)
    band         VARCHAR  lower, raised, heightened
    rank         INTEGER  1 is highest, ties share
    percentile   DOUBLE   share of children of the same age who score lower, 0 to 1
    similarity   DOUBLE   likeness to the known cases, 0 to 1
    reasons      VARCHAR  JSON list: the indicators that raise it most, for lists
    """),
)

LIST_BEFORE = Table(
    "list_before",
    "Who stood above the line in the lists of earlier builds, under the number that they have now.",
    columns("""
    person  BIGINT  person
    model   VARCHAR model, such as cse
    version VARCHAR model version that said so
    as_of   DATE    as-of date of that list
    band    VARCHAR raised, heightened
    rank    INTEGER 1 is highest, ties share
    build   INTEGER number of the snapshot
    until   DATE    first day that it had no record of
    """),
)

CONTRIBUTION = Table(
    "contribution",
    "What each indicator adds to a raw score; base + sum = raw.",
    columns("""
    person       BIGINT   person
    model        VARCHAR  model
    as_of        DATE     as-of date
    indicator    VARCHAR  indicator, or 'base'
    value        FLOAT    the indicator's value, NaN where not known
    contribution DOUBLE   amount added to the raw score
    """),
)

MODEL = Table(
    "model",
    "A trained model and its state: the version whose scores are stored.",
    columns("""
    model     VARCHAR  model
    version   VARCHAR  version, from the hash of code, catalogue and data
    estimator VARCHAR  chosen estimator
    state     VARCHAR  candidate, withheld
    reason    VARCHAR  why it is in that state, in words
    trained   DATE     as-of date it was trained at
    spec      VARCHAR  JSON of the declaration
    """),
)

CHALLENGER = Table(
    "challenger",
    "The version that was trained now, of a model whose approved version goes on scoring.",
    columns=MODEL.columns,
)

EVALUATION = Table(
    "evaluation",
    "Measured figures with 95 % bootstrap intervals.",
    columns("""
    model     VARCHAR  model
    estimator VARCHAR  points, logistic, boosting, forest, similarity, prior_contacts, random
    label     VARCHAR  identified (truth stays beside the snapshot)
    grouping  VARCHAR  all, sex, ethnicity, age, sen, deprivation, their pairs (sex,age), calibration, top, capacity
    group     VARCHAR  value of the grouping
    metric    VARCHAR  metric
    value     DOUBLE   figure
    low       DOUBLE   lower end
    high      DOUBLE   upper end
    n         BIGINT   people it rests on
    positives BIGINT   positives among them
    """),
)

KNOWN_CASE_VALUE = Table(
    "known_case_value",
    "Indicators of the known cases that the similar-case search learned from, at the date each entered training.",
    columns("""
    model     VARCHAR  model
    number    INTEGER  which known case of the fitted search, from 0
    person    BIGINT   person
    as_of     DATE     date the case entered training, at least 90 days before identification
    indicator VARCHAR  indicator
    value     FLOAT    value; what is nil is left out, NaN says not known
    """),
)

SIMILAR_PLACE = Table(
    "similar_place",
    "Where the children of the latest date stand in the learned space: two arrays a model, without a name in them.",
    columns("""
    model  VARCHAR model
    people INTEGER rows of the arrays: everybody who has an age at the latest date, in ascending order of person
    trees  INTEGER columns
    leaf   BLOB    leaf of each tree, 16-bit integers, zlib
    known  BLOB    how much of the path to it is known, 16-bit floats, zlib
    """),
)

SUB_PROFILE = Table(
    "sub_profile",
    "Groups among a model's known cases and the name proposed for each; a row without a number says why there are none.",
    columns("""
    model     VARCHAR model
    number    INTEGER group, from 0, the largest first; null: there are none
    name      VARCHAR proposed name, from what sets the group apart; or why there are none
    cases     VARCHAR JSON list: numbers of its cases in known_case_value
    telling   VARCHAR JSON list: [indicator, share of the group, share of the other cases], the most telling first
    stability DOUBLE  how alike the groups come out when a fifth of the cases is left out, 1 is the same
    """),
)

DRIFT = Table(
    "drift",
    "What of a model moved: indicators, scores, chances and the list at each as-of date, against what it goes by.",
    columns("""
    model          VARCHAR model
    version        VARCHAR model version
    what           VARCHAR indicator, score, calibration, alert, list
    name           VARCHAR indicator; or raw, all, top, heightened, new
    as_of          DATE    as-of date
    value          DOUBLE  how far it moved, less what chance gives; see analytics/drift
    watch          DOUBLE  from here on it is watched; null: it is only told
    act            DOUBLE  from here on the model is withheld; null: never for this alone
    verdict        VARCHAR steady, watch, drifted, few (too few to tell)
    before         DOUBLE  what it goes by: a mean, a share, a ratio
    now            DOUBLE  the same at the date
    unknown_before DOUBLE  share for whom the indicator was not known; null for the rest
    unknown_now    DOUBLE  the same at the date
    n              BIGINT  people or cases that the smaller side rests on
    """),
)

MODEL_DRIFT = Table(
    "model_drift",
    "Each model's verdict: whether it still looks at what it learned from.",
    columns("""
    model   VARCHAR model
    version VARCHAR model version
    state   VARCHAR steady, watch, drifted
    drifted BOOLEAN whether its scores are withheld for it
    reason  VARCHAR why, in sentences fit to show
    """),
)
