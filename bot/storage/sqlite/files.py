"""What can be wrong with the files around a database is said before SQLite is asked, in words it doesn't have."""

from __future__ import annotations

import os
from pathlib import Path

from bot.storage.errors import (
    DatabaseFolderMissing,
    DatabaseFolderUnwritable,
    DatabaseMissing,
    DatabaseReadOnly,
)
from bot.storage.sqlite.explain import explain_os


def check_present(path: Path) -> None:
    """Raise `DatabaseMissing` unless there is a file at `path`."""
    if not path.is_file():
        raise DatabaseMissing(path)


def check_readable(path: Path) -> None:
    """Raise unless the file is there and SQLite can read it: a file in WAL mode needs an index beside it."""
    check_present(path)
    if _in_wal_mode(path) and not _writable(path.parent) and not path.with_name(f"{path.name}-shm").exists():
        raise DatabaseFolderUnwritable(path)


def check_folder(path: Path) -> None:
    """Raise unless the folder of `path` exists and new files can be made in it."""
    if not path.parent.is_dir():
        raise DatabaseFolderMissing(path)
    if not _writable(path.parent):
        raise DatabaseFolderUnwritable(path)


def prepare_place(path: Path) -> None:
    """Check the folder and make an empty file there, readable by its owner alone: stances and names will be in it."""
    check_folder(path)
    try:
        if not path.exists():
            os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
            match_owner(path, path.parent)
    except OSError as problem:
        raise explain_os(problem, path) from problem
    if not _writable(path):
        raise DatabaseReadOnly(path)


def match_owner(path: Path, like: Path) -> None:
    """Give `path` to the owner of `like`, so that a command run as root leaves nothing the bot can't open."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the bytes of `path` survive a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _in_wal_mode(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(20)[18:19] == b"\x02"  # the "file format write version", sqlite.org/fileformat.html


def _writable(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)
