"""Ballots as rows: who and when in a named poll, a receipt in a secret one, then the marks, a column for each option.

What is the same for equal ballots is made once: a poll has many ballots and few ways to fill one in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.core.evidence.commitment import Committing, committing
from bot.core.evidence.receipt import receipt
from bot.core.poll.values import Ballot, Poll
from bot.exports.said import headed
from bot.exports.tables import Value, headings
from bot.exports.times import iso
from bot.i18n import Words

NAMED = ("voter", "name", "cast_at", "weight", "void")
OURS = frozenset({"cast_at", "weight", "receipt"})  # columns that hold nothing that anybody typed
BALLOT_COLUMNS = ("poll", "kind", *NAMED, "receipt", "reason", "choice")
MOST_KEPT = 50_000  # different ballots that are kept ready; a poll with more makes them anew
T = TypeVar("T")
Key = tuple[tuple[str, ...], tuple[int, ...]]
Reads = Callable[[Ballot, Committing], Value]


def ballot_columns(poll: Poll) -> tuple[str, ...]:
    """The columns beside one for each option: a secret poll has no more than receipt, reason and marks."""
    hidden = {"receipt"} if poll.named else set(NAMED)
    hidden |= set() if poll.rules.reasons else {"reason"}
    hidden |= set() if poll.rules.weights else {"weight"}
    return tuple(column for column in BALLOT_COLUMNS if column not in hidden)


def ballot_headings(t: Words, poll: Poll) -> tuple[str, ...]:
    """The headings: the columns, then the options."""
    return (*headings(t, ballot_columns(poll)), *headed(t, poll))


def about(poll: Poll) -> tuple[tuple[str, Reads], ...]:
    """What reads the columns between kind and choice off a ballot, in their order."""
    return tuple((column, _READS[column]) for column in ballot_columns(poll) if column in _READS)


def marks_row(poll: Poll) -> Callable[[Ballot], list[Value]]:
    """What gives the columns that equal ballots share: the choice, then each option's mark."""
    ids, chosen = [option.id for option in poll.options], choosing(poll)
    return lambda ballot: [chosen(ballot.marks), *map(ballot.marks.get, ids)]


def choosing(poll: Poll) -> Callable[[Mapping[str, int]], str]:
    """What writes marks in letters: "A, C", "B>A=C", "A=5, C=3"."""
    letters = {option.id: poll.letter(option.id) for option in poll.options}
    if poll.kind == "ranked":
        return lambda marks: _ranked([(rank, letter) for o, letter in letters.items() if (rank := marks.get(o))])
    if poll.kind == "score":
        return lambda marks: ", ".join([f"{letter}={marks[o]}" for o, letter in letters.items() if o in marks])
    return lambda marks: ", ".join([letter for o, letter in letters.items() if o in marks])


def _ranked(ranks: list[tuple[int, str]]) -> str:
    """Letters by rank: ">" before a lower one, "=" before an equal one."""
    said, before = "", 0
    for rank, letter in sorted(ranks):
        said += letter if not said else f"={letter}" if rank == before else f">{letter}"
        before = rank
    return said


def rows(poll: Poll, ballots: Iterable[Ballot]) -> Iterator[list[Value]]:
    """The ballots as rows."""
    reads, marks = about(poll), marks_row(poll)
    shared = Shared(lambda ballot: (marks(ballot), committing(poll.id, ballot.marks)))
    for ballot in ballots:
        row, commit = shared.of(ballot)
        yield [poll.id, poll.kind, *[read(ballot, commit) for _, read in reads], *row]


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


_READS: dict[str, Reads] = {
    "voter": lambda ballot, _: ballot.voter,
    "name": lambda ballot, _: ballot.name,
    "cast_at": lambda ballot, _: iso(ballot.cast_ms),
    "weight": lambda ballot, _: ballot.weight,
    "void": lambda ballot, _: ballot.void,
    "receipt": lambda ballot, commit: receipt(commit(ballot.nonce)),
    "reason": lambda ballot, _: ballot.reason,
}
