"""What moderators did, and what members reported to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of a moderator. `subject` is what it was about ("poll:…", "article:…"); `detail` what changed."""

    at_ms: int
    actor_id: str
    actor_name: str
    act: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What a member reported. `message` and `author` are the platform's ids; an item's report has "item:…" there."""

    id: str
    at_ms: int
    reporter: str
    channel: str
    message: str
    author: str
    excerpt: str
