"""When is "mañana a las 18:00"? Deadlines as people type them, in English and Spanish, whatever language they read.

How the open questions are settled, so that the same words always mean the same moment:
- hours and minutes are counted as they pass; days, weeks and months keep the time on the clock
- a day without a time ends at 23:59; a time without a day is its next occurrence; an hour without am or pm is of 24
- midnight is where the day ends; morning is 09:00, afternoon and evening 18:00, night 21:00
- "Friday" is the next Friday that is still to come, "next Friday" the first one after today
- 3/4 is the third of April for a reader of Spanish; for a reader of English it is refused, as it may be either
- a time that a clock shows twice is the first of the two; one that it never shows is refused
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.core.deadline_words import MONTHS, UNITS, WEEKDAYS, signs
from bot.core.errors import refuse

LONGEST = 100  # characters: no deadline takes more
END_OF_DAY = time(23, 59)
_PARTS = {"AM": time(9), "PM": time(18), "NIGHT": time(21)}
_DAY = timedelta(days=1)

_MARKUP = re.compile(r"<t:(\d{1,12})(?::[a-zA-Z])?>", re.ASCII)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:t(?=\d))?", re.ASCII)
_WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
_NUMERIC = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d\d))?(?![\d:])", re.ASCII)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? ?(?P<m>{_MONTH})\b(?: (?P<y>20\d\d)\b)?", re.ASCII)
_MONTH_DAY = re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])(?: (?P<y>20\d\d)\b)?", re.ASCII)
_UNIVERSAL = re.compile(r"(?<=[\d ])(utc|gmt|z)$", re.ASCII)
_RELATIVE = re.compile(r"\bDAY(\d)\b|\b(?P<n>\d{1,3}) ?(?P<u>d|days?|dias?|w|weeks?|semanas?) (?=AT )", re.ASCII)
_WEEKDAY = re.compile(
    rf"\b(?P<before>NEXT )?(?P<name>{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b(?P<after> NEXT)?", re.ASCII
)
_CLOCK = re.compile(
    r"(?P<at>AT )?(?P<h>\d{1,2})(?:[:.h](?P<m>\d\d)(?::\d\d)?)? ?(?P<unit>h|hs|hrs|hours|horas)?", re.ASCII
)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_DURATION = re.compile(rf"(?:\d{{1,5}}(?:\.\d{{1,2}})? ?(?:{_UNIT})(?=\d| |$) ?)+(?P<rest>\d\d)?", re.ASCII)
_AMOUNT = re.compile(rf"(\d{{1,5}}(?:\.\d{{1,2}})?) ?({_UNIT})(?=\d| |$)", re.ASCII)

Days = Callable[[time], date]


def parse(typed: str, now_ms: int, zone: tzinfo, locale: str) -> int | None:
    """The moment meant, in ms since 1970, past or future; None if it isn't understood.

    `zone` is the clock that people here look at; `locale` says which number comes first in 3/4.
    Refusal: deadline_gap for a time that the clock jumps over, deadline_unclear for a date that may be two.
    """
    if len(typed) > LONGEST:
        return None
    text = typed.strip()
    if exact := _MARKUP.fullmatch(text):
        return int(exact[1]) * 1000
    if _WITH_OFFSET.fullmatch(text):
        return _fixed(text)
    said = signs(text)
    if universal := _UNIVERSAL.search(said):
        said, zone = _without(universal), UTC
    return _after(said, now_ms, zone) if _DURATION.fullmatch(said) else _Clock(typed, now_ms, zone, locale).read(said)


def moment(wall: datetime, zone: tzinfo, typed: str) -> int:
    """The moment when a clock in the zone first shows this, in ms since 1970. Refusal: deadline_gap."""
    ms = _lenient(wall, zone)
    if datetime.fromtimestamp(ms / 1000, zone).replace(tzinfo=None, fold=0) != wall:
        raise refuse("deadline_gap", typed=typed)
    return ms


def _lenient(wall: datetime, zone: tzinfo) -> int:
    """The same, where a time that no clock shows counts as the hour after it."""
    return round(wall.replace(tzinfo=zone).timestamp() * 1000)


def _fixed(text: str) -> int | None:
    try:
        return round(datetime.fromisoformat(text.upper()).timestamp() * 1000)
    except ValueError:
        return None


def _after(said: str, now_ms: int, zone: tzinfo) -> int:
    """So much time from now."""
    total = dict.fromkeys(UNITS.values(), 0.0)
    for amount, unit in _AMOUNT.findall(said):
        total[UNITS[unit]] += float(amount)
    if (match := _DURATION.fullmatch(said)) and match["rest"]:  # "1h30"
        total["minutes"] += int(match["rest"])
    months = int(total["months"] + 12 * total["years"])
    wall = _months_on(datetime.fromtimestamp(now_ms / 1000, zone).replace(tzinfo=None, fold=0), months)
    whole = timedelta(days=int(total["days"]), weeks=int(total["weeks"]))
    rest = timedelta(days=total["days"] % 1, weeks=total["weeks"] % 1, hours=total["hours"], minutes=total["minutes"])
    days_on = wall + whole
    started = now_ms if not whole and not months else _lenient(days_on, zone)
    return started + rest // timedelta(milliseconds=1)


def _months_on(wall: datetime, months: int) -> datetime:
    """The same day so many months later, or the month's last where it has no such day."""
    years, month = divmod(wall.month - 1 + min(months, 1200), 12)
    last = calendar.monthrange(wall.year + years, month + 1)[1]
    return wall.replace(year=wall.year + years, month=month + 1, day=min(wall.day, last))


