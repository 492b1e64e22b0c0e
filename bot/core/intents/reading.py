"""What people ask for when they read an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import Intent, Prose


@dataclass(frozen=True, slots=True)
class OpenArticle(Intent):
    """The card of the article that is on here, or of another by id or title."""

    VERB: ClassVar[str] = "article"
    article: str = ""


@dataclass(frozen=True, slots=True)
class ReadSection(Intent):
    """A section by id, number or title; where the reader left off when none is named."""

    VERB: ClassVar[str] = "section"
    article: str = ""
    section: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class ShowTakeaways(Intent):
    """The article's takeaways."""

    VERB: ClassVar[str] = "takeaways"
    article: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class ShowProsCons(Intent):
    """What speaks for and against: `layout` is "paired" or "sides"; `part` pages through the pairs."""

    VERB: ClassVar[str] = "proscons"
    article: str = ""
    layout: str = "paired"
    part: int = 0


@dataclass(frozen=True, slots=True)
class ShowActions(Intent):
    """The article's calls to action."""

    VERB: ClassVar[str] = "actions"
    article: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class SearchArticle(Intent):
    """Where the article says some words."""

    VERB: ClassVar[str] = "search"
    article: str = ""
    words: Prose = ""
