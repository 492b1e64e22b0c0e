"""A database is brought forward whole steps at a time, or stays where it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.errors import DatabaseInUse, MigrationFailed, SchemaTooNew
from bot.storage.migrate import check_version, migrate_file, read_version
from bot.storage.scripts import Script, load_scripts, statements
from bot.storage.sqlite.lease import take_lease

FIRST = Script(1, "first", "-- Why: a start.\nCREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);")
SECOND = Script(2, "second", "-- Why: more.\nCREATE TABLE b (y INTEGER);")
BROKEN = Script(2, "broken", "-- Why: a mistake.\nCREATE TABLE b (y INTEGER);\nINSERT INTO nowhere VALUES (1);")
ORPHANS = Script(
    2,
    "orphans",
    "-- Why: a mistake.\n"
    "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES c);\n"
    "INSERT INTO c VALUES (1, 9);",
)


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def versions(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.execute("SELECT version, name FROM schema_version ORDER BY version"))


@pytest.mark.parametrize("script", load_scripts(), ids=lambda script: f"{script.number:04d}_{script.name}")
def test_each_migration_introduces_itself(script: Script) -> None:
    """A header says why, in a sentence or more, before the first statement."""
    assert script.why.startswith("Why: ") and len(script.why) > 40


def test_our_migrations_are_numbered_without_gaps() -> None:
    """From 1, each number once, and each file can be cut into statements."""
    scripts = load_scripts()
    assert [script.number for script in scripts] == list(range(1, len(scripts) + 1))
    assert all(list(statements(script.sql)) for script in scripts)


@pytest.mark.parametrize("script", load_scripts(), ids=lambda script: script.name)
def test_no_constraint_waits_for_the_commit(script: Script) -> None:
    """A deferred constraint would let one work's mistake fail the COMMIT that others share."""
    assert "DEFERR" not in script.sql.upper()


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["0001_a.sql", "0003_c.sql"], id="gap"),
        pytest.param(["0001_a.sql", "0001_b.sql"], id="double"),
        pytest.param(["0002_b.sql"], id="no first"),
        pytest.param(["0001_a.sql", "notes.txt"], id="foreign file"),
    ],
)
def test_a_folder_out_of_order_is_refused(tmp_path: Path, names: list[str]) -> None:
    """A gap, a double or a stray file among the migrations is a mistake to tell, not to skip."""
    for name in names:
        (tmp_path / name).write_text("-- Why: no reason.\nSELECT 1;", encoding="utf-8")
    with pytest.raises(ValueError, match=r"0001|without gaps"):
        load_scripts(tmp_path)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        pytest.param("SELECT 1; SELECT 2;", 2, id="two"),
        pytest.param("INSERT INTO t VALUES ('a;b');", 1, id="in a string"),
        pytest.param("-- one; two\nSELECT 1; -- three;\n", 1, id="in a comment"),
        pytest.param("/* a; b */ SELECT 1;", 1, id="in a block comment"),
        pytest.param(
            "CREATE TRIGGER t AFTER DELETE ON a BEGIN SELECT 1; SELECT 2; END; SELECT 3;",
            2,
            id="in a trigger",
        ),
        pytest.param("SELECT 1;\n-- the end\n", 1, id="a comment last"),
    ],
)
def test_a_script_is_cut_at_the_right_semicolons(sql: str, expected: int) -> None:
    """Semicolons in strings, comments and triggers end nothing."""
    assert len(list(statements(sql))) == expected


@pytest.mark.parametrize("sql", ["SELECT 1; SELECT 2", "SELECT 'never closed;", "CREATE TRIGGER t BEGIN SELECT 1;"])
def test_a_script_that_ends_in_mid_statement_is_refused(sql: str) -> None:
    """Half a statement is not silently left out."""
    with pytest.raises(ValueError, match="within a statement"):
        list(statements(sql))


def test_a_new_file_gets_everything(tmp_path: Path) -> None:
    """Every step is applied in order and recorded by number and name; running again changes nothing."""
    path = tmp_path / "t.db"
    assert migrate_file(path, scripts=[FIRST, SECOND]) == 2
    assert versions(path) == [(1, "first"), (2, "second")] and tables(path) >= {"a", "b"}
    assert migrate_file(path, scripts=[FIRST, SECOND]) == 2
    assert not list(tmp_path.glob("*.before-*"))


def test_our_own_schema_stands(tmp_path: Path) -> None:
    """A fresh database of ours has the tables that the rest counts on, and says its version."""
    path = tmp_path / "t.db"
    newest = migrate_file(path)
    expected = "places packs readers stances polls ballots posts events mod_log reports schema_version"
    assert tables(path) >= set(expected.split())
    assert read_version(path) == check_version(path) == newest == len(load_scripts())


