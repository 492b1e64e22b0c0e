"""What moderators do with their place: settings, log, reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import ModeratorIntent, Prose


@dataclass(frozen=True, slots=True)
class ChangeSetting(ModeratorIntent):
    """Change a setting of the place; a form asks when no value is given, and without a `name` all are shown.

    `role` and `channel` are values too, picked where the platform has a way to. `asked` by the form: nothing picked
    takes the setting back.
    """

    VERB: ClassVar[str] = "setting"
    name: str = ""
    value: Prose = ""
    asked: bool = False
    role: Prose = ""
    channel: Prose = ""


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
