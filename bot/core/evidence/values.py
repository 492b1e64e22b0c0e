"""What a check says: what was found right, the first thing that isn't, or why there is nothing to check."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was checked and is as it should be: what it is about, and a sentence."""

    about: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.about}: {self.sentence}"


class Difference(Exception):
    """The first thing that doesn't agree: where in the export ("" for the file as a whole), and a sentence."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where, self.what = where, what

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class Unchecked(Exception):
    """An export without anything to recount: of an open poll, of an old version, of a withheld result."""
