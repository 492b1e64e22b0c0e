"""Migrations are plain SQL files with a number, a name and a header that says why; this reads and cuts them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>[a-z0-9_]+)\.sql")
_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Script:
    """One migration: its number from 1, the name in its file's name, and its text."""

    number: int
    name: str
    sql: str

    @property
    def why(self) -> str:
        """The header: the comment lines before the first statement, without their marks."""
        lines = self.sql.splitlines()
        header = lines[: next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))]
        return " ".join(line.removeprefix("--").strip() for line in header)


@cache
def load_scripts(folder: Traversable | None = None) -> tuple[Script, ...]:
    """Every migration of `folder` (the program's own by default) in order. ValueError for a foreign file or a gap."""
    place = folder or files("bot.storage") / "migrations"
    found = (_script(file) for file in place.iterdir() if file.is_file())
    scripts = tuple(sorted(found, key=lambda each: each.number))
    numbers = [script.number for script in scripts]
    if numbers != list(range(1, len(scripts) + 1)):
        raise ValueError(f"Migrations must be numbered from 1 without gaps or doubles, not {numbers}.")
    return scripts


def statements(sql: str) -> Iterator[str]:
    """Cut a script into statements; strings, comments and trigger bodies may hold semicolons."""
    pending = ""
    *pieces, rest = sql.split(";")
    for piece in pieces:
        pending += f"{piece};"
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if _COMMENTS.sub("", pending + rest).strip():
        raise ValueError(f"The script ends within a statement: {(pending + rest).strip()[:80]!r}")


def _script(file: Traversable) -> Script:
    match = _NAME.fullmatch(file.name)
    if match is None:
        raise ValueError(f"{file.name} is not named like 0001_first.sql.")
    return Script(int(match["number"]), match["name"], file.read_text(encoding="utf-8"))
