"""Two bots on one SQLite file would each keep half of the truth in memory, so the one that runs holds a lease.

The lease is an advisory lock (flock) on `<database>.lock`. The system drops it when its process ends, however it
ends, so a crash leaves nothing to clean up; the file itself stays and only names the last owner.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.storage.errors import DatabaseInUse
from bot.storage.sqlite.explain import explain_os
from bot.storage.sqlite.files import match_owner


class Lease:
    """A held lease; `release` may be called more than once."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def take_lease(path: Path) -> Lease:
    """Hold the database at `path` for this process alone, or raise `DatabaseInUse`. Never waits."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        match_owner(lock, path if path.exists() else path.parent)
    except OSError as problem:
        raise explain_os(problem, path) from problem
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        owner = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise DatabaseInUse(path, owner) from problem
    _sign(descriptor)
    return Lease(descriptor)


def _sign(descriptor: int) -> None:
    """Write the process number, for the other side's error; a full disk may leave it out."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    except OSError:
        pass
