"""The artist draws beside the loop, once for all who ask, remembers the last ones, and gives up in time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from bot.charts import artist
from bot.charts.artist import Artist
from bot.charts.results import results
from bot.charts.setting import Setter, Undrawn
from bot.core.chart import Chart
from tests.charts.subjects import counted, subject


@dataclass
class Slow(Setter):
    """A typesetter that works when it is let; what it was asked for is in `asked`."""

    asked: list[str] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)
    fails: bool = False

    def set(self, template: str, data: str, form: str) -> bytes:
        self.asked.append(f"{threading.current_thread().name} {form}")
        self.go.wait(10)
        if self.fails:
            raise Undrawn("no")
        return b"picture"


@pytest.fixture
async def slow() -> AsyncIterator[Slow]:
    """One that is let go at the end, so that its thread ends."""
    made = Slow()
    yield made
    made.go.set()


def chart(title: str = "Which?") -> Chart:
    """A chart with a title of its own."""
    return replace(results(subject(counted("plurality"))), title=title)


async def test_a_picture_comes_from_the_thread_of_charts() -> None:
    """The real one, as PNG and as SVG."""
    made = Artist()
    try:
        assert (await made.draw(chart(), "light"))[1:4] == b"PNG"
        assert b"<svg" in await made.draw(chart(), "dark", "svg")
    finally:
        made.close()


async def test_who_asks_for_the_same_waits_for_the_same(slow: Slow) -> None:
    """A crowd that presses one button costs one picture; later ones cost none."""
    made = Artist(setter=slow)
    asked = [asyncio.create_task(made.draw(chart(), "light")) for _ in range(50)]
    await asyncio.sleep(0)
    slow.go.set()
    assert set(await asyncio.gather(*asked)) == {b"picture"}
    assert await made.draw(chart(), "light") == b"picture"
    assert slow.asked == ["charts_0 png"]


async def test_it_gives_up_in_time_and_has_the_picture_later(slow: Slow) -> None:
    """Whoever asked has the words; the picture isn't lost for the next."""
    made = Artist(patience=0.01, setter=slow)
    with pytest.raises(Undrawn, match="too long"):
        await made.draw(chart(), "light")
    slow.go.set()
    while made._making:
        await asyncio.sleep(0.001)
    assert await made.draw(chart(), "light") == b"picture"
    assert len(slow.asked) == 1


async def test_too_many_at_once_are_turned_away(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits behind a long queue."""
    monkeypatch.setattr(artist, "MOST_WAITING", 2)
    made = Artist(setter=slow)
    waiting = [asyncio.create_task(made.draw(chart(str(n)), "light")) for n in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Undrawn, match="too many"):
        await made.draw(chart("one more"), "light")
    slow.go.set()
    await asyncio.gather(*waiting)


async def test_what_failed_is_tried_again(slow: Slow) -> None:
    """A failure isn't remembered."""
    made = Artist(setter=slow)
    slow.go.set()
    slow.fails = True
    with pytest.raises(Undrawn):
        await made.draw(chart(), "light")
    slow.fails = False
    assert await made.draw(chart(), "light") == b"picture"


async def test_it_remembers_only_the_last_ones(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a bot that runs for months stays small."""
    monkeypatch.setattr(artist, "KEPT", 3)
    made = Artist(setter=slow)
    slow.go.set()
    for n in range(5):
        await made.draw(chart(str(n)), "light")
    assert len(made._kept) == 3


async def test_who_leaves_does_not_take_the_picture_along(slow: Slow) -> None:
    """A cancelled asker leaves it to the others."""
    made = Artist(setter=slow)
    first, second = (asyncio.create_task(made.draw(chart(), "light")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    slow.go.set()
    assert await second == b"picture"
