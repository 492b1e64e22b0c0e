"""Whether what came out can still change: ballots cast are taken to stand, those to come are all counted against it."""

from __future__ import annotations

from bisect import bisect_left

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
    return soonest(poll, outcome) == 0


def soonest(poll: Poll, outcome: Outcome) -> int | None:
    """How many votes, cast or changed, must pass at least before the outcome can be certain; 0: it is; None: never.

    It may be more, never less: so many votes need no other look.
    """
    if outcome.electorate is None:
        return None
    missing, short = outcome.electorate - outcome.ballots, max(1, poll.rules.quorum) - outcome.ballots
    if missing <= 0 or needs_all(poll):
        return max(missing, short, 0)
    heaviest = max((weight for _, _, weight in poll.rules.weights), default=1)
    room = _of_motion if poll.kind == "motion" else _of_marks
    return max(short, room(poll, outcome, missing * heaviest, heaviest), 0)


def needs_all(poll: Poll) -> bool:
    """Whether nothing is certain here before everybody has voted, whatever the ballots say."""
    return poll.secret or poll.rules.seats > 1 or poll.method not in SIMPLE


def ended_early(poll: Poll) -> bool:
    """Whether a poll closed by itself before its deadline."""
    if poll.state is not State.CLOSED or poll.closed_by is not None or not poll.rules.early_end:
        return False
    return poll.closes_ms is None or (poll.closed_ms or 0) < poll.closes_ms


def _of_marks(poll: Poll, outcome: Outcome, to_come: int, heaviest: int) -> int:
    """Until the first stays ahead though all who are missing choose the second: a vote moves each by a weight."""
    first, second = (*sorted(outcome.counts.values(), reverse=True), 0)[:2]
    gap = second + to_come - first
    return 0 if gap < 0 else gap // (2 * heaviest) + 1


def _of_motion(poll: Poll, outcome: Outcome, to_come: int, heaviest: int) -> int:
    """Until a motion passes though all to come are against, or fails though all are for."""
    yes, no = outcome.counts["yes"], outcome.counts["no"]

    def settled(votes: int) -> bool:
        gained, lost = votes * heaviest, 2 * votes * heaviest
        passes = _passes(poll, yes + gained, max(0, no + to_come - lost))
        return passes or not _passes(poll, max(0, yes + to_come - lost), no + gained)

    return bisect_left(range(yes + no + to_come + 1), True, key=settled)


def _passes(poll: Poll, yes: int, no: int) -> bool:
    threshold, reached = THRESHOLDS[poll.rules.threshold]
    asked = threshold * (yes + no)
    return yes + no > 0 and (yes >= asked if reached else yes > asked)
