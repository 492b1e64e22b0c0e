"""Discord's limits are raised, not slept through: one busy channel must not keep the boards of all others waiting."""

from __future__ import annotations

from discord.http import HTTPClient, Ratelimit

PATIENCE = 1.0  # seconds of a limit that discord.py still waits out by itself


def raise_limits(http: HTTPClient) -> None:
    """Make a 429 that asks for more than `PATIENCE` raise `discord.RateLimited` at once.

    discord.py has an option for this, but not below 30 seconds, and it also makes buckets refuse while they have calls
    left; so buckets are made without it and keep pacing calls as ever. A private detail of 2.7.1, held by a test.
    """
    ordinary = http.get_ratelimit

    def bucket(key: str) -> Ratelimit:
        http.max_ratelimit_timeout = None
        try:
            return ordinary(key)
        finally:
            http.max_ratelimit_timeout = PATIENCE

    http.max_ratelimit_timeout = PATIENCE
    http.get_ratelimit = bucket  # type: ignore[method-assign]