class _Clock:
    """A day, a time, or both, in either order, as seen from one moment at one place."""

    def __init__(self, typed: str, now_ms: int, zone: tzinfo, locale: str) -> None:
        self.typed, self.now_ms, self.zone, self.locale = typed, now_ms, zone, locale
        self.today = datetime.fromtimestamp(now_ms / 1000, zone).date()

    def read(self, said: str) -> int | None:
        """The moment that the signs say."""
        try:
            return self._read(said)
        except (ValueError, OverflowError):  # the 31st of February, 25:00
            raise refuse("deadline_unclear", typed=self.typed) from None

    def _read(self, said: str) -> int | None:
        days, rest = self._days(said)
        found = _time_of_day(rest, has_day=days is not None)
        if found is None:
            if days:  # to go on guessing would lose the half that wasn't understood
                raise refuse("deadline_unclear", typed=self.typed)
            return None
        at, next_day = found
        day = (days or self._soonest(0, 1, next_day))(at)
        return moment(datetime.combine(day + _DAY * next_day, at), self.zone, self.typed)

    def _days(self, said: str) -> tuple[Days | None, str]:
        """How to find the day once the time is known, and what else is said."""
        for pattern, reader in (
            (_ISO, self._iso),
            (_DAY_MONTH, self._named),
            (_MONTH_DAY, self._named),
            (_NUMERIC, self._numeric),
            (_RELATIVE, self._relative),
        ):
            if (match := pattern.search(said)) and (days := reader(match)):
                return self._with_weekday(days, _without(match))
        match = _WEEKDAY.search(said)
        return (self._weekday(match), _without(match)) if match else (None, said)

    def _with_weekday(self, days: Days, rest: str) -> tuple[Days, str]:
        """A weekday beside a date has to be that date's."""
        match = _WEEKDAY.search(rest)
        if not match:
            return days, rest
        if days(END_OF_DAY).weekday() != WEEKDAYS[match["name"]]:
            raise refuse("deadline_unclear", typed=self.typed)
        return days, _without(match)

    def _iso(self, match: re.Match[str]) -> Days:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return lambda at: day

    def _named(self, match: re.Match[str]) -> Days:
        return self._dated(int(match["d"]), MONTHS[match["m"]], match["y"])

    def _numeric(self, match: re.Match[str]) -> Days | None:
        first, second, year = int(match[1]), int(match[3]), match[4]
        if not year and match[2] == ".":  # 18.30 is a time
            return None
        if self.locale != "es" and first != second and max(first, second) <= 12:
            raise refuse("deadline_unclear", typed=self.typed)
        day, month = (first, second) if second <= 12 else (second, first)
        return self._dated(day, month, year)

    def _dated(self, day: int, month: int, year: str | None) -> Days:
        if year:
            fixed = date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
            return lambda at: fixed
        return lambda at: self._this_year_or_next(day, month, at)

    def _this_year_or_next(self, day: int, month: int, at: time) -> date:
        years = [y for y in (self.today.year, self.today.year + 1) if day <= calendar.monthrange(y, month)[1]]
        days = [date(year, month, day) for year in years]
        if not days:
            raise ValueError(day)
        return next((day for day in days if self._is_ahead(day, at)), days[-1])

    def _relative(self, match: re.Match[str]) -> Days:
        away = int(match[1] or match["n"]) * (7 if match["u"] and match["u"][0] in "ws" else 1)
        return lambda at: self.today + _DAY * away

    def _weekday(self, match: re.Match[str]) -> Days:
        away = (WEEKDAYS[match["name"]] - self.today.weekday()) % 7
        if match["before"] or match["after"]:
            return lambda at: self.today + _DAY * (away or 7)
        return self._soonest(away, 7, 0)

    def _soonest(self, away: int, step: int, next_day: int) -> Days:
        """The first of such days when this time is still ahead."""

        def day(at: time) -> date:
            first = self.today + _DAY * away
            return first if self._is_ahead(first + _DAY * next_day, at) else first + _DAY * step

        return day

    def _is_ahead(self, day: date, at: time) -> bool:
        return _lenient(datetime.combine(day, at), self.zone) > self.now_ms


def _time_of_day(said: str, *, has_day: bool) -> tuple[time, int] | None:
    """The time said and how many days later it falls (1 for midnight); None if it isn't one."""
    parts = [sign for sign in said.split() if sign in _PARTS]
    rest = " ".join(sign for sign in said.split() if sign not in _PARTS)
    if len(parts) > 1:
        return None
    part = parts[0] if parts else ""
    if not rest and has_day:
        return _PARTS.get(part, END_OF_DAY), 0
    match = _CLOCK.fullmatch(rest)
    if not match or not (match["at"] or match["m"] or part or (match["unit"] and has_day)):
        return None
    hour = _hour(int(match["h"]), part)
    minute = int(match["m"] or 0)
    return (time(0), 1) if hour == 24 and not minute else (time(hour, minute), 0)


def _hour(hour: int, part: str) -> int:
    """The hour of 24. ValueError where the part of the day can't have it."""
    if part == "AM":
        if hour > 12:
            raise ValueError(hour)
        return hour % 12
    if part == "NIGHT" and hour == 12:
        return 24
    return hour + 12 if (part == "PM" and hour < 12) or (part == "NIGHT" and 5 < hour < 12) else hour


def _without(match: re.Match[str]) -> str:
    """What is left of a text when the match is taken out."""
    return " ".join(f"{match.string[: match.start()]} {match.string[match.end() :]}".split())
