"""A database says which schema it has, and is brought forward one numbered script at a time, or left as it was.

Each script and the row that records it stand in one transaction. Before a database that already holds something is
changed, a copy `<database>.before-vN` is made beside it, where N is the version it is brought to; after it the file is
written anew, since what a script drops is still in its bytes.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, nullcontext, suppress
from pathlib import Path

from bot.storage.errors import (
    DatabaseForeign,
    MigrationFailed,
    SchemaTooNew,
    SchemaTooOld,
    StorageError,
    StorageUnavailable,
)
from bot.storage.scripts import Script, load_scripts, statements
from bot.storage.sqlite.connection import connect, connect_reading
from bot.storage.sqlite.copying import copy_database, renew_copy
from bot.storage.sqlite.explain import explain, reraise
from bot.storage.sqlite.lease import take_lease
from bot.storage.sqlite.rebuilding import empty_journal, rebuild

_VERSIONS = (
    "CREATE TABLE IF NOT EXISTS schema_version"
    " (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_ms BIGINT NOT NULL)"
)


def migrate_file(path: Path, *, holds_lease: bool = False, scripts: Sequence[Script] | None = None) -> int:
    """Bring the file at `path` to the newest schema and return that version. Blocking: call it in a thread.

    Without the lease it takes it while there is something to do, so that no bot runs on what is being changed.
    """
    known = list(scripts) if scripts is not None else load_scripts()
    with closing(connect(path)) as connection:
        found = _version(connection, path, len(known))
        if found < len(known):
            with nullcontext() if holds_lease else take_lease(path):
                _bring_forward(connection, path, found, known)
    return len(known)


def check_version(path: Path, scripts: Sequence[Script] | None = None) -> int:
    """The schema version of `path`, read without changing anything; raises unless it is the newest."""
    known = len(scripts if scripts is not None else load_scripts())
    with closing(connect_reading(path, "ro")) as connection:
        found = _version(connection, path, known)
    if found < known:
        raise SchemaTooOld(found, known)
    return found


def read_version(path: Path) -> int:
    """The schema version of `path`, 0 for an empty file; raises when this program can't bring it forward."""
    with closing(connect_reading(path, "ro")) as connection:
        return _version(connection, path, len(load_scripts()))


def _version(connection: sqlite3.Connection, path: Path, known: int) -> int:
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "schema_version" not in tables:
            if tables:
                raise DatabaseForeign(path)
            return 0
        found = int(connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").fetchone()[0])
    except sqlite3.Error as problem:
        reraise(problem, path)
    if found > known:
        raise SchemaTooNew(found, known)
    return found


def _bring_forward(connection: sqlite3.Connection, path: Path, found: int, known: Sequence[Script]) -> None:
    if found:
        copy_database(connection, path.with_name(f"{path.name}.before-v{len(known)}"))
    connection.execute("PRAGMA foreign_keys = OFF")  # a rebuilt table must not take its children along
    for script in known[found:]:
        try:
            _apply(connection, script)
        except sqlite3.Error as problem:
            fact = explain(problem, path)
            if isinstance(fact, StorageUnavailable):
                raise fact from problem
            raise MigrationFailed(script.number, script.name, str(problem)) from problem
    if found:
        _leave_nothing(connection, path)


def _leave_nothing(connection: sqlite3.Connection, path: Path) -> None:
    """Write the file anew, and copies beside it that earlier versions made page by page.

    What can't be keeps nobody from starting: of the file it is tried again by whoever runs it, of a copy it isn't.
    """
    with suppress(StorageError, sqlite3.Error):
        rebuild(connection, path)
        empty_journal(connection, path)
    for copy in sorted(path.parent.iterdir()):
        if copy.name.startswith((f"{path.name}.before-v", f"{path.name}.replaced-")) and not _has_journal(copy):
            with suppress(StorageError, sqlite3.Error):
                renew_copy(copy)


def _has_journal(copy: Path) -> bool:
    """Whether this is the journal of a damaged file that was replaced, or has one: such a file stays as it is."""
    return copy.name.endswith(("-wal", "-shm")) or copy.with_name(f"{copy.name}-wal").exists()


def _apply(connection: sqlite3.Connection, script: Script) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_VERSIONS)
        if not _recorded(connection, script):  # another process may have been faster
            for statement in statements(script.sql):
                connection.execute(statement)
            _check_references(connection)
            _record(connection, script)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _recorded(connection: sqlite3.Connection, script: Script) -> bool:
    row = connection.execute("SELECT 1 FROM schema_version WHERE version = ?", (script.number,)).fetchone()
    return row is not None


def _record(connection: sqlite3.Connection, script: Script) -> None:
    connection.execute(
        "INSERT INTO schema_version (version, name, applied_ms) VALUES (?, ?, ?)",
        (script.number, script.name, time.time_ns() // 1_000_000),
    )


def _check_references(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise sqlite3.IntegrityError(f"a row of {broken[0]} refers to nothing in {broken[2]}")
