"""What moderators do with articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import ModeratorIntent, Upload


@dataclass(frozen=True, slots=True)
class UseArticle(ModeratorIntent):
    """Put an article on here, and post its board in this channel."""

    VERB: ClassVar[str] = "use"
    article: str = ""


@dataclass(frozen=True, slots=True)
class ImportArticle(ModeratorIntent):
    """Turn an attached file into an article of this server, shown before it is published. Asks for a file if none."""

    VERB: ClassVar[str] = "import"
    file: Upload = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class PublishImport(ModeratorIntent):
    """Publish the previewed import. `version` says which preview was looked at."""

    VERB: ClassVar[str] = "publish"
    article: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class DropImport(ModeratorIntent):
    """Throw the previewed import away."""

    VERB: ClassVar[str] = "drop"
    article: str = ""


@dataclass(frozen=True, slots=True)
class RemoveArticle(ModeratorIntent):
    """Take an imported article out of this server. Asks first."""

    VERB: ClassVar[str] = "remove"
    article: str = ""
    sure: bool = False
