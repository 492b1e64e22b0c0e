"""Ballots as rows: who and when in a named poll, a receipt in a secret one, then the marks, a column for each option.

What is the same for equal ballots is made once: a poll has many ballots and few ways to fill one in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.core.evidence.commitment import commitment
from bot.core.evidence.receipt import receipt
from bot.core.poll.values import Ballot, Poll
from bot.exports.said import choice, headed
from bot.exports.tables import Value, headings
from bot.exports.times import iso
from bot.i18n import Words

NAMED = ("voter", "name", "cast_at", "weight", "void")
BALLOT_COLUMNS = ("poll", "kind", *NAMED, "receipt", "reason", "choice")
MOST_KEPT = 50_000  # different ballots that are kept ready; a poll with more makes them anew
T = TypeVar("T")
Key = tuple[tuple[str, ...], tuple[int, ...]]


def ballot_columns(poll: Poll) -> tuple[str, ...]:
    """The columns beside one for each option: a secret poll has no more than receipt, reason and marks."""
    hidden = {"receipt"} if poll.named else set(NAMED)
    hidden |= set() if poll.rules.reasons else {"reason"}
    hidden |= set() if poll.rules.weights else {"weight"}
    return tuple(column for column in BALLOT_COLUMNS if column not in hidden)


def ballot_headings(t: Words, poll: Poll) -> tuple[str, ...]:
    """The headings: the columns, then the options."""
    return (*headings(t, ballot_columns(poll)), *headed(t, poll))


def about(poll: Poll) -> tuple[Callable[[Ballot], Value], ...]:
    """What gives the columns between kind and choice, in their order."""
    return tuple(_VALUES[column](poll) for column in ballot_columns(poll) if column in _VALUES)


def marks_row(poll: Poll, ballot: Ballot) -> list[Value]:
    """The columns that equal ballots share: the choice, then each option's mark."""
    return [choice(poll, ballot.marks), *(ballot.marks.get(option.id) for option in poll.options)]


def committed(poll: Poll, ballot: Ballot) -> bytes:
    """A secret ballot's commitment."""
    return commitment(poll.id, ballot.marks, ballot.nonce)


def rows(poll: Poll, ballots: Iterable[Ballot]) -> Iterator[list[Value]]:
    """The ballots as rows."""
    values, shared = about(poll), Shared(lambda ballot: marks_row(poll, ballot))
    for ballot in ballots:
        yield [poll.id, poll.kind, *(value(ballot) for value in values), *shared.of(ballot)]


@dataclass(slots=True)
class Shared(Generic[T]):
    """Something that depends on a ballot's marks alone, made once for equal ones."""

    make: Callable[[Ballot], T]
    _kept: dict[Key, T] = field(default_factory=dict)

    def of(self, ballot: Ballot) -> T:
        """It, made or found."""
        key = (tuple(ballot.marks), tuple(ballot.marks.values()))
        found = self._kept.get(key)
        if found is None:
            found = self.make(ballot)
            if len(self._kept) < MOST_KEPT:
                self._kept[key] = found
        return found


_VALUES: dict[str, Callable[[Poll], Callable[[Ballot], Value]]] = {
    "voter": lambda _: lambda ballot: ballot.voter,
    "name": lambda _: lambda ballot: ballot.name,
    "cast_at": lambda _: lambda ballot: iso(ballot.cast_ms),
    "weight": lambda _: lambda ballot: ballot.weight,
    "void": lambda _: lambda ballot: ballot.void,
    "receipt": lambda poll: lambda ballot: receipt(committed(poll, ballot)),
    "reason": lambda _: lambda ballot: ballot.reason,
}
