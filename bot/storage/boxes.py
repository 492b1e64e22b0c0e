"""The ballot box of a poll: named and secret ballots lie in different tables and are read by the same calls."""

from __future__ import annotations

from typing import Protocol

from bot.core.poll.values import Ballot, Poll
from bot.storage import ballots, secret_ballots
from bot.storage.ballots import Group
from bot.storage.port import Tx


class Box(Protocol):
    """What both tables can do; `voter` is a person's id in the one and a keyed id in the other."""

    async def get(self, tx: Tx, poll_id: str, voter: str, /) -> Ballot | None: ...
    async def put(self, tx: Tx, poll_id: str, ballot: Ballot, /) -> None: ...
    async def remove(self, tx: Tx, poll_id: str, voter: str, /) -> int: ...
    async def page(self, tx: Tx, poll_id: str, after: str = ..., limit: int = ...) -> list[Ballot]: ...
    async def grouped(self, tx: Tx, poll_id: str, /) -> list[Group]: ...
    async def by_part(self, tx: Tx, poll_id: str, /) -> list[tuple[str | None, dict[str, int], int]]: ...
    async def forget_parts(self, tx: Tx, poll_id: str, /) -> None: ...
    async def count(self, tx: Tx, poll_id: str, /) -> int: ...
    async def voided(self, tx: Tx, poll_id: str, /) -> int: ...
    async def reasons(self, tx: Tx, poll_id: str, limit: int, /) -> list[Ballot]: ...


NAMED: Box = ballots
SECRET: Box = secret_ballots


def of(poll: Poll) -> Box:
    """The box that a poll's ballots are in."""
    return NAMED if poll.named else SECRET
