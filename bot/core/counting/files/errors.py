"""What can be wrong with a ballot file, said in one way: file, line, what. Nothing is ever counted from half a file."""

from __future__ import annotations


class BadFile(Exception):
    """A file that can't be counted. Printed as `file:line: what`; the first line is 1."""

    def __init__(self, name: str, line: int, what: str) -> None:
        super().__init__(name, line, what)
        self.name = name
        self.line = line
        self.what = what

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.what}"


class Wrong(Exception):
    """What a reader found, before the door adds the file. `line` None: the line that was read last."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


class Unwritable(Exception):
    """A profile holds what a format has no sign for. The text says what; nothing was written."""
