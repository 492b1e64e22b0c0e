"""The poll that somebody means, or a sentence that says why there is none."""

from __future__ import annotations

from bot.core.errors import refuse
from bot.core.poll.values import Poll, State
from bot.services.here import Here
from bot.storage import polls
from bot.storage.port import Tx


async def find(tx: Tx, here: Here, reference: str) -> Poll | None:
    """The poll with this number or id, in this place and of a channel that the actor can view; else there is none.

    This is the only way from what a person names to a poll. Raises NotAsked.
    """
    poll = await polls.find(tx, here.place.id, reference)
    return poll if poll is not None and here.sees(poll) else None


async def need(tx: Tx, here: Here, reference: str) -> Poll:
    """The poll with this number or id, in this place. Refusal: unknown_poll, erased_poll. Drafts: moderators only.

    Of a channel that the actor can't view there is none, in the same words.
    """
    poll = await find(tx, here, reference)
    if poll is None or (poll.state is State.DRAFT and not here.moderator):
        raise refuse("unknown_poll", typed=reference)
    if poll.state is State.ERASED:
        raise refuse("erased_poll", number=poll.number)
    return poll


async def need_shown(tx: Tx, here: Here, reference: str) -> Poll:
    """A poll that members can see, in the reader's words: opened, whether or not it has closed. Also: poll_draft."""
    poll = await need(tx, here, reference)
    if poll.state is State.DRAFT:
        raise refuse("poll_draft")
    return poll.in_language(here.locale)


def check_open(poll: Poll, now_ms: int) -> None:
    """Refusal unless ballots count now: poll_draft, poll_closed, talk_first."""
    if poll.state is State.DRAFT:
        raise refuse("poll_draft")
    if not poll.is_open(now_ms):
        raise refuse("poll_closed", closed_ms=poll.closed_ms or poll.closes_ms or now_ms)
    if poll.votes_from_ms and now_ms < poll.votes_from_ms:
        raise refuse("talk_first", from_ms=poll.votes_from_ms)
