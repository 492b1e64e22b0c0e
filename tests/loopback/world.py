"""The state of one pretend Discord, which its gateway, its REST routes and the test all look at."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.loopback.asks import Pending
from tests.loopback.calls import Call, Fault, Refusal
from tests.loopback.messages import Messages, Stored
from tests.loopback.people import Channel, Guild, Json, User, made_at

if TYPE_CHECKING:  # because the gate costs a server in its own process half its start
    from tests.spec.gate import Kind

Judge = Callable[[Any, "Kind"], Sequence[str]]

EDITS, EDITS_WINDOW = 5, 5.0  # message edits per channel
OLD_EDITS, OLD_WINDOW, OLD_AGE = 3, 6.0, 3600.0  # once a message is an hour old


@dataclass(slots=True)
class World:
    """Everything that is remembered; `patience` is the seconds an interaction may wait for its answer.

    `joined` says who is in which thread. `conversations` are direct ones, with whom; people in `closed` take no
    messages in them. `reads`: the operator has switched on the intent by which the bot sees what others write.
    """

    application: int
    token: str
    bot: User
    guilds: tuple[Guild, ...]
    messages: Messages
    judge: Judge | None = None
    limits: bool = False
    patience: float = 3.0
    file_limit: int = 10 * 1024 * 1024
    base: str = ""
    users: dict[int, User] = field(default_factory=dict)
    threads: dict[int, tuple[Channel, Guild]] = field(default_factory=dict)
    joined: dict[int, set[int]] = field(default_factory=dict)
    conversations: dict[int, int] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    reads: bool = False
    commands: list[Json] = field(default_factory=list)
    command_writes: int = 0
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refused: list[tuple[Call, tuple[str, ...]]] = field(default_factory=list)
    barred: dict[int, Refusal] = field(default_factory=dict)
    pendings: dict[str, Pending] = field(default_factory=dict)
    modals: dict[str, tuple[Json, Pending]] = field(default_factory=dict)
    edits: defaultdict[tuple[int, bool], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def place(self, channel_id: int | None) -> tuple[Guild, Channel]:
        """A channel and its guild; the first one when none is named. Refuses an unknown one with 10003."""
        if channel_id is None:
            return self.guilds[0], self.guilds[0].channels[0]
        if channel_id in self.threads:
            return self.threads[channel_id][1], self.threads[channel_id][0]
        if channel_id in self.conversations:
            return self.guilds[0], Channel("", channel_id, type=1)
        for guild in self.guilds:
            for channel in guild.channels:
                if channel.id == channel_id:
                    return guild, channel
        raise Refusal(404, 10003, "Unknown Channel")

    def guild(self, number: int) -> Guild:
        """A guild, or Discord's 10004."""
        for guild in self.guilds:
            if guild.id == number:
                return guild
        raise Refusal(404, 10004, "Unknown Guild")

    def judged(self, call: Call, payload: Any, kind: Kind) -> None:
        """Refuse with 50035 what the judge finds fault with, if there is a judge, and remember why."""
        faults = tuple(self.judge(payload, kind)) if self.judge else ()
        if faults:
            self.refused.append((call, faults))
            raise Refusal(400, 50035, "Invalid Form Body", details=faults)

    def permitted(self, channel_id: int) -> None:
        """Refuse what a test has barred the bot from."""
        if channel_id in self.barred:
            raise self.barred[channel_id]

    def edit_limited(self, stored: Stored, now: float) -> dict[str, str]:
        """Count an edit against its channel's limit; the headers to answer with, or a 429.

        Raises Refusal (30046 for messages over an hour old) only when limits are enforced.
        """
        old = stored.old or now_old(int(stored.json["id"]))
        most, window = (OLD_EDITS, OLD_WINDOW) if old else (EDITS, EDITS_WINDOW)
        recent = self.edits[stored.channel_id, old]
        while recent and now - recent[0] >= window:
            recent.popleft()
        if not self.limits:
            recent.append(now)
            return {}
        if len(recent) >= most:
            raise _too_many(old, recent[0] + window - now)
        recent.append(now)
        left = {"X-RateLimit-Limit": most, "X-RateLimit-Remaining": most - len(recent)}
        times = {
            "X-RateLimit-Reset-After": round(recent[0] + window - now, 3),
            "X-RateLimit-Bucket": f"edit{old}",
        }
        return {name: str(value) for name, value in (left | times).items()}


def now_old(message_id: int) -> bool:
    """Whether a message is over an hour old by its own id."""
    return time.time() - made_at(message_id) > OLD_AGE


def _too_many(old: bool, wait: float) -> Refusal:
    code = 30046 if old else 20028
    said = "Maximum number of edits to messages older than 1 hour reached. Try again later."
    return Refusal(429, code, said if old else "You are being rate limited.", retry_after=round(wait, 3))
