"""Deadlines as typed: our own parser first, dateparser for what it doesn't know, and only moments that make sense."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.core import deadline
from bot.core.errors import refuse
from bot.core.signs import plain_signs
from bot.core.text import cut, one_line

SOONEST_MS = 60_000
FARTHEST_DAYS = 366
# What dateparser is asked at all: it makes dates of bare numbers, of single words such as "no" and of version numbers.
_WORTH_ASKING = re.compile(r"(?=.*\d)(?=.*[^\W\d_]{3})", re.DOTALL)


async def read(text: str, now_ms: int, timezone: str, locale: str) -> int:
    """The moment a person means, in ms since 1970, one minute to 366 days ahead.

    Refusal: deadline_unclear, deadline_past, deadline_gap, deadline_far.
    """
    zone = ZoneInfo(timezone)
    typed = cut(plain_signs(one_line(text)), deadline.LONGEST)
    try:
        found = deadline.parse(typed, now_ms, zone, locale)
    except OverflowError:
        raise refuse("deadline_far", days=FARTHEST_DAYS) from None
    if found is None:
        found = await asyncio.to_thread(_asked, typed, now_ms, zone, locale)  # half a second the first time
    check(found, now_ms)
    return found


def check(closes_ms: int, now_ms: int) -> None:
    """Refuse a moment that makes no sense as a deadline now: deadline_past, deadline_far."""
    if closes_ms < now_ms + SOONEST_MS:
        raise refuse("deadline_past", closes_ms=closes_ms)
    if closes_ms > now_ms + FARTHEST_DAYS * 86_400_000:
        raise refuse("deadline_far", days=FARTHEST_DAYS)


def written(ms: int | None, timezone: str) -> str:
    """How a deadline stands in a form, to the minute; "" for none. `read` gives the same minute back.

    A time that the clock shows twice carries its offset when the second one is meant.
    """
    if ms is None:
        return ""
    local = datetime.fromtimestamp(ms // 60_000 * 60, ZoneInfo(timezone))
    return local.isoformat(" ", "minutes") if local.fold else f"{local:%Y-%m-%d %H:%M}"


def _asked(typed: str, now_ms: int, zone: tzinfo, locale: str) -> int:
    """What dateparser makes of it, on the clock of the zone."""
    unclear = refuse("deadline_unclear", typed=typed)
    if not _WORTH_ASKING.search(typed):
        raise unclear
    import dateparser  # here: 0.3 s and 20 MiB, for the few deadlines that our own parser doesn't know

    languages = ["es", "en"] if locale == "es" else ["en", "es"]
    base = datetime.fromtimestamp(now_ms / 1000, zone).replace(tzinfo=None)
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": base, "DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day"]}
    try:
        found = dateparser.parse(typed, languages=languages, settings=settings)
    except (ValueError, OverflowError):
        raise unclear from None
    if found is None:
        raise unclear
    return round(found.timestamp() * 1000) if found.tzinfo else deadline.moment(found, zone, typed)
