"""A bar for work that takes longer than a second: on standard error, on a terminal only, gone when the work is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

PATIENCE = 1.0
"""Seconds that pass before a bar appears: shorter work needs none."""
PAUSE = 0.1
"""Seconds between two drawings."""
WIDTH = 24
_LINE_START = "\r\x1b[2K"


class Bar:
    """Counts steps and draws itself. A step between two drawings costs an addition and a look at the clock."""

    def __init__(self, label: str, total: int | None, out: TextIO, clock: Callable[[], float], shows: bool) -> None:
        self.done = 0
        self.drawn = False
        self._label = label
        self._total = total
        self._out = out
        self._clock = clock
        self._started = clock()
        self._due = self._started + PATIENCE if shows else float("inf")

    def step(self, n: int = 1) -> None:
        """`n` more are done: lines, bytes, ballots, whatever `total` counts."""
        self.done += n
        if self._clock() >= self._due:
            self._draw()

    def clear(self) -> None:
        """Leave the line empty for whatever is said next."""
        if self.drawn:
            self._out.write(_LINE_START)
            self._out.flush()

    def _draw(self) -> None:
        now = self._clock()
        self._due = now + PAUSE
        self.drawn = True
        self._out.write(_LINE_START + line(self._label, self.done, self._total, now - self._started))
        self._out.flush()


@contextmanager
def progress(
    label: str,
    total: int | None = None,
    out: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Bar]:
    """A bar while the work lasts: `with progress("Reading", size) as bar: bar.step(n)`.

    `total` None: nobody knows how much there is, and only what is done is shown. Nothing is ever drawn where `out`
    (standard error unless given) is no terminal. The line is left empty at the end, also after an exception.
    """
    target = out or sys.stderr
    bar = Bar(label, total, target, clock, shows=target.isatty())
    try:
        yield bar
    finally:
        bar.clear()


def line(label: str, done: int, total: int | None, seconds: float) -> str:
    """The bar as it stands, without a line end: `Reading ━━━━━━────── 50 % 0:04 left`."""
    if not total:
        return f"{label} {done:,}"
    share = min(done / total, 1.0)
    full = round(share * WIDTH)
    return f"{label} {'━' * full}{'─' * (WIDTH - full)} {share:4.0%}{_left(share, seconds)}".replace("%", " %", 1)


def _left(share: float, seconds: float) -> str:
    """How long the rest takes if it goes on like this; nothing while it is too early to say."""
    if share < 0.05 or share >= 1:
        return ""
    rest = round(seconds * (1 - share) / share)
    return f"  {rest // 60}:{rest % 60:02} left"
