"""What a reader chose is remembered: language, article, where they left off, which side stands first, reminders."""

from __future__ import annotations

from dataclasses import replace

from bot.core.place import Reader
from bot.services.desk import Desk
from bot.services.here import Here
from bot.storage import places
from bot.storage.port import Tx


async def remember(desk: Desk, here: Here, **changes: str | bool | None) -> Reader:
    """Change some of what is remembered of the reader; written only when it differs. Repeating it does no harm."""

    async def work(tx: Tx) -> Reader:
        known = await places.reader(tx, here.place.id, here.actor.id) or here.reader
        wanted = replace(known, **changes)  # type: ignore[arg-type]
        await places.remember(tx, here.place.id, here.actor.id, wanted, desk.clock())
        return wanted

    if replace(here.reader, **changes) == here.reader:  # type: ignore[arg-type]
        return here.reader
    return await desk.db.write(work)


def article_choice(here: Here, article_id: str) -> str | None:
    """An article as a reader's own choice: none when it is the one that is on here anyway, so that they follow it."""
    return None if article_id == here.place.article else article_id
