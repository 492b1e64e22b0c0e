"""Whether what came out can still change: ballots cast are taken to stand, those to come are all counted against it."""

from __future__ import annotations

from fractions import Fraction

from bot.core.poll.counted import THRESHOLDS
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll, State

SIMPLE = frozenset({"plurality", "approval", "motion"})  # methods for which the marks of each option are enough


def certain(poll: Poll, outcome: Outcome) -> bool:
    """Whether no ballot to come can change what came out.

    Never without ballots, nor where nobody knows how many may vote, nor before a quorum is reached. Of a secret poll,
    of a ranked or scored one, and where several seats are filled, only once everybody has voted: in a secret poll an
    earlier end would tell something of the ballot that brought it about.
    """
    if outcome.electorate is None or not outcome.ballots or outcome.ballots < poll.rules.quorum:
        return False
    missing = outcome.electorate - outcome.ballots
    if missing <= 0:
        return True
    if needs_all(poll):
        return False
    to_come = missing * max((weight for _, _, weight in poll.rules.weights), default=1)
    if poll.kind == "motion":
        return _decided(poll, outcome.counts["yes"], outcome.counts["no"], to_come)
    return _ahead(outcome, to_come)


def needs_all(poll: Poll) -> bool:
    """Whether nothing is certain here before everybody has voted, whatever the ballots say."""
    return poll.secret or poll.rules.seats > 1 or poll.method not in SIMPLE


def ended_early(poll: Poll) -> bool:
    """Whether a poll closed by itself before its deadline."""
    if poll.state is not State.CLOSED or poll.closed_by is not None or not poll.rules.early_end:
        return False
    return poll.closes_ms is None or (poll.closed_ms or 0) < poll.closes_ms


def _ahead(outcome: Outcome, to_come: int) -> bool:
    """Whether the first stays ahead of the second though all who are missing choose the second."""
    first, second = (*sorted(outcome.counts.values(), reverse=True), 0)[:2]
    return first > second + to_come


def _decided(poll: Poll, yes: int, no: int, to_come: int) -> bool:
    """Whether a motion passes though all to come are against, or fails though all are for."""
    return _passes(poll, yes, no + to_come) or not _passes(poll, yes + to_come, no)


def _passes(poll: Poll, yes: int, no: int) -> bool:
    threshold, reached = THRESHOLDS[poll.rules.threshold]
    asked = Fraction(threshold) * (yes + no)
    return yes + no > 0 and (yes >= asked if reached else yes > asked)
