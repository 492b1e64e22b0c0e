"""A bar shows itself to a person who waits, and to nobody else."""

from __future__ import annotations

import io
import threading

import pytest

from bot.cli.progress import line, progress

HOUR = 3600.0
WIPE = "\r\x1b[2K"


class Terminal(io.StringIO):
    """What a bar writes to when somebody watches. `drawn` is set once something was."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.drawn.set()


def test_short_work_shows_nothing() -> None:
    """Before its time there is no bar, and so nothing to wipe away."""
    out = Terminal()
    with progress("Reading", 10, out, patience=HOUR) as bar:
        for _ in range(10):
            bar.step()
    assert (out.getvalue(), bar.done) == ("", 10)


def test_long_work_shows_a_bar_and_leaves_an_empty_line() -> None:
    """It is drawn, and the line is empty when the work is done."""
    out = Terminal()
    with progress("Reading", 4, out, patience=0) as bar:
        bar.step(4)
        assert out.drawn.wait(30)
    first, *drawn, last = out.getvalue().split(WIPE)
    assert (first, last) == ("", "")
    assert drawn[-1].startswith("Reading ")


def test_work_without_steps_shows_that_it_goes_on() -> None:
    """A count has no steps; its bar has the time."""
    out = Terminal()
    with progress("Counting", None, out, patience=0):
        assert out.drawn.wait(30)
    assert out.getvalue().startswith(f"{WIPE}Counting  0:00")


def test_a_pipe_gets_nothing() -> None:
    """A log file has no use for a moving line."""
    out = io.StringIO()
    with progress("Reading", 10, out, patience=0) as bar:
        bar.step(10)
    assert out.getvalue() == ""


def test_a_failure_is_said_on_an_empty_line() -> None:
    """The bar goes before whatever is said of the failure."""
    out = Terminal()
    with pytest.raises(ValueError, match="broken"), progress("Reading", 10, out, patience=0):
        assert out.drawn.wait(30)
        raise ValueError("broken")
    assert out.getvalue().endswith(WIPE)


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        pytest.param(50, 100, 4.0, "Reading ━━━━━━━━━━━━────────────  50%  0:04 left", id="half"),
        pytest.param(1, 100, 4.0, "Reading ────────────────────────   1%", id="too-early-to-say"),
        pytest.param(100, 100, 4.0, "Reading ━━━━━━━━━━━━━━━━━━━━━━━━ 100%", id="done"),
        pytest.param(150, 100, 4.0, "Reading ━━━━━━━━━━━━━━━━━━━━━━━━ 100%", id="more-than-promised"),
        pytest.param(12_345, None, 64.0, "Reading 12,345  1:04", id="nobody-knows-the-total"),
        pytest.param(30, 100, 300.0, "Reading ━━━━━━━─────────────────  30%  11:40 left", id="minutes"),
    ],
)
def test_what_a_bar_says(done: int, total: int | None, seconds: float, said: str) -> None:
    """The share that is done, and how long the rest takes."""
    assert line("Reading", done, total, seconds) == said
