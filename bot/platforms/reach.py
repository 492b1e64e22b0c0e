"""The reach of a platform of one process and a few pretend people: they are known, threads aren't there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from bot.core.card import Card
from bot.core.ctx import Actor, AllChannels, ChannelAccess
from bot.core.record import Line
from bot.services.reach import ChannelState

Tell = Callable[[Actor, str, Card], Awaitable[None]]


class SmallReach:
    """`people` are all there are, in one `channel`; `tell` shows one of them a card in a place, and nobody else."""

    def __init__(self, people: Iterable[Actor], channel: str, tell: Tell) -> None:
        self._people = {person.id: person for person in people}
        self._channel = channel
        self._tell = tell

    async def members(self, place: str) -> int | None:
        """All of them."""
        return len(self._people)

    async def person(self, place: str, actor_id: str) -> Actor | None:
        """One of them; they never leave."""
        return self._people.get(actor_id)

    def access(self, place: str, actor: Actor) -> ChannelAccess:
        """Everybody is in the one channel."""
        return AllChannels()

    async def channel(self, place: str, channel: str) -> ChannelState | None:
        """The one there is."""
        return ChannelState(channel) if channel == self._channel else None

    def roles(self, place: str) -> Mapping[str, str] | None:
        """There are none."""
        return None

    async def whisper(self, place: str, actor_id: str, card: Card) -> bool:
        """A private card that nobody asked for."""
        if actor_id not in self._people:
            return False
        await self._tell(self._people[actor_id], place, card)
        return True

    async def open_thread(self, place: str, channel: str, title: str, card: Card) -> str | None:
        """There is one channel and no threads."""
        return None

    async def lock_thread(self, place: str, thread: str, card: Card) -> bool:
        """None was opened."""
        return True

    async def unlock_thread(self, place: str, thread: str, card: Card) -> None:
        """None was opened."""

    async def wipe_thread(self, place: str, thread: str, title: str, card: Card) -> None:
        """None was opened."""

    async def read_thread(self, place: str, thread: str, most: int) -> tuple[Line, ...] | None:
        """None was opened."""
        return None

    def address(self, place: str, channel: str, message: str = "") -> str:
        """Cards have buttons here, which need no address."""
        return ""
