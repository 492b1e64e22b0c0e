"""When a reminder is due, as a table: a quarter of the poll's length before its end, within bounds."""

from __future__ import annotations

import pytest

from bot.core.poll.reminding import remind_at, too_late
from bot.core.poll.values import Poll, PollOption, Rules

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
T0 = 1_793_534_400_000


def poll(opened: int | None, closes: int | None, talk: int = 0) -> Poll:
    options = (PollOption("a", "A"), PollOption("b", "B"))
    rules = Rules(talk_minutes=talk)
    return Poll("p", "test:town", "?", "single", options, rules=rules, opened_ms=opened, closes_ms=closes)


@pytest.mark.parametrize(
    ("length", "talk", "ahead"),
    [
        pytest.param(2 * HOUR - 1, 0, None, id="under two hours"),
        pytest.param(2 * HOUR, 0, 30 * MINUTE, id="two hours: a quarter is half an hour"),
        pytest.param(8 * HOUR, 0, 2 * HOUR, id="eight hours: a quarter"),
        pytest.param(4 * DAY, 0, DAY, id="four days: a quarter is a day"),
        pytest.param(300 * DAY, 0, DAY, id="a day at most"),
        pytest.param(8 * HOUR, 7 * 60, HOUR, id="not before ballots count"),
        pytest.param(8 * HOUR, 8 * 60 - 5, 5 * MINUTE, id="as long as it is of use"),
        pytest.param(8 * HOUR, 8 * 60 - 4, None, id="ballots count too late"),
    ],
)
def test_how_long_before_the_end(length: int, talk: int, ahead: int | None) -> None:
    """Whatever the rules say of talking first."""
    at = remind_at(poll(T0, T0 + length, talk))
    assert at == (None if ahead is None else T0 + length - ahead)


@pytest.mark.parametrize(("opened", "closes"), [(None, T0), (T0, None)], ids=["a draft", "no deadline"])
def test_none_without_a_beginning_and_an_end(opened: int | None, closes: int | None) -> None:
    """Nobody knows when."""
    assert remind_at(poll(opened, closes)) is None


@pytest.mark.parametrize(("left", "late"), [(5 * MINUTE, False), (5 * MINUTE - 1, True), (-1, True)])
def test_too_late(left: int, late: bool) -> None:
    """Under five minutes before the end."""
    assert too_late(poll(T0 - DAY, T0), T0 - left) is late
