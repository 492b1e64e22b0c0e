"""SQLite reports by number; this is the one place that turns a number into one of our facts."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import NoReturn

from bot.storage.errors import (
    ConstraintBroken,
    DatabaseCorrupt,
    DatabaseFolderUnwritable,
    DatabaseReadOnly,
    DiskFull,
    StorageError,
    StorageUnavailable,
)

_ABOUT_THE_FILE: dict[int, type[DiskFull] | type[DatabaseCorrupt] | type[DatabaseReadOnly]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_CORRUPT: DatabaseCorrupt,
    sqlite3.SQLITE_NOTADB: DatabaseCorrupt,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
}
_PASSING = {
    sqlite3.SQLITE_BUSY: "another process held it for too long",
    sqlite3.SQLITE_LOCKED: "another process held it for too long",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_CANTOPEN: "its files can't be opened",
    sqlite3.SQLITE_PERM: "its files can't be opened",
    sqlite3.SQLITE_NOMEM: "the memory is used up",
    sqlite3.SQLITE_INTERRUPT: "it was interrupted",
}


def explain(problem: sqlite3.Error, path: Path) -> StorageError | None:
    """The fact behind an SQLite error, or None when the mistake is ours (a typo in SQL, a wrong argument)."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the low byte is the family, the rest a detail
    if code in _ABOUT_THE_FILE:
        return _ABOUT_THE_FILE[code](path)
    if code in _PASSING:
        return StorageUnavailable(f"{_PASSING[code]} ({problem})")
    return ConstraintBroken(str(problem)) if code == sqlite3.SQLITE_CONSTRAINT else None


def reraise(problem: sqlite3.Error, path: Path) -> NoReturn:
    """Raise the fact behind `problem`, or `problem` itself when there is none."""
    fact = explain(problem, path)
    if fact is None:
        raise problem
    raise fact from problem


def explain_os(problem: OSError, path: Path) -> StorageError:
    """The same for what the operating system says about the files of the database at `path`."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path)
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DatabaseFolderUnwritable(path)
    return StorageUnavailable(f"the system refused a file of it ({problem})")
