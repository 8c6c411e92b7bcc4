"""A journal on SQLite, and on a real PostgreSQL where its server is installed or KINSIGHT_TEST_POSTGRES names one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from data.journal.journal import Journal

SERVER = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server's maintenance database, without a driver's name."""
    if given := os.environ.get("KINSIGHT_TEST_POSTGRES"):
        yield given
        return
    pytest.importorskip("psycopg")
    if not SERVER:
        pytest.skip("no PostgreSQL server here")
    folder = Path(tempfile.mkdtemp(prefix="kinsight-pg-"))
    # The server refuses to run as root, and needs a path short enough for a socket.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        subprocess.run([SERVER[0] / command[0], *command[1:]], user=user, check=True, capture_output=True, cwd="/")

    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=120"
    run("initdb", "-D", f"{folder}/data", "-U", "tester", "--auth=trust", "--no-sync")
    run("pg_ctl", "-D", f"{folder}/data", "-o", options, "-l", f"{folder}/log", "-w", "start")
    yield f"postgresql+psycopg://tester@/postgres?host={folder}"
    run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind (in PostgreSQL, a schema)."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'journal.sqlite'}"
    server = sa.create_engine(request.getfixturevalue("postgres"), isolation_level="AUTOCOMMIT")
    schema = f"journal_{uuid4().hex}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    own = server.url.update_query_dict({"options": f"-csearch_path={schema}"})
    made = own.render_as_string(hide_password=False)
    server.dispose()
    return made


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    opened = Journal(url)
    yield opened
    opened.close()
