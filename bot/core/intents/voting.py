"""What members ask of polls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.core.intents.base import Intent, Prose


@dataclass(frozen=True, slots=True)
class ListPolls(Intent):
    """The polls here, a page (`part`, from 0) of the open ones and one of those that have closed."""

    VERB: ClassVar[str] = "polls"
    part: int = 0


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
    """One press on an option of the board: marks it. Again it stays marked: an answer may have been lost."""

    VERB: ClassVar[str] = "press"
    poll: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class UnmarkOption(Intent):
    """Take one option of my ballot back; the last one takes the ballot back."""

    VERB: ClassVar[str] = "unmark"
    poll: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class CastBallot(Intent):
    """My whole ballot at once. `marks` is written as the poll's kind reads it: "b", "a,c", "b>a=c", "a=5,c=0".

    `asked` by the ballot paper, which shows my reason: an empty one takes it away.
    """

    VERB: ClassVar[str] = "cast"
    poll: str = ""
    marks: Prose = ""
    reason: Prose = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class FillBallot(Intent):
    """My ballot, filled in step by step: what I have so far travels in `filled` (see `core.poll.unfinished`).

    `page` asks for five options to be scored in a form; 0 is the whole. `cast` makes it my ballot. `asked` by a form:
    `marks` are what was filled in there; a form of the whole makes it my ballot, too.
    """

    VERB: ClassVar[str] = "fill"
    poll: str = ""
    filled: str = ""
    page: int = 0
    cast: bool = False
    asked: bool = False
    marks: Prose = ""


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
class VerifyReceipt(Intent):
    """Whether the ballot with this receipt counts; without one, my receipt while the poll is open, or a form."""

    VERB: ClassVar[str] = "verify"
    poll: str = ""
    receipt: Prose = ""


@dataclass(frozen=True, slots=True)
class ShowMyBallots(Intent):
    """The polls that I voted in, newest first, and what I marked. `skip` leaves out so many of the newest."""

    VERB: ClassVar[str] = "mine"
    skip: int = 0


@dataclass(frozen=True, slots=True)
class ShowDetails(Intent):
    """A result in detail. `view`: rounds, pairs, scores, rules, breakdown or edits; `part` is its page, from 0."""

    VERB: ClassVar[str] = "details"
    poll: str = ""
    view: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class ShowPicture(Intent):
    """A poll's results as a picture, where I may see them now. `view`: results, rounds, scores or pairs."""

    VERB: ClassVar[str] = "picture"
    poll: str = ""
    view: str = ""
