"""Every command that people type, once: slash commands, the web composer, the text door and the help read this table.

Names, descriptions and choices are in the locale files under `command.<path>`; `members` and `moderators` are two
separate families because Discord grants permissions per top-level command only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.core import intents as i
from bot.core.intents import Intent


class Takes(StrEnum):
    """What an option takes."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    FILE = "file"
    ROLE = "role"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command, named as the intent's field it fills.

    `complete` names a source of suggestions, one of `SOURCES` in `services/suggestions.py`;
    `choices` are the values that may be chosen, their words under `choice.<option>.<value>`. `rest`: in a typed line
    it takes everything that is left. `joined`: words that signs join, as in "b > a = c", are one value.
    """

    name: str
    takes: Takes = Takes.TEXT
    required: bool = False
    complete: str = ""
    choices: tuple[str, ...] = ()
    rest: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its path of one to three words, the intent it makes, and what is set in it from the start."""

    path: str
    intent: type[Intent]
    options: tuple[Option, ...] = ()
    preset: Mapping[str, object] = field(default_factory=dict)

    @property
    def moderators(self) -> bool:
        """Whether it belongs to the moderators' family."""
        return self.intent.MODERATORS

    @property
    def key(self) -> str:
        """Where its words stand in the locale files."""
        return "command." + self.path.replace(" ", ".")


_ARTICLE = Option("article", complete="article")
_POLL = Option("poll", required=True, complete="poll")
_OPEN = Option("poll", required=True, complete="open_poll")
_POLL_ALONE = replace(_POLL, rest=True)  # behind which nothing comes, so that a question needs no quotes
_OPEN_ALONE = replace(_OPEN, rest=True)
DETAILS = ("rounds", "pairs", "scores", "rules", "breakdown", "edits")
VIEWS = ("results", "rounds", "scores", "pairs")
KINDS = ("single", "multiple", "support", "approval", "motion", "ranked", "score", "priority")
METHODS = (
    "schulze", "irv", "ranked-pairs", "minimax", "borda", "stv", "star", "score", "approval", "equal-shares",
)  # fmt: skip
RULES = (
    "ballots", "results", "reasons", "kind", "limits", "method", "seats", "threshold", "quorum", "weights",
    "breakdown", "talk", "early_end", "additions", "thread", "audience",
)  # fmt: skip

FORMATS = ("csv", "json", "xlsx", "html", "pdf", "preflib", "blt")

