"""When a poll comes again: by the clock on the wall, over months of any length and over summer time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import Refusal
from bot.core.poll.recurring import Every, next_after, nth, read_every

MADRID = ZoneInfo("Europe/Madrid")
DAY = 86_400_000


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp() * 1000)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("weekly", Every(days=7), id="weekly"),
        pytest.param("Every Week", Every(days=7), id="capitals"),
        pytest.param("cada semana", Every(days=7), id="cada semana"),
        pytest.param("monthly", Every(months=1), id="monthly"),
        pytest.param("cada mes", Every(months=1), id="cada mes"),
        pytest.param("daily", Every(days=1), id="daily"),
        pytest.param("cada día", Every(days=1), id="accent"),
        pytest.param("every 3 days", Every(days=3), id="every n days"),
        pytest.param("cada 10 días", Every(days=10), id="cada n días"),
        pytest.param("2 weeks", Every(days=14), id="weeks"),
        pytest.param("cada 2 semanas", Every(days=14), id="semanas"),
        pytest.param("every 3 months", Every(months=3), id="months"),
        pytest.param("d30", Every(days=30), id="as kept"),
        pytest.param("m2", Every(months=2), id="months as kept"),
    ],
)
def test_a_rhythm_as_typed(typed: str, meant: Every) -> None:
    """In English and Spanish; what is kept reads the same again."""
    assert read_every(typed) == read_every(str(meant)) == meant


@pytest.mark.parametrize("typed", ["", "often", "every 0 days", "d0", "m0", "every 400 days", "m13", "3"])
def test_what_is_no_rhythm_is_refused(typed: str) -> None:
    """Never guessed."""
    with pytest.raises(Refusal, match="bad_rhythm"):
        read_every(typed)


@pytest.mark.parametrize(
    ("first", "every", "n", "expected"),
    [
        pytest.param("2026-11-02T09:00", Every(days=7), 1, "2026-11-09T09:00", id="a week"),
        pytest.param("2026-03-23T09:00", Every(days=7), 1, "2026-03-30T09:00", id="into summer time"),
        pytest.param("2026-10-19T09:00", Every(days=7), 1, "2026-10-26T09:00", id="out of summer time"),
        pytest.param("2026-01-31T18:00", Every(months=1), 1, "2026-02-28T18:00", id="a short month"),
        pytest.param("2026-01-31T18:00", Every(months=1), 2, "2026-03-31T18:00", id="and back to the 31st"),
        pytest.param("2026-11-30T18:00", Every(months=3), 1, "2027-02-28T18:00", id="over the year"),
        pytest.param("2026-03-28T02:30", Every(days=1), 1, "2026-03-29T03:30", id="a time that is skipped"),
    ],
)
def test_the_nth_time(first: str, every: Every, n: int, expected: str) -> None:
    """At the first one's time of day; from the first each time, so that nothing drifts."""
    assert nth(ms(first), every, n, MADRID) == ms(expected)


@pytest.mark.parametrize("every", [Every(days=1), Every(days=7), Every(months=1), Every(months=5)], ids=str)
@pytest.mark.parametrize("days", [0, 1, 6, 7, 31, 365, 4000])
def test_what_was_missed_is_left_out(every: Every, days: int) -> None:
    """The next time is the first one after now, however long nothing ran."""
    first = ms("2026-01-31T18:00")
    now = first + days * DAY
    n = next_after(first, every, now, MADRID)
    assert nth(first, every, n, MADRID) > now
    assert n == 0 or nth(first, every, n - 1, MADRID) <= now
