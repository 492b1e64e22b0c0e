"""A poll's outcome as its ballots stand."""

from __future__ import annotations

from bot.core.poll.counted import outcome_of
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.storage import boxes
from bot.storage.port import Tx


async def outcome(tx: Tx, poll: Poll) -> Outcome:
    """Count the ballots, equal ones together."""
    box = boxes.of(poll)
    return outcome_of(poll, await box.grouped(tx, poll.id), await box.voided(tx, poll.id))
