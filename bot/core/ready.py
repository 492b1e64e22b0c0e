"""Polls that lie ready in a file: a moderator picks one and starts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadyOption:
    """One option; `text` by language."""

    id: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadyPoll:
    """A poll not yet started. `item` is what it asks about, or None; `question` by language.

    `kind` is one of a poll's kinds; those with fixed options (support, motion) have none here. `method` "" is the
    kind's usual one.
    """

    id: str
    article: str
    item: str | None
    kind: str
    question: Mapping[str, str]
    options: tuple[ReadyOption, ...] = ()
    min: int = 1
    max: int = 1
    method: str = ""
