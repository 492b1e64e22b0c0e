"""The kinds of ballot. Each says how marks are read, what may be marked, what a press does, and how marks are counted.

`Marks` serve every kind, those to come too: option → number (1 = chosen; later a rank or a score). A new kind is one
class in `KINDS`; storage, cards and exports ask it and know nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import refuse
from bot.core.poll.values import LETTERS, Poll
from bot.core.text import folded

Marks = dict[str, int]

SUPPORT = ("oppose-strongly", "oppose", "neutral", "support", "support-strongly")
NO_OPINION = "no-opinion"


class Kind(Protocol):
    """What a kind of ballot must know."""

    @property
    def name(self) -> str:
        """As it stands in the database and in commands."""

    @property
    def one_press(self) -> bool:
        """Whether a board's button can hold a whole ballot."""

    def read(self, text: str, poll: Poll) -> Marks:
        """The marks of a typed or chosen text. Refusal: unknown_option."""

    def check(self, marks: Marks, poll: Poll) -> None:
        """Refusal unless the marks make a ballot: no_marks, too_many_marks, too_few_marks, unknown_option."""

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """The marks after a press on an option; none left means that the ballot is taken back."""

    def write(self, marks: Marks, poll: Poll) -> str:
        """The marks as text that `read` understands."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Kinds whose ballot is a set of chosen options: `most` at most, None for the poll's own limits."""

    name: str
    most: int | None = None

    @property
    def one_press(self) -> bool:
        """A press marks or unmarks one option."""
        return True

    def read(self, text: str, poll: Poll) -> Marks:
        """Options by id, letter, number or text, with commas or plus signs between them."""
        by_text = find_option(text, poll)
        if by_text is not None:
            return {by_text: 1}
        parts = [part for part in re.split(r"[,;+\s]+|\by\b|\band\b", text) if part]
        return {_need(part, poll): 1 for part in parts}

    def check(self, marks: Marks, poll: Poll) -> None:
        """Between the least and the most marks, all of them of this poll."""
        unknown = [option for option in marks if option not in {o.id for o in poll.options}]
        if unknown:
            raise refuse("unknown_option", option=unknown[0], poll=poll.number)
        least, most = limits(poll)
        if not marks:
            raise refuse("no_marks")
        if len(marks) > most:
            raise refuse("too_many_marks", most=most)
        if len(marks) < least:
            raise refuse("too_few_marks", least=least)

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """One choice: replaces the one before. Several: adds. The same press again takes it back."""
        _need(option, poll)
        if option in before:
            return {other: 1 for other in before if other != option}
        after = {option: 1} if limits(poll)[1] == 1 else {**before, option: 1}
        if len(after) > limits(poll)[1]:
            raise refuse("too_many_marks", most=limits(poll)[1])
        return after

    def write(self, marks: Marks, poll: Poll) -> str:
        """The letters of the marked options."""
        return ",".join(poll.letter(option.id).lower() for option in poll.options if option.id in marks)


SINGLE = Chosen("single", 1)
MULTIPLE = Chosen("multiple")
SUPPORT_SCALE = Chosen("support", 1)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (SINGLE, MULTIPLE, SUPPORT_SCALE)}


def kind_of(poll: Poll) -> Kind:
    """The poll's kind of ballot."""
    return KINDS[poll.kind]


def limits(poll: Poll) -> tuple[int, int]:
    """The least and the most options a ballot of this poll may mark."""
    if poll.kind == "multiple":
        return poll.rules.minimum, min(poll.rules.maximum, len(poll.options))
    return 1, 1


def find_option(text: str, poll: Poll) -> str | None:
    """The option's id for an id, a letter, a number from 1, or the text itself; None if it is none of these."""
    wanted = folded(text)
    for n, option in enumerate(poll.options):
        if text.strip() == option.id or wanted in (LETTERS[n].lower(), str(n + 1), folded(option.text)):
            return option.id
    return None


def _need(text: str, poll: Poll) -> str:
    found = find_option(text, poll)
    if found is None:
        raise refuse("unknown_option", option=text, last=LETTERS[len(poll.options) - 1])
    return found


def count(ballots: Iterable[Marks], poll: Poll) -> dict[str, int]:
    """How many ballots mark each option, in the poll's order."""
    counts = {option.id: 0 for option in poll.options}
    for marks in ballots:
        for option in marks:
            counts[option] += 1
    return counts
