"""Whoever asks for a moderators' act without the right is refused, and the log has it, but can't be flooded."""

from __future__ import annotations

from contextlib import suppress

from bot.core.commands import COMMANDS
from bot.core.intents import Intent
from bot.services.here import Here
from bot.services.record import logged
from bot.storage import events, places
from bot.storage.errors import StorageUnavailable
from bot.storage.port import Database, Tx

EVERY_MS = 600_000  # one entry for each person, act and ten minutes: a flood costs reads, and the log stays readable


async def note(db: Database, here: Here, intent: Intent, now_ms: int) -> None:
    """Write a refused act into the log, without anything that was typed. A storage in trouble changes no refusal."""
    once = f"refused:{here.place.id}:{here.actor.id}:{intent.VERB}:{now_ms // EVERY_MS}"

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, once, now_ms):
            await places.ensure(tx, here.spot, now_ms)
            await logged(tx, here, now_ms, "act_refused", f"act:{intent.VERB}", name=name_of(intent))

    with suppress(StorageUnavailable):
        if not await db.glance(lambda tx: events.known(tx, once)):
            await db.write(work)


def name_of(intent: Intent) -> str:
    """An act as moderators know it: its command, or its verb where only a button asks for it."""
    return next((f"/{command.path}" for command in COMMANDS if command.intent is type(intent)), intent.VERB)
