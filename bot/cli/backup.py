"""`tertulia backup` and `tertulia restore`: one line that says what was done, or what to do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from bot.storage.backup import backup, restore
from bot.storage.errors import DatabaseCorrupt, DatabaseMissing, StorageError


def run_backup(
    db_path: Path, to: Path, *, force: bool = False, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Back up the database to `to` (a file or a folder), also while the bot runs; the exit code."""
    try:
        made = backup(db_path, to, force=force)
    except StorageError as problem:
        return _refuse(problem, err)
    size = made.stat().st_size / 1024
    print(f"Backed up {db_path} to {made} ({size:,.0f} KiB, checked).", file=out or sys.stdout)
    return 0


def run_restore(from_: Path, db_path: Path, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Put a backup in the database's place while the bot is stopped; the exit code."""
    try:
        kept = restore(from_, db_path)
    except (DatabaseMissing, DatabaseCorrupt) as problem:
        return _refuse(_about_backup(problem) if problem.path == from_ else problem, err)
    except StorageError as problem:
        return _refuse(problem, err)
    rest = f" The former database is kept as {kept.name}." if kept else ""
    print(f"Restored {db_path} from {from_}.{rest}", file=out or sys.stdout)
    return 0


def _about_backup(problem: DatabaseMissing | DatabaseCorrupt) -> str:
    """The same of a backup: what is said of a database would lead in a circle."""
    if isinstance(problem, DatabaseMissing):
        return f"There is no file {problem.path}. Name a backup that Tertulia made."
    return f"{problem.path} is damaged, or is no backup of Tertulia. Nothing was changed; take another one."


def _refuse(problem: StorageError | str, err: TextIO | None) -> int:
    print(problem, file=err or sys.stderr)
    return 1
