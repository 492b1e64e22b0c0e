"""What people ask for when they say where they stand, report, or count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import Intent, Prose


@dataclass(frozen=True, slots=True)
class AnswerItems(Intent):
    """The card stack: the next item without a stance of mine, or the one named. `kind` limits it to one kind."""

    VERB: ClassVar[str] = "answer"
    article: str = ""
    item: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TakeStance(Intent):
    """My stance on an item: agree, disagree or pass; "none" takes it back."""

    VERB: ClassVar[str] = "st"
    article: str = ""
    item: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class FinishStances(Intent):
    """Enough for now: what I answered, and how everybody did."""

    VERB: ClassVar[str] = "finish"
    article: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class ReportItem(Intent):
    """Tell the moderators that an item's wording is wrong or harmful."""

    VERB: ClassVar[str] = "report"
    article: str = ""
    item: str = ""
    reason: Prose = ""


@dataclass(frozen=True, slots=True)
class ReportMessage(Intent):
    """Tell the moderators about a message in the channel (Discord's message menu)."""

    VERB: ClassVar[str] = "flag"
    message: str = ""
    author: str = ""
    excerpt: Prose = ""
    reason: Prose = ""


@dataclass(frozen=True, slots=True)
class ShowTally(Intent):
    """How people here answer: agree, disagree and pass for each item; polls, ballots, people."""

    VERB: ClassVar[str] = "tally"
    article: str = ""
    kind: str = ""
    part: int = 0
