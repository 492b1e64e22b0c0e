"""Many people at once: interactions sent with a bounded number in flight, and what came of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.loopback.asks import Answer, Ask
from tests.loopback.calls import Refusal


class Asked(Protocol):
    """Whoever can be asked; a loopback Discord."""

    async def ask(self, ask: Ask) -> Answer:
        """Send an interaction and wait for its answer."""


@dataclass(frozen=True, slots=True)
class Storm:
    """What came of a storm, in the order of its asks; None where no answer came in time or it was refused."""

    answers: tuple[Answer | None, ...]
    seconds: float

    @property
    def unanswered(self) -> int:
        """How many got no answer that Discord would have taken."""
        return sum(answer is None for answer in self.answers)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return (len(self.answers) - self.unanswered) / self.seconds

    def percentile(self, share: float) -> float:
        """Seconds within which that share (0–1) of the answers came; nan when there were none."""
        times = sorted(answer.elapsed for answer in self.answers if answer)
        return times[min(int(len(times) * share), len(times) - 1)] if times else float("nan")


async def storm(discord: Asked, asks: Sequence[Ask], *, in_flight: int, rate: float | None) -> Storm:
    """Send all asks; `in_flight` workers each send one and wait for its answer before the next."""
    answers: list[Answer | None] = [None] * len(asks)
    started = time.monotonic()
    waiting = iter(enumerate(asks))
    workers = [_work(discord, waiting, answers, started, rate) for _ in range(min(in_flight, len(asks)))]
    await asyncio.gather(*workers)
    return Storm(tuple(answers), time.monotonic() - started)


async def _work(
    discord: Asked,
    waiting: Iterator[tuple[int, Ask]],
    answers: list[Answer | None],
    started: float,
    rate: float | None,
) -> None:
    for number, ask in waiting:
        if rate is not None:
            await asyncio.sleep(started + number / rate - time.monotonic())
        try:
            answers[number] = await discord.ask(ask)
        except (TimeoutError, Refusal):
            answers[number] = None
