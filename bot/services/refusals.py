"""Whoever asks for a moderators' act without the right is refused, and the log has it, but can't be flooded."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.core.commands import COMMANDS
from bot.core.intents import Intent
from bot.services.here import Here
from bot.services.record import logged
from bot.storage import events, places
from bot.storage.errors import StorageUnavailable
from bot.storage.port import Tx

if TYPE_CHECKING:
    from bot.services.desk import Desk

EVERY_MS = 600_000  # one entry for each person, act and ten minutes: a flood costs reads, and the log stays readable


async def note(desk: Desk, here: Here, intent: Intent) -> None:
    """Write a refused act into the log, without anything that was typed. A storage in trouble changes no refusal."""
    now = desk.clock()
    once = desk.keys.event(f"refused:{here.place.id}:{here.actor.id}:{intent.VERB}:{now // EVERY_MS}")

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, once, now):
            await places.ensure(tx, here.spot, now)
            await logged(tx, here, now, "act_refused", f"act:{intent.VERB}", name=name_of(intent))

    with suppress(StorageUnavailable):
        if not await desk.db.glance(lambda tx: events.known(tx, once)):
            await desk.db.write(work)


def name_of(intent: Intent) -> str:
    """An act as moderators know it: its command, or its verb where only a button asks for it."""
    return next((f"/{command.path}" for command in COMMANDS if command.intent is type(intent)), intent.VERB)
