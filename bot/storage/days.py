"""Times are kept to the day where nobody was promised more: a moment beside a person tells when they were here."""

from __future__ import annotations

DAY_MS = 86_400_000


def to_the_day(ms: int) -> int:
    """The beginning of the day, UTC, that this moment lies in; both in ms since 1970."""
    return ms - ms % DAY_MS
