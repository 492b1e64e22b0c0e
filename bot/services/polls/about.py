"""What a poll is about: the item's wording as it stands, and whether it was edited since the poll was made."""

from __future__ import annotations

from bot.core.poll.values import About, Poll
from bot.services.desk import Desk
from bot.services.here import Here


async def about(desk: Desk, here: Here, poll: Poll, locale: str) -> About | None:
    """The item that a poll was made from, None where there is none or its article is gone."""
    if poll.article is None or poll.item is None:
        return None
    pack = await desk.shelf.pack(desk.db, here, poll.article)
    item = pack.article(locale).item(poll.item) if pack else None
    if pack is None or item is None:
        return None
    return About(item.text, edited=poll.item_version != pack.item_versions.get(poll.item))
