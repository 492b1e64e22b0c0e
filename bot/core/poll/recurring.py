"""How often a poll comes again, and when: by the clock that people look at, over months and seasons."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from bot.core.errors import refuse
from bot.core.signs import plain_signs
from bot.core.text import folded

MOST_DAYS = 366
WEEK, MONTH = "week", "month"
_WEEK = {"week", "weekly", "every week", "semana", "semanal", "cada semana", "semanalmente"}
_MONTH = {"month", "monthly", "every month", "mes", "mensual", "cada mes", "mensualmente"}
_DAY = {"day", "daily", "every day", "dia", "diario", "diaria", "cada dia", "diariamente"}
_SOME = re.compile(r"(?:every |cada )?(\d{1,3}) ?(d|days?|dias?|w|weeks?|semanas?|months?|meses|mes)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Every:
    """A rhythm: so many days, or so many months. One of the two is 0."""

    days: int = 0
    months: int = 0

    def __str__(self) -> str:
        """As it is kept and travels in a button: "d7", "m1"."""
        return f"m{self.months}" if self.months else f"d{self.days}"


def read_every(text: str) -> Every:
    """The rhythm of "weekly", "every 3 days", "cada 2 semanas", "monthly", "d7". Refusal: bad_rhythm."""
    typed = folded(plain_signs(text))
    if kept := re.fullmatch(r"([dm])(\d{1,3})", typed):
        return _checked(Every(**{"d": {"days": int(kept[2])}, "m": {"months": int(kept[2])}}[kept[1]]), text)
    for names, rhythm in ((_DAY, Every(days=1)), (_WEEK, Every(days=7)), (_MONTH, Every(months=1))):
        if typed in names:
            return rhythm
    some = _SOME.fullmatch(typed)
    if some is None:
        raise refuse("bad_rhythm", typed=text)
    n, unit = int(some[1]), some[2]
    if unit.startswith("m"):
        return _checked(Every(months=n), text)
    return _checked(Every(days=n * (7 if unit[0] in "ws" else 1)), text)


def nth(first_ms: int, every: Every, n: int, zone: tzinfo) -> int:
    """When the n-th time is (0 for the first), in ms since 1970: at the first one's time on this zone's clock.

    In a month without that day it is its last. A time that the clock jumps over comes when the clock is past it.
    """
    first = datetime.fromtimestamp(first_ms / 1000, zone)
    day = _months_later(first, every.months * n) if every.months else first + timedelta(days=every.days * n)
    return int(day.replace(fold=0).astimezone(UTC).timestamp() * 1000)


def next_after(first_ms: int, every: Every, now_ms: int, zone: tzinfo) -> int:
    """The number of the first time that is later than now: what was missed meanwhile is not made up for."""
    n = max(0, (now_ms - first_ms) // (86_400_000 * (every.days or 31 * every.months)) - 1)
    while nth(first_ms, every, n, zone) <= now_ms:
        n += 1
    return n


def _months_later(day: datetime, months: int) -> datetime:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def _checked(every: Every, text: str) -> Every:
    if not 1 <= every.days + every.months * 30 <= MOST_DAYS:
        raise refuse("bad_rhythm", typed=text)
    return every
