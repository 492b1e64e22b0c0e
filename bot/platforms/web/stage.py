"""The console's public boards: a slot's name is its message's name, so a board is never there twice."""

from __future__ import annotations

from bot.core.card import Card
from bot.platforms.web.draw import Draw
from bot.platforms.web.room import Kind, Message, Room
from bot.services.stage import Slot


class WebStage:
    """A stage whose messages live in memory: after a restart every board is shown again (`forgets`)."""

    name = "web"
    forgets = True
    pace_s = 0.1  # people see a vote at once; a storm still costs ten drawings a second

    def __init__(self, room: Room, draw: Draw) -> None:
        self._room = room
        self._draw = draw

    async def show(self, slot: Slot, card: Card) -> str:
        """Show the card in its slot; the slot's name is the message's id."""
        body = self._draw.card(card, reader=None)
        return self._room.put(Message(f"board-{slot.post}", Kind.BOARD, body)).id
