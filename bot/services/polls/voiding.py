"""Voiding a ballot of an open named poll, for a reason that its voter reads and the log keeps; counting it again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.cards.polls import voiding as cards
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import CountAgain, Intent, VoidBallot
from bot.core.poll.values import Ballot, Poll, State
from bot.core.text import one_line, units
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls import steering
from bot.services.polls.finding import need_shown
from bot.services.record import logged
from bot.storage import ballots, posts
from bot.storage.port import Tx


async def void(desk: Desk, here: Here, intent: VoidBallot) -> Show:
    """The ballots to choose from, or the one that is meant; then the form for the reason; then the act."""
    poll = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    check(poll, desk.clock())
    if intent.find and not intent.name.strip():
        return Show(cards.find_form(here.t, poll))
    voter = intent.voter.replace(".", ":", 1)
    if not voter:
        found = await _named(desk, poll, intent)
        if len(found) != 1 or not intent.name.strip():
            return _list(here, poll, found, intent)
        voter = found[0].voter
    if not intent.asked and not intent.reason.strip():
        return Show(cards.reason_form(here.t, poll, await _need(desk, poll, voter)))
    return await _void(desk, here, poll, voter, _reason(intent.reason))


async def count_again(desk: Desk, here: Here, intent: CountAgain) -> Show:
    """Let a voided ballot count again. Refusal: no_such_ballot, and those of `check`."""
    voter = intent.voter.replace(".", ":", 1)

    async def work(tx: Tx, poll: Poll) -> None:
        await _mark(tx, desk, poll, voter, None)
        ballot = await ballots.get(tx, poll.id, voter)
        name = ballot.name if ballot else None
        await logged(
            tx, here, desk.clock(), "ballot_counted", f"poll:{poll.id}", number=poll.number, voter=name or voter
        )

    return await steering.change(desk, here, intent.poll, 0, work)


def check(poll: Poll, now_ms: int) -> None:
    """Refusal unless ballots of this poll can be voided: void_secret, void_closed."""
    if poll.secret:
        raise refuse("void_secret")
    if not poll.is_open(now_ms):
        raise refuse(
            "void_closed" if poll.state is State.CLOSED else "already_closed", closed_ms=poll.closed_ms or now_ms
        )


async def _void(desk: Desk, here: Here, poll: Poll, voter: str, reason: str) -> Show:
    async def work(tx: Tx, poll: Poll) -> None:
        await _mark(tx, desk, poll, voter, reason)
        ballot = await ballots.get(tx, poll.id, voter)
        said = {"number": poll.number, "voter": ballot.name if ballot and ballot.name else voter, "reason": reason}
        await logged(tx, here, desk.clock(), "ballot_voided", f"poll:{poll.id}", **said)

    return await steering.change(desk, here, poll.id, 0, work)


async def _mark(tx: Tx, desk: Desk, poll: Poll, voter: str, reason: str | None) -> None:
    """Void or count a ballot, and tell the board. Refusal: no_such_ballot, where it stands so already too."""
    check(poll, desk.clock())
    if not await ballots.set_void(tx, poll.id, voter, reason):
        raise refuse("no_such_ballot")
    desk.unsettling.pop(poll.id, None)
    await posts.bump(tx, f"poll:{poll.id}")


async def _named(desk: Desk, poll: Poll, intent: VoidBallot) -> list[Ballot]:
    """A page of the ballots of voters who are called like this, and one more; or of the one whose id was typed."""
    typed = one_line(intent.name)
    mention = re.fullmatch(r"<@!?(\d+)>|(\d{15,20})", typed)
    voter = f"{poll.place.partition(':')[0]}:{mention[1] or mention[2]}" if mention else ""
    skip = 0 if typed else max(0, intent.part) * cards.PAGE
    return await desk.db.read(
        lambda tx: ballots.called(tx, poll.id, "" if voter else typed, voter, cards.PAGE + 1, skip)
    )


def _list(here: Here, poll: Poll, found: list[Ballot], intent: VoidBallot) -> Show:
    page, more = found[: cards.PAGE], len(found) > cards.PAGE
    name = one_line(intent.name)
    return Show(cards.ballots(here.t, poll, page, max(0, intent.part), more=more, name=name), replace=True)


async def _need(desk: Desk, poll: Poll, voter: str) -> Ballot:
    ballot = await desk.db.read(lambda tx: ballots.get(tx, poll.id, voter))
    if ballot is None or ballot.void is not None:
        raise refuse("no_such_ballot")
    return ballot


def _reason(typed: str) -> str:
    reason = one_line(typed)
    if not reason:
        raise refuse("no_reason")
    if units(reason) > cards.LONGEST_REASON:
        raise refuse("long_text", length=units(reason), most=cards.LONGEST_REASON)
    return reason


HANDLERS: Mapping[type[Intent], Handler] = {VoidBallot: void, CountAgain: count_again}
