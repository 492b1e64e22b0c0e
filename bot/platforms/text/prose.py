"""Our markup as plain lines of a terminal: moments in words, nothing that steers it, wrapped at a width."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta

from bot.core.rich import Span, spans


@dataclass(frozen=True, slots=True)
class Prose:
    """How texts are written: in a locale, with times in a place's zone; `now_ms` is what "in 3 days" counts from."""

    locale: str = "en"
    timezone: str = "UTC"
    now_ms: int = 0
    width: int = 88

    def plain(self, text: str) -> str:
        """A text without its markup."""
        runs = spans(text)
        drawn = [self._span(span) for span in runs]
        if len(runs) > 1 and runs[0].bold and _leads(drawn[0], drawn[1]):
            drawn[0] += ":"
        return "".join(drawn)

    def lines(self, text: str, first: str = "", then: str | None = None) -> list[str]:
        """A text wrapped; the first line begins with `first`, the others with `then` (as many spaces, if not given)."""
        then = " " * len(first) if then is None else then
        found: list[str] = []
        for paragraph in self.plain(text).split("\n"):
            lead = then if found else first
            found += textwrap.wrap(
                paragraph, self.width, initial_indent=lead, subsequent_indent=then, break_on_hyphens=False
            ) or [lead.rstrip()]
        return found

    def _span(self, span: Span) -> str:
        if span.moment is not None:
            return self._moment(span.moment, span.style)
        return harmless(f"{span.text} ({span.link})" if span.link and span.link != span.text else span.text)

    def _moment(self, seconds: int, style: str) -> str:
        if style == "R":
            away = timedelta(seconds=(seconds - self.now_ms // 1000) or -1)  # this very second has passed already
            return str(format_timedelta(away, add_direction=True, locale=self.locale))
        when = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(self.timezone))
        day = format_date(when, "full" if style == "F" else "long", locale=self.locale)
        time = f"{format_time(when, 'short', locale=self.locale)} {when.tzname()}"
        return {"d": str(day), "t": time}.get(style, f"{day}, {time}")


def _leads(first: str, then: str) -> bool:
    """Whether a bold beginning is a heading to the sentence behind it, which only its weight sets apart."""
    return first[-1:].isalnum() and then[:1] == " " and then[1:2].isupper()


def harmless(text: str) -> str:
    """A text without control characters, which could move the cursor or change the terminal's title."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
