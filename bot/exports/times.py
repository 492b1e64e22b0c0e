"""Times in files are ISO 8601 in UTC, to the second: text that every tool reads alike."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache


def iso(ms: int | None) -> str | None:
    """A moment (ms since 1970) as "2026-12-01T17:00:00Z"; None for none."""
    if ms is None:
        return None
    seconds = ms // 1000
    return f"{_hour(seconds // 3600)}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"


@lru_cache(maxsize=4096)
def _hour(hours: int) -> str:
    """The beginning, which many moments share."""
    return f"{datetime.fromtimestamp(hours * 3600, UTC):%Y-%m-%dT%H}"
