"""Storage errors are facts with the operator's next step in their `str`, so that no door has to read SQLite's mind.

`StorageUnavailable` and everything below it means: this was not stored, and the same call may work later.
The others stop a start, a backup or a restore. Only `ContractError` is a mistake of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


class StorageError(Exception):
    """The root: anything the storage room has to say."""


class ContractError(StorageError):
    """A `work` broke the port's contract (awaited something foreign, kept its tx, spoke of transactions)."""


@dataclass(eq=False)
class ConstraintBroken(StorageError):
    """A CHECK, UNIQUE, NOT NULL or foreign key refused a statement; the work's changes are undone."""

    detail: str

    def __str__(self) -> str:
        return f"The database refused this: {self.detail}."


@dataclass(eq=False)
class StorageUnavailable(StorageError):
    """Nothing of this work was stored, for a reason outside the program."""

    reason: str

    def __str__(self) -> str:
        return f"The database could not store this: {self.reason}. Nothing of it was kept; it can be tried again."


class DatabaseClosed(StorageError):
    """The database is closed or closing; the work was not started."""

    def __str__(self) -> str:
        return "The database is closed, so this was not stored."


@dataclass(eq=False)
class DiskFull(StorageUnavailable):
    """The disk (or a quota) that holds the database has no room left."""

    reason: str = field(init=False, default="the disk is full")
    path: Path

    def __str__(self) -> str:
        return f"The disk that holds {self.path} is full. Nothing was stored; free some space and it goes on."


@dataclass(eq=False)
class DatabaseCorrupt(StorageUnavailable):
    """The file is not an SQLite database, is cut short, or is damaged inside."""

    reason: str = field(init=False, default="the database file is damaged")
    path: Path

    def __str__(self) -> str:
        return (
            f"{self.path} is damaged or is not a database. Keep a copy of it, then put a backup in its place: "
            "tertulia restore <backup>."
        )


@dataclass(eq=False)
class DatabaseReadOnly(StorageUnavailable):
    """The file can be read but not written."""

    reason: str = field(init=False, default="the database file is read-only")
    path: Path

    def __str__(self) -> str:
        return f"{self.path} is read-only. Give the user that runs Tertulia permission to write this file."


@dataclass(eq=False)
class DatabaseFolderMissing(StorageError):
    """The folder for the database does not exist; it is never made silently (a volume may be unmounted)."""

    path: Path

    def __str__(self) -> str:
        return (
            f"The folder {self.path.parent} does not exist, so {self.path.name} can't be kept there. "
            "Create it, mount it, or point the database setting elsewhere."
        )


@dataclass(eq=False)
class DatabaseFolderUnwritable(StorageError):
    """SQLite keeps its journal beside the database, so the folder must be writable too."""

    path: Path

    def __str__(self) -> str:
        return (
            f"The folder {self.path.parent} can't be written to, and SQLite keeps its journal beside "
            f"{self.path.name}. Give the user that runs Tertulia permission to write in it."
        )


@dataclass(eq=False)
class DatabaseMissing(StorageError):
    """There is no file to read, back up or restore."""

    path: Path

    def __str__(self) -> str:
        return f"There is no database at {self.path}. Check the path; Tertulia makes one when the bot starts."


@dataclass(eq=False)
class DatabaseInUse(StorageError):
    """Another process holds the database; `owner` is its process number where it is known."""

    path: Path
    owner: str = ""

    def __str__(self) -> str:
        who = f"process {self.owner}" if self.owner else "another process"
        return f"{self.path} is in use by {who}. Stop that one first; one bot runs on one SQLite file."


@dataclass(eq=False)
class DatabaseForeign(StorageError):
    """A sound SQLite file with tables, none of which is our version table."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path} is a database of another program. Point the database setting to a file of its own."


@dataclass(eq=False)
class SchemaTooNew(StorageError):
    """The file was written by a newer Tertulia; an older one would misread it."""

    found: int
    known: int

    def __str__(self) -> str:
        return (
            f"This database has schema version {self.found}; this Tertulia knows versions up to {self.known}. "
            "Install the newer Tertulia, or restore a backup made before the upgrade."
        )


@dataclass(eq=False)
class SchemaTooOld(StorageError):
    """A read-only opening may not migrate, so it refuses a file that would need it."""

    found: int
    known: int

    def __str__(self) -> str:
        return (
            f"This database has schema version {self.found}, and version {self.known} is needed to read it. "
            "Start the bot once; it upgrades the file and keeps a copy."
        )


@dataclass(eq=False)
class MigrationFailed(StorageError):
    """One numbered migration raised; the file still has the version before it."""

    number: int
    name: str
    detail: str

    def __str__(self) -> str:
        return (
            f"Migration {self.number:04d}_{self.name} failed: {self.detail}. "
            f"Nothing was changed; the database still has schema version {self.number - 1}."
        )


@dataclass(eq=False)
class BackupRefused(StorageError):
    """A backup or restore that would overwrite or damage something; `reason` is a whole sentence."""

    reason: str

    def __str__(self) -> str:
        return self.reason
