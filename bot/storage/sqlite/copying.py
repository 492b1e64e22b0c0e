"""A whole, consistent copy of a database that may be in use, or no copy at all.

A copy is a rebuild: it holds the rows in the order of their keys, and no page of the source. Pages would tell in which
order people voted, and hold what was erased.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.storage.sqlite.connection import connect_copying
from bot.storage.sqlite.explain import explain_os, reraise
from bot.storage.sqlite.files import check_folder, sync_file, sync_folder


def copy_database(source: sqlite3.Connection, to: Path, approve: Callable[[Path], None] = lambda _: None) -> None:
    """Copy what `source` sees to the file `to`, replacing it only when all is written, synced and approved.

    `source` is a connection without `query_only`, such as `connect_copying`'s; nothing changes in its own file.
    `approve` may look at the finished copy under its temporary name and raise. The copy is one file that needs no
    journal beside it, readable by its owner alone. One step copies everything under one read snapshot, so a storm of
    writes neither waits nor shows.
    """
    check_folder(to)
    unfinished = to.with_name(f"{to.name}.unfinished-{os.getpid()}")
    try:
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        _fill(source, unfinished)
        approve(unfinished)
        sync_file(unfinished)
        unfinished.replace(to)
        sync_folder(to.parent)
    except OSError as problem:
        raise explain_os(problem, to) from problem
    finally:
        unfinished.unlink(missing_ok=True)


def renew_copy(copy: Path) -> None:
    """Write a copy anew that an earlier version made page by page. Raises our errors, and then it stays as it was."""
    before = copy.stat()
    with closing(connect_copying(copy, "ro")) as source:
        copy_database(source, copy, approve=lambda new: os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns)))


def _fill(source: sqlite3.Connection, to: Path) -> None:
    try:
        source.execute("VACUUM INTO ?", (str(to.absolute()),)).close()
        with closing(sqlite3.connect(to, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = DELETE").close()  # a WAL file can't be read from a read-only place
    except sqlite3.Error as problem:
        reraise(problem, to)
