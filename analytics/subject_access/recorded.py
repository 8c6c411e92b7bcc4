"""What agencies recorded of a person, and what was worked out from it, as tables of the pack."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from analytics.casework.kin import TIES, tie_words
from analytics.casework.rows import items
from analytics.casework.score import covered
from analytics.casework.tell import source_label, told
from analytics.features.catalogue import CATALOGUE
from analytics.features.scope import SCOPES
from analytics.models.specs import SPECS, UPLIFTS
from analytics.subject_access import contacts, queries
from analytics.subject_access.said import CHECK, Held, day, held, whole, words
from data import codes

#: Models by their names on screen.
LABELS = {n: spec.label for n, spec in SPECS.items()} | {n: spec.label for n, spec in UPLIFTS.items()}
PROFILES = {spec.profile: spec.label for spec in SPECS.values() if spec.profile}


def identity(rows: pd.DataFrame) -> Held:
    """The one line that is shown at the head of the person's page."""
    told_of = [
        ("forename", "Forename", words), ("surname", "Surname", words), ("birth_date", "Born", day),
        ("death_date", "Died", day), ("sex", "Sex", lambda code: codes.SEX.labels.get(code, "")),
        ("ethnicity", "Ethnicity", lambda code: codes.ETHNICITY.labels.get(code, words(code))),
        ("postcode", "Postcode", words), ("uprn", "Property number", whole), ("ward_name", "Ward", words),
    ]  # fmt: skip
    row = rows.iloc[0]
    listed = [{"what": label, "held": say(row[name])} for name, label, say in told_of]
    about = "Who you are taken to be: what most agencies say, and the latest address."
    return held("identity", "Who you are", about, listed, ("what", "held"))


_RECORD = {
    "source": "agency's feed", "file_name": "file", "line": "row", "local_id": "agency's number",
    "forename": "forename", "middle_names": "middle names", "surname": "surname", "former_surname": "former surname",
    "birth_date": "born", "sex": "sex", "ethnicity": "ethnicity", "postcode": "postcode", "uprn": "property number",
    "address": "address", "nhs_number": "NHS number", "upn": "pupil number", "ni_number": "National Insurance number",
    "seen_from": "from", "seen_to": "to",
}  # fmt: skip
_DAYS, _WHOLE = ("birth_date", "seen_from", "seen_to"), ("line", "uprn")


def records(rows: pd.DataFrame) -> Held:
    """Each way in which an agency has written the person down."""
    out = rows.assign(source=[source_label(each) for each in rows["source"]])
    for columns, say in ((_DAYS, day), (_WHOLE, whole)):
        out = out.assign(**{name: [say(each) for each in out[name]] for name in columns})
    about = "Each way in which an agency has written you down, with the file and row that it came from."
    return held("records", "Records by agency", about, _renamed(out, _RECORD), _RECORD.values())


def links(rows: pd.DataFrame) -> Held:
    """Why each agency's number is taken for this person."""
    columns = ("agency's number", "agencies", "taken for you because of", "how sure", "link")
    listed = [
        {
            "agency's number": row["local_id"],
            "agencies": ", ".join(source_label(each) for each in items(row["sources"])),
            "taken for you because of": row["how"],
            "how sure": "" if pd.isna(row["probability"]) else f"{100 * row['probability']:.0f} of 100",
            "link": str(row["client"]),
        }
        for row in rows.to_dict("records")
    ]
    about = "Why each agency's number is taken for you. A wrong one can be contested, and is parted in the next build."
    return held("links", "How records were put together", about, listed, columns)


def events(rows: pd.DataFrame) -> Held:
    """Everything that happened, corrected versions too."""
    columns = ("happened", "until", "what", "agency's feed", "known", "corrected", "file", "row", "event", CHECK)
    out = told(rows)
    listed = [
        {
            "happened": day(row["occurred_on"]), "until": day(row["ended_on"]), "what": _what(row),
            "agency's feed": row["from_source"], "known": day(row["known_on"]), "corrected": day(row["corrected_on"]),
            "file": row["file_name"], "row": whole(row["line"]), "event": whole(row["event"]),
            CHECK: "yes" if row["sensitive"] else "",
        }
        for row in out.to_dict("records")
    ]  # fmt: skip
    about = "What agencies recorded, latest first. A row that was corrected no longer stands."
    return held("events", "What happened", about, listed, columns)


def _what(row: Mapping[Hashable, Any]) -> str:
    corrected = day(row["corrected_on"])
    return f"{row['said']} (corrected on {corrected})" if corrected else str(row["said"])