@pytest.mark.parametrize("broken", [BROKEN, ORPHANS], ids=lambda script: script.name)
def test_a_failed_step_leaves_the_former_version(tmp_path: Path, broken: Script) -> None:
    """The file keeps its version, its tables and its rows, and the error names the step."""
    path = tmp_path / "t.db"
    migrate_file(path, scripts=[FIRST])
    before = tables(path)
    with pytest.raises(MigrationFailed, match=f"0002_{broken.name}.*version 1"):
        migrate_file(path, scripts=[FIRST, broken])
    assert tables(path) == before and versions(path) == [(1, "first")]
    assert migrate_file(path, scripts=[FIRST, SECOND]) == 2


def test_a_copy_is_kept_before_a_step(tmp_path: Path) -> None:
    """What the database held before is beside it, sound, at its old version."""
    path = tmp_path / "t.db"
    migrate_file(path, scripts=[FIRST])
    migrate_file(path, scripts=[FIRST, SECOND])
    copy = tmp_path / "t.db.before-v2"
    assert versions(copy) == [(1, "first")] and "a" in tables(copy)
    assert copy.stat().st_mode & 0o077 == 0


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    """An older program doesn't touch the file of a newer one, and says both versions."""
    path = tmp_path / "t.db"
    migrate_file(path, scripts=[FIRST, SECOND])
    with pytest.raises(SchemaTooNew, match=r"version 2.*up to 1"):
        migrate_file(path, scripts=[FIRST])
    with pytest.raises(SchemaTooNew):
        check_version(path, scripts=[FIRST])


def test_a_command_does_not_migrate_under_a_running_bot(tmp_path: Path) -> None:
    """While another process holds the lease, a step to do is refused; with nothing to do there is no need of it."""
    path = tmp_path / "t.db"
    migrate_file(path, scripts=[FIRST])
    with take_lease(path):
        with pytest.raises(DatabaseInUse):
            migrate_file(path, scripts=[FIRST, SECOND])
        assert migrate_file(path, scripts=[FIRST]) == 1
        assert migrate_file(path, scripts=[FIRST, SECOND], holds_lease=True) == 2


def rows(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in statements:
            connection.execute(statement)


PLACE = "INSERT INTO places (place_id, platform, name, created_ms) VALUES ('p', 'text', 'P', 1)"
POLL = (
    "INSERT INTO polls"
    " (poll_id, place_id, number, kind, question, options, rules, state, named, channel_id, created_by, created_ms)"
    " VALUES ('{}', 'p', {}, 'single', 'Q', '[]', '{{}}', '{}', 1, 'c', 'm', 1)"
)
LOG = "INSERT INTO mod_log VALUES ('l', 'p', 1, 'm', 'M', 'close', 'q', '{}')"
STANCE = "INSERT INTO stances VALUES ('p', 'a', 'i', 'm', '{}', '1', '1', 1, 'M')"
BALLOT = "INSERT INTO ballots (poll_id, voter, marks) VALUES ('q', 'v', '[]')"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param([POLL.format("q", 1, "open"), POLL.format("r", 1, "open")], id="a number twice"),
        pytest.param([POLL.format("q", 1, "paused")], id="an unknown state"),
        pytest.param([POLL.format("q", 1, "open"), BALLOT, BALLOT], id="a second ballot"),
        pytest.param([BALLOT], id="a ballot for no poll"),
        pytest.param([STANCE.format("maybe")], id="an unknown stance"),
        pytest.param([STANCE.format("pass"), STANCE.format("agree")], id="a second stance"),
        pytest.param(["INSERT INTO events VALUES ('e', 1)"] * 2, id="an event twice"),
        pytest.param([LOG, "UPDATE mod_log SET act = 'open'"], id="a log entry changed"),
        pytest.param([LOG, "DELETE FROM mod_log"], id="a log entry removed"),
    ],
)
def test_the_schema_itself_refuses(tmp_path: Path, wrong: Sequence[str]) -> None:
    """What must never be true is refused by the database, whatever the code above it forgets."""
    path = tmp_path / "t.db"
    migrate_file(path)
    with pytest.raises(sqlite3.IntegrityError):
        rows(path, PLACE, *wrong)


def test_drafts_share_having_no_number_and_a_poll_takes_its_ballots_along(tmp_path: Path) -> None:
    """Two drafts fit beside each other; deleting a poll deletes its ballots."""
    path = tmp_path / "t.db"
    migrate_file(path)
    rows(
        path,
        PLACE,
        POLL.format("q", "NULL", "draft"),
        POLL.format("r", "NULL", "draft"),
        BALLOT,
        "DELETE FROM polls",
    )
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM ballots").fetchone() == (0,)
