"""When those who asked for it are reminded of a poll: once, late enough to be of use, early enough to act on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.poll.values import Poll

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
SHORTEST_MS = 2 * HOUR_MS  # whoever is there for a poll this short has seen it
LEAST_AHEAD_MS, MOST_AHEAD_MS = 30 * MINUTE_MS, 24 * HOUR_MS
TOO_LATE_MS = 5 * MINUTE_MS  # before the deadline: by the time that it is read, the poll may be over


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the reminders of a poll have come: the last person looked at, how many were told. Kept in memory alone.

    `rests_until_ms`: when the platform wants to be asked again, in ms since 1970.
    """

    after: str = ""
    told: int = 0
    rests_until_ms: int = 0


def remind_at(poll: Poll) -> int | None:
    """The moment in ms since 1970; None for a poll without a deadline, not opened yet, or open for under 2 hours.

    A quarter of the poll's length before the deadline, but 30 minutes at least and 24 hours at most; not before ballots
    count. It may have passed when the deadline is moved: then it is due at once.
    """
    if poll.opened_ms is None or poll.closes_ms is None:
        return None
    length = poll.closes_ms - poll.opened_ms
    if length < SHORTEST_MS:
        return None
    ahead = max(LEAST_AHEAD_MS, min(MOST_AHEAD_MS, length // 4))
    at = max(poll.closes_ms - ahead, poll.votes_from_ms or 0)
    return None if too_late(poll, at) else at


def too_late(poll: Poll, now_ms: int) -> bool:
    """Whether a reminder of this poll is no use any more."""
    return poll.closes_ms is None or now_ms > poll.closes_ms - TOO_LATE_MS
