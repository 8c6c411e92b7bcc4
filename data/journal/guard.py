"""Append-only in the database itself: triggers that refuse every change and deletion, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa

from data.journal.tables import ACCESS_ENTRY, ACCESS_PERSON, CHAIN_HEAD, CHAINED

_FROZEN = (ACCESS_ENTRY, ACCESS_PERSON, *CHAINED)

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION kinsight_frozen() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;
CREATE OR REPLACE FUNCTION kinsight_forward() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.seq <= OLD.seq THEN RAISE EXCEPTION 'the journal is append-only'; END IF; RETURN NEW; END $$;
"""


def names(dialect: str) -> frozenset[str]:
    """The triggers that a whole journal has."""
    return frozenset(name for name, _ in _triggers(dialect))


def install(connection: sa.Connection) -> list[str]:
    """Create the triggers that are not there; their names."""
    dialect = connection.dialect.name
    there = present(connection)
    missing = {name: statement for name, statement in _triggers(dialect) if name not in there}
    if missing and dialect == "postgresql":
        connection.exec_driver_sql(_FUNCTIONS)
    for statement in missing.values():
        connection.exec_driver_sql(statement)
    return sorted(missing)


def present(connection: sa.Connection) -> frozenset[str]:
    """The triggers that are there now."""
    if connection.dialect.name == "postgresql":
        found = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = current_schema()::regnamespace"
        )
    else:
        found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    return frozenset(row[0] for row in connection.exec_driver_sql(found))


def _triggers(dialect: str) -> list[tuple[str, str]]:
    return _postgresql() if dialect == "postgresql" else _sqlite()


def _sqlite() -> list[tuple[str, str]]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    verbs = ("update", "delete")
    made = [(f"{t.name}_no_{verb}", f"BEFORE {verb.upper()} ON {t.name}") for t in _FROZEN for verb in verbs]
    made += [
        (f"{CHAIN_HEAD.name}_no_delete", f"BEFORE DELETE ON {CHAIN_HEAD.name}"),
        (f"{CHAIN_HEAD.name}_forward", f"BEFORE UPDATE ON {CHAIN_HEAD.name} WHEN NEW.seq <= OLD.seq"),
    ]
    return [(name, f"CREATE TRIGGER {name} {when} {refuse}") for name, when in made]


def _postgresql() -> list[tuple[str, str]]:
    made = []
    for table in (*_FROZEN, CHAIN_HEAD):
        rows = "DELETE" if table is CHAIN_HEAD else "UPDATE OR DELETE"
        made += [
            (f"{table.name}_frozen", f"BEFORE {rows} ON {table.name} FOR EACH ROW EXECUTE FUNCTION kinsight_frozen()"),
            (f"{table.name}_whole", f"BEFORE TRUNCATE ON {table.name} EXECUTE FUNCTION kinsight_frozen()"),
        ]
    forward = f"BEFORE UPDATE ON {CHAIN_HEAD.name} FOR EACH ROW EXECUTE FUNCTION kinsight_forward()"
    made.append((f"{CHAIN_HEAD.name}_forward", forward))
    return [(name, f"CREATE TRIGGER {name} {what}") for name, what in made]
