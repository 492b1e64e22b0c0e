"""The one way into ballot files: a name and lines in, grouped ballots out, or one sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePath

from bot.core.counting.files import blt, preflib, record, rows
from bot.core.counting.files.errors import BadFile, Wrong
from bot.core.counting.files.lines import Lines
from bot.core.counting.files.preflib_head import KINDS
from bot.core.counting.values import Form, Profile

FORMATS = (*KINDS, "blt", "csv", "json")
"""What is read, by the ending of a file's name."""
_BLT = re.compile(r"\s*[0-9]+[ \t]+[0-9]+\s*(#.*)?")
_TYPE = re.compile(r"\s*#\s*DATA TYPE\s*:\s*(\w+)\s*", re.IGNORECASE)


def read(name: str, lines: Iterable[str], format_: str | None = None, forms: Collection[Form] = ()) -> Profile:
    """The ballots of a file, equal ones together. Lines are taken once and not kept.

    `format_` is one of `FORMATS`; without it the ending of the name says it, and where that is unknown the first line.
    `forms` are those that the numbers of a CSV may be, which can't tell by itself; other formats know their own.
    `lines` come from a file that was opened as UTF-8 with `errors="surrogateescape"`, or in `pieces` of one.
    BadFile: the file is damaged, doesn't keep what it promises, or is of no format that is known.
    """
    format_ = format_ or PurePath(name).suffix.lower().removeprefix(".")
    source = Lines(lines)
    try:
        if format_ not in FORMATS:
            format_ = _guessed(source)
        return _read(source, format_, forms)
    except Wrong as wrong:
        line = wrong.line or source.line
        raise BadFile(name, max(1, min(line, source.line) if source.open_end else line), wrong.what) from None


def _read(source: Lines, format_: str, forms: Collection[Form]) -> Profile:
    if format_ in KINDS:
        return preflib.read(source, format_)
    if format_ == "csv":
        return rows.read(source, forms)
    return record.read(source) if format_ == "json" else blt.read(source)


def _guessed(source: Lines) -> str:
    """The format by the first lines, which are given back."""
    seen: list[str] = []
    found = ""
    for line in source:
        seen.append(line)
        found = _format_of(line)
        if found or (line.strip() and not line.lstrip().startswith("#")):
            break
    for line in reversed(seen):
        source.put_back(line)
    if not found:
        what = (
            "the file is empty" if not "".join(seen).strip() else "neither its name nor its first lines tell the format"
        )
        raise Wrong(what, 1)
    return found


def _format_of(line: str) -> str:
    if line.lstrip().startswith("{"):
        return "json"
    if (declared := _TYPE.fullmatch(line)) and declared[1].lower() in KINDS:
        return declared[1].lower()
    return "blt" if _BLT.fullmatch(line) else ""
