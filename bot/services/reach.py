"""What only a platform can find out or do beside answering and showing: count a place, look a person up, whisper, keep
a thread. Every call may fail quietly: the record doesn't depend on it.
"""

from __future__ import annotations

from typing import Protocol

from bot.core.card import Card
from bot.core.ctx import Actor
from bot.core.record import Line


class Reach(Protocol):
    """A platform's long arm. None and False say that it can't be done here, or not now."""

    async def members(self, place: str) -> int | None:
        """How many people the place has."""

    async def person(self, place: str, actor_id: str) -> Actor | None:
        """A person as they stand in the place now, with their roles; None where they are gone."""

    async def whisper(self, place: str, actor_id: str, card: Card) -> bool:
        """Tell one person something in private that they didn't ask for at this moment; whether it arrived."""

    async def open_thread(self, channel: str, title: str, card: Card) -> str | None:
        """Start a thread in a channel with this first message; the thread's id."""

    async def lock_thread(self, thread: str, card: Card) -> bool:
        """Say a last thing in a thread and lock it; whether it could be done."""

    async def read_thread(self, thread: str) -> tuple[Line, ...] | None:
        """What was said in a thread, oldest first; None where it can't be read."""
