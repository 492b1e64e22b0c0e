"""One JSON line per event on stderr, for a person to read and `jq` to sift, without secrets and without people's ids.

A line has `at` (ISO 8601, UTC), `level`, `logger`, `event`, then what was passed as `extra=` (such as `ref`,
the reference that a person was shown), then `error` with `type` and `traceback` when there was one.
"""

from __future__ import annotations

import json
import logging
import re
import secrets as randomness
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

REDACTED = "[redacted]"
ID = "[id]"
# Ids of platforms beside a moment would tell who did something then, or which conversation a reminder went to; and an
# interaction's token holds its id. None is needed to find a fault: a line has its reference, or ids of our own.
_IDS = re.compile(r"(?<![0-9])[0-9]{17,20}(?![0-9])|aW50ZXJhY3Rpb246[A-Za-z0-9_=.-]+")
_ALPHABET = "CDFGHJKMNPQRTVWXY34679"  # nothing that looks like another, and no vowels, so no words
_STANDARD = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
# What others log that must not be kept, with the level from which they may: request lines hold a console's token,
# and what Discord's library and the database's tell at DEBUG holds tokens of answers and who presses what.
_CHATTY = {
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.INFO,
    "asyncio": logging.INFO,
    "discord": logging.INFO,
}


def configure(level: str, secrets: Iterable[str] = ()) -> None:
    """Send every logger's events to stderr as JSON, from `level` (a logging name) up, less the `secrets`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    handler.addFilter(_may_be_kept)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)


def reference() -> str:
    """Return a short reference to show a person and to log as `ref`: four characters easy to read aloud."""
    return "".join(randomness.choice(_ALPHABET) for _ in range(4))


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON and takes ids of people and the given secrets out, wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._hidden = tuple(_dump(secret)[1:-1] for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        own = self._own(record)
        extra = {key: value for key, value in vars(record).items() if key not in _STANDARD | own.keys()}
        line = _dump(own | extra | self._error(record))
        for secret in self._hidden:
            line = line.replace(secret, REDACTED)
        return _IDS.sub(ID, line)

    def _own(self, record: logging.LogRecord) -> dict[str, object]:
        return {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record),
        }

    def _error(self, record: logging.LogRecord) -> dict[str, object]:
        if not record.exc_info or not record.exc_info[0]:
            return {}
        kind = record.exc_info[0].__qualname__
        return {"error": {"type": kind, "traceback": self.formatException(record.exc_info)}}


def _may_be_kept(record: logging.LogRecord) -> bool:
    """Whether the record is above what its library may tell."""
    room = record.name.partition(".")[0]
    return record.levelno >= max(_CHATTY.get(room, 0), _CHATTY.get(record.name, 0))


def _event(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # a format that doesn't fit its arguments must not cost us the event
        return f"{record.msg} {record.args}"


def _dump(value: object) -> str:
    return json.dumps(_worded(value), ensure_ascii=False, default=str)


def _worded(value: object) -> object:
    """The same with long numbers as texts: what takes ids out of a line leaves it JSON."""
    if isinstance(value, dict):
        return {key: _worded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_worded(each) for each in value]
    return str(value) if isinstance(value, int) and value >= 10**16 else value
