"""The pack as it is handed over: a PDF to read, and a zip of CSV files. The same pack gives the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile

from analytics.governance.sources_rejected import safe
from analytics.subject_access.held import Pack
from analytics.subject_access.said import Held, day
from data.papers.inert import inert
from data.papers.pdf import pdf

#: The tables are printed up to this many rows; the rest is in the CSV files, and the page says so.
PRINTED = 200
#: Wide ones are printed by these columns alone.
_NARROW = {
    "records": ("agency's feed", "file", "row", "agency's number", "forename", "surname", "born"),
    "scores-shown": ("when", "about", "version", "shown to", "role", "reason for access", "level", "place", "chance"),
    "events": ("happened", "until", "what", "agency's feed", "file", "row"),
    "indicators": ("theme", "indicator", "in words", "of whom"),
    "contacts": ("number", "received", "from", "reason", "what was said", "outcome"),
    "contacts-told-here": ("number", "received", "from", "reason", "what was said", "outcome"),
    "contests": ("number", "when", "which", "said", "status", "answer", "by"),
}
# The epoch of zip files: a fixed day, so that the same pack gives the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def printed(pack: Pack, mark: str) -> bytes:
    """The pack as PDF."""
    parts = [_opening(pack), *(_section(each) for each in pack.tables), _RIGHTS]
    foot = f"Made by {pack.made_by} on {day(pack.made_on)}. {pack.purpose}. Records to {day(pack.today)}."
    return pdf("\n\n".join(parts), mark=mark, foot=foot)


def zipped(pack: Pack, mark: str) -> bytes:
    """The pack as a zip of CSV files, each cell text that no spreadsheet runs, and a page that says what they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in [("README.txt", _readme(pack, mark)), *((f"{t.name}.csv", table(t)) for t in pack.tables)]:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            bundle.writestr(entry, content)
    return made.getvalue()


def table(held: Held) -> bytes:
    """One table as CSV (UTF-8 with a mark, as Excel wants it)."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(list(held.rows.columns))
    writer.writerows([safe(cell) for cell in row] for row in held.rows.itertuples(index=False))
    return out.getvalue().encode("utf-8-sig")


def _opening(pack: Pack) -> str:
    check = (
        f"**{pack.sensitive} rows, each marked in its CSV file, are to be checked first.** " if pack.sensitive else ""
    )
    return (
        f"# What is held of {inert(pack.name)}\n\nBorn {day(pack.born) or 'on a day not known'}; number here "
        f"{pack.person}. UK GDPR, article 15: everything that Kinsight holds of you, where each part of it came from, "
        "what was worked out from it, who was shown what, and how to contest it.\n\n"
        f"{check}Before this leaves the house a person reads it for what the law withholds: what would do serious harm "
        "(Data Protection Act 2018, Schedule 3), what would hinder the prevention of crime (Schedule 2, paragraph 2), "
        "and what is about others (Schedule 2, paragraph 16). Other people are left out of every table by rule.\n\n"
        "No decision about you is made by a machine. Scores are shown to professionals, who say what they think first."
    )


def _section(held: Held) -> str:
    head = f"## {held.title}\n\n{_starless(held.about)}\n\n"
    if held.rows.empty:
        return f"{head}Nothing."
    columns = _NARROW.get(held.name, tuple(held.rows.columns))
    lines = ["| " + " | ".join(name[0].upper() + name[1:] for name in columns) + " |", "|" + " --- |" * len(columns)]
    for row in held.rows.loc[:, list(columns)].head(PRINTED).itertuples(index=False):
        lines.append("| " + " | ".join(inert(cell) for cell in row) + " |")
    rest = len(held.rows) - PRINTED
    more = f"\n\nAnd {rest:,} more rows, in {held.name}.csv." if rest > 0 else ""
    every = "" if len(columns) == len(held.rows.columns) else f"\n\nEvery column is in {held.name}.csv."
    return head + "\n".join(lines) + more + every


def _starless(words: str) -> str:
    return words.replace("*", "")


_RIGHTS = """## How to contest it

Say which record, link, tie or score is wrong and why, by letter, e-mail or in person, to the council's information
governance team. It is written down with your words, shown on your page to whoever opens it, and decided by a named
person, whose reasons you get.

- **Correction (article 16).** What an agency recorded is the agency's to correct; its next delivery replaces the row.
- **A wrong link.** Records of somebody else are parted from yours in the next build.
- **Restriction (article 18).** While a contest is looked into, use can be restricted: no list by score has you.
- **Objection and erasure (articles 21 and 17).** You can object to scores, and ask to be erased.
- **A person decides (article 22).** No decision rests on a score alone; ask for the reasons of any decision.
- **Complaint.** Information Commissioner's Office, ico.org.uk, 0303 123 1113."""


def _readme(pack: Pack, mark: str) -> bytes:
    lines = [mark, "", f"What is held of {safe(pack.name)}, born {day(pack.born) or 'on a day not known'}.", ""]
    lines += [f"Made by {pack.made_by} on {day(pack.made_on)}. {pack.purpose}. Records to {day(pack.today)}.", ""]
    lines += [f"{each.name}.csv: {each.title}. {_starless(each.about)}" for each in pack.tables]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
