"""Deadlines as people type them, in both languages, on clocks that jump and clocks that repeat an hour."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadline import parse
from bot.core.errors import Refusal

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")
MEXICO = ZoneInfo("America/Mexico_City")
NOW = datetime(2026, 11, 23, 15, 30, 20, tzinfo=MADRID)  # a Monday


def ms(moment: datetime) -> int:
    """A moment in ms since 1970."""
    return round(moment.timestamp() * 1000)


def read(typed: str, now: datetime = NOW, locale: str = "en") -> str | None:
    """What is understood, as the clock of the place shows it."""
    found = parse(typed, ms(now), now.tzinfo or UTC, locale)
    return None if found is None else f"{datetime.fromtimestamp(found / 1000, now.tzinfo):%a %m-%d %H:%M:%S}"


DURATIONS = {
    "2h": "Mon 11-23 17:30:20",
    "90 min": "Mon 11-23 17:00:20",
    "1h30m": "Mon 11-23 17:00:20",
    "1h30": "Mon 11-23 17:00:20",
    "1.5 hours": "Mon 11-23 17:00:20",
    "1,5 horas": "Mon 11-23 17:00:20",
    "3 days": "Thu 11-26 15:30:20",
    "1 week": "Mon 11-30 15:30:20",
    "in 2 hours": "Mon 11-23 17:30:20",
    "two hours from now": "Mon 11-23 17:30:20",
    "in a week": "Mon 11-30 15:30:20",
    "next week": "Mon 11-30 15:30:20",
    "half an hour": "Mon 11-23 16:00:20",
    "an hour and a half": "Mon 11-23 17:00:20",
    "2 and a half hours": "Mon 11-23 18:00:20",
    "1 hour and 30 minutes": "Mon 11-23 17:00:20",
    "1 month": "Wed 12-23 15:30:20",
    "en 3 días": "Thu 11-26 15:30:20",
    "dentro de dos semanas": "Mon 12-07 15:30:20",
    "media hora": "Mon 11-23 16:00:20",
    "hora y media": "Mon 11-23 17:00:20",
    "2 horas y media": "Mon 11-23 18:00:20",
    "la semana que viene": "Mon 11-30 15:30:20",
    "un mes": "Wed 12-23 15:30:20",
}
CLOCKS = {
    "18:00": "Mon 11-23 18:00:00",
    "15:00": "Tue 11-24 15:00:00",
    "18.30": "Mon 11-23 18:30:00",
    "6pm": "Mon 11-23 18:00:00",
    "at 6": "Tue 11-24 06:00:00",
    "12am": "Tue 11-24 00:00:00",
    "half past 6 pm": "Mon 11-23 18:30:00",
    "noon": "Tue 11-24 12:00:00",
    "midnight": "Tue 11-24 00:00:00",
    "end of the day": "Mon 11-23 23:59:00",
    "a las 6 p. m.": "Mon 11-23 18:00:00",
    "a las seis y media de la tarde": "Mon 11-23 18:30:00",
    "a las seis y cuarto de la tarde": "Mon 11-23 18:15:00",
    "a la una de la tarde": "Tue 11-24 13:00:00",
    "a las 12 de la noche": "Tue 11-24 00:00:00",
    "a las 12 del mediodía": "Tue 11-24 12:00:00",
    "8 de la noche": "Mon 11-23 20:00:00",
    "mediodía": "Tue 11-24 12:00:00",
    "medianoche": "Tue 11-24 00:00:00",
    "al final del día": "Mon 11-23 23:59:00",
    "fin del día": "Mon 11-23 23:59:00",
    "18:00 UTC": "Mon 11-23 19:00:00",
}
DAYS = {
    "tomorrow": "Tue 11-24 23:59:00",
    "tomorrow 18:00": "Tue 11-24 18:00:00",
    "tomorrow at 6pm": "Tue 11-24 18:00:00",
    "6pm tomorrow": "Tue 11-24 18:00:00",
    "tomorrow evening": "Tue 11-24 18:00:00",
    "tomorrow at noon": "Tue 11-24 12:00:00",
    "the day after tomorrow, 18:00": "Wed 11-25 18:00:00",
    "today 21:00": "Mon 11-23 21:00:00",
    "today 10:00": "Mon 11-23 10:00:00",
    "tonight": "Mon 11-23 21:00:00",
    "tonight at 9": "Mon 11-23 21:00:00",
    "Friday 8pm": "Fri 11-27 20:00:00",
    "by 5pm Friday": "Fri 11-27 17:00:00",
    "friday end of day": "Fri 11-27 23:59:00",
    "friday midnight": "Sat 11-28 00:00:00",
    "Monday 10:00": "Mon 11-30 10:00:00",
    "Monday 18:00": "Mon 11-23 18:00:00",
    "next monday 18:00": "Mon 11-30 18:00:00",
    "next friday": "Fri 11-27 23:59:00",
    "in 3 days at 18:00": "Thu 11-26 18:00:00",
    "mañana": "Tue 11-24 23:59:00",
    "MANANA A LAS 18": "Tue 11-24 18:00:00",
    "mañana a las 18:00": "Tue 11-24 18:00:00",
    "mañana a las 6 de la tarde": "Tue 11-24 18:00:00",
    "mañana a las 9 de la mañana": "Tue 11-24 09:00:00",
    "mañana por la mañana": "Tue 11-24 09:00:00",
    "pasado mañana a las 18h": "Wed 11-25 18:00:00",
    "hoy a las 21": "Mon 11-23 21:00:00",
    "esta noche a las 9": "Mon 11-23 21:00:00",
    "viernes 20:00": "Fri 11-27 20:00:00",
    "el viernes a las 8 p. m.": "Fri 11-27 20:00:00",
    "hasta el viernes a las 18:00": "Fri 11-27 18:00:00",
    "el próximo viernes": "Fri 11-27 23:59:00",
    "el viernes que viene a las 20:00": "Fri 11-27 20:00:00",
    "a las ocho de la noche del sábado": "Sat 11-28 20:00:00",
}
DATES = {
    "2026-12-01 18:00": "Tue 12-01 18:00:00",
    "2026-12-01T18:00": "Tue 12-01 18:00:00",
    "2026-12-01T18:00Z": "Tue 12-01 19:00:00",
    "2026-12-01 18:00+05:00": "Tue 12-01 14:00:00",
    "2026-12-01": "Tue 12-01 23:59:00",
    "1 Dec 18:00": "Tue 12-01 18:00:00",
    "Dec 1 at 6pm": "Tue 12-01 18:00:00",
    "December 1st, 2026 18:00": "Tue 12-01 18:00:00",
    "1st of December": "Tue 12-01 23:59:00",
    "Fri, 4 Dec 2026 18:00:00 GMT": "Fri 12-04 19:00:00",
    "23 Nov 18:00": "Mon 11-23 18:00:00",
    "23 Nov 10:00": "Tue 11-23 10:00:00",
    "31/12/2026 23:59": "Thu 12-31 23:59:00",
    "12/31/2026 23:59": "Thu 12-31 23:59:00",
    "1 de diciembre a las 18:00": "Tue 12-01 18:00:00",
    "el 1 de diciembre de 2026 a las 18:00": "Tue 12-01 18:00:00",
    "martes 1 de diciembre a las 18:00": "Tue 12-01 18:00:00",
    "primero de enero": "Fri 01-01 23:59:00",
    "15 de marzo del 2027": "Mon 03-15 23:59:00",
    "<t:1796144400:F>": "Tue 12-01 18:00:00",
}
ALL = DURATIONS | CLOCKS | DAYS | DATES


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize(("typed", "shown"), ALL.items(), ids=ALL)
def test_both_languages_are_read_whatever_the_locale(typed: str, shown: str, locale: str) -> None:
    """English and Spanish deadlines give the moment they say, to a reader of either."""
    assert read(typed, locale=locale) == shown


@pytest.mark.parametrize(
    "typed",
    ["", " ", "18", "5", "2026", "hello", "m", "12 people", "in a fortnight", "10 s", "x" * 101, "2 hours ago"],
)
def test_what_is_no_deadline_is_not_understood(typed: str) -> None:
    """A bare number or words without a moment are None, for another parser to try."""
    assert read(typed) is None


@pytest.mark.parametrize(
    ("typed", "locale"),
    [
        pytest.param("3/4/2027", "en", id="day or month first"),
        pytest.param("3/4 18:00", "en", id="day or month first, no year"),
        pytest.param("lunes 1 de diciembre", "es", id="a weekday that isn't that date's"),
        pytest.param("tomorrow 18", "en", id="a number that may be anything"),
        pytest.param("friday 20", "en", id="the 20th or 20:00"),
        pytest.param("tomorrow 25:00", "en", id="no such hour"),
        pytest.param("31 Feb", "en", id="no such day"),
        pytest.param("29 Feb", "en", id="no such day in this year or the next"),
        pytest.param("2026-02-31 18:00", "en", id="no such date"),
        pytest.param("tomorrow 15:00 16:00", "en", id="two times"),
        pytest.param("tomorrow tomorrow", "en", id="two days"),
        pytest.param("tomorrow 6pm EST", "en", id="an abbreviated zone"),
    ],
)
def test_what_may_be_two_moments_or_none_is_refused(typed: str, locale: str) -> None:
    """Half understood isn't understood: nobody guesses the other half."""
    with pytest.raises(Refusal) as refusal:
        read(typed, locale=locale)
    assert (refusal.value.key, refusal.value.facts) == ("deadline_unclear", {"typed": typed})


