"""How a poll's result came about, for whoever may see the result; how it is counted and was edited, for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.cards.polls.details import Material, details
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import Intent, ShowDetails
from bot.core.poll.breakdown import Breakdown, shown
from bot.core.poll.result import may_see
from bot.core.poll.spread import spreads
from bot.core.poll.values import Poll, State
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.counting import told, untold
from bot.services.polls.finding import need_shown
from bot.services.polls.showing import my_ballot
from bot.storage import boxes
from bot.storage.port import Tx

OPEN_TO_ALL = frozenset({"rules", "edits"})  # views that tell no count


async def show_details(desk: Desk, here: Here, intent: ShowDetails) -> Show:
    """A page of a poll's details. Refusal: hidden_until_voted, hidden_until_close, as for the result itself."""

    async def look(tx: Tx) -> Material:
        poll = await need_shown(tx, here, intent.poll)
        seen = may_see(poll, voted=await my_ballot(desk, here, tx, poll) is not None)
        if not seen and intent.view not in OPEN_TO_ALL:
            raise refuse(f"hidden_until_{poll.results}", poll=poll.number)
        return await material(tx, poll, seen=seen)

    found = await desk.db.read(look)
    # 24 rounds of 25 options take a while to be put into words.
    card = await asyncio.to_thread(details, here.t, found, intent.view, intent.part)
    return Show(card, replace=bool(intent.view))  # turning pages stays on one card; the result it began at stays


async def material(tx: Tx, poll: Poll, *, seen: bool) -> Material:
    """What the details are made of, from one snapshot; of counts that may not be told, nothing."""
    outcome = await told(tx, poll)
    if not seen or untold(poll, outcome.ballots):
        return Material(poll, outcome, seen)
    given = spreads(poll, await boxes.of(poll).grouped(tx, poll.id)) if poll.kind == "score" else {}
    return Material(poll, outcome, seen, given, await _breakdown(tx, poll))


async def _breakdown(tx: Tx, poll: Poll) -> Breakdown | None:
    """By parts only after the close: while ballots come, the difference of two looks is one of them."""
    if not poll.rules.breakdown or poll.state is not State.CLOSED:
        return None
    return shown(poll, await boxes.of(poll).by_part(tx, poll.id))


HANDLERS: Mapping[type[Intent], Handler] = {ShowDetails: show_details}
