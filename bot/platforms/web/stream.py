"""The page's open line: server-sent events with what changed for one person, from where their page left off."""

from __future__ import annotations

import json
import secrets

from aiohttp import web

from bot.platforms.web.people import Person
from bot.platforms.web.room import Message, Room

# Often enough that a proxy or a sleeping laptop shows up soon, seldom enough to cost nothing.
HEARTBEAT_SECONDS = 15
_BEAT = b": still here\n\n"


class Stream:
    """Sends a room's changes. `boot` tells this run's numbers from those of an earlier one."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._boot = secrets.token_hex(4)
        self._closing = False

    def close(self) -> None:
        """Let every open line end."""
        self._closing = True
        self._room.bell.ring()

    async def serve(self, response: web.StreamResponse, person: Person, last_id: str) -> None:
        """Send what this person may see, until the page or the console goes away."""
        seen = self._from(last_id)
        first, fresh = True, not seen
        try:
            await response.write(b"retry: 1000\n\n")
            while not self._closing:
                ticket = self._room.bell.ticket()
                changed = self._room.since(person.id, seen)
                seen = max((message.rev for message in changed), default=seen)
                told_something = bool(changed) or first
                await response.write(self._event(changed, seen, fresh and first) if told_something else _BEAT)
                first = False
                await self._room.bell.wait(ticket, HEARTBEAT_SECONDS)
        except ConnectionError:
            return

    def _from(self, last_id: str) -> int:
        boot, _, rev = last_id.partition(".")
        return int(rev) if boot == self._boot and rev.isdecimal() else 0

    def _event(self, messages: list[Message], seen: int, fresh: bool) -> bytes:
        data = json.dumps({"fresh": fresh, "messages": [told(m) for m in messages]}, ensure_ascii=False)
        return f"id: {self._boot}.{seen}\ndata: {data}\n\n".encode()


def told(message: Message) -> dict[str, object]:
    """A message as the page gets it."""
    return {
        "id": message.id,
        "kind": message.kind.value,
        "body": message.body,
        "private": message.reader is not None,
        "by": message.by,
        "source": message.source,
        "at": message.at_ms,
        "seq": message.seq,
        "rev": message.rev,
    }
