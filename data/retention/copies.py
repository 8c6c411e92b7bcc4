"""Where copies of a person still are after an erasure: older snapshots, files beside them, exports, the journal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from data.home import Home
from data.journal import hub
from data.journal.journal import Journal, detail_of
from data.journal.tables import ACCESS_ENTRY
from data.snapshot.engine import ALIAS, StoreError, attach, connect, plain_errors
from data.snapshot.lock import locked
from data.snapshot.reading import NoSnapshot, served

_NUMBER = re.compile(r"snapshot-(\d+)\.duckdb")
# Search tables and lists hold people by the same number; whoever is in none of these is in none of the others.
_HELD = """
SELECT EXISTS (SELECT 1 FROM {alias}.person_link WHERE client IN (SELECT unnest($clients::BIGINT[])))
"""


@dataclass(frozen=True)
class Copy:
    """One thing that may still hold the person. ``kept`` says why it stays where it can't be deleted here."""

    what: str
    where: str
    number: int | None = None
    served: bool = False
    kept: str = ""


def snapshots(home: Home, clients: Iterable[int]) -> list[Copy]:
    """The snapshots of ``home`` that hold a row of any of ``clients``, oldest first; one that can't be read is told."""
    asked, now = sorted(set(clients)), _served(home)
    found = []
    for number, file in _files(home):
        held = _holds(file, asked)
        if held is not False:
            kept = "" if held else "It can't be read here: the key is another, or the file is damaged."
            found.append(Copy("Snapshot", file.name, number, file == now, kept))
    return found


def beside(home: Home, numbers: Iterable[int]) -> list[Copy]:
    """Files beside those snapshots: what was kept of the invented city's truth, and models that learned from them."""
    wanted = set(numbers)
    truth = [Copy("Truth of the invented city", path.name) for n in sorted(wanted) if (path := home.truth(n)).is_dir()]
    spaces = [
        Copy("Learned space", path.name, kept="Goes with its snapshot.")
        for path in _below(home.models)
        if (number := re.search(r"-(\d+)\.skops$", path.name)) and int(number[1]) in wanted
    ]
    models = [
        Copy("Model", path.name, kept="Holds what was learned from everybody together, and no row of anybody.")
        for path in _below(home.models)
        if path.is_dir()
    ]
    return [*truth, *spaces, *models]


def exports(journal: Journal, since: str = "") -> list[Copy]:
    """What readers took out of Kinsight, oldest first: only they can say where it is now."""
    entry = ACCESS_ENTRY.c
    rows = journal.rows(
        sa.select(ACCESS_ENTRY).where(entry.action.like("export%"), entry.at >= since).order_by(entry.seq)
    )
    why = "Ask whoever took it: Kinsight can't reach it."
    return [
        Copy(
            "Export",
            f"{row['at'][:10]}, {row['reader']}: {detail_of(dict(row)).get('what') or row['action']}",
            kept=why,
        )
        for row in rows
    ]


def told_here(journal: Journal, people: Iterable[int]) -> list[Copy]:
    """Contacts about any of ``people`` that were put in here and not by the hub's feed: no page shows the erased any
    more, and the words stay in the journal."""
    asked = set(people)
    numbers = [row["contact"] for row in hub.contacts(journal) if not asked.isdisjoint(json.loads(row["people"]))]
    why = (
        "The hub's own record of what it was told and did about it, a public task (UK GDPR, article 17(3)(b)). No page "
        "shows it of whoever is erased; of others whom it is about it is still shown."
    )
    return [Copy("Contacts put in here", f"journal: {', '.join(numbers)}", kept=why)] if numbers else []


def kept(home: Home) -> list[Copy]:
    """What stays by law, and what lies where this build can't look."""
    law = "Who looked at whom must stay provable (UK GDPR, article 17(3)(b) and (e)): numbers, no names."
    elsewhere = "Delete or age out backups of the home by your own schedule; a restored one is built again at once."
    return [
        Copy("Journal", home.journal.name, kept=law),
        Copy("Backups", "wherever you keep them", kept=elsewhere),
        Copy("The agency's own files", "the folder of sources", kept="Theirs to erase; this hub leaves the rows out."),
    ]


def purge(home: Home, clients: Iterable[int]) -> list[str]:
    """Delete the older snapshots that hold any of ``clients``, never the one being served; the names of the files.

    Raises `StoreError` where the served one still holds them: build first.
    """
    with locked(home.made(home.snapshots) / "building.lock"):
        found = snapshots(home, clients)
        if any(copy.served for copy in found):
            raise StoreError("the snapshot being served still holds the person: build first, then delete older ones")
        gone = []
        for copy in found:
            if copy.number is not None and not copy.kept:
                gone += _deleted(home, copy.number)
        return gone


def _deleted(home: Home, number: int) -> list[str]:
    """Everything of one snapshot; what another process has open goes on Windows with its next build."""
    files = sorted(home.snapshots.glob(f"snapshot-{number}.*"))
    files += sorted(home.models.glob(f"*-{number}.skops")) if home.models.is_dir() else []
    truth = home.truth(number)
    files += sorted(path for path in truth.rglob("*") if path.is_file()) if truth.is_dir() else []
    for file in files:
        file.unlink(missing_ok=True)
    if truth.is_dir():
        truth.rmdir()
    return [file.name for file in files]


def _below(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _served(home: Home) -> Path | None:
    try:
        return served(home)
    except NoSnapshot:
        return None


def _files(home: Home) -> list[tuple[int, Path]]:
    found = ((_NUMBER.fullmatch(file.name), file) for file in _below(home.snapshots))
    return sorted((int(match[1]), file) for match, file in found if match)


def _holds(file: Path, clients: list[int]) -> bool | None:
    """Whether the snapshot has any of the clients; None where it can't be read."""
    connection = connect(memory="1GB")
    try:
        attach(connection, file, ALIAS, read_only=True)
        with plain_errors():
            found = connection.execute(_HELD.format(alias=ALIAS), {"clients": clients}).fetchall()
        return bool(found[0][0])
    except StoreError:
        return None
    finally:
        connection.close()
