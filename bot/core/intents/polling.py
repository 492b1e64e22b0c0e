"""What moderators do with polls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import ModeratorIntent, Prose


@dataclass(frozen=True, slots=True)
class DraftPoll(ModeratorIntent):
    """Make a poll from an item, a ready poll or freely, and show the board as it will look. Nothing given: a form."""

    VERB: ClassVar[str] = "draft"
    item: str = ""
    ready: str = ""
    question: Prose = ""
    options: Prose = ""
    kind: str = ""
    closes: Prose = ""
    ballots: str = ""
    results: str = ""
    reasons: bool = False
    minimum: int = 0
    maximum: int = 0
    role: str = ""
    joined_before: bool = False
    account_days: int = 0


@dataclass(frozen=True, slots=True)
class ChangeDraft(ModeratorIntent):
    """Change the drafted poll by a form. `asked` is false when the form is still to be shown."""

    VERB: ClassVar[str] = "change"
    poll: str = ""
    asked: bool = False
    question: Prose = ""
    options: Prose = ""
    closes: Prose = ""


@dataclass(frozen=True, slots=True)
class ChangeRules(ModeratorIntent):
    """Change one rule of the drafted poll: `rule` is ballots, results, reasons or kind; `value` one of its choices."""

    VERB: ClassVar[str] = "rule"
    poll: str = ""
    rule: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class StartPoll(ModeratorIntent):
    """Open the drafted poll and post its board."""

    VERB: ClassVar[str] = "start"
    poll: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class DiscardDraft(ModeratorIntent):
    """Throw the drafted poll away."""

    VERB: ClassVar[str] = "discard"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class DraftPollSet(ModeratorIntent):
    """A poll for each call to action at once and a last one asking which matters most; `sure` opens them.

    `once` is the preview's own sign: two presses on one preview open one set.
    """

    VERB: ClassVar[str] = "pollset"
    article: str = ""
    sure: bool = False
    closes_ms: int = 0
    closes: Prose = ""
    once: str = ""


@dataclass(frozen=True, slots=True)
class ClosePoll(ModeratorIntent):
    """Close a poll now. Asks first; `revision` is the panel's, 0 from a typed command."""

    VERB: ClassVar[str] = "close"
    poll: str = ""
    revision: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ExtendPoll(ModeratorIntent):
    """Move a poll's deadline: `until` as typed is said back as a moment, `until_ms` counts; neither opens a form."""

    VERB: ClassVar[str] = "extend"
    poll: str = ""
    revision: int = 0
    until: Prose = ""
    until_ms: int = 0


@dataclass(frozen=True, slots=True)
class ErasePoll(ModeratorIntent):
    """Erase a poll with its ballots for good. Asks first."""

    VERB: ClassVar[str] = "wipe"
    poll: str = ""
    revision: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class RepostBoard(ModeratorIntent):
    """Post a poll's board again, in this channel."""

    VERB: ClassVar[str] = "repost"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class ExportRecord(ModeratorIntent):
    """A file of a poll's results, or of the article's stances when `poll` is "article". `format` is csv or json."""

    VERB: ClassVar[str] = "export"
    poll: str = ""
    format: str = "csv"


@dataclass(frozen=True, slots=True)
class ShowPanel(ModeratorIntent):
    """The moderators' panel of one poll, or of all that are open."""

    VERB: ClassVar[str] = "panel"
    poll: str = ""
