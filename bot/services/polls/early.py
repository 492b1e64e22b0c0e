"""A poll may end early, once nothing can change what came out: in the very transaction of the vote that settles it."""

from __future__ import annotations

from bot.core.poll.certain import soonest
from bot.core.poll.counted import tallied
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.services.desk import Desk
from bot.services.polls.ending import close_one
from bot.storage import boxes
from bot.storage.port import Tx


async def maybe_end(tx: Tx, desk: Desk, poll: Poll) -> bool:
    """Close the poll if its rules say so and its outcome is certain; whether it was. To be sealed after the commit.

    It is asked at every vote, and looking means reading all ballots: so the desk remembers how many votes can't settle
    it yet. A vote more or less remembered only makes it look sooner or later.
    """
    if not poll.rules.early_end or poll.electorate is None:
        return False
    if (votes := desk.unsettling.pop(poll.id, 0)) > 0:
        desk.unsettling[poll.id] = votes - 1
        return False
    if left := await _votes_left(tx, poll):
        desk.unsettling[poll.id] = left - 1
        return False
    return await close_one(tx, poll.id, desk.clock(), None)


async def _votes_left(tx: Tx, poll: Poll) -> int:
    """How many votes must pass before the outcome can be certain. Marks are added up, no method counts them."""
    groups = await boxes.of(poll).grouped(tx, poll.id)
    cast = sum(n for _, n, _ in groups)
    return soonest(poll, Outcome(tallied(poll, groups), cast, poll.electorate, of_voters=False)) or 0
