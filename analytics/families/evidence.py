"""What each family meets and why: the table of criteria, and the events behind one tick, read through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analytics.casework.rows import each, full_name
from analytics.casework.tell import told
from analytics.families.assess import feeds, running
from analytics.families.criterion import Criterion, Programme, Scheme
from analytics.families.looking import BY_SCHEME, HAPPENED, MEMBER, SHOWN, STANDS, WANTED, bound, months_before
from analytics.families.reading import LISTED, OUTSIDE
from data.access.gate import Session, serve
from data.access.roles import Permission

#: Rows of evidence shown for one criterion, latest first.
MOST = 60
#: How far back what speaks for a family is shown.
GOOD_MONTHS = 12

_MET = """
SELECT c.as_of, c.scheme, c.criterion, c.applies, c.met, c.since, c.latest, c.people, c.events
FROM family_criterion c
WHERE c.family = $chosen AND EXISTS (SELECT 1 FROM family_member m WHERE m.family = $chosen AND m.person = $person)
ORDER BY c.as_of DESC, c.scheme, c.criterion
"""

_EVIDENCE = f"""
WITH {LISTED}, {MEMBER.format(families="m.family = $chosen")}, {WANTED}, {HAPPENED}, {SHOWN}
SELECT l.number, h.person, p.forename, p.surname, h.sign, e.event, e.kind, e.occurred_on, h.ended_on, e.known_on,
       e.value, e.detail, e.source, f.name AS file_name, e.line
FROM happened h SEMI JOIN shown s
  ON s.family = h.family AND s.criterion = h.criterion AND s.sign = h.sign AND s.person = h.person
JOIN event e ON e.event = h.event JOIN listed l ON l.person = h.person JOIN person p ON p.person = h.person
LEFT JOIN source_file f ON f.file = e.file
WHERE h.counts ORDER BY e.occurred_on DESC, e.event DESC, h.sign LIMIT $most
"""

_GOOD = f"""
WITH {LISTED}, {MEMBER.format(families="m.family = $chosen")}
SELECT l.number, e.person, p.forename, p.surname, -1 AS sign, e.event, e.kind, e.occurred_on,
       CASE WHEN e.ended_on < $as_of THEN e.ended_on END AS ended_on, e.known_on, e.value, e.detail, e.source,
       f.name AS file_name, e.line
FROM event e JOIN member m ON m.person = e.person JOIN listed l ON l.person = e.person
JOIN person p ON p.person = e.person LEFT JOIN source_file f ON f.file = e.file
WHERE list_contains($good, e.kind) AND {STANDS} AND e.occurred_on < $as_of AND e.occurred_on >= $good_since
ORDER BY e.occurred_on DESC, e.event DESC LIMIT $most
"""

_SOURCES = "SELECT source, period_from, period_to FROM source ORDER BY source"


@dataclass(frozen=True)
class Standing:
    """One criterion of one family: ``met`` is None where it is not known; ``before`` the same a year ago."""

    criterion: Criterion
    applies: bool
    met: bool | None
    since: date | None
    latest: date | None
    people: int
    events: int
    before: bool | None


def standings(session: Session, person: int, family: int) -> dict[Scheme, list[Standing]]:
    """Each scheme's criteria in their order; empty lists where the family has no child under 18."""
    asked = {"chosen": family}
    rows = serve(session, Permission.SEE_PERSON, _MET, asked, people=[person], what="family criteria")
    today = session.snapshot.today
    now = {(row.scheme, row.criterion): row for row in each(rows) if _date(row.as_of) == today}
    # In order of date, latest first: of earlier ones the last that is kept wins.
    before = {(row.scheme, row.criterion): row for row in reversed(list(each(rows))) if _date(row.as_of) != today}
    return {
        scheme: [_standing(one, now[scheme, one.name], before.get((scheme, one.name))) for one in programme.criteria]
        if now
        else []
        for scheme, programme in BY_SCHEME.items()
    }


def _standing(criterion: Criterion, now: Any, before: Any) -> Standing:
    then = None if before is None else _truth(before.met)
    return Standing(
        criterion,
        bool(now.applies),
        _truth(now.met),
        _date(now.since),
        _date(now.latest),
        int(now.people),
        int(now.events),
        then,
    )


def _truth(value: Any) -> bool | None:
    return None if value is None or pd.isna(value) else bool(value)


def _date(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def evidence(session: Session, person: int, family: int, scheme: Scheme, name: str) -> pd.DataFrame:
    """The events behind one criterion of ``family``, latest first, told in words: ``who, sign, said, from_source`` ...

    Of an outcome: its needs, and with ``sign`` empty what speaks for the family. Of those outside the reader's scope
    only ``sign`` and that there is a record.
    """
    programme = BY_SCHEME[scheme]
    criterion = programme[name]
    as_of = session.snapshot.today
    alone = Programme(scheme, programme.title, programme.about, programme.reach, (criterion,))
    asked = bound(as_of, [alone]) | {"about": person, "chosen": family, "today": as_of, "most": MOST}
    what = f"family criterion: {criterion.label}"
    rows = serve(session, Permission.SEE_FAMILY, _EVIDENCE, asked, what=what)
    if criterion.good:
        asked |= {"good": list(criterion.good), "good_since": months_before(as_of, GOOD_MONTHS)}
        good = serve(session, Permission.SEE_FAMILY, _GOOD, asked, what=what)
        rows = pd.concat([rows, good], ignore_index=True) if len(rows) else good
    return _in_words(rows, criterion)


def _in_words(rows: pd.DataFrame, criterion: Criterion) -> pd.DataFrame:
    out = rows.copy()
    for column in ("occurred_on", "ended_on", "known_on"):
        out[column] = pd.to_datetime(out[column])
    out = told(out)
    out["sign"] = [criterion.signs[sign].words if sign >= 0 else "" for sign in out["sign"]]
    out["who"] = [
        full_name(a, b) if seen else OUTSIDE
        for a, b, seen in zip(out["forename"], out["surname"], out["identified"], strict=True)
    ]
    out["file_name"] = out["file_name"].where(out["file_name"].notna(), "no file")
    hidden = ~out["identified"]
    out.loc[hidden, "said"] = "a record that you may not see"
    for column in ("occurred_on", "ended_on", "known_on"):
        out.loc[hidden, column] = pd.NaT
    for column in ("from_source", "file_name", "label", "kind", "detail", "source"):
        out.loc[hidden, column] = ""
    shown = ["number", "person", "who", "sign", "said", "occurred_on", "ended_on", "known_on", "from_source"]
    return out[[*shown, "file_name", "line", "event", "identified"]]


def not_told(session: Session, criterion: Criterion) -> list[str]:
    """What of a criterion no source tells at present, in words: there, silence is not *no*."""
    rows = serve(session, Permission.SEE_SOURCES, _SOURCES, what="sources behind family criteria")
    days = [tuple(None if pd.isna(day) else pd.Timestamp(day).date() for day in pair)
            for pair in zip(rows["period_from"], rows["period_to"], strict=True)]  # fmt: skip
    arrived = feeds([(name, *pair) for name, pair in zip(rows["source"], days, strict=True)])
    today = session.snapshot.today
    return [
        sign.words
        for sign in criterion.signs
        if not any(running(arrived, kind, sign.months, today) for kind in sign.kinds)
    ]
