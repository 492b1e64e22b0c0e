"""Whether a poll decided anything, and what: the one place that says so, for cards, boards and lists alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.counting.values import Count
from bot.core.poll.result import Outcome, withheld
from bot.core.poll.values import Poll


class Status(StrEnum):
    """How a poll stands. UNDECIDED: a motion on which everybody abstained."""

    NO_BALLOTS = "no-ballots"
    WITHHELD = "withheld"
    QUORUM_MISSED = "quorum-missed"
    UNDECIDED = "undecided"
    TIE = "tie"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the ballots decide as they stand, whether or not more may come. Options by their ids.

    `winners` are in the order in which the method gives the seats. `tied` is between whom a tie stands: beside winners,
    for the seats that they leave.
    """

    status: Status
    winners: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()


def decision(poll: Poll, outcome: Outcome) -> Decision:
    """What came out. The quorum is of ballots, whatever they weigh; a missed one says nothing against anybody."""
    counted = outcome.count
    if withheld(poll, outcome.ballots):
        return Decision(Status.WITHHELD)
    if outcome.ballots < poll.rules.quorum:
        return Decision(Status.QUORUM_MISSED)
    if counted is None:
        return Decision(Status.NO_BALLOTS)
    winners, tied = named(counted, counted.winners), named(counted, counted.tied[0] if counted.tied else ())
    if not winners:
        return Decision(Status.TIE if tied else Status.UNDECIDED, (), tied)
    return Decision(Status.DECIDED, winners, tied)


def lots(counted: Count) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The ties that a lot broke: (the round, from 1, between whom)."""
    return tuple(
        (number, named(counted, one.tied)) for number, one in enumerate(counted.rounds, start=1) if one.broken == "lot"
    )


def named(counted: Count, options: tuple[int, ...]) -> tuple[str, ...]:
    """The ids of these options."""
    return tuple(counted.options[option] for option in options)
