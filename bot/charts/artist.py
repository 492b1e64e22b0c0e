"""Pictures made beside the event loop: one thread, the last ones remembered, and never a wait without an end.

Typst gives Python's lock back while it works, so the loop goes on. Whoever asks for a picture that is being made waits
for that one. Where no picture comes of it the caller has the chart's words.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bot.charts.data import chart_json
from bot.charts.setting import Format, Setter, Undrawn
from bot.core.chart import Chart

PATIENCE = 10.0  # seconds until a picture is given up; a usual one takes 0.03
KEPT = 64
KEPT_BYTES = 8 * 1024 * 1024
MOST_WAITING = 16  # pictures in the making; whoever comes on top of them gets the words at once
TEMPLATE = "picture.typ"
Key = tuple[str, Format]


@dataclass
class Artist:
    """Draws charts. Nothing is loaded before the first one."""

    patience: float = PATIENCE
    setter: Setter = field(default_factory=Setter)
    _pool: ThreadPoolExecutor | None = None
    _kept: OrderedDict[Key, bytes] = field(default_factory=OrderedDict)
    _making: dict[Key, asyncio.Future[bytes]] = field(default_factory=dict)

    async def draw(self, chart: Chart, theme: str, form: Format = "png") -> bytes:
        """A chart in a theme ("light" or "dark"). Undrawn where it can't be, or takes too long."""
        key = (chart_json(chart, theme), form)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            async with asyncio.timeout(self.patience):
                return await asyncio.shield(self._asked(key))
        except TimeoutError as error:
            raise Undrawn("it takes too long") from error

    def close(self) -> None:
        """Let the thread end."""
        if self._pool:
            self._pool.submit(self.setter.close)
            self._pool.shutdown(wait=False)

    def _asked(self, key: Key) -> asyncio.Future[bytes]:
        if key not in self._making:
            if len(self._making) >= MOST_WAITING:
                raise Undrawn("too many at once")
            self._pool = self._pool or ThreadPoolExecutor(1, thread_name_prefix="charts")
            loop = asyncio.get_running_loop()
            self._making[key] = loop.run_in_executor(self._pool, self.setter.set, TEMPLATE, *key)
            self._making[key].add_done_callback(lambda done: self._done(key, done))
        return self._making[key]

    def _done(self, key: Key, made: asyncio.Future[bytes]) -> None:
        del self._making[key]
        if made.cancelled() or made.exception():
            return
        self._kept[key] = made.result()
        while len(self._kept) > KEPT or sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)
