"""Sealing a closed poll: its key is destroyed and who has voted forgotten, its ballots get a root that is posted.

Small parts of a breakdown are forgotten too.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable
from functools import partial

from bot.core.evidence.commitment import commitment
from bot.core.evidence.merkle import Tree
from bot.core.place import Scope
from bot.core.poll.breakdown import shown
from bot.core.poll.values import Ballot, Poll, State
from bot.services.desk import Desk
from bot.services.forgetting import forget_soon, scrub
from bot.services.itself import beside
from bot.services.record import logged
from bot.storage import boxes, logbook, polls, posts, secret_ballots
from bot.storage.port import Tx

log = logging.getLogger("tertulia.sealing")

PAGE = 5_000  # ballots read at a time
FORGOTTEN = 20_000  # people forgotten in one transaction: some 30 ms of it
STAYS, GOES = "key_stays", "key_removed"  # acts in the moderators' log, and their words


async def seal(desk: Desk, poll_ids: Iterable[str]) -> None:
    """Nobody can tell any more who voted how in these polls, nor in which order; nothing in them can change unseen.

    One poll's trouble keeps no other from being sealed; the next tidying tries again.
    """
    closed = list(poll_ids)
    for poll_id in closed:
        await destroy_key(desk, poll_id)
    for poll_id in closed:
        try:
            await _forget_who_voted(desk, poll_id)
            await _settle(desk, poll_id)
        except Exception:
            log.exception("not sealed", extra={"poll": poll_id})
    desk.deadlines.ring()
    await scrub(desk)


async def destroy_key(desk: Desk, poll_id: str) -> None:
    """Destroy a poll's key. Where it can't be, the operator and the moderators are told, once, and when it is gone."""
    had = poll_id in {*desk.keys.kept(), *desk.keys.stuck()}
    try:
        desk.keys.destroy(poll_id)
    except OSError as error:
        log.error("key not removed", extra={"poll": poll_id, "error": str(error)})
        await _tell(desk, poll_id, STAYS)
    else:
        if had:
            await _tell(desk, poll_id, GOES)


async def _tell(desk: Desk, poll_id: str, act: str) -> None:
    """Have the moderators' log say it, unless it said so last; that a key is gone only where it stayed before."""
    subject = f"poll:{poll_id}"

    async def due(tx: Tx) -> Poll | None:
        poll = await polls.get(tx, poll_id)
        if poll is None or poll.number is None:  # a key of nothing, or of a draft that was thrown away
            return None
        acts = [entry.act for entry in await logbook.newest(tx, Scope(poll.place), 50, subject=subject)]
        return None if act == next((said for said in acts if said in (STAYS, GOES)), GOES) else poll

    try:
        if poll := await desk.db.read(due):
            here, now = await beside(desk, poll), desk.clock()
            await desk.db.write(lambda tx: logged(tx, here, now, act, subject, number=poll.number))
    except Exception:  # what can't be told now changes nothing of what was done
        log.exception("not told", extra={"poll": poll_id, "act": act})


async def _forget_who_voted(desk: Desk, poll_id: str) -> None:
    """Nobody needs to be spared a reminder any more. Open polls are left alone."""

    async def work(tx: Tx) -> int:
        poll = await polls.get(tx, poll_id)
        if poll is None or poll.state is State.OPEN:
            return 0
        gone = await secret_ballots.forget_voted(tx, poll_id, FORGOTTEN)
        if gone:
            await forget_soon(tx, desk.clock())
        return gone

    while await desk.db.write(work):
        pass


async def _settle(desk: Desk, poll_id: str) -> None:
    """Keep the root of a closed poll's ballots and have it shown."""
    before = await desk.db.read(lambda tx: polls.get(tx, poll_id))
    if found := await desk.db.read(partial(root_of, poll_id=poll_id)):
        revision, now = before.revision if before else 0, desk.clock()
        await desk.db.write(partial(_keep, poll_id=poll_id, found=found, revision=revision, now=now))
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


async def _keep(tx: Tx, poll_id: str, found: str, revision: int, now: int) -> None:
    """Keep the root, unless the poll was opened again meanwhile: whoever closes it then seals it anew."""
    poll = await polls.get(tx, poll_id)
    if poll is None or poll.revision != revision or not await polls.set_root(tx, poll_id, found):
        return
    if poll and poll.rules.breakdown and not shown(poll, await boxes.of(poll).by_part(tx, poll_id)):
        await boxes.of(poll).forget_parts(tx, poll_id)
        await forget_soon(tx, now)
    await posts.bump(tx, f"poll:{poll_id}")
