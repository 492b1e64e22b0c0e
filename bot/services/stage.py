"""The one way up: what the loops ask of a platform, so that the shown keeps step with the true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.core.card import Card


@dataclass(frozen=True, slots=True)
class Slot:
    """The name of one live public message. `message` is the platform's id of it, None until it was posted."""

    post: str
    place: str
    channel: str
    message: str | None


class Stage(Protocol):
    """A platform that can keep public cards. Each platform serves the places whose id begins with its `name`.

    `forgets`: its messages don't outlive the process, so everything is shown anew after a start.
    `pace_s`: seconds that a channel is left alone after each message or edit.
    """

    name: str
    forgets: bool
    pace_s: float

    async def show(self, slot: Slot, card: Card) -> str:
        """Post the card, or edit the slot's message to it; the message's id.

        Raises `PostGone` (deleted, or no right to write there), `SlowDown` (a rate limit).
        Posting twice with the same `slot.post` must not make two messages where the platform can help it.
        """


@dataclass(eq=False)
class PostGone(Exception):
    """The message or its channel is gone, or may not be written to. `why` goes to the log and the panel."""

    why: str


@dataclass(eq=False)
class SlowDown(Exception):
    """The platform asks for patience, in seconds."""

    seconds: float
