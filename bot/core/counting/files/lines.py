"""A file's lines, counted, and refused where they are no text: so that a reader knows where it is and trusts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from bot.core.counting.files.errors import Wrong

LONGEST = 1 << 20
"""Characters in a line, at most. JSON alone may have longer ones."""


class Lines:
    """Iterates once over lines, each with its end. `line` is the number of the one given last, 0 before the first.
    `open_end`: the last one had no end of its own, so that no line begins after it.

    Bytes that are not UTF-8 are found where the file was opened with `errors="surrogateescape"`. A line that comes in
    several pieces of `LONGEST` characters is refused unless `long` is set.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.line = 0
        self.long = False
        self.open_end = False
        self._lines = iter(lines)
        self._back: list[str] = []
        self._ended = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.line += self._ended
        if line[-1:] == "\n":
            self._ended = True
        else:
            self._ended = self.open_end = len(line) < LONGEST
            line = f"{line}\n" if self._ended else self._piece(line)
        if "\0" in line or not line.isascii():
            return _text(line.removeprefix("\ufeff") if self.line == 1 else line)
        return line

    def put_back(self, line: str) -> None:
        """The next line is this one again."""
        self._back.append(line)
        self.line -= 1
        self._ended = True

    def _piece(self, line: str) -> str:
        if not self.long:
            raise Wrong(f"a line of more than {LONGEST:,} characters")
        return line


def pieces(file: TextIO) -> Iterator[str]:
    """A file's lines; one that is longer than any ballot in several pieces, so that it is never held whole."""
    return iter(lambda: file.readline(LONGEST), "")


def _text(line: str) -> str:
    if "\0" in line:
        raise Wrong("a NUL character; the file is no text in UTF-8")
    if any("\ud800" <= sign <= "\udfff" for sign in line):
        raise Wrong("not text in UTF-8; save the file in that encoding")
    return line