COMMANDS: tuple[Command, ...] = (
    Command("article", i.OpenArticle, (Option("article", complete="article", rest=True),)),
    Command("section", i.ReadSection, (Option("section", complete="section", rest=True), _ARTICLE)),
    Command("takeaways", i.ShowTakeaways),
    Command("proscons", i.ShowProsCons, (Option("layout", choices=("paired", "sides")),)),
    Command("actions", i.ShowActions),
    Command("search", i.SearchArticle, (Option("words", required=True, rest=True),)),
    Command("stance", i.AnswerItems, (Option("kind", choices=("takeaway", "pro", "con", "action")),)),
    Command("tally", i.ShowTally, (Option("kind", choices=("takeaway", "pro", "con", "action")),)),
    Command("poll list", i.ListPolls),
    Command("poll show", i.ShowPoll, (_POLL_ALONE,)),
    Command(
        "poll vote", i.CastBallot, (_OPEN, Option("marks", complete="mark", joined=True), Option("reason", rest=True))
    ),
    Command("poll propose", i.ProposeOption, (_OPEN, Option("text", rest=True))),
    Command("poll results", i.ShowResults, (_POLL_ALONE,)),
    Command("poll details", i.ShowDetails, (_POLL, Option("view", choices=DETAILS))),
    Command("poll picture", i.ShowPicture, (_POLL, Option("view", choices=VIEWS))),
    Command("poll mine", i.ShowMyBallots),
    Command("poll verify", i.VerifyReceipt, (_POLL, Option("receipt", rest=True))),
    Command("poll remind", i.SetReminders, (Option("reminders", choices=("on", "off")),)),
    Command("privacy show", i.ShowPrivacy),
    Command("privacy export", i.ExportMyData),
    Command("privacy erase", i.EraseMyData),
    Command("language", i.SetLanguage, (Option("language", choices=("en", "es", "auto")),)),
    Command("help", i.ShowHelp, (Option("topic", complete="topic", rest=True),)),
    Command(
        "moderate article use",
        i.UseArticle,
        (Option("article", required=True, complete="article", rest=True),),
    ),
    Command(
        "moderate article import",
        i.ImportArticle,
        (Option("file", Takes.FILE), Option("language", choices=("en", "es"))),
    ),
    Command(
        "moderate article remove",
        i.RemoveArticle,
        (Option("article", required=True, complete="article", rest=True),),
    ),
    Command(
        "moderate poll start",
        i.DraftPoll,
        (
            Option("item", complete="item"),
            Option("ready", complete="ready"),
            Option("question"),
            Option("options"),
            Option("kind", choices=KINDS),
            Option("closes"),
            Option("ballots", choices=("anonymous", "named")),
            Option("results", choices=("voted", "live", "close")),
            Option("reasons", Takes.SWITCH),
            Option("minimum", Takes.NUMBER),
            Option("maximum", Takes.NUMBER),
            Option("role", Takes.ROLE),
            Option("joined_before", Takes.SWITCH),
            Option("account_days", Takes.NUMBER),
            Option("method", choices=METHODS),
            Option("seats", Takes.NUMBER),
            Option("threshold", choices=("majority", "two-thirds", "unanimous")),
            Option("quorum"),
        ),
    ),
    Command(
        "moderate poll rule",
        i.ChangeRules,
        (
            Option("rule", required=True, choices=RULES),
            Option("value"),
            Option("role", Takes.ROLE),
            Option("poll", complete="draft"),
        ),
    ),
    Command("moderate poll set", i.DraftPollSet, (Option("closes", rest=True),)),
    Command("moderate poll close", i.ClosePoll, (_OPEN_ALONE,)),
    Command("moderate poll extend", i.ExtendPoll, (_OPEN, Option("until", rest=True))),
    Command("moderate poll edit", i.EditPoll, (_OPEN, Option("question"), Option("options", rest=True))),
    Command(
        "moderate poll reopen",
        i.ReopenPoll,
        (replace(_POLL, complete="closed_poll"), Option("until", rest=True)),
    ),
    Command("moderate poll void", i.VoidBallot, (_OPEN, Option("name"), Option("reason", rest=True))),
    Command("moderate poll proposals", i.ShowProposals, (_OPEN_ALONE,)),
    Command(
        "moderate poll export",
        i.ExportRecord,
        (replace(_POLL, complete="record"), Option("format", choices=FORMATS)),
    ),
    Command("moderate poll panel", i.ShowPanel, (Option("poll", complete="poll", rest=True),)),
    Command("moderate poll copy", i.CopyPoll, (_POLL_ALONE,)),
    Command("moderate poll later", i.SchedulePoll, (Option("starts", rest=True),)),
    Command(
        "moderate poll repeat",
        i.RepeatPoll,
        (_POLL, Option("rhythm"), Option("first"), Option("until")),
    ),
    Command("moderate poll planned", i.ShowPlanned),
    Command("moderate poll save", i.SaveTemplate, (_POLL, Option("name", rest=True))),
    Command("moderate poll template", i.UseTemplate, (Option("name", complete="template", rest=True),)),
    Command(
        "moderate settings",
        i.ChangeSetting,
        (
            Option("name", complete="setting"),
            Option("value", complete="setting_value", rest=True),
            Option("role", Takes.ROLE),
            Option("channel", Takes.CHANNEL),
        ),
    ),
    Command("moderate log", i.ShowLog),
)
