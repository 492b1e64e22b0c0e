"""What only a platform can find out or do beside answering and showing: count a place, look a person, a channel or a
role up, whisper, keep a thread. The record never depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.core.card import Card
from bot.core.ctx import Actor, ChannelAccess
from bot.core.record import Line


@dataclass(eq=False)
class OutOfReach(Exception):
    """The platform refuses it, and trying again won't help. `why` has its words under `reach.why`.

    nowhere: there are no threads here; rights: the bot may not; gone: deleted; full: too many threads are open;
    refused: for a reason of its own.
    """

    why: str


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel of a place.

    `writable`: it is of a type that holds messages. `lacking`: the rights that the bot lacks to write there, each with
    its words under `right`.
    """

    name: str
    writable: bool = True
    lacking: tuple[str, ...] = ()


class Reach(Protocol):
    """A platform's long arm. None and False say that there is no such thing here, or that it could not be done.

    Where the platform refuses, `OutOfReach` says why; where it asks for patience, `services.stage.SlowDown` says how
    much. `members` and `address` never raise.
    """

    async def members(self, place: str) -> int | None:
        """How many people the place has."""

    async def person(self, place: str, actor_id: str) -> Actor | None:
        """A person as they stand in the place now, with their roles; None where they are gone. Raises SlowDown."""

    def access(self, place: str, actor: Actor) -> ChannelAccess:
        """Which channels of the place this person can view, who is as `person` told."""

    async def channel(self, place: str, channel: str) -> ChannelState | None:
        """A channel by its id; None where it is none of this place, or nobody can say. Raises SlowDown."""

    def roles(self, place: str) -> Mapping[str, str] | None:
        """The names of the place's roles by their ids; None where there are no roles, or nobody can say now."""

    async def whisper(self, place: str, actor_id: str, card: Card) -> bool:
        """Tell one person something in private that they didn't ask for at this moment; whether it arrived.

        Raises SlowDown when it may not have been tried: telling it again then tells it once.
        """

    async def open_thread(self, place: str, channel: str, title: str, card: Card) -> str | None:
        """Start a thread in a channel with this first message; the thread's id.

        A thread of ours with this title that is open there already is taken for the one: a try before was cut short.
        """

    async def lock_thread(self, place: str, thread: str, card: Card) -> bool:
        """Say a last thing in a thread and lock it; False where it could only be put away. A locked one stays so."""

    async def unlock_thread(self, place: str, thread: str, card: Card) -> None:
        """Let people talk in a locked thread again, and say why. In an open one nothing is done."""

    async def wipe_thread(self, place: str, thread: str, title: str, card: Card) -> None:
        """Take away what we said in a thread and its title, say this, and lock it. What people said stays."""

    async def read_thread(self, place: str, thread: str, most: int) -> tuple[Line, ...] | None:
        """What people said in a public thread, oldest first, the first `most` lines. A line without text: withheld."""

    def address(self, place: str, channel: str, message: str = "") -> str:
        """Where a channel, a thread or a message is on the web; "" where that is nowhere."""
