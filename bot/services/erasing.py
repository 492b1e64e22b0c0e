"""Erasing a person: what is theirs goes, in one transaction; what can't be told to be theirs is said to stay."""

from __future__ import annotations

from bot.core.place import Scope
from bot.core.poll.values import Ballot, Poll, State
from bot.services.desk import Desk
from bot.services.forgetting import forget_soon
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls.sealing import committed
from bot.storage import ballots, boxes, places, polls, posts, proposals, reports, secret_ballots, stances
from bot.storage.port import Tx


async def erase(desk: Desk, tx: Tx, here: Here) -> dict[str, int]:
    """Erase all that is kept about the person in this place; how much went, by kind."""
    place, actor = here.place.id, here.actor.id
    gone = {
        "stances": await stances.forget(tx, place, actor),
        "ballots": await erase_ballots(desk, tx, here),
        "proposals": await proposals.forget(tx, place, actor),
        "reports": await reports.unlink(tx, place, actor),
        "reader": await places.forget_reader(tx, place, actor),
    }
    if any(gone.values()):
        await forget_soon(tx, desk.clock())
    return gone


async def erase_ballots(desk: Desk, tx: Tx, here: Here) -> int:
    """Take the person's ballots out of open polls, and their name off those in closed ones; how many they were.

    A closed poll's count stands: its ballot stays, under nobody's name and without its reason. Closed anonymous polls
    have no key any more, so nobody can tell which ballot was whose.
    """
    gone = 0
    for poll in await polls.of_place(tx, Scope(here.place.id), State.OPEN):
        me = here.actor.id if poll.named else desk.keys.ballot_id(poll.id, here.actor.id)
        if me and await _voided(tx, poll, me):
            continue
        if me and await boxes.of(poll).remove(tx, poll.id, me):
            await posts.bump(tx, f"poll:{poll.id}")
            gone += 1
        if poll.secret and (tag := desk.keys.tag(poll.id, here.actor.id)):
            await secret_ballots.unmark_voted(tx, poll.id, tag)
    for poll_id, ballot in await ballots.named_by(tx, here.place.id, here.actor.id):
        kept = await polls.get(tx, poll_id)
        if kept is None or kept.state is State.OPEN:  # what is left there is voided
            continue
        await ballots.remove(tx, poll_id, ballot.voter)
        await ballots.put(tx, poll_id, _nobodys(kept, ballot))
        gone += 1
    return gone


async def _voided(tx: Tx, poll: Poll, me: str) -> bool:
    """Whether moderators voided the ballot: it stays until the close, or erasing would be a way to vote again."""
    ballot = await boxes.of(poll).get(tx, poll.id, me)
    return ballot is not None and ballot.void is not None


def _nobodys(poll: Poll, ballot: Ballot) -> Ballot:
    """The ballot under nobody's name, without its reason; what stands for it under a root, now or soon, still does."""
    stands = committed(poll, ballot).hex() if poll.salt else None
    return Ballot(f"erased:{new_id()}", ballot.marks, weight=ballot.weight, void=ballot.void, commitment=stands)
