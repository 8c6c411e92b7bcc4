"""The interface under load: one contact after the other, then twenty a second for a minute; then every kind of request.

Serves ``KINSIGHT_HOME`` (the full city, to mean anything) by the command that ``make run`` starts it by. Contacts come
on a clock of their own and each is timed from when it was due: a server that falls behind is seen to.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from analytics.triage.match import Meant, match
from analytics.triage.queue import waiting
from data.access.session import session
from data.access.tokens import DEMONSTRATION, offer_demonstration_token
from data.codes import CONTACT_REASON
from data.contacts import AGENCIES
from data.home import home
from data.journal.accounts import offer_demonstration
from data.journal.journal import journal_of
from data.snapshot.reading import current
from tests.browser.serving import ROOT, free_port, wait

PROMISED, EACH_SECOND, SECONDS, ALONE, WARMING, EXAMPLES = 0.5, 20, 60, 100, 20, 100
SIGNED = f"Bearer {DEMONSTRATION}"
_NAMED = """
SELECT person, forename || ' ' || surname AS name, birth_date::VARCHAR AS born FROM person
WHERE forename IS NOT NULL AND surname IS NOT NULL AND birth_date > DATE '1960-01-01' AND death_date IS NULL
ORDER BY hash(person) LIMIT 3000
"""
_NUMBERED = """
SELECT value FROM search_fact WHERE kind = 'number' GROUP BY value HAVING count(DISTINCT person) = 1
ORDER BY hash(value) LIMIT 3000
"""
_SAID = (
    "Came to school hungry and in the same clothes as last week.",
    "She was hit with a belt and is afraid to go home.",
    "Neighbours heard shouting; asked for advice about housing.",
)
Told = dict[str, Any]
Answer = tuple[int, float]


def bench() -> Iterator[tuple[str, bool]]:
    """Time to the answer alone and at twenty a second, errors, and what schemathesis finds."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{folder}/journal.sqlite"
        contacts = _contacts(WARMING + ALONE + EACH_SECOND * SECONDS)
        with _served(Path(folder)) as (port, process):
            asyncio.run(_paced(port, contacts[:WARMING], 4))
            yield _alone(port, contacts[WARMING : WARMING + ALONE])
            yield from _minute(port, process, contacts[WARMING + ALONE :])
            yield _queued(len(contacts))
            yield _every_kind(port, folder)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, int]]:
    """The port of an interface, and its process."""
    port = free_port()
    told = {"KINSIGHT_THREADS": "1", "KINSIGHT_API_PORT": str(port), "KINSIGHT_API_RATE": "1000"}
    command = [sys.executable, "-m", "pages.api"]
    with (folder / "api.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=log, stderr=log)
        try:
            wait(port)
            yield port, server.pid
        finally:
            server.terminate()
            server.wait()


def _contacts(count: int) -> list[Told]:
    """So many contacts about random people, half of them about a second one by a reference number; the same every time.

    Whom each is about is certain (two of one name and day of birth are asked about, whoever they are): what is measured
    is contacts that are taken.
    """
    with current(home()) as snapshot, snapshot.cursor() as cursor:
        drawn_from, numbered = cursor.execute(_NAMED).fetchall(), cursor.execute(_NUMBERED).fetchall()
    named = _certain(drawn_from)
    drawn, reasons, out = random.Random(7), list(CONTACT_REASON.labels), []
    for number in range(count):
        name, born = drawn.choice(named)
        people: list[Told] = [{"by": "name", "name": name, "born": born}]
        people += [{"by": "reference", "reference": drawn.choice(numbered)[0]}] * (number % 2)
        said = {"agency": drawn.choice(AGENCIES), "reason": drawn.choice(reasons), "narrative": drawn.choice(_SAID)}
        out.append({"number": f"B{number:05d}", "people": people, "if_unsure": "take_known"} | said)
    return out


def _certain(named: list[tuple[int, str, str]]) -> list[tuple[str, str]]:
    """Name and day of birth of those who alone are meant by them, as the interface sees it."""
    with current(home()) as snapshot:
        offer_demonstration_token(journal_of(home()), snapshot)
    with session(home(), "demo.platform", "New contact or referral") as opened:
        asked = [Meant(name=name, born=date.fromisoformat(born)) for _, name, born in named]
        found = [match(opened, [one])[0].person for one in asked]
    return [(name, born) for (person, name, born), who in zip(named, found, strict=True) if person == who]


def _alone(port: int, contacts: list[Told]) -> tuple[str, bool]:
    """Each after the answer to the one before."""
    took, right = [], 0
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": SIGNED}) as client:
        for told in contacts:
            began = time.perf_counter()
            right += client.post("/v1/contacts", json=told).status_code == 201
            took.append(time.perf_counter() - began)
    slow, usual = np.quantile(took, 0.95), np.quantile(took, 0.5)
    line = f"one after the other: {1000 * slow:.0f} ms (half under {1000 * usual:.0f}), promised {1000 * PROMISED:.0f}"
    return f"{line}; {right} of {len(contacts)} taken", bool(slow <= PROMISED and right == len(contacts))


def _minute(port: int, process: int, contacts: list[Told]) -> Iterator[tuple[str, bool]]:
    """Twenty a second for a minute."""
    before = _processors(process)
    answers = asyncio.run(_paced(port, contacts, EACH_SECOND))
    each = (_processors(process) - before) / len(answers)
    took = np.array([seconds for _, seconds in answers])
    slow, usual = np.quantile(took, 0.95), np.quantile(took, 0.5)
    times = f"{1000 * slow:.0f} ms (half under {1000 * usual:.0f}, slowest {1000 * took.max():.0f})"
    line = f"{EACH_SECOND} a second for {SECONDS} s: {times}, promised {1000 * PROMISED:.0f}"
    yield f"{line}; {1000 * each:.0f} ms of processors each", bool(slow <= PROMISED)
    statuses = Counter(status for status, _ in answers)
    yield f"answers {dict(sorted(statuses.items()))}: all are to be 201", set(statuses) == {201}


async def _paced(port: int, contacts: list[Told], each_second: float) -> list[Answer]:
    """Status and seconds of each, sent when it is due whatever became of those before."""
    limits = httpx.Limits(max_connections=200)
    where = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(
        base_url=where, headers={"Authorization": SIGNED}, timeout=60, limits=limits
    ) as client:
        began = time.perf_counter()

        async def send(told: Told, due: float) -> Answer:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                status = (await client.post("/v1/contacts", json=told)).status_code
            except httpx.HTTPError:
                status = 0
            return status, time.perf_counter() - due

        due = [began + number / each_second for number in range(len(contacts))]
        return await asyncio.gather(*(send(told, at) for told, at in zip(contacts, due, strict=True)))


def _processors(process: int) -> float:
    """Seconds of processors that it has used so far."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _queued(handed_in: int) -> tuple[str, bool]:
    """Whether every contact that was taken waits in the hub's queue."""
    with current(home()) as snapshot:
        offer_demonstration(journal_of(home()), snapshot)
    with session(home(), "demo.hub", "New contact or referral") as opened:
        waits = sum(one.number.startswith("B") and len(one.number) == 6 for one in waiting(opened))
    return f"{waits} of {handed_in} wait in the queue", waits == handed_in


def _every_kind(port: int, folder: str) -> tuple[str, bool]:
    """What schemathesis finds: requests of every kind that the document allows, and of every kind that it doesn't."""
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"http://127.0.0.1:{port}/openapi.json"]
    command += ["-H", f"Authorization: {SIGNED}", "--max-examples", str(EXAMPLES), "--no-color", "--seed", "7"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = next((line.strip() for line in done.stdout.splitlines() if "generated" in line), "it did not run")
    return f"schemathesis: {said}", done.returncode == 0
