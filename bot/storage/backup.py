"""A backup is one sound file taken while the bot runs; a restore puts one back and never throws the old file away.

All of it blocks: from the event loop, call it in a thread.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.storage.errors import BackupRefused, DatabaseCorrupt, DatabaseInUse, StorageUnavailable
from bot.storage.migrate import read_version
from bot.storage.sqlite.connection import connect, connect_copying, connect_reading
from bot.storage.sqlite.copying import copy_database
from bot.storage.sqlite.explain import explain_os, reraise
from bot.storage.sqlite.files import check_folder, check_present, check_readable, match_owner
from bot.storage.sqlite.lease import take_lease

_LISTED = 20  # problems of a damaged file worth listing; the rest follows from them


def backup(db_path: Path, to: Path, *, force: bool = False, now: datetime | None = None) -> Path:
    """Copy the database to `to`, a file or a folder, and return the file made.

    The bot may run and write meanwhile: the copy shows one moment. It is checked before it gets its name. An existing
    file is kept (`BackupRefused`) unless `force`. Raises also `DatabaseMissing`, `DatabaseCorrupt`, `DiskFull`,
    `DatabaseFolderMissing`, `DatabaseFolderUnwritable`.
    """
    check_readable(db_path)
    target = to / f"{db_path.stem}-{_stamp(now)}.db" if to.is_dir() else to
    _refuse_overwriting(db_path, target, force)
    with closing(connect_copying(db_path)) as source:
        _refuse_damaged(source, db_path)
        copy_database(source, target, approve=_approve)
    return target


def restore(from_: Path, db_path: Path, *, now: datetime | None = None) -> Path | None:
    """Put the backup `from_` in the place of the database and return where the old file was kept, if there was one.

    Refused while a bot or another command has the database open (`DatabaseInUse`), when the backup is damaged
    (`DatabaseCorrupt`) or no database of ours (`DatabaseForeign`, `BackupRefused`), or from a newer program
    (`SchemaTooNew`). Until the last step, one rename, the old database stays in its place.
    """
    check_readable(from_)
    check_folder(db_path)
    _check_backup(from_, db_path)
    with take_lease(db_path):
        if db_path.exists():
            _settle(db_path)
        with closing(connect_copying(from_, "ro")) as source:
            incoming = db_path.with_name(f"{db_path.name}.incoming")
            copy_database(source, incoming, approve=_approve)
        return _swap(incoming, db_path, now)


def integrity(db_path: Path) -> list[str]:
    """What is wrong inside the file, in SQLite's words; an empty list for a sound one. Takes a second per ~300 MB."""
    check_present(db_path)
    try:
        with closing(connect_reading(db_path, "ro")) as connection:
            return _problems(connection, db_path)
    except DatabaseCorrupt as problem:
        return [str(problem)]


def _problems(connection: sqlite3.Connection, path: Path) -> list[str]:
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_LISTED})")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(_LISTED)
    except sqlite3.Error as problem:
        reraise(problem, path)
    return [line for line in found if line != "ok"] + [f"a row of {o[0]} refers to nothing in {o[2]}" for o in orphans]


def _refuse_damaged(source: sqlite3.Connection, db_path: Path) -> None:
    """A copy of a damaged file may look sound and lack rows: there is none."""
    if found := _problems(source, db_path):
        raise BackupRefused(
            f"{db_path} is damaged ({found[0]}), so no copy was made. Keep the file and the last backup."
        )


def _approve(copy: Path) -> None:
    found = integrity(copy)
    if found:
        raise BackupRefused(f"The copy is damaged ({found[0]}), so it was not kept. Check the disk and the database.")


def _refuse_overwriting(db_path: Path, target: Path, force: bool) -> None:
    if target.exists() and target.samefile(db_path):
        raise BackupRefused(f"{target} is the database itself. Name another file for the backup.")
    if target.exists() and not force:
        raise BackupRefused(f"{target} exists already. Name another file, or add --force to replace it.")


def _check_backup(from_: Path, db_path: Path) -> None:
    if db_path.exists() and from_.samefile(db_path):
        raise BackupRefused(f"{from_} is the database itself. Name the backup to restore.")
    if read_version(from_) == 0:
        raise BackupRefused(f"{from_} is empty. Name a backup that Tertulia made.")
    if integrity(from_):
        raise DatabaseCorrupt(from_)


def _settle(db_path: Path) -> None:
    """Fold the journal into the old file, which works only while nobody else has it open."""
    try:
        with closing(connect(db_path, "rw")) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").close()
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise DatabaseInUse(db_path) from problem
    except StorageUnavailable:
        pass  # a damaged database is a reason to restore; its journal goes with it


def _swap(incoming: Path, db_path: Path, now: datetime | None) -> Path | None:
    kept = db_path.with_name(f"{db_path.name}.replaced-{_stamp(now)}")
    try:
        old = _keep(db_path, kept) if db_path.exists() else None
        # A journal left beside the restored file would be played into it; a damaged one goes with its old file.
        _set_aside(db_path.with_name(f"{db_path.name}-wal"), kept.with_name(f"{kept.name}-wal"))
        db_path.with_name(f"{db_path.name}-shm").unlink(missing_ok=True)
        match_owner(incoming, db_path if old else db_path.parent)
        incoming.replace(db_path)
    except OSError as problem:
        raise explain_os(problem, db_path) from problem
    finally:
        incoming.unlink(missing_ok=True)
    return old


def _keep(db_path: Path, kept: Path) -> Path:
    """The old file under a second name, so that at no moment there is none: written anew, or as it is if damaged."""
    if kept.exists():
        raise BackupRefused(f"{kept} exists already. Move it away, then restore again.")
    try:
        with closing(connect_copying(db_path, "ro")) as source:
            _refuse_damaged(source, db_path)
            copy_database(source, kept)
            match_owner(kept, db_path)
    except (BackupRefused, DatabaseCorrupt):
        _link(db_path, kept)
    return kept


def _link(db_path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(db_path)
    except OSError:  # where links are not known
        shutil.copy2(db_path, kept)


def _set_aside(path: Path, to: Path) -> None:
    with suppress(FileNotFoundError):
        path.rename(to)


def _stamp(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
