"""The engine does not care that its people are English children: a club's grown-up members do as well."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.home import home
from data.snapshot.reading import current

ROOT = Path(__file__).parents[2]
OURS = Path(__file__).parent / "another_people"
MEMBERS, FIRST, TODAY = 1000, date(2019, 1, 1), date(2026, 1, 1)
DAYS = (TODAY - FIRST).days


def rows(folder: Path, part: str, columns: tuple[str, ...], lines: list[tuple[object, ...]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"gym_{part}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *lines])


def write_club(folder: Path) -> dict[str, int]:
    """Members, some of whom overdo it for a season: they sprain often then, and half end with the physiotherapist.

    Gives the sprains of each member in the last year.
    """
    rng = np.random.default_rng(5)

    def name() -> str:
        return "".join(rng.choice(["ba", "do", "ki", "lu", "mo", "na", "pe", "ri", "so", "ta", "ve", "zu"], 3)).title()

    def some_day(before: int = 0) -> date:
        return FIRST + timedelta(days=int(rng.integers(0, DAYS - before)))

    members, visits, sprains, hurt = [], [], [], []
    for i in range(MEMBERS):
        number = f"M{i:04d}"
        born = date(1950, 1, 1) + timedelta(days=int(rng.integers(0, 18_000)))
        members.append((number, name(), name(), born, "MF"[i % 2], "", FIRST))
        visits += [(number, some_day()) for _ in range(int(rng.integers(5, 30)))]
        sprains += [(number, some_day()) for _ in range(rng.poisson(1))]
        if rng.random() < 0.4:
            season = some_day(before=400)
            sprains += [(number, season + timedelta(days=int(rng.integers(0, 120)))) for _ in range(6)]
            if rng.random() < 0.5:
                hurt.append((number, season + timedelta(days=int(rng.integers(220, 400)))))
    rows(folder, "member", ("member_no", "forename", "surname", "birth_date", "sex", "postcode", "joined_on"), members)
    rows(folder, "visit", ("member_no", "visited_on"), visits)
    rows(folder, "sprain", ("member_no", "sprained_on"), sprains)
    rows(folder, "injury", ("member_no", "taken_on"), hurt)
    return Counter(number for number, day in set(sprains) if TODAY - timedelta(days=365) <= day)


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], dict[str, object]]:
    """The club's home, the sprains of each member in the last year, and what the build said."""
    folder = tmp_path_factory.mktemp("club")
    sprains = write_club(folder / "files" / "gym")
    where = ["--sources", str(folder / "files"), "--home", str(folder / "home"), "--today", str(TODAY)]
    done = subprocess.run(
        [sys.executable, "-m", "analytics", "build", "--json", *where],
        cwd=ROOT, env=os.environ | {"KINSIGHT_LOCAL": str(OURS)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "home", sprains, json.loads(done.stdout)


def test_their_indicators_are_counted(club: tuple[Path, dict[str, int], dict[str, object]]) -> None:
    place, sprains, _ = club
    told = """
        SELECT min(local_id), any_value(value)
        FROM indicator_value JOIN person_link USING (person) JOIN person_record USING (client)
        WHERE indicator = 'sprains_12m' AND as_of = ? GROUP BY person
    """
    with current(home(place)) as snapshot, snapshot.cursor() as cursor:
        found = {number: int(value) for number, value in cursor.execute(told, [TODAY]).fetchall()}
        people = cursor.execute("SELECT count(*) FROM person").fetchone()[0]
    assert people == MEMBERS
    assert {number: count for number, count in sprains.items() if count} == found


def test_their_model_is_trained_measured_and_scored(club: tuple[Path, dict[str, int], dict[str, object]]) -> None:
    place, _, told = club
    assert told["models"]["injury"]["estimator"]
    auc = """
        SELECT value FROM evaluation
        WHERE model = 'injury' AND grouping = 'all' AND metric = 'auc' AND estimator = ?
    """
    with current(home(place)) as snapshot, snapshot.cursor() as cursor:
        chosen = cursor.execute(auc, [told["models"]["injury"]["estimator"]]).fetchone()[0]
        scored = cursor.execute("SELECT count(DISTINCT person) FROM score WHERE model = 'injury'").fetchone()[0]
    assert chosen > 0.65
    assert scored > MEMBERS / 2
