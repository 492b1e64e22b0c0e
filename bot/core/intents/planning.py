"""What moderators do with polls to come: start later, start again and again, keep as a template, copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import ModeratorIntent, Prose


@dataclass(frozen=True, slots=True)
class SchedulePoll(ModeratorIntent):
    """Start the drafted poll at a moment: `starts` as typed is said back, `starts_ms` counts; neither opens a form.

    Without a poll, my newest draft here.
    """

    VERB: ClassVar[str] = "later"
    poll: str = ""
    revision: int = 0
    starts: Prose = ""
    starts_ms: int = 0


@dataclass(frozen=True, slots=True)
class UnschedulePoll(ModeratorIntent):
    """The drafted poll starts no more by itself; it stays a draft."""

    VERB: ClassVar[str] = "notlater"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class RepeatPoll(ModeratorIntent):
    """Have a poll come again, like this one: each time is said back before it counts, which `sure` means.

    `rhythm`, `first` and `until` are as typed; `every`, `first_ms`, `ends_ms` as understood.
    """

    VERB: ClassVar[str] = "repeat"
    poll: str = ""
    every: str = ""
    first_ms: int = 0
    ends_ms: int = 0
    sure: bool = False
    rhythm: Prose = ""
    first: Prose = ""
    until: Prose = ""


@dataclass(frozen=True, slots=True)
class StopRepeating(ModeratorIntent):
    """Let a recurring poll come no more. Asks first."""

    VERB: ClassVar[str] = "norepeat"
    schedule: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ShowPlanned(ModeratorIntent):
    """What is to start by itself: scheduled drafts, then recurring polls; a page of them (`part`, from 0)."""

    VERB: ClassVar[str] = "planned"
    part: int = 0


@dataclass(frozen=True, slots=True)
class CopyPoll(ModeratorIntent):
    """A new draft like this poll."""

    VERB: ClassVar[str] = "copy"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class SaveTemplate(ModeratorIntent):
    """Keep a poll as a template under a name; without a name, a form."""

    VERB: ClassVar[str] = "keep"
    poll: str = ""
    name: Prose = ""


@dataclass(frozen=True, slots=True)
class UseTemplate(ModeratorIntent):
    """A draft from the template of this name; without a name, the templates there are. `n` is its place among them."""

    VERB: ClassVar[str] = "template"
    n: int = 0
    name: Prose = ""


@dataclass(frozen=True, slots=True)
class DropTemplate(ModeratorIntent):
    """Throw a template away. Asks first."""

    VERB: ClassVar[str] = "untemplate"
    n: int = 0
    sure: bool = False
    name: Prose = ""
