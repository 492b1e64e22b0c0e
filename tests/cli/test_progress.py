"""A bar shows itself to a person who waits, and to nobody else."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from bot.cli.progress import line, progress


class Terminal(io.StringIO):
    """What a bar writes to when somebody watches."""

    def isatty(self) -> bool:
        return True


def ticking(step: float) -> Callable[[], float]:
    """A clock that is `step` seconds later at every look."""
    looks = iter(range(10**6))
    return lambda: next(looks) * step


def test_short_work_shows_nothing() -> None:
    """Under a second there is no bar, and so nothing to wipe away."""
    out = Terminal()
    with progress("Reading", 10, out, ticking(0.01)) as bar:
        for _ in range(10):
            bar.step()
    assert (out.getvalue(), bar.done) == ("", 10)


def test_long_work_shows_a_bar_and_leaves_an_empty_line() -> None:
    """After a second it is drawn, and the line is empty when the work is done."""
    out = Terminal()
    with progress("Reading", 4, out, ticking(0.6)) as bar:
        for _ in range(4):
            bar.step()
    drawn = out.getvalue().split("\r\x1b[2K")
    assert drawn[0] == drawn[-1] == ""
    assert drawn[-2].startswith("Reading ━━━━━━━━━━━━━━━━━━━━━━━━ 100 %")


def test_it_is_not_drawn_at_every_step() -> None:
    """Ten times a second is enough for anybody."""
    out = Terminal()
    with progress("Reading", 10_000, out, ticking(0.001)) as bar:
        for _ in range(10_000):
            bar.step()
    assert 50 < out.getvalue().count("Reading") < 120


def test_a_pipe_gets_nothing() -> None:
    """A log file has no use for a moving line."""
    out = io.StringIO()
    with progress("Reading", 10, out, ticking(5)) as bar:
        bar.step(10)
    assert out.getvalue() == ""


def test_a_failure_is_said_on_an_empty_line() -> None:
    """The bar goes before whatever is said of the failure."""
    out = Terminal()
    with pytest.raises(ValueError, match="broken"), progress("Reading", 10, out, ticking(2)) as bar:
        bar.step()
        raise ValueError("broken")
    assert out.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        pytest.param(50, 100, 4.0, "Reading ━━━━━━━━━━━━────────────  50 %  0:04 left", id="half"),
        pytest.param(1, 100, 4.0, "Reading ────────────────────────   1 %", id="too-early-to-say"),
        pytest.param(100, 100, 4.0, "Reading ━━━━━━━━━━━━━━━━━━━━━━━━ 100 %", id="done"),
        pytest.param(150, 100, 4.0, "Reading ━━━━━━━━━━━━━━━━━━━━━━━━ 100 %", id="more-than-promised"),
        pytest.param(12_345, None, 4.0, "Reading 12,345", id="nobody-knows-the-total"),
        pytest.param(30, 100, 300.0, "Reading ━━━━━━━─────────────────  30 %  11:40 left", id="minutes"),
    ],
)
def test_what_a_bar_says(done: int, total: int | None, seconds: float, said: str) -> None:
    """The share that is done, and how long the rest takes."""
    assert line("Reading", done, total, seconds) == said
