"""What moderators do with polls, and what members may ask of a running one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from bot.core.intents.base import PROSE, Intent, ModeratorIntent, Prose

TypedNumber = Annotated[int, PROSE]


@dataclass(frozen=True, slots=True)
class DraftPoll(ModeratorIntent):
    """Make a poll from an item, a ready poll or freely, and show the board as it will look. Nothing given: a form.

    `kind` "priority" ranks the article's calls to action. What stands behind `account_days` never travels in a button.
    """

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
    method: Prose = ""
    seats: TypedNumber = 0
    threshold: Prose = ""
    quorum: Prose = ""


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
    """Change one rule of the drafted poll, a name in `core.poll.ruling`; without a value that needs typing, its form.

    Without a rule, the page `part` of all rules; without a poll, my newest draft here. `role` is for a weight or a
    breakdown.
    """

    VERB: ClassVar[str] = "rule"
    poll: str = ""
    rule: str = ""
    value: str = ""
    part: int = 0
    role: Prose = ""


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
    """Post a poll's board again, in this channel. Another channel than before is asked about: the poll goes with it."""

    VERB: ClassVar[str] = "repost"
    poll: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PublishPoll(ModeratorIntent):
    """Let everybody of the place see a poll, and not only who can view its channel. Asks first."""

    VERB: ClassVar[str] = "everyone"
    poll: str = ""
    revision: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ExportRecord(ModeratorIntent):
    """Files of a poll, or of the article's stances when `poll` is "article"; without `format`, which there are."""

    VERB: ClassVar[str] = "export"
    poll: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class ShowPanel(ModeratorIntent):
    """The moderators' panel of one poll, or a page (`part`, from 0) of all to choose from."""

    VERB: ClassVar[str] = "panel"
    poll: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class EditPoll(ModeratorIntent):
    """Reword a running poll or add options: a form, then (`asked`) the change said back, then `edit` names that one."""

    VERB: ClassVar[str] = "edit"
    poll: str = ""
    revision: int = 0
    edit: str = ""
    asked: bool = False
    question: Prose = ""
    options: Prose = ""


@dataclass(frozen=True, slots=True)
class ReopenPoll(ModeratorIntent):
    """Open a closed named poll again: a form asks until when, `asked` says it back, `sure` does it."""

    VERB: ClassVar[str] = "reopen"
    poll: str = ""
    revision: int = 0
    asked: bool = False
    sure: bool = False
    until_ms: int = 0
    until: Prose = ""


@dataclass(frozen=True, slots=True)
class VoidBallot(ModeratorIntent):
    """Void a ballot of a named poll for a reason, asked for in a form.

    Without `voter` (an id with a dot for its colon) those called `name`; without either, all; `find` asks for a name.
    """

    VERB: ClassVar[str] = "void"
    poll: str = ""
    voter: str = ""
    part: int = 0
    asked: bool = False
    find: bool = False
    name: Prose = ""
    reason: Prose = ""


@dataclass(frozen=True, slots=True)
class CountAgain(ModeratorIntent):
    """Let a voided ballot count again."""

    VERB: ClassVar[str] = "unvoid"
    poll: str = ""
    voter: str = ""


@dataclass(frozen=True, slots=True)
class ProposeOption(Intent):
    """Ask for another option in a running poll that takes such wishes. Without a text, the form, and how mine fared."""

    VERB: ClassVar[str] = "propose"
    poll: str = ""
    text: Prose = ""


@dataclass(frozen=True, slots=True)
class ShowProposals(ModeratorIntent):
    """The options that voters asked for in a poll, to take in or to refuse."""

    VERB: ClassVar[str] = "proposals"
    poll: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class SettleProposal(ModeratorIntent):
    """Take a proposed option in, or refuse it with a reason that its proposer reads: `verdict` is take or refuse."""

    VERB: ClassVar[str] = "proposal"
    poll: str = ""
    proposal: str = ""
    verdict: str = ""
    asked: bool = False
    reason: Prose = ""
