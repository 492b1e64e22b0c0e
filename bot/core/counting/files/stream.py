"""A JSON object read piece by piece, so that a million ballots are never held as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.core.counting.files.errors import Wrong
from bot.core.counting.files.numbers import shown

PIECE = 1 << 16
"""Characters that are read at a time, at least."""
LONGEST = 1 << 24
"""Characters of a single value that is taken whole (a ballot, the poll), at most."""
_SPACE = re.compile(r"[ \t\n\r]*")
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^"\[\]{}]+', re.DOTALL)
_NEXT = re.compile(r"[ \t\n\r]*,[ \t\n\r]*(?={)")
_CUT = "the file ends in the middle"


class Stream:
    """Reads forward only. `line` is where it stands, the first being 1. Wrong: what is read is not JSON."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)

    @property
    def line(self) -> int:
        """The line of the next sign."""
        self.sign()
        return self._here()

    def sign(self) -> str:
        """The next sign that is no space, without taking it; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def keys(self) -> Iterator[str]:
        """The keys of an object; whoever takes one takes its value before the next."""
        self._take("{")
        while self.sign() != "}":
            key = self.value() if self.sign() == '"' else None
            if key is None:
                raise self._not_json()
            self._take(":")
            yield key
            self._between("}")
        self._take("}")

    def items(self) -> Iterator[tuple[int, Any]]:
        """The values of a list, each with the line it begins in."""
        self._take("[")
        while self.sign() != "]":
            yield self._here(), self.value()
            yield from self._whole_items()
            self._between("]")
        self._take("]")

    def _whole_items(self) -> Iterator[tuple[int, Any]]:
        """The objects that follow and stand in this piece as a whole, without a second look at anything."""
        decode = self._decoder.raw_decode
        while found := _NEXT.match(self._text, self._at):
            try:
                value, end = decode(self._text, found.end())
            except (ValueError, Wrong, RecursionError):  # cut off, or wrong: `value` will tell
                return
            self._at = found.end()
            line = self._here()
            self._at = end
            yield line, value

    def value(self) -> Any:
        """The next value, whole."""
        self.sign()
        while True:
            try:
                value, end = self._decoded()
            except json.JSONDecodeError as error:
                if len(self._text) - error.pos > LONGEST or not self._more():
                    raise self._not_json(error) from None
            else:
                if end < len(self._text) or not self._more():  # a number may go on in the next piece
                    self._at = end
                    return value

    def _decoded(self) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError:
            raise
        except RecursionError:
            raise Wrong("lists within lists without end", self.line) from None
        except Wrong as wrong:
            raise Wrong(wrong.what, self.line) from None
        except ValueError:
            raise Wrong("a number with too many digits", self.line) from None

    def skip(self) -> None:
        """Pass over the next value, however large."""
        depth = 0
        while depth or self.sign() in ("[", "{"):
            depth += self._part()
            if not depth:
                return
        self.value()

    def end(self) -> None:
        """Wrong: there is something after the end."""
        if self.sign():
            raise Wrong("something stands after the end of the record", self.line)

    def _part(self) -> int:
        """Pass a string, a bracket, or what is between them; by how much the depth changes."""
        self.sign()
        while True:
            found = _PART.match(self._text, self._at)
            if (found and found.end() < len(self._text)) or not self._more():
                break
        if not found:
            raise self._not_json()
        self._at = found.end()
        return {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)

    def _between(self, closing: str) -> None:
        """A comma, unless this was the last; none before the end."""
        if self.sign() == closing:
            return
        self._take(",")
        if self.sign() == closing:
            raise self._not_json()

    def _take(self, sign: str) -> None:
        if self.sign() != sign:
            raise self._not_json()
        self._at += 1

    def _more(self) -> bool:
        """Read on, dropping what was taken. At least as much as is held: trying a long value again stays cheap."""
        self._here()
        kept = self._text[self._at :]
        read, wanted = [], max(PIECE, len(kept))
        for piece in self._pieces:
            read.append(piece)
            wanted -= len(piece)
            if wanted <= 0:
                break
        self._text, self._at, self._counted = kept + "".join(read), 0, 0
        return bool(read)

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _not_json(self, error: json.JSONDecodeError | None = None) -> Wrong:
        if not self.sign():
            return Wrong(_CUT, self.line)
        if not error:
            return Wrong(f"not JSON: {shown(self._text[self._at :])} is not expected here", self.line)
        if error.msg.startswith("Unterminated") or not self._text[error.pos :].strip():
            return Wrong(_CUT, self.line)
        line = self.line + self._text.count("\n", self._at, error.pos)
        return Wrong(f"not JSON: {error.msg[0].lower()}{error.msg[1:]}", line)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Wrong("an object says the same key twice")
    return made


def _no_number(name: str) -> Any:
    raise Wrong(f"{name} is no number")
