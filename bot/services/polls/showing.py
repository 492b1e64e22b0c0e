"""Showing polls to members: what is open, what came out, what they marked; never more than they may see now."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls import lists, mine, results
from bot.core.card import Card, Show
from bot.core.errors import Refusal, refuse
from bot.core.intents import Intent, ListPolls, ShowMyBallots, ShowPoll, ShowResults
from bot.core.poll.result import may_see
from bot.core.poll.values import Ballot, Poll, State
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.about import about
from bot.services.polls.counting import reasons, told
from bot.services.polls.finding import need_shown
from bot.services.polls.voting import voter
from bot.storage import boxes, polls
from bot.storage.port import Tx

MOST_REASONS = 8  # as many as fit a card beside the bars


async def list_polls(desk: Desk, here: Here, intent: ListPolls) -> Show:
    """The polls here, the open ones first."""

    scope = await here.scope(desk.db)

    async def look(tx: Tx) -> tuple[list[Poll], list[Poll], int]:
        open_ = await polls.of_place(tx, scope, State.OPEN)
        closed = await polls.of_place(tx, scope, State.CLOSED, limit=lists.MOST)
        return open_, closed, await polls.count_in(tx, scope, State.CLOSED)

    open_, closed, closed_in_all = await desk.db.read(look)
    opened, done = ([poll.in_language(here.locale) for poll in some] for some in (open_, closed))
    return Show(lists.polls(here.t, opened, done, closed_in_all, moderator=here.moderator))


async def show_poll(desk: Desk, here: Here, intent: ShowPoll) -> Show:
    """One poll with its buttons and my own ballot in it."""
    now = desk.clock()
    found = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    item = await about(desk, here, found, here.locale)

    async def look(tx: Tx) -> Card:
        poll = await need_shown(tx, here, found.id)
        mine = await my_ballot(desk, here, tx, poll)
        counted = await told(tx, poll)
        return results.private(here.t, poll, counted, mine, item, open_now=poll.is_open(now))

    return Show(await desk.db.read(look))


async def show_results(desk: Desk, here: Here, intent: ShowResults) -> Show:
    """A poll's results. Refusal: hidden_until_voted, hidden_until_close."""

    async def look(tx: Tx) -> Card:
        poll = await need_shown(tx, here, intent.poll)
        mine = await my_ballot(desk, here, tx, poll)
        if not may_see(poll, voted=mine is not None):
            raise refuse(f"hidden_until_{poll.results}", poll=poll.number)
        counted = await told(tx, poll)
        return results.results(here.t, poll, counted, await reasons(tx, poll, counted.ballots, MOST_REASONS))

    return Show(await desk.db.read(look))


async def show_mine(desk: Desk, here: Here, intent: ShowMyBallots) -> Show:
    """The polls that I voted in. Of closed anonymous ones nobody can say any more."""

    scope = await here.scope(desk.db)

    async def look(tx: Tx) -> Card:
        shown = await polls.of_place(tx, scope, State.OPEN, State.CLOSED)
        pairs = [(poll.in_language(here.locale), await my_ballot(desk, here, tx, poll)) for poll in shown]
        unlinked = sum(1 for poll in shown if not poll.named and poll.state is State.CLOSED)
        return mine.ballots(here.t, [(poll, ballot) for poll, ballot in pairs if ballot], unlinked)

    return Show(await desk.db.read(look))


async def my_ballot(desk: Desk, here: Here, tx: Tx, poll: Poll) -> Ballot | None:
    """My ballot in a poll, or None where there is none or nobody can tell."""
    try:
        return await boxes.of(poll).get(tx, poll.id, voter(desk, poll, here.actor.id))
    except Refusal:
        return None


HANDLERS: Mapping[type[Intent], Handler] = {
    ListPolls: list_polls,
    ShowPoll: show_poll,
    ShowResults: show_results,
    ShowMyBallots: show_mine,
}
