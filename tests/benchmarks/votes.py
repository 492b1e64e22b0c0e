"""Durable, acknowledged votes a second through the whole desk: surroundings, rule, ballot, answer card."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot.core.ctx import Ctx
from bot.core.intents import DraftPoll, PressOption
from tests.integrity.polls import OPTIONS, open_poll
from tests.support import SPOT, Table, a_desk, crowd

CALLERS = (1, 10, 100, 1000)
SECONDS = 1.5  # per point
PEOPLE = 5000

Figures = dict[str, float]


async def measure(seconds: float = SECONDS, ballots: str = "anonymous") -> dict[str, Figures]:
    """`{callers: {votes_per_second, p50_ms, p99_ms}}`: a press each, and another as soon as it is acknowledged."""
    with tempfile.TemporaryDirectory() as name:
        async with a_desk(Path(name)) as table:
            draft = DraftPoll(question="What first?", options=OPTIONS, kind="single", ballots=ballots)
            poll = await open_poll(table, draft)
            presses = _presses(poll.id)
            return {str(callers): await _point(table, presses, callers, seconds) for callers in CALLERS}


def _presses(poll: str) -> Iterator[tuple[Ctx, PressOption]]:
    """Everybody's press on an option in turn: later rounds change the vote."""
    people = [replace(person, locale="en" if n % 2 else "es") for n, person in enumerate(crowd(PEOPLE))]
    for number in count():
        ctx = Ctx(people[number % PEOPLE], SPOT, f"bench:{number}")
        yield ctx, PressOption(poll, "abcd"[(number + number // PEOPLE) % 4])


async def _point(table: Table, presses: Iterator[tuple[Ctx, PressOption]], callers: int, seconds: float) -> Figures:
    waits: list[float] = []
    begin = time.perf_counter()

    async def caller() -> None:
        while (asked := time.perf_counter()) - begin < seconds:
            show = await table.desk.answer(*next(presses))
            assert not show.refused
            waits.append(time.perf_counter() - asked)

    await asyncio.gather(*(caller() for _ in range(callers)))
    took = time.perf_counter() - begin
    waits.sort()
    return {
        "votes_per_second": round(len(waits) / took),
        "p50_ms": round(waits[len(waits) // 2] * 1000, 1),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 1),
    }
