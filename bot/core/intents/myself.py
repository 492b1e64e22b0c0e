"""What people ask about themselves: privacy, language, help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import Intent


@dataclass(frozen=True, slots=True)
class ShowPrivacy(Intent):
    """What is kept about me here, and what I can do about it."""

    VERB: ClassVar[str] = "privacy"


@dataclass(frozen=True, slots=True)
class ExportMyData(Intent):
    """A file with all that is kept about me."""

    VERB: ClassVar[str] = "mydata"


@dataclass(frozen=True, slots=True)
class EraseMyData(Intent):
    """Erase what is kept about me. Asks first; `sure` is the second press."""

    VERB: ClassVar[str] = "erase"
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SetLanguage(Intent):
    """My language for private cards; "auto" follows the platform; empty asks."""

    VERB: ClassVar[str] = "language"
    language: str = ""


@dataclass(frozen=True, slots=True)
class SetReminders(Intent):
    """Reminders of polls here: "on" or "off"; empty asks."""

    VERB: ClassVar[str] = "remind"
    reminders: str = ""


@dataclass(frozen=True, slots=True)
class ShowHelp(Intent):
    """What one can do here; `topic` is a command's path."""

    VERB: ClassVar[str] = "help"
    topic: str = ""
