"""The poll that somebody means by its number, id, question or label, or a sentence that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.errors import refuse
from bot.core.place import Scope
from bot.core.poll.values import Poll, State
from bot.core.signs import plain_signs
from bot.core.suggest import COMPARED
from bot.core.text import folded
from bot.services.here import Here
from bot.storage import polls
from bot.storage.port import Tx

MOST_NAMED = 8  # polls named in a refusal: a line of a phone
_LABEL = re.compile(r"#?(?P<number>\d{1,9})\s*[·.:)-]\s*(?P<question>\S.*)", re.DOTALL)  # "3 · Open on Sundays?"


async def need(tx: Tx, here: Here, reference: str) -> Poll:
    """The poll that is meant, in this place. Refusal: unknown_poll, several_polls, erased_poll.

    Drafts: moderators only. Of a channel that the actor can't view there is none, in the same words.
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


async def find(tx: Tx, here: Here, reference: str) -> Poll | None:
    """The poll with this number or id; else the one with this question, or the only one whose question so begins.

    What a suggestion showed, "3 · Open on Sundays?", is understood like the number alone. Of several polls with a
    question those that are open go first. Of a channel that the actor can't view there is none. This is the only way
    from what a person names to a poll. Refusal: several_polls. Raises NotAsked.
    """
    number = plain_signs(reference)
    poll = await polls.find(tx, here.place.id, reference) or await polls.find(tx, here.place.id, number)
    if poll is not None:
        return poll if here.sees(poll) else None
    if not reference.strip():
        return None
    states = (State.OPEN, State.CLOSED, *((State.DRAFT,) if here.moderator else ()))
    asked = await polls.questions(tx, Scope(here.place.id), *states)
    found = _labelled(here, asked, reference) or _meant(here, asked, reference)
    return await polls.get(tx, found) if found else None


def check_open(poll: Poll, now_ms: int) -> None:
    """Refusal unless ballots count now: poll_draft, poll_closed, talk_first."""
    if poll.state is State.DRAFT:
        raise refuse("poll_draft")
    if not poll.is_open(now_ms):
        raise refuse("poll_closed", closed_ms=poll.closed_ms or poll.closes_ms or now_ms)
    if poll.votes_from_ms and now_ms < poll.votes_from_ms:
        raise refuse("talk_first", from_ms=poll.votes_from_ms)


def _labelled(here: Here, asked: Iterable[polls.Asked], typed: str) -> str | None:
    """The id of the poll with a label's number, if its question is that of the label too."""
    label = _LABEL.fullmatch(typed.strip())
    if label is None:
        return None
    return _meant(here, [one for one in asked if one.number == int(label["number"])], label["question"])


def _meant(here: Here, asked: Iterable[polls.Asked], typed: str) -> str | None:
    """The id of the one poll whose question is meant, in any of its languages: the same, nearly so, or its beginning.

    Refusal: several_polls.
    """
    wanted = typed.strip().removesuffix("…")
    for key_of, begins in (*((each, False) for each in COMPARED), (folded, True)):
        key = key_of(wanted)
        same = [one for one in asked if key and any(_is(key_of(q), key, begins) for q in one.questions)]
        same = [one for one in same if one.whole_server or here.can_view(one.channel)]
        same = [one for one in same if one.state is State.OPEN] or same
        if len(same) == 1:
            return same[0].id
        if same:
            numbers = [str(one.number) for one in same if one.number is not None]
            more = max(0, len(numbers) - MOST_NAMED)
            raise refuse("several_polls", typed=typed, polls=numbers[:MOST_NAMED], more=more)
    return None


def _is(question: str, key: str, begins: bool) -> bool:
    return question.startswith(key) if begins else question == key
