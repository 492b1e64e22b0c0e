"""The other end of `python -m tests.loopback`: a loopback Discord in a process of its own, ordered about from here."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from tests.loopback.asks import Answer, Ask
from tests.loopback.people import Json
from tests.loopback.storm import Storm

ROOT = Path(__file__).parents[2]
LINE = 64 * 1024 * 1024  # the answers of a storm come in one line


class LoopbackProcess:
    """Starts the process, knows its `api_base` and `token`, and ends it."""

    api_base: str
    token: str

    def __init__(self, *, limits: bool = False) -> None:
        self._arguments = ["--limits"] if limits else []

    async def __aenter__(self) -> Self:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "tests.loopback", *self._arguments)
        self._process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe, limit=LINE)
        told = await self._line()
        self.api_base, self.token = told["api_base"], told["token"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 5)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def order(self, order: str, **more: Any) -> Any:
        """Give one order (see `tests.loopback.__main__.ORDERS`) and wait for what comes of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(orjson.dumps({"order": order} | more) + b"\n")
        await self._process.stdin.drain()
        told = await self._line()
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["result"]

    async def storm(self, asks: Sequence[Ask], *, in_flight: int = 64, rate: float | None = None) -> Storm:
        """Like `LoopbackDiscord.storm`; the answers come without their messages."""
        told = await self.order("storm", asks=[asdict(ask) for ask in asks], in_flight=in_flight, rate=rate)
        answers = tuple(None if one is None else Answer(token="", **one) for one in told["answers"])
        return Storm(answers, told["seconds"])

    async def ready(self) -> None:
        """Wait until a bot is on the line."""
        await self.order("ready")

    async def messages(self, channel: int | None = None) -> list[Json]:
        """A channel's public messages."""
        found: list[Json] = await self.order("messages", channel=channel)
        return found

    async def _line(self) -> Json:
        assert self._process.stdout is not None
        raw = await self._process.stdout.readline()
        if not raw:
            raise RuntimeError("the loopback Discord ended by itself")
        told: Json = orjson.loads(raw)
        return told
