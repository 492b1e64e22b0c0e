"""Sealing a closed poll: its key is destroyed, its ballots get a root that is posted, small parts are forgotten."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from functools import partial

from bot.core.evidence.commitment import commitment
from bot.core.evidence.merkle import Tree
from bot.core.poll.breakdown import shown
from bot.core.poll.values import Ballot, Poll, State
from bot.services.desk import Desk
from bot.services.forgetting import scrub
from bot.storage import boxes, polls, posts
from bot.storage.port import Tx

log = logging.getLogger("tertulia.sealing")

PAGE = 5_000  # ballots read at a time


async def seal(desk: Desk, poll_ids: Iterable[str]) -> None:
    """Nobody can tell any more who voted how in these polls, nor in which order; nothing in them can change unseen."""
    for poll_id in poll_ids:
        desk.keys.destroy(poll_id)
        try:
            await _settle(desk, poll_id)
        except Exception:  # one damaged poll must not keep the others unsealed; the next tidying tries again
            log.exception("not sealed", extra={"poll": poll_id})
    await scrub(desk)


async def _settle(desk: Desk, poll_id: str) -> None:
    """Keep the root of a closed poll's ballots and have it shown."""
    before = await desk.db.read(lambda tx: polls.get(tx, poll_id))
    if found := await desk.db.read(partial(root_of, poll_id=poll_id)):
        await desk.db.write(partial(_keep, poll_id=poll_id, found=found, revision=before.revision if before else 0))
        desk.boards.ring()


async def root_of(tx: Tx, poll_id: str) -> str | None:
    """The Merkle root of a closed poll's ballots; None where it has one already, or none is due."""
    poll = await polls.get(tx, poll_id)
    if poll is None or poll.state is not State.CLOSED or poll.root or not poll.salt:
        return None
    tree = Tree()
    async for ballot in each_ballot(tx, poll):
        if ballot.void is None:
            tree.add(committed(poll, ballot))
    return tree.root()


def committed(poll: Poll, ballot: Ballot) -> bytes:
    """A ballot's commitment; of one whose voter was erased, what stood for it before."""
    if ballot.commitment:
        return bytes.fromhex(ballot.commitment)
    return commitment(poll.id, ballot.marks, ballot.nonce, "" if poll.secret else ballot.voter, ballot.weight)


async def each_ballot(tx: Tx, poll: Poll) -> AsyncIterator[Ballot]:
    """Every ballot of a poll, a page at a time, voided ones too; in an order that says nothing."""
    last = ""
    while some := await boxes.of(poll).page(tx, poll.id, last, PAGE):
        for ballot in some:
            yield ballot
        last = some[-1].voter


async def _keep(tx: Tx, poll_id: str, found: str, revision: int) -> None:
    """Keep the root, unless the poll was opened again meanwhile: whoever closes it then seals it anew."""
    poll = await polls.get(tx, poll_id)
    if poll is None or poll.revision != revision or not await polls.set_root(tx, poll_id, found):
        return
    if poll and poll.rules.breakdown and not shown(poll, await boxes.of(poll).by_part(tx, poll_id)):
        await boxes.of(poll).forget_parts(tx, poll_id)
    await posts.bump(tx, f"poll:{poll_id}")
