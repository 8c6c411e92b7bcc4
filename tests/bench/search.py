"""Search: whether a name gone wrong finds the person who is meant, and how long a settled name takes on the server.

Serves ``KINSIGHT_HOME`` (the full city, with its truth beside it, to mean anything) to a reader of every ward.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from rapidfuzz.distance import OSA

from analytics.casework.search import matching, search
from data.access.roles import SEARCH_PURPOSES, Permission
from data.access.session import session
from data.home import home
from data.journal.accounts import Account, save_account
from data.journal.journal import journal_of
from data.snapshot.reading import current
from tests.searches import Bearer, Search, searches, served_bearers

COUNT, FIRST, FOUND = 1000, 5, 0.97
TIMED, SECONDS, READERS, SEED = 200, 0.15, 10, 11
#: How many names are asked for alone; of a surname so like the one asked for, a record may be said to tell it.
BY_NAME, LIKE = 200, 0.6
_SURNAMES = """
SELECT DISTINCT t.token FROM search_name n JOIN search_token t ON t.number = n.token
WHERE n.person = ? AND n.kind IN ('surname', 'former')
"""
#: The first search of a fresh process, which loads the index; a server does that before its first reader comes.
FRESH = """
import sys, time
from data.home import home
from data.snapshot.reading import current
from analytics.casework.search_memory import memory
with current(home()) as snapshot:
    began = time.perf_counter()
    memory(snapshot)
    print(time.perf_counter() - began)
"""


def bench() -> Iterator[tuple[str, bool]]:
    """Found among the first five; everybody of a name; seconds a search, alone and ten at once, and of the first."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{folder}/journal.sqlite"
        with current(home()) as snapshot, snapshot.cursor() as cursor:
            wards = frozenset(row[0] for row in cursor.execute("SELECT ward FROM ward").fetchall())
            save_account(journal_of(home()), Account("bench", "Bench", "lead_professional", None, wards), "bench")
        people = served_bearers()
        asked = searches(people, COUNT, SEED)
        yield from _found(asked)
        yield _everybody(people)
        yield _timed("a search", [one.text for one in asked[:TIMED]])
        yield _timed("a name alone", _names(people, TIMED))
        yield _at_once([one.text for one in asked[:TIMED]])
    yield f"first search in a fresh process: index read in {_fresh():.1f} s, promised 5", _fresh() <= 5


def _found(asked: list[Search]) -> Iterator[tuple[str, bool]]:
    missed = [one for one in asked if one.person not in _first(one.text)]
    share = 1 - len(missed) / len(asked)
    yield f"right person among the first {FIRST}: {share:.1%} of {len(asked):,}, promised {FOUND:.0%}", share >= FOUND
    for of in ("slip", "fact"):
        every, lost = (Counter(getattr(one, of) for one in list_) for list_ in (asked, missed))
        yield "; ".join(f"{kind} {1 - lost[kind] / n:.1%} of {n}" for kind, n in sorted(every.items())), True


def _first(text: str) -> list[int]:
    with session(home(), "bench", SEARCH_PURPOSES[0]) as opened:
        return [card.person for card in search(opened, text, limit=FIRST).cards]


def _everybody(people: list[Bearer]) -> tuple[str, bool]:
    """Whether a name alone finds everyone who bears it, by names that several bear.

    Somebody whom no record calls by a surname in the least like theirs, which the truth alone knows, is told apart.
    """
    born: dict[tuple[str, str], set[int]] = {}
    for one in people:
        born.setdefault((one.forename, one.surname), set()).add(one.person)
    shared = sorted(name for name, bearing in born.items() if len(bearing) > 1)
    chosen = random.Random(SEED).sample(shared, min(BY_NAME, len(shared)))
    missed: list[tuple[int, str]] = []
    for name in chosen:
        with session(home(), "bench", SEARCH_PURPOSES[0]) as opened:
            listed = set(matching(opened, " ".join(name), Permission.SEARCH, limit=5_000)["person"])
        missed += [(person, name[1]) for person in sorted(born[name] - listed)]
    unwritten = sum(not _written(*one) for one in missed)
    borne = sum(len(born[name]) for name in chosen) - unwritten
    found = borne + unwritten - len(missed)
    said = f"a name alone finds {found:,} of {borne:,} whom a record calls by it ({len(chosen)} names)"
    return f"{said}; {unwritten} more bear it, and no record says so", found == borne


def _written(person: int, surname: str) -> bool:
    """Whether any record of ``person`` gives a surname in the least like ``surname``."""
    with current(home()) as snapshot, snapshot.cursor() as cursor:
        names = cursor.execute(_SURNAMES, [person]).fetchall()
    return any(OSA.normalized_similarity(surname, name) >= LIKE for (name,) in names)


def _names(people: list[Bearer], count: int) -> list[str]:
    return [f"{one.forename} {one.surname}" for one in random.Random(SEED).sample(people, count)]


def _timed(what: str, texts: list[str]) -> tuple[str, bool]:
    used: list[float] = []
    seconds = float(np.quantile([_seconds(text, used) for text in texts], 0.95))
    said = f"{what}: 95th percentile {1000 * seconds:.0f} ms of {len(texts)}, promised 150"
    return f"{said}; of processors {1000 * np.quantile(used, 0.95):.0f} ms", seconds <= SECONDS


def _at_once(texts: list[str]) -> tuple[str, bool]:
    with ThreadPoolExecutor(READERS) as readers:
        seconds = list(readers.map(_seconds, texts))
    p95 = float(np.quantile(seconds, 0.95))
    return (
        f"{READERS} readers at once: 95th percentile {1000 * p95:.0f} ms, median {1000 * np.median(seconds):.0f}",
        True,
    )


def _seconds(text: str, used: list[float] | None = None) -> float:
    """Seconds by the clock; those of the processors, which others' work doesn't lengthen, are put to ``used``."""
    began, before = perf_counter(), process_time()
    _first(text)
    if used is not None:
        used.append(process_time() - before)
    return perf_counter() - began


def _fresh() -> float:
    done = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True, cwd=Path.cwd())
    return float(done.stdout)
