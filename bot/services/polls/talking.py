"""Talk first: ballots count only from a moment after the opening, and the board changes by itself when it comes."""

from __future__ import annotations

from bot.core.errors import refuse
from bot.core.poll.values import Poll
from bot.services.desk import Desk
from bot.storage import posts, timers
from bot.storage.port import Tx

ACT = "votes-count"


async def set_timer(tx: Tx, poll: Poll) -> None:
    """Remember when the ballots of a poll that opens now begin to count."""
    if poll.rules.talk_minutes and poll.votes_from_ms is not None:
        await timers.set_(tx, ACT, f"poll:{poll.id}", poll.votes_from_ms)


async def votes_count(desk: Desk, subject: str) -> None:
    """Ballots count from now on: the board gets its buttons."""
    await desk.db.write(lambda tx: posts.bump(tx, subject))
    desk.boards.ring()


def check_talk(poll: Poll, now_ms: int) -> None:
    """Refusal talk_past_close where a poll that opens now would close before its ballots count."""
    from_ms = now_ms + poll.rules.talk_minutes * 60_000
    if poll.rules.talk_minutes and poll.closes_ms is not None and poll.closes_ms <= from_ms:
        raise refuse("talk_past_close", from_ms=from_ms, closes_ms=poll.closes_ms)


def talks(poll: Poll, now_ms: int) -> bool:
    """Whether a poll is open and its ballots don't count yet."""
    return poll.is_open(now_ms) and poll.votes_from_ms is not None and now_ms < poll.votes_from_ms
