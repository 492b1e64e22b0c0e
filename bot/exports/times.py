"""Times in files are ISO 8601 in UTC, to the second: text that every tool reads alike."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(ms: int | None) -> str | None:
    """A moment (ms since 1970) as "2026-12-01T17:00:00Z"; None for none."""
    return None if ms is None else f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
