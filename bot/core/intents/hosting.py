"""What moderators do with their place: settings, log, reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import ModeratorIntent, Prose


@dataclass(frozen=True, slots=True)
class ChangeSetting(ModeratorIntent):
    """Change a setting of the place; a form asks when `value` is empty, and without a `name` all are shown."""

    VERB: ClassVar[str] = "setting"
    name: str = ""
    value: Prose = ""


@dataclass(frozen=True, slots=True)
class ShowLog(ModeratorIntent):
    """What moderators did here, newest first."""

    VERB: ClassVar[str] = "log"
    part: int = 0


@dataclass(frozen=True, slots=True)
class SettleReport(ModeratorIntent):
    """Mark a report as dealt with."""

    VERB: ClassVar[str] = "settle"
    report: str = ""
