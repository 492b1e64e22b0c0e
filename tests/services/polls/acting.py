"""What moderators and members do with polls, said shortly."""

from __future__ import annotations

from bot.core.card import Card
from bot.core.intents import ClosePoll, DraftPoll, Intent, PressOption, StartPoll
from bot.core.place import Scope
from bot.core.poll.values import Poll, State
from bot.storage import polls, posts
from tests.integrity.polls import kept, open_poll
from tests.support import SPOT, Table, actions, crowd, sam


def of_kind(card: Card, kind: type[Intent]) -> Intent:
    """The one thing of this kind that a card offers."""
    return next(action.intent for action in actions(card) if isinstance(action.intent, kind))


async def a_poll(table: Table, options: str = "Parks | Buses | Books", **given: object) -> Poll:
    """An open poll with these options; whatever else a draft may say."""
    return await open_poll(table, DraftPoll(question="What first?", options=options, **given))  # type: ignore[arg-type]


async def drafted(table: Table, draft: DraftPoll) -> Poll:
    """A draft as it is kept."""
    start = of_kind(await table.card(sam, draft), StartPoll)
    return await kept(table, start.poll)  # type: ignore[attr-defined]


async def start(table: Table, poll: Poll) -> None:
    """Start a draft as it stands."""
    await table.card(sam, StartPoll(poll.id, (await kept(table, poll.id)).revision))


async def close(table: Table, poll: Poll) -> None:
    """Close a poll, sure."""
    await table.card(sam, ClosePoll(poll.id, sure=True))


async def votes(table: Table, poll: Poll, *counts: int) -> None:
    """So many votes for each option in turn."""
    voters = iter(crowd(sum(counts)))
    for option, count in zip(poll.options, counts, strict=False):
        for _ in range(count):
            await table.card(next(voters), PressOption(poll.id, option.id))


async def of_state(table: Table, state: State) -> list[Poll]:
    """The polls of the place in this state."""
    return await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), state))


async def behind(table: Table) -> dict[str, int]:
    """By subject, how many revisions its post is behind."""
    found = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
    return {post.subject: post.revision for post in found}
