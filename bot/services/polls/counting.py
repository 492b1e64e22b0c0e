"""A poll's outcome as its ballots stand."""

from __future__ import annotations

from bot.core.poll.kinds import limits
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.storage import ballots
from bot.storage.port import Tx


async def outcome(tx: Tx, poll: Poll) -> Outcome:
    """Count the ballots, equal ones together."""
    counts = {option.id: 0 for option in poll.options}
    total = 0
    for marks, times in await ballots.grouped(tx, poll.id):
        total += times
        for option in marks:
            counts[option] += times
    return Outcome(counts, total, poll.electorate, of_voters=limits(poll)[1] > 1)
