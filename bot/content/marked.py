"""YAML in which every value remembers its line, and nothing is guessed.

Every scalar stays the text that was written (no dates, no `yes` that turns into true). Anchors, aliases and
tags are refused, because a few lines of them can unfold into gigabytes. The values are built straight from
the parser's events, so nothing is ever constructed that was not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content.problems import Loc, Problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

Event = Any  # PyYAML's events carry no types


@dataclass(frozen=True, slots=True)
class Marked:
    """`data` is made of dict, list and str only, and None where the file could not be read."""

    path: str
    data: Any
    lines: Mapping[Loc, int]
    problems: tuple[Problem, ...] = ()

    def line(self, loc: Loc) -> int:
        """The line of this place, or of the nearest thing around it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def field(self, loc: Loc) -> str:
        """`sections[lead].body[2]`: list entries by their id, or by number where they have none."""
        name, here = "", self.data
        for step in loc:
            here = _step(here, step)
            name += f"[{_entry(here, step)}]" if isinstance(step, int) else f".{step}"
        return name.removeprefix(".")

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem at this place."""
        return Problem(self.path, self.line(loc), self.field(loc), message)


def _step(here: Any, step: str | int) -> Any:
    try:
        return here[step]
    except (KeyError, IndexError, TypeError):
        return None


def _entry(value: Any, number: int) -> str:
    entry_id = value.get("id") if isinstance(value, dict) else None
    return entry_id if isinstance(entry_id, str) and 0 < len(entry_id) <= 40 else str(number + 1)


def read_marked(path: Path, shown: str | None = None) -> Marked:
    """The file's content with its lines; what can't be read is a problem, never an exception."""
    name = shown or str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return _broken(name, 1, f"can't be read: {error.strerror or error}")
    return parse_marked(name, raw)


def parse_marked(name: str, raw: bytes) -> Marked:
    """Like `read_marked`, for bytes at hand."""
    if len(raw) > MAX_BYTES:
        return _broken(name, 1, "the file is larger than 1 MiB, which is more than an article needs")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _broken(name, line, "is not UTF-8 text; save the file as UTF-8")
    if not text.strip():
        return _broken(name, 1, "the file is empty")
    return _parse(name, text)


def _parse(name: str, text: str) -> Marked:
    builder = _Builder(name)
    try:
        data = builder.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _RefusedError as refused:
        return _broken(name, refused.line, str(refused))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        return _broken(name, line, "holds a character that YAML does not allow (a control character?)")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return _broken(name, line, _plain(str(error.problem or error), text.splitlines()[line - 1 : line]))
    if data is None:
        return _broken(name, 1, "the file is empty")
    return Marked(name, data, builder.lines, tuple(builder.problems))


def _broken(name: str, line: int, message: str) -> Marked:
    return Marked(name, None, {}, (Problem(name, line, "", message),))


_PLAIN = (
    ("cannot start any token", "a character stands here that can't begin a text; put the text in quotes"),
    ("mapping values are not allowed", "a second colon in one line; put the text in quotes"),
    ("could not find expected ':'", "a key without a colon, or a text that needs quotes"),
    ("did not find expected key", "the indenting does not fit, or a quote inside the text ends it early"),
    ("did not find expected '-' indicator", "the indenting does not fit: a list entry begins with '- '"),
    ("found unexpected end of stream", "a quote is opened and never closed"),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed, or lacks a comma"),
    ("did not find expected ',' or '}'", "a mapping in { } is not closed, or lacks a comma"),
    ("unknown escape", "a backslash in a double-quoted text; use single quotes"),
)


def _plain(problem: str, line: list[str]) -> str:
    if any(re.match(r" *\t", text) for text in line):
        return "a tab is used for indenting; YAML wants spaces"
    for sign, words in _PLAIN:
        if sign in problem:
            return words
    return f"is not valid YAML: {problem}"


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


class _RefusedError(Exception):
    def __init__(self, event: Event, message: str) -> None:
        super().__init__(message)
        self.line = _line(event)


class _Builder:
    """Turns a stream of parser events into dicts, lists and texts, noting the line of each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Event]) -> Any:
        data, documents = None, 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _RefusedError(event, "a second document begins here ('---'); one file holds one")
            elif isinstance(event, yaml.NodeEvent):
                data = self._value(event, events, ())
        return data

    def _value(self, event: Event, events: Iterator[Event], loc: Loc) -> Any:
        _refuse_tricks(event, len(loc))
        self.lines.setdefault(loc, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, loc)
        return self._mapping(events, loc)

    def _sequence(self, events: Iterator[Event], loc: Loc) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self._value(event, events, (*loc, len(values))))
        return values

    def _mapping(self, events: Iterator[Event], loc: Loc) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, loc, values)
            here = (*loc, key)
            self.lines.setdefault(here, _line(event))
            values[key] = self._value(next(events), events, here)
        return values

    def _key(self, event: Event, loc: Loc, seen: Mapping[str, Any]) -> str:
        _refuse_tricks(event, len(loc))
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusedError(event, "a key must be a plain word")
        key = str(event.value)
        if key in seen:
            line, first = _line(event), self.lines[*loc, key]
            field = Marked(self.name, None, {}).field((*loc, key))
            message = f"the key {key!r} stands twice, in lines {first} and {line}"
            self.problems.append(Problem(self.name, line, field, message))
        return key


def _refuse_tricks(event: Event, depth: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _RefusedError(
            event, "anchors and aliases (&name, *name) are not allowed; if it is text, put it in quotes"
        )
    if event.tag is not None and event.tag != "!":
        raise _RefusedError(event, "tags (!name) are not allowed; if it is text, put it in quotes")
    if depth > MAX_DEPTH:
        raise _RefusedError(event, f"is nested more than {MAX_DEPTH} levels deep")
