"""A platform's arm that keeps what it was asked to do, and refuses or hesitates where a test says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.core.card import Card
from bot.core.ctx import Actor, AllChannels, ChannelAccess
from bot.core.record import Line
from bot.services import reaching
from bot.services.reach import ChannelState
from tests.support import Table, said


@dataclass
class Thread:
    """A thread as people see it."""

    channel: str
    title: str
    said: list[str]
    locked: bool = False


@dataclass
class Arm:
    """`trouble`: what to raise next, in order, in the place of doing it. `deaf` take no whispers."""

    people: dict[str, Actor] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    whispers: list[tuple[str, Card]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    deaf: set[str] = field(default_factory=set)
    has_threads: bool = True
    may_lock: bool = True
    lines: tuple[Line, ...] | None = ()
    channels: dict[str, ChannelState] = field(default_factory=dict)
    role_names: dict[str, str] | None = None
    seen: dict[str, ChannelAccess] = field(default_factory=dict)

    def knows(self, people: Iterable[Actor]) -> None:
        """These people are here, as the platform tells of them when nobody asks: without a language."""
        self.people |= {person.id: replace(person, locale="") for person in people}

    @property
    def told(self) -> list[str]:
        """Who was whispered to, in order."""
        return [person for person, _ in self.whispers]

    async def members(self, place: str) -> int | None:
        return len(self.people) or None

    async def person(self, place: str, actor_id: str) -> Actor | None:
        return self.people.get(actor_id)

    def access(self, place: str, actor: Actor) -> ChannelAccess:
        return self.seen.get(actor.id, AllChannels())

    async def channel(self, place: str, channel: str) -> ChannelState | None:
        self._try()
        return self.channels.get(channel)

    def roles(self, place: str) -> dict[str, str] | None:
        return self.role_names

    async def whisper(self, place: str, actor_id: str, card: Card) -> bool:
        self._try()
        if actor_id not in self.deaf:
            self.whispers.append((actor_id, card))
        return actor_id not in self.deaf

    async def open_thread(self, place: str, channel: str, title: str, card: Card) -> str | None:
        self._try()
        if not self.has_threads:
            return None
        left = next((name for name, thread in self.threads.items() if thread.title == title), None)
        if left is None:
            left = f"thread-{len(self.threads) + 1}"
            self.threads[left] = Thread(channel, title, [said(card)])
        return left

    async def lock_thread(self, place: str, thread: str, card: Card) -> bool:
        self._try()
        if not self.threads[thread].locked:
            self.threads[thread].said.append(said(card))
            self.threads[thread].locked = self.may_lock
        return self.may_lock

    async def unlock_thread(self, place: str, thread: str, card: Card) -> None:
        self._try()
        if self.threads[thread].locked:
            self.threads[thread].said.append(said(card))
            self.threads[thread].locked = False

    async def wipe_thread(self, place: str, thread: str, title: str, card: Card) -> None:
        self._try()
        self.threads[thread] = Thread(self.threads[thread].channel, title, [said(card)], locked=True)

    async def read_thread(self, place: str, thread: str, most: int) -> tuple[Line, ...] | None:
        self._try()
        return None if self.lines is None else self.lines[:most]

    def address(self, place: str, channel: str, message: str = "") -> str:
        return "/".join(["https://chat.example", place.partition(":")[2], channel, *([message] if message else [])])

    def _try(self) -> None:
        if self.trouble:
            raise self.trouble.pop(0)


def arm_at(table: Table) -> Arm:
    """The arm of the table's platform."""
    arm = Arm()
    table.desk.reach["test"] = arm
    return arm


async def reach(table: Table, ms: int = 0) -> float:
    """Let time pass and the loop come by; how many seconds it would sleep."""
    table.clock.now += ms
    return await reaching.step(table.desk)
