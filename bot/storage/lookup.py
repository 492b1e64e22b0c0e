"""What an operator means who stands outside every place: polls and answered articles of all of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.poll.values import Poll
from bot.storage import polls
from bot.storage.port import Tx


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a place, which people know by its name."""

    place: str
    place_name: str
    poll: Poll | None = None


async def polls_called(tx: Tx, reference: str) -> list[Found]:
    """The polls with this number ("7", "#7") or id that were opened and not erased, by place."""
    number = reference.strip().removeprefix("#")
    rows = await tx.all(
        "SELECT p.poll_id, p.place_id, n.name FROM polls p JOIN places n ON n.place_id = p.place_id"
        " WHERE p.state IN ('open', 'closed') AND (p.poll_id = ? OR p.number = ?) ORDER BY n.name, p.place_id",
        reference.strip(),
        int(number) if number.isdecimal() and len(number) < 10 else -1,
    )
    return [Found(row[1], row[2], await polls.get(tx, row[0])) for row in rows]


async def places_answering(tx: Tx, article_id: str) -> list[Found]:
    """The places where somebody took a stance on this article."""
    rows = await tx.all(
        "SELECT DISTINCT s.place_id, COALESCE(n.name, '') FROM stances s LEFT JOIN places n ON n.place_id = s.place_id"
        " WHERE s.article_id = ? ORDER BY 2, 1",
        article_id,
    )
    return [Found(row[0], row[1]) for row in rows]
