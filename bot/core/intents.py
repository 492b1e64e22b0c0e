"""What a person can ask for, one small value each. A command, a click, a form and a typed line all become one of these.

A field annotated `Prose` or `Upload` is typed or attached by a person: it is filled from a command or a form and never
travels inside a button. Everything else is an id, a number or a choice of ours and fits in `codec.py`'s short string.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

PROSE = "prose"
Prose = Annotated[str, PROSE]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody attached: its name and its bytes."""

    name: str
    data: bytes


UPLOAD = "upload"
Upload = Annotated[Attachment | None, UPLOAD]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a person asks for. `VERB` names it in the codec and is never changed or reused within a major version."""

    VERB: ClassVar[str] = ""
    MODERATORS: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ModeratorIntent(Intent):
    """What only a moderator may ask for: checked at the door on every press, whatever a platform showed."""

    MODERATORS: ClassVar[bool] = True


# Reading


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


# Stances


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


# Polls, as a member


@dataclass(frozen=True, slots=True)
class ListPolls(Intent):
    """The polls here: the open ones first."""

    VERB: ClassVar[str] = "polls"


@dataclass(frozen=True, slots=True)
class ShowPoll(Intent):
    """One poll, with its buttons: by number or id."""

    VERB: ClassVar[str] = "poll"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class OpenBallot(Intent):
    """My ballot paper in a poll: a form with what I have marked so far."""

    VERB: ClassVar[str] = "ballot"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class PressOption(Intent):
    """One press on an option of the board: marks it, or takes it back when it is marked already."""

    VERB: ClassVar[str] = "press"
    poll: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class CastBallot(Intent):
    """My whole ballot at once. `marks` is written as the poll's kind reads it: "b", "a,c", later "b>a=c".

    `asked` by the ballot paper, which shows my reason: an empty one takes it away.
    """

    VERB: ClassVar[str] = "cast"
    poll: str = ""
    marks: Prose = ""
    reason: Prose = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class GiveReason(Intent):
    """A reason beside my ballot, where the poll shows reasons. `asked` by the form, an empty one takes it away."""

    VERB: ClassVar[str] = "reason"
    poll: str = ""
    asked: bool = False
    reason: Prose = ""


@dataclass(frozen=True, slots=True)
class RetractBallot(Intent):
    """Take my ballot back while the poll is open."""

    VERB: ClassVar[str] = "retract"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class ShowResults(Intent):
    """A poll's results, where I may see them now."""

    VERB: ClassVar[str] = "results"
    poll: str = ""


@dataclass(frozen=True, slots=True)
class ShowMyBallots(Intent):
    """The polls that I voted in, and what I marked."""

    VERB: ClassVar[str] = "mine"


# Myself


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
class ShowHelp(Intent):
    """What one can do here; `topic` is a command's path."""

    VERB: ClassVar[str] = "help"
    topic: str = ""


# Moderators: articles


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


# Moderators: polls


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


# Moderators: the place


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
