"""Deadlines that make sense: ahead, not too far, and written so that they read back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import Refusal
from bot.services import deadlines
from bot.services.deadlines import written

ZONES = ["Europe/Madrid", "America/New_York", "America/Mexico_City", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe"]
NOW = round(datetime(2026, 11, 23, 14, 30, 20, tzinfo=UTC).timestamp() * 1000)
MINUTE = 60_000
DAY = 86_400_000


def read(typed: str, now_ms: int, timezone: str, locale: str) -> int:
    """The moment read, in a loop of its own."""
    return asyncio.run(deadlines.read(typed, now_ms, timezone, locale))


def refused(typed: str, locale: str = "en") -> tuple[str, dict[str, object]]:
    """The refusal's key and facts."""
    with pytest.raises(Refusal) as refusal:
        read(typed, NOW, "Europe/Madrid", locale)
    return refusal.value.key, refusal.value.facts


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        pytest.param("1 min", MINUTE, id="the soonest"),
        pytest.param("2 horas", 120 * MINUTE, id="ours"),
        pytest.param("2 fortnights", 28 * DAY, id="dateparser's"),
        pytest.param("366 days", 366 * DAY, id="the farthest"),
    ],
)
def test_a_deadline_ahead_is_read(typed: str, ahead: int) -> None:
    """One minute to 366 days ahead is a deadline, whoever understood it."""
    assert read(typed, NOW, "Europe/Madrid", "en") == NOW + ahead


async def test_a_slow_reading_keeps_nobody_waiting() -> None:
    """What only dateparser knows is read beside the loop, which serves others meanwhile."""
    reading = asyncio.create_task(deadlines.read("2 fortnights", NOW, "UTC", "en"))
    await asyncio.sleep(0)
    assert not reading.done()
    assert await reading == NOW + 28 * DAY


@pytest.mark.parametrize(
    "typed", ["", "5", "no", "may", "room 5", "vote 5 people", "v1.2.3 now", "3/4/2027", "x" * 5000, "5 options"]
)
def test_nonsense_is_unclear(typed: str) -> None:
    """What is no moment is refused with what was typed, cut to a line."""
    key, facts = refused(typed)
    assert key == "deadline_unclear"
    assert len(str(facts["typed"])) <= 100


@pytest.mark.parametrize(
    "typed", ["0 min", "59 seconds", "today 10:00", "2020-01-01", "1 week ago", "ayer a las 18:00"]
)
def test_the_past_is_refused(typed: str) -> None:
    """A moment that is gone, or less than a minute away, is refused with the moment understood."""
    key, facts = refused(typed)
    assert key == "deadline_past"
    assert int(str(facts["closes_ms"])) < NOW + MINUTE


@pytest.mark.parametrize("typed", ["367 days", "99999 weeks", "99999 weeks " * 8, "2030-01-01 18:00", "5 años"])
def test_too_far_is_refused(typed: str) -> None:
    """More than 366 days ahead is refused with the limit."""
    assert refused(typed) == ("deadline_far", {"days": 366})


def test_a_gap_is_refused_through_the_door() -> None:
    """The clock's gap keeps its own refusal."""
    assert refused("2027-03-28 02:30")[0] == "deadline_gap"


def test_no_deadline_is_written_as_nothing() -> None:
    """A form without a deadline is empty."""
    assert written(None, "UTC") == ""


def test_a_deadline_is_written_as_the_place_reads_it() -> None:
    """Local time of the place, to the minute."""
    assert written(NOW, "America/Mexico_City") == "2026-11-23 08:30"


@pytest.mark.parametrize("zone", ZONES)
@given(minutes=st.integers(2, 366 * 24 * 60 - 2), locale=st.sampled_from(["en", "es"]))
def test_what_is_written_reads_back(zone: str, minutes: int, locale: str) -> None:
    """Any deadline survives a form, in every zone, the hours that a clock repeats too."""
    deadline = NOW + minutes * MINUTE
    assert read(written(deadline, zone), NOW, zone, locale) == deadline // MINUTE * MINUTE


@pytest.mark.parametrize("zone", ZONES)
def test_every_minute_of_the_repeated_hours_reads_back(zone: str) -> None:
    """Both turns of a repeated hour are told apart in a form."""
    start = round(datetime(2026, 10, 25, tzinfo=ZoneInfo("UTC")).timestamp() * 1000)
    for deadline in (*range(start, start + DAY, 15 * MINUTE), *range(start + 7 * DAY, start + 8 * DAY, 15 * MINUTE)):
        assert read(written(deadline, zone), start - DAY, zone, "en") == deadline
