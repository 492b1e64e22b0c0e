"""A poll that comes again: its plan, its rhythm, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.poll.recurring import nth, read_every


@dataclass(frozen=True, slots=True)
class Schedule:
    """`first_ms` is the first time, `next_ms` the next, None when it has come to its end: after `ends_ms`, or `most`
    polls. `timezone` is the clock it goes by, whatever the place's becomes. `made` is how many polls it made.
    """

    id: str
    place: str
    channel: str
    title: str
    plan: Mapping[str, Any]
    every: str
    timezone: str
    first_ms: int
    next_ms: int | None
    ends_ms: int | None = None
    most: int | None = None
    made: int = 0
    created_by: str = ""
    created_ms: int = 0

    @property
    def whole_server(self) -> bool:
        """Whether its polls are for everybody of the place, and not only for who can view their channel."""
        return bool(self.plan.get("whole_server"))

    def times(self, n: int, start: int = 0) -> list[int]:
        """The moments of `n` times from number `start` on, as far as it goes."""
        zone, every = ZoneInfo(self.timezone), read_every(self.every)
        moments = [nth(self.first_ms, every, start + k, zone) for k in range(n)]
        return [at for at in moments if self.ends_ms is None or at <= self.ends_ms]