def homes(rows: pd.DataFrame) -> Held:
    """Where the person is taken to have lived."""
    columns = ("property number", "from", "until", "known", "agencies that say so")
    listed = [
        {
            "property number": whole(row["uprn"]), "from": day(row["since"]), "until": day(row["until"]),
            "known": day(row["known_on"]), "agencies that say so": whole(row["sources"]),
        }
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return held("homes", "Where you lived", "Put together from the addresses that agencies hold.", listed, columns)


def coverage(rows: pd.DataFrame) -> Held:
    """On whose books the person is or was."""
    listed = [
        {"agency's feed": source_label(row["source"]), "from": day(row["since"]), "until": day(row["until"])}
        for row in rows.to_dict("records")
    ]
    about = "Agencies that know only those on their books, and when you were on them."
    return held("coverage", "On whose books", about, listed, ("agency's feed", "from", "until"))


def ties(rows: pd.DataFrame) -> Held:
    """Ties to others, who are not named."""
    columns = ("tie", "to", "from", "until", "known", "who says so")
    listed = [
        {
            "tie": _tie(row), "to": f"person {row['somebody']} (withheld)", "from": day(row["since"]),
            "until": day(row["until"]), "known": day(row["known_on"]), "who says so": source_label(row["source"]),
        }
        for row in rows.to_dict("records")
    ]  # fmt: skip
    about = (
        "To whom you are tied, and who says so. The others are withheld by rule, family too: their names, dates of "
        "birth and addresses are their own data (Data Protection Act 2018, Schedule 2, paragraph 16). Each keeps one "
        "number within this pack. What is held of a family as a whole is about them as well, and is left out."
    )
    return held("ties", "Family and people seen with you", about, listed, columns)


def _tie(row: Mapping[Hashable, Any]) -> str:
    kind = str(row["kind"])
    named = kind in ("parent", "child", "sibling", "partner", "household")
    return tie_words(kind, row["manner"], None, row["source"] == "derived") if named else TIES.get(kind, kind)


def cases(rows: pd.DataFrame) -> Held:
    """Whether professionals identified the person."""
    columns = ("as", "identified", "known", "who says so", CHECK)
    listed = [
        {
            "as": PROFILES.get(row["profile"], row["profile"]), "identified": day(row["identified_on"]),
            "known": day(row["known_on"]), "who says so": source_label(row["source"]), CHECK: "yes",
        }
        for row in rows.to_dict("records")
    ]  # fmt: skip
    about = "Whether professionals have identified you as exploited. Models learn from such cases."
    return held("known-cases", "Identified by professionals", about, listed, columns)


def indicators(rows: pd.DataFrame) -> Held:
    """The latest figures, each in the sentence of its declaration."""
    known = dict(zip(rows["indicator"], rows["value"].astype(float), strict=True))
    listed = [
        {
            "theme": feature.theme, "indicator": feature.label, "of whom": SCOPES[feature.scope].label,
            "in words": feature.said(value, covered(feature, known)), "if nothing is recorded": feature.missing,
            "as of": day(as_of),
        }
        for name, value, as_of in zip(rows["indicator"], rows["value"], rows["as_of"], strict=True)
        if (feature := CATALOGUE.get(name)) is not None
    ]  # fmt: skip
    columns = ("theme", "indicator", "in words", "of whom", "if nothing is recorded", "as of")
    about = "What was worked out from the records for models to look at, on the latest day. What is nil is left out."
    return held("indicators", "Indicators", about, listed, columns)


def scores(rows: pd.DataFrame) -> Held:
    """Which scores are stored; what they said is told where one was shown."""
    listed = [
        {
            "about": LABELS.get(row["model"], row["model"]), "version": row["version"], "first": day(row["first_day"]),
            "last": day(row["last_day"]), "days": whole(row["days"]),
        }
        for row in rows.to_dict("records")
    ]  # fmt: skip
    about = (
        "For which days a score of you is stored. What a score says is told under *Scores that were shown*: a number "
        "that was shown to nobody, or comes from a model that may not be used, is used for nothing and not printed."
    )
    return held("scores-stored", "Scores that are stored", about, listed, ("about", "version", "first", "last", "days"))


def rejected(rows: pd.DataFrame) -> Held:
    """Rows that were about the person and could not be taken."""
    listed = [
        {
            "agency's feed": source_label(row["source"]), "file": row["file_name"], "row": whole(row["line"]),
            "why": row["rule"],
        }
        for row in rows.to_dict("records")
    ]  # fmt: skip
    about = "Rows about you that could not be taken because something in them was wrong. Nothing of them is used."
    return held("rows-rejected", "Rows that were rejected", about, listed, ("agency's feed", "file", "row", "why"))


def _renamed(rows: pd.DataFrame, names: dict[str, str]) -> list[dict[str, object]]:
    return [{str(name): value for name, value in row.items()} for row in rows.rename(columns=names).to_dict("records")]


#: The tables that the snapshot answers, in the order of the pack.
TABLES: tuple[tuple[Callable[[pd.DataFrame], Held], str], ...] = (
    (identity, queries.IDENTITY), (records, queries.RECORDS), (links, queries.LINKS), (events, queries.EVENTS),
    (contacts.feed, queries.CONTACTS), (homes, queries.HOMES), (coverage, queries.COVERAGE), (ties, queries.TIES),
    (cases, queries.CASES), (indicators, queries.INDICATORS), (scores, queries.SCORES), (rejected, queries.REJECTED),
)  # fmt: skip
