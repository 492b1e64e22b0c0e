"""Showing polls to members: what is open, what came out, what they marked; never more than they may see now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.cards.polls import lists, mine, results
from bot.cards.polls.lists import MOST, Listed
from bot.core.card import Card, Show
from bot.core.errors import Refusal, refuse
from bot.core.intents import Intent, ListPolls, ShowMyBallots, ShowPoll, ShowResults
from bot.core.place import Scope
from bot.core.poll.result import may_see
from bot.core.poll.values import Ballot, Poll, State
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.about import about
from bot.services.polls.counting import reasons, told
from bot.services.polls.finding import need_shown
from bot.services.polls.voting import voter
from bot.storage import ballots, boxes, polls, secret_ballots
from bot.storage.port import Tx

MOST_REASONS = 8  # as many as fit a card beside the bars


async def list_polls(desk: Desk, here: Here, intent: ListPolls) -> Show:
    """The polls here, the open ones first."""
    scope = await here.scope(desk.db)
    shown = await desk.db.read(lambda tx: listed(tx, here, scope, intent.part, {State.OPEN: MOST, State.CLOSED: MOST}))
    return Show(lists.polls(here.t, shown, moderator=here.moderator), replace=bool(intent.part))


async def listed(tx: Tx, here: Here, scope: Scope, part: int, most: Mapping[State, int]) -> Listed:
    """A page of the polls in each of these states, so `most` of it to a page, in the reader's words; `part` from 0."""
    totals = {state: await polls.count_in(tx, scope, state) for state in most}
    last = max(max(0, total - 1) // most[state] for state, total in totals.items())
    number = min(max(part, 0), last)
    found = {
        state: [
            poll.in_language(here.locale) for poll in await polls.page(tx, scope, state, limit=size, skip=number * size)
        ]
        for state, size in most.items()
    }
    return Listed(found, totals, number, last)


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
        shown = await polls.questions(tx, scope, State.OPEN, State.CLOSED)
        cast = dict(await ballots.named_by(tx, here.place.id, here.actor.id))
        cast |= await secret_ballots_of(
            desk, tx, here, (one.id for one in shown if one.state is State.OPEN and not one.named)
        )
        voted = [one.id for one in shown if one.id in cast]
        skip = min(max(intent.skip, 0), max(0, len(voted) - 1))
        page = [(await polls.get(tx, poll_id), cast[poll_id]) for poll_id in voted[skip : skip + mine.SHOWN]]
        pairs = [(poll.in_language(here.locale), ballot) for poll, ballot in page if poll]
        unlinked = sum(not one.named and one.state is State.CLOSED for one in shown)
        return mine.ballots(here.t, pairs, skip, len(voted), unlinked)

    return Show(await desk.db.read(look), replace=bool(intent.skip))


async def secret_ballots_of(desk: Desk, tx: Tx, here: Here, poll_ids: Iterable[str]) -> dict[str, Ballot]:
    """A person's ballots among secret polls, by poll. Only while a poll's key exists can anybody say which is theirs.

    Of a poll that is named, or has no key any more, there is none.
    """
    found = {}
    for poll_id in poll_ids:
        mine_there = desk.keys.ballot_id(poll_id, here.actor.id)
        if mine_there and (ballot := await secret_ballots.get(tx, poll_id, mine_there)):
            found[poll_id] = ballot
    return found


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
