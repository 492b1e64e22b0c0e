"""Everything a bot sends is kept as a Call, and everything it may be told is a Reply or a Refusal."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside a multipart request; `field` is Discord's `files[n]`."""

    field: str
    filename: str
    content_type: str
    data: bytes


@dataclass(slots=True)
class Call:
    """One request: `path` without the API's base, `at` in monotonic seconds, `status` as answered."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    files: tuple[Upload, ...] = ()
    at: float = field(default_factory=time.monotonic)
    status: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: HTTP status, JSON body (none for 204) and headers of its own."""

    json: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Refusal(Exception):
    """Discord says no: HTTP status and its own error code, as its documentation lists them."""

    status: int
    code: int
    message: str
    retry_after: float | None = None
    details: tuple[str, ...] = ()

    def reply(self) -> Reply:
        """The refusal as it goes over the wire; a 429 says when to come again in header and body."""
        told: dict[str, Any] = {"code": self.code, "message": self.message}
        told |= {"errors": {"_errors": list(self.details)}} if self.details else {}
        if self.retry_after is None:
            return Reply(told, self.status)
        headers = {"Retry-After": str(int(self.retry_after) + 1), "X-RateLimit-Scope": "shared"}
        return Reply(told | {"retry_after": self.retry_after, "global": False}, self.status, headers)


@dataclass(slots=True)
class Fault:
    """A refusal arranged by a test: the next `times` calls whose method and path fit are refused with it."""

    method: str
    path: str
    refusal: Refusal
    times: int = 1

    def strikes(self, call: Call) -> bool:
        """Whether this call is hit; one strike is used up."""
        fits = self.times > 0 and call.method == self.method and re.fullmatch(self.path, call.path) is not None
        self.times -= fits
        return fits


def busiest(calls: Iterable[Call], window: float) -> int:
    """The most calls within any `window` seconds, for comparing with a rate limit."""
    moments = sorted(call.at for call in calls)
    start = most = 0
    for end, moment in enumerate(moments):
        while moment - moments[start] >= window:
            start += 1
        most = max(most, end - start + 1)
    return most
