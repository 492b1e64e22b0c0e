"""What a picture costs, and how long the event loop waits while one is drawn: the artist's thread against a loop probe.

The probe sleeps a millisecond at a time; what it sleeps longer is lag. It runs once beside nothing and once beside a
busy artist, in the same run. Other programs make the loop wait for a processor too: on Linux, where the kernel tells
for how long, `own` is the lag without that.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.charts import pairs, results, rounds, scores
from bot.charts.artist import Artist
from bot.charts.setting import Format
from bot.core.chart import Chart
from bot.core.counting.values import Form
from bot.exports.pdf import poll_pdf
from bot.i18n import words
from tests.charts.subjects import counted, profile, subject
from tests.exports.records import kept, poll, record

Lag = tuple[float, float]
"""(ms that the loop woke up too late, the same without waiting for a processor)."""

TIMES = 40
TICK = 0.001
IMPORT = "import time; begin = time.perf_counter(); import typst; print((time.perf_counter() - begin) * 1000)"


async def measure(times: int = TIMES) -> dict[str, Any]:
    """`{import_ms, first_ms, results_ms, …, loop_lag_ms: {idle, drawing}}`; charts in scripts of all sorts."""
    made, drawn, on_paper = Artist(), charts(), a_record()
    try:
        async with probe() as idle:
            await asyncio.sleep(1)
        async with probe() as drawing:
            first = await timed(lambda: made.draw(drawn["results"], "light"))
            each = {f"{name}_ms": await median(made, chart, "png", times) for name, chart in drawn.items()}
            svg = await median(made, drawn["results"], "svg", times)
            paper = await timed(lambda: asyncio.to_thread(poll_pdf, on_paper, words("en")))
    finally:
        made.close()
    lag = {"idle": told(idle), "drawing": told(drawing)}
    return {"import_ms": imported(), "first_ms": first, **each, "svg_ms": svg, "pdf_ms": paper, "loop_lag_ms": lag}


def charts() -> dict[str, Chart]:
    """One of each sort, of seven options."""
    ranked, scored = subject(counted("irv")), subject(counted("star"))
    return {
        "results": results.results(subject(counted("plurality"))),
        "rounds": rounds.rounds(ranked),
        "scores": scores.scores(scored, profile(Form.SCORES)),
        "pairs": pairs.pairs(ranked),
    }


def a_record() -> Any:
    """A ranked poll to put on paper."""
    asked = poll(kind="ranked", method="irv")
    return record(asked, kept(asked, [{"a": 1, "b": 2, "c": 3}] * 20))


async def median(artist: Artist, chart: Chart, form: Format, times: int) -> float:
    """Of so many pictures that differ in their title; in ms."""
    found = [
        await timed(lambda n=n: artist.draw(replace(chart, title=f"Number {n}"), "dark", form)) for n in range(times)
    ]
    return round(statistics.median(found), 1)


async def timed(work: Callable[[], Awaitable[Any]]) -> float:
    """How long it takes, in ms."""
    begin = time.perf_counter()
    await work()
    return round((time.perf_counter() - begin) * 1000, 1)


def imported() -> float:
    """What importing typst takes in a fresh process, in ms."""
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return round(float(done.stdout), 1)


@asynccontextmanager
async def probe() -> AsyncIterator[list[Lag]]:
    """Lags of the loop, as long as the context is open."""
    lags: list[Lag] = []
    task = asyncio.create_task(_probe(lags))
    yield lags
    task.cancel()


async def _probe(lags: list[Lag]) -> None:
    while True:
        waited, begin = _waited(), time.perf_counter()
        await asyncio.sleep(TICK)
        lag = (time.perf_counter() - begin - TICK) * 1000
        lags.append((lag, lag - (_waited() - waited)))


def _waited() -> float:
    """How long this thread has waited for a processor since it began, in ms; 0 where the kernel doesn't tell."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1_000_000
    except (OSError, IndexError):
        return 0.0


def told(lags: list[Lag]) -> dict[str, float]:
    """Nearly the worst, the worst, and the worst of our own making."""
    ordered = sorted(lag for lag, _ in lags)
    found = {"p99": ordered[int(len(ordered) * 0.99)], "max": ordered[-1], "own": max(own for _, own in lags)}
    return {name: round(ms, 1) for name, ms in found.items()}