def test_the_day_comes_first_in_spanish() -> None:
    """3/4 is the third of April for a reader of Spanish."""
    assert read("3/4/2027 18:00", locale="es") == "Sat 04-03 18:00:00"
    assert read("3.4.2027 18.30", locale="es") == "Sat 04-03 18:30:00"


@pytest.mark.parametrize(
    ("zone", "typed"),
    [
        pytest.param(MADRID, "2027-03-28 02:30", id="Madrid"),
        pytest.param(NEW_YORK, "2027-03-14 02:30", id="New York"),
        pytest.param(NEW_YORK, "14 March 2027 at 2:00 am", id="New York, the first minute"),
    ],
)
def test_a_time_that_the_clock_jumps_over_is_refused(zone: ZoneInfo, typed: str) -> None:
    """A deadline in the hour that spring takes away is refused with what was typed."""
    with pytest.raises(Refusal) as refusal:
        read(typed, datetime(2027, 1, 1, 12, tzinfo=zone))
    assert (refusal.value.key, refusal.value.facts) == ("deadline_gap", {"typed": typed})


@pytest.mark.parametrize(
    ("zone", "typed", "utc"),
    [
        pytest.param(MADRID, "2027-03-28 03:00", "2027-03-28 01:00", id="Madrid, after the gap"),
        pytest.param(MADRID, "2026-10-25 02:30", "2026-10-25 00:30", id="Madrid, shown twice"),
        pytest.param(NEW_YORK, "2026-11-01 01:30", "2026-11-01 05:30", id="New York, shown twice"),
        pytest.param(NEW_YORK, "2026-11-01 01:30-05:00", "2026-11-01 06:30", id="New York, the second by its offset"),
        pytest.param(MEXICO, "2027-04-04 02:30", "2027-04-04 08:30", id="Mexico City has no summer time any more"),
        pytest.param(MEXICO, "2026-10-25 02:30", "2026-10-25 08:30", id="Mexico City has no winter time any more"),
    ],
)
def test_a_time_shown_twice_is_the_first(zone: ZoneInfo, typed: str, utc: str) -> None:
    """Of the hour that autumn repeats the first is meant; an offset says otherwise."""
    found = parse(typed, ms(datetime(2026, 7, 1, tzinfo=zone)), zone, "en")
    assert found == ms(datetime.fromisoformat(utc).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "typed", "shown"),
    [
        pytest.param(datetime(2027, 3, 27, 12, tzinfo=MADRID), "1 day", "Sun 03-28 12:00:00", id="a day of 23 hours"),
        pytest.param(datetime(2027, 3, 27, 12, tzinfo=MADRID), "24h", "Sun 03-28 13:00:00", id="24 hours pass"),
        pytest.param(datetime(2026, 10, 24, 12, tzinfo=MADRID), "1 day", "Sun 10-25 12:00:00", id="a day of 25 hours"),
        pytest.param(datetime(2027, 3, 27, 2, 30, tzinfo=MADRID), "1 day", "Sun 03-28 03:30:00", id="into the gap"),
        pytest.param(datetime(2027, 1, 31, 12, tzinfo=MADRID), "1 month", "Sun 02-28 12:00:00", id="a short month"),
        pytest.param(datetime(2026, 12, 31, 23, tzinfo=NEW_YORK), "tomorrow", "Fri 01-01 23:59:00", id="over new year"),
        pytest.param(datetime(2026, 12, 31, 23, 59, 30, tzinfo=MEXICO), "18:00", "Fri 01-01 18:00:00", id="the next"),
    ],
)
def test_days_keep_the_clock_and_hours_pass(now: datetime, typed: str, shown: str) -> None:
    """In three days means the same time on the clock; in 24 hours means 24 hours."""
    assert read(typed, now) == shown


@given(st.text(alphabet="0123456789 :/.-hmdw adelnprsty<>+Zñáμ", max_size=30), st.sampled_from(["en", "es"]))
def test_no_text_breaks_the_parser(typed: str, locale: str) -> None:
    """Whatever is typed gives a moment, None, or a refusal."""
    try:
        found = parse(typed, ms(NOW), MADRID, locale)
    except Refusal as refusal:
        assert refusal.key in {"deadline_gap", "deadline_unclear"}
    except OverflowError:
        assert any(c.isdigit() for c in typed)
    else:
        assert found is None or isinstance(found, int)
