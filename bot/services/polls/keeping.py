"""A ballot that is refused comes back with the refusal: nobody does it twice because of one slip, or of a clock."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards.polls import ballot as cards
from bot.cards.polls.wording import in_words
from bot.core.card import Show
from bot.core.errors import Refusal
from bot.core.poll import unfinished
from bot.core.poll.kinds import Marks
from bot.core.poll.salvage import salvaged
from bot.core.poll.values import Poll
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.polls.finding import need_shown

# What is said with the ballot beside it. Other refusals are about the person or the poll, whatever they marked.
LATE = frozenset({"poll_closed", "talk_first"})
SLIPS = frozenset(
    {
        "twice_marked", "equal_ranks", "unknown_option", "no_score", "wrong_score", "wrong_rank", "no_marks",
        "too_many_marks", "too_few_marks", "stale_ballot",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody marked: typed, or filled in step by step."""

    typed: str = ""
    filled: str = ""


async def kept(
    desk: Desk, here: Here, refusal: Refusal, reference: str, given: Given, *, replace: bool = False
) -> Show:
    """The refusal with the ballot beside it, and a way to go on from it. Raises it where no ballot is to be kept."""
    if refusal.key not in LATE | SLIPS:
        raise refusal
    poll = await desk.db.read(lambda tx: need_shown(tx, here, reference))
    go_on = refusal.key in SLIPS and poll.kind in cards.BY_STEPS
    marks = _marks(given, in_words(here.t, poll))
    if not marks and not go_on:
        raise refusal
    return Show(cards.kept(here.t, refusal, poll, marks, go_on=go_on), replace=replace, refused=True)


def _marks(given: Given, poll: Poll) -> Marks:
    so_far: Marks = {}
    if given.filled:
        try:
            so_far = unfinished.read(given.filled, poll)
        except Refusal:
            so_far = {}
    return so_far | salvaged(given.typed, poll)
