"""The console's reach: a private card appears on the page of the person it is for."""

from __future__ import annotations

import secrets

from bot.core.card import Card
from bot.core.ctx import Actor
from bot.platforms.reach import SmallReach
from bot.platforms.web.draw import Draw
from bot.platforms.web.people import PEOPLE, SPOT
from bot.platforms.web.room import Kind, Message, Room


def web_reach(room: Room, draw: Draw) -> SmallReach:
    """Puts cards into the room, for their one reader."""
    readers = {person.actor.id: person.id for person in PEOPLE}

    async def tell(person: Actor, place: str, card: Card) -> None:
        reader = readers[person.id]
        room.put(Message(f"told-{secrets.token_hex(8)}", Kind.CARD, draw.card(card, reader), reader))

    return SmallReach((person.actor for person in PEOPLE), SPOT.channel, tell)
