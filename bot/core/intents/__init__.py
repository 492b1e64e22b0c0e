"""What a person can ask for, one small value each. A command, a click, a form and a typed line all become one of these.

A field annotated `Prose` or `Upload` is typed or attached by a person: it is filled from a command or a form and never
travels inside a button. Everything else is an id, a number or a choice of ours and fits in `codec.py`'s short string.
"""

from __future__ import annotations

from bot.core.intents.answering import AnswerItems, FinishStances, ReportItem, ReportMessage, ShowTally, TakeStance
from bot.core.intents.base import PROSE, UPLOAD, Attachment, Intent, ModeratorIntent, Prose, Upload
from bot.core.intents.hosting import ChangeSetting, SettleReport, ShowLog
from bot.core.intents.myself import EraseMyData, ExportMyData, SetLanguage, ShowHelp, ShowPrivacy
from bot.core.intents.polling import (
    ChangeDraft,
    ChangeRules,
    ClosePoll,
    DiscardDraft,
    DraftPoll,
    DraftPollSet,
    ErasePoll,
    ExportRecord,
    ExtendPoll,
    RepostBoard,
    ShowPanel,
    StartPoll,
)
from bot.core.intents.reading import OpenArticle, ReadSection, SearchArticle, ShowActions, ShowProsCons, ShowTakeaways
from bot.core.intents.shelving import DropImport, ImportArticle, PublishImport, RemoveArticle, UseArticle
from bot.core.intents.voting import (
    CastBallot,
    FillBallot,
    GiveReason,
    ListPolls,
    OpenBallot,
    PressOption,
    RetractBallot,
    ShowDetails,
    ShowMyBallots,
    ShowPicture,
    ShowPoll,
    ShowResults,
    VerifyReceipt,
)

__all__ = [
    "PROSE",
    "UPLOAD",
    "AnswerItems",
    "Attachment",
    "CastBallot",
    "ChangeDraft",
    "ChangeRules",
    "ChangeSetting",
    "ClosePoll",
    "DiscardDraft",
    "DraftPoll",
    "DraftPollSet",
    "DropImport",
    "EraseMyData",
    "ErasePoll",
    "ExportMyData",
    "ExportRecord",
    "ExtendPoll",
    "FillBallot",
    "FinishStances",
    "GiveReason",
    "ImportArticle",
    "Intent",
    "ListPolls",
    "ModeratorIntent",
    "OpenArticle",
    "OpenBallot",
    "PressOption",
    "Prose",
    "PublishImport",
    "ReadSection",
    "RemoveArticle",
    "ReportItem",
    "ReportMessage",
    "RepostBoard",
    "RetractBallot",
    "SearchArticle",
    "SetLanguage",
    "SettleReport",
    "ShowActions",
    "ShowDetails",
    "ShowHelp",
    "ShowLog",
    "ShowMyBallots",
    "ShowPanel",
    "ShowPicture",
    "ShowPoll",
    "ShowPrivacy",
    "ShowProsCons",
    "ShowResults",
    "ShowTakeaways",
    "ShowTally",
    "StartPoll",
    "TakeStance",
    "Upload",
    "UseArticle",
    "VerifyReceipt",
]
