"""A model pushed under its mark is gone from every page at once: no score, band, place or contribution of it.

Two nets are held under the walk. What the gate hands over is searched for anything that the model says, whatever the
page makes of it; and what stands on screen, for the words in which a page would say so.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.access.gate import serve
from data.access.question import Question
from data.access.roles import Permission, may
from data.access.session import session
from data.access.veil import reads_scores
from data.home import Home
from data.journal.accounts import offer_demonstration
from data.journal.journal import Entry, journal_of
from data.journal.model_decisions import RETIRED, values
from data.journal.tables import JUDGEMENT, MODEL_APPROVAL
from data.snapshot.engine import ALIAS, attach, connect
from data.snapshot.reading import current, served
from pages.entry.registry import declared
from tests.unit.casework.conftest import Fernhill
from tests.unit.casework.later import later

WHY = "Of its list 12 % were right; the pass mark is 33 %."
ACCOUNTS = {
    "demo.north": "lead_professional", "demo.manager": "manager", "demo.analyst": "analyst",
    "demo.quality": "data_quality", "demo.auditor": "auditor", "demo.trainer": "trainer",
    "demo.hub": "mash_officer", "demo.hub.manager": "hub_manager",
}  # fmt: skip
TABS = ("Story", "Family and friends", "Agencies", "Score", "Similar cases", "Record of views")
SAYS = ("raw", "probability", "band", "rank", "percentile", "contribution", "reasons")
# In what words a page would tell of a score; "Heightened risk" is the title of a page, and no child's level.
SPOKEN = re.compile(r"●●|●○○|Higher than \d|children at this level|of the same age")
#: What learners see of invented people, and what those see who answer for the models.
GOVERNANCE = (Permission.TRAIN, Permission.SEE_MODELS, Permission.SEE_MISSED, Permission.RECALL)
PAGES = [page.spec for page in declared() if page.spec.needs not in GOVERNANCE]


@dataclass
class Net:
    """Everything that the gate handed over."""

    caught: list[pd.DataFrame] = field(default_factory=list)

    def scores(self) -> set[str]:
        """The columns in which anything of a model's score was told."""
        return {name for frame in self.caught for name in SAYS if name in frame and _tells(frame[name])}


def _tells(column: pd.Series) -> bool:
    return bool((column.notna() & (column.astype(str) != "[]")).any())


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    held, run = Net(), Question.run

    def running(self: Question, query: str, params: Any) -> pd.DataFrame:
        rows = run(self, query, params)
        if self.permission not in GOVERNANCE and reads_scores(query):
            held.caught.append(rows)
        return rows

    monkeypatch.setattr(Question, "run", running)
    return held


@pytest.fixture(scope="module")
def failed(town: Fernhill, tmp_path_factory: pytest.TempPathFactory) -> Fernhill:
    """Fernhill, built once more, in which the model did not reach its mark."""
    home = tmp_path_factory.mktemp("failed") / "home"
    shutil.copytree(town.home, home, ignore=shutil.ignore_patterns("journal*"))
    con = connect()
    attach(con, served(Home(home)), ALIAS, read_only=False)
    con.execute(f"UPDATE {ALIAS}.model SET state = 'withheld', reason = ? WHERE model = 'cse'", [WHY])
    con.close()
    return Fernhill(home, town.people)


def _judged(town: Fernhill) -> None:
    """The reader has judged: nothing but the model's standing keeps the score from them."""
    with current(Home(town.home)) as snapshot:
        values = {"person": town["yasmin"], "model": "cse", "snapshot": snapshot.id, "worry": 2, "reason": None}
    journal_of(Home(town.home)).append(JUDGEMENT, values, Entry("demo.north", "lead_professional", "judge"))


def _said(app: Any) -> str:
    told = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.button, *app.get("html")]
    words = [str(getattr(one, "value", "")) + str(getattr(one, "label", "")) for one in told]
    tables = [frame.value.to_csv() for frame in app.dataframe]
    return "\n".join([*words, *tables]).replace("\\", "")


def _account(needs: Permission) -> str:
    return next(account for account, role in ACCOUNTS.items() if may(role, needs))


def _person(town: Fernhill, tab: str) -> dict[str, Any]:
    person = town["yasmin"]
    return {"person": person, f"person_tab_{person}": tab}


def test_a_model_that_passed_is_on_these_pages_so_that_the_nets_can_catch_it(
    town: Fernhill, net: Net, open_page: Any
) -> None:
    _judged(town)
    score = _said(open_page("person", home=town.home, **_person(town, "Score")))
    listed = _said(open_page("heightened", home=town.home))
    assert SPOKEN.search(score)
    assert SPOKEN.search(listed)
    assert net.scores() >= {"band", "rank", "percentile", "contribution", "raw"}


@pytest.mark.parametrize("page", PAGES, ids=[page.path for page in PAGES])
def test_no_page_tells_anything_of_a_model_under_its_mark(
    page: Any, failed: Fernhill, net: Net, open_page: Any
) -> None:
    _judged(failed)
    said = _said(open_page(page.path, _account(page.needs), home=failed.home, person=failed["yasmin"]))
    assert not SPOKEN.search(said), SPOKEN.findall(said)
    assert not net.scores()


@pytest.mark.parametrize("tab", TABS)
def test_nor_does_any_part_of_a_childs_page(tab: str, failed: Fernhill, net: Net, open_page: Any) -> None:
    _judged(failed)
    said = _said(open_page("person", home=failed.home, **_person(failed, tab)))
    assert not SPOKEN.search(said), SPOKEN.findall(said)
    assert not net.scores()
    assert tab != "Score" or WHY in said


def _retire(town: Fernhill, version: str) -> None:
    written = values("cse", version, RETIRED, "It errs too often about girls.")
    entry = Entry("demo.manager", "manager", "approve model")
    journal_of(Home(town.home)).append(MODEL_APPROVAL, written, entry)


def test_one_that_is_retired_is_gone_at_the_next_click(town: Fernhill, net: Net, open_page: Any) -> None:
    _judged(town)
    score = open_page("person", home=town.home, **_person(town, "Score"))
    listed = open_page("heightened", home=town.home)
    assert SPOKEN.search(_said(score))
    assert SPOKEN.search(_said(listed))
    with current(Home(town.home)) as snapshot, snapshot.cursor() as cursor:
        (version,) = cursor.execute("SELECT version FROM model WHERE model = 'cse'").fetchall()[0]
    _retire(town, version)
    net.caught.clear()
    for page in (score, listed):
        page.run()
        assert not SPOKEN.search(_said(page))
    assert not net.scores()


def test_what_a_retired_version_said_of_an_earlier_build_is_gone_too(
    town: Fernhill, tmp_path: Path, own_journal: str
) -> None:
    after = later(town, tmp_path)
    with current(Home(after.home)) as snapshot:
        offer_demonstration(journal_of(Home(after.home)), snapshot)
    query = "SELECT count(band) AS told, count(*) AS kept FROM list_before WHERE model = 'cse'"
    with session(Home(after.home), "demo.north", "Allocated case") as one:
        before = serve(one, Permission.COUNT_LIST, query).iloc[0]
        assert before["told"] == before["kept"] > 0
        _retire(after, "fernhill0000")
        assert serve(one, Permission.COUNT_LIST, query).iloc[0].tolist() == [0, before["kept"]]


def test_the_page_models_says_why(failed: Fernhill, open_page: Any) -> None:
    assert WHY in _said(open_page("model", "demo.north", home=failed.home))
