"""A bar for work that takes longer than a second: on standard error, on a terminal only, gone when the work is done."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

PATIENCE = 1.0
"""Seconds that pass before a bar appears: shorter work needs none."""
PAUSE = 0.1
"""Seconds between two drawings."""
WIDTH = 24
_LINE_START = "\r\x1b[2K"


@dataclass(slots=True)
class Bar:
    """What is done so far. A step costs an addition: drawing is somebody else's."""

    label: str
    total: int | None = None
    done: int = 0

    def step(self, n: int = 1) -> None:
        """`n` more are done: lines, bytes, ballots, whatever `total` counts."""
        self.done += n


@contextmanager
def progress(
    label: str, total: int | None = None, out: TextIO | None = None, patience: float = PATIENCE
) -> Iterator[Bar]:
    """A bar while the work lasts: `with progress("Reading", size) as bar: bar.step(n)`.

    `total` None: nobody knows how much there is, and what is done is shown with the time it took. Nothing is ever drawn
    where `out` (standard error unless given) is no terminal. At the end the line is empty, also after an exception.
    """
    target = out or sys.stderr
    bar = Bar(label, total)
    if not target.isatty():
        yield bar
        return
    ended = threading.Event()
    drawing = threading.Thread(target=_draw, args=(bar, target, ended, patience), daemon=True)
    drawing.start()
    try:
        yield bar
    finally:
        ended.set()
        drawing.join()


def line(label: str, done: int, total: int | None, seconds: float) -> str:
    """The bar as it stands, without a line end: `Reading ━━━━━━────── 50%  0:04 left`."""
    if not total:
        return f"{label} {f'{done:,} ' if done else ''} {_clock(seconds)}"
    share = min(done / total, 1.0)
    full = round(share * WIDTH)
    return f"{label} {'━' * full}{'─' * (WIDTH - full)} {round(100 * share):3}%{_left(share, seconds)}"


def _draw(bar: Bar, out: TextIO, ended: threading.Event, patience: float) -> None:
    """In a thread of its own, so that work without any steps, such as a long count, shows that it goes on."""
    started = time.monotonic()
    if ended.wait(patience):
        return
    while True:
        out.write(_LINE_START + line(bar.label, bar.done, bar.total, time.monotonic() - started))
        out.flush()
        if ended.wait(PAUSE):
            break
    out.write(_LINE_START)
    out.flush()


def _left(share: float, seconds: float) -> str:
    """How long the rest takes if it goes on like this; nothing while it is too early to say."""
    return f"  {_clock(seconds * (1 - share) / share)} left" if 0.05 <= share < 1 else ""


def _clock(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
