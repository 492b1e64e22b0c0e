"""The kinds of ballot. Each says how marks are read, what may be marked, what a press does, and how marks are counted.

`Marks` serve every kind, those to come too: option → number (1 = chosen; later a rank or a score). A new kind is one
class in `KINDS`; storage, cards and exports ask it and know nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import Refusal, refuse
from bot.core.poll.values import LETTERS, Poll
from bot.core.text import folded, seen_as

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
        """Options by id, letter, text or number; several with commas, plus signs, spaces or "and" between them."""
        whole = find_option(text, poll)
        if whole is not None:
            return {whole: 1}
        parts = [part.strip() for part in re.split(r"[,;+]", text) if part.strip()]
        return {option: 1 for part in parts for option in _options_in(part, poll)}

    def check(self, marks: Marks, poll: Poll) -> None:
        """Between the least and the most marks, all of them of this poll."""
        for option in marks:
            _known(option, poll)
        least, most = limits(poll)
        if not marks:
            raise refuse("no_marks")
        if len(marks) > most:
            raise refuse("too_many_marks", most=most)
        if len(marks) < least:
            raise refuse("too_few_marks", least=least)

    def press(self, before: Marks, option: str, poll: Poll) -> Marks:
        """One choice: replaces the one before. Several: adds. The same press again takes it back."""
        pressed = _need(option, poll)
        if pressed in before:
            return {other: 1 for other in before if other != pressed}
        after = {pressed: 1} if limits(poll)[1] == 1 else {**before, pressed: 1}
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
    """The option's id for an id, a letter, the text itself, or a number from 1; None if it is none of these.

    In this order: a form gives ids, a board shows letters, and "1" among the options 0, 1 and 2 means the text.
    """
    if any(option.id == text for option in poll.options):  # every press on a board comes this way
        return text
    wanted, meant = seen_as(text), folded(text)
    names = (
        {LETTERS[n].lower(): option.id for n, option in enumerate(poll.options)},
        {seen_as(option.text): option.id for option in poll.options if option.text},
        _only_one({option.id: folded(option.text) for option in poll.options}),
        {str(n): option.id for n, option in enumerate(poll.options, start=1)},
    )
    typed = (wanted, wanted, meant, meant)
    return next((known[name] for known, name in zip(names, typed, strict=True) if name and name in known), None)


def _only_one(texts: Mapping[str, str]) -> dict[str, str]:
    """Options by text, without those that share theirs."""
    counts = Counter(texts.values())
    return {text: option for option, text in texts.items() if counts[text] == 1}


def _options_in(part: str, poll: Poll) -> list[str]:
    """The options named between two commas: one, or several with spaces or "and" between them."""
    whole = find_option(part, poll)
    if whole is not None:
        return [whole]
    words = part.split()
    # "y" is also the 25th letter: it is the Spanish "and" only between two others.
    named = [word for n, word in enumerate(words) if not (0 < n < len(words) - 1 and word.lower() in ("y", "and"))]
    return [_need(word, poll) for word in named]


def _need(text: str, poll: Poll) -> str:
    found = find_option(text, poll)
    if found is None:
        raise _unknown(text, poll)
    return found


def _known(option: str, poll: Poll) -> None:
    if option not in {o.id for o in poll.options}:
        raise _unknown(option, poll)


def _unknown(option: str, poll: Poll) -> Refusal:
    return refuse("unknown_option", option=option, last=LETTERS[len(poll.options) - 1])


def count(ballots: Iterable[Marks], poll: Poll) -> dict[str, int]:
    """How many ballots mark each option, in the poll's order."""
    counts = {option.id: 0 for option in poll.options}
    for marks in ballots:
        for option in marks:
            counts[option] += 1
    return counts
