"""Verifying a receipt: my own ballot while the poll is open, all ballots once it has closed, the root beside."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial

from bot.cards.polls import evidence as cards
from bot.core.card import Card, Show
from bot.core.errors import refuse
from bot.core.evidence.merkle import Tree
from bot.core.evidence.receipt import NoReceipt, read_receipt, receipt
from bot.core.intents import Intent, VerifyReceipt
from bot.core.poll.values import Ballot, Poll, State
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.finding import need_shown
from bot.services.polls.sealing import PAGE, committed
from bot.services.polls.voting import voter
from bot.storage import boxes
from bot.storage.port import Tx

ERASED = "erased:"  # whose ballot it was is gone, and with it what its commitment was made of


async def verify(desk: Desk, here: Here, intent: VerifyReceipt) -> Show:
    """Whether a receipt stands for a ballot that counts.

    While the poll is open nobody learns anything of a ballot but their own. Refusal: unknown_poll, erased_poll,
    poll_draft, bad_receipt, no_evidence; while it is open empty_ballot, ballot_voided, unlinkable_ballot.
    """
    poll = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    wanted = _read(intent.receipt) if intent.receipt.strip() else None
    if not poll.salt:
        raise refuse("no_evidence", number=poll.number)
    if poll.state is not State.CLOSED:
        return Show(await _against_mine(desk, here, poll, wanted))
    if wanted is None:
        ballots = await desk.db.read(lambda tx: boxes.of(poll).count(tx, poll.id))
        return Show(cards.ask(here.t, poll, ballots))
    return Show(await _against_all(desk, here, poll, wanted))


def receipt_of(poll: Poll, ballot: Ballot) -> str:
    """A ballot's receipt."""
    return receipt(committed(poll, ballot))


async def _against_mine(desk: Desk, here: Here, poll: Poll, wanted: bytes | None) -> Card:
    me = voter(desk, poll, here.actor.id)
    mine = await desk.db.read(lambda tx: _counting(tx, poll, me))
    if wanted is None:
        return cards.mine(here.t, poll, receipt_of(poll, mine))
    return cards.verified(here.t, poll, 1, counted=wanted == committed(poll, mine))


async def _counting(tx: Tx, poll: Poll, me: str) -> Ballot:
    mine = await boxes.of(poll).get(tx, poll.id, me)
    if mine is None:
        raise refuse("empty_ballot")
    if mine.void is not None:
        raise refuse("ballot_voided", reason=mine.void)
    return mine


async def _against_all(desk: Desk, here: Here, poll: Poll, wanted: bytes) -> Card:
    tree, erased = Tree(), False
    last = ""
    while some := await desk.db.read(partial(boxes.of(poll).page, poll_id=poll.id, after=last, limit=PAGE)):
        await asyncio.to_thread(_add, tree, poll, some)
        erased = erased or any(ballot.voter.startswith(ERASED) for ballot in some)
        last = some[-1].voter
    if poll.root and not erased and await asyncio.to_thread(tree.root) != poll.root:
        return cards.changed(here.t, poll)
    return cards.verified(here.t, poll, len(tree), counted=wanted in tree)


def _add(tree: Tree, poll: Poll, some: list[Ballot]) -> None:
    for ballot in some:
        if ballot.void is None:
            tree.add(committed(poll, ballot))


def _read(text: str) -> bytes:
    try:
        return read_receipt(text)
    except NoReceipt as error:
        why = {"": "length", "1": "one"}.get(error.sign, "sign")
        raise refuse("bad_receipt", why=why, sign=error.sign, length=error.length) from None


HANDLERS: Mapping[type[Intent], Handler] = {VerifyReceipt: verify}
