"""Opening a closed poll again, with a new deadline or none. A secret one stays closed: its key is destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.polls import reopening as cards
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import Intent, ReopenPoll
from bot.core.poll.values import Edit, Poll, State
from bot.services import deadlines
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls import reminding, steering, threads
from bot.services.polls.finding import need_shown
from bot.services.record import logged
from bot.storage import polls, posts
from bot.storage.port import Tx


async def reopen(desk: Desk, here: Here, intent: ReopenPoll) -> Show:
    """The form; then the deadline as it was understood; then the poll is open again, noted in public.

    Refusal: poll_open, reopen_secret, and those of a deadline.
    """
    poll = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    if intent.revision in (0, poll.revision):
        check(poll, desk.clock())
    elif not intent.sure:
        return Show(await steering.panel(desk, here, poll, stale=True), replace=True)
    if intent.sure:
        return await _do(desk, here, intent)
    if not (intent.asked or intent.until.strip()):
        return Show(cards.reopen_form(here.t, poll))
    until = None
    if intent.until.strip():
        until = await deadlines.read(intent.until, desk.clock(), here.timezone, here.locale)
    return Show(cards.sure_to_reopen(here.t, poll, until), replace=True)


def check(poll: Poll, now_ms: int) -> None:
    """Refusal unless this poll can be opened again: poll_open, reopen_secret."""
    if poll.is_open(now_ms):
        raise refuse("poll_open", number=poll.number)
    if poll.secret:
        raise refuse("reopen_secret")


async def _do(desk: Desk, here: Here, intent: ReopenPoll) -> Show:
    until = intent.until_ms or None

    async def work(tx: Tx, poll: Poll) -> None:
        now = desk.clock()
        check(poll, now)
        if until:
            deadlines.check(until, now)
        if poll.state is State.OPEN:  # its deadline has passed, and the closing loop comes by in a moment
            await polls.close(tx, poll.id, poll.closes_ms or now, None)
        if not await polls.reopen(tx, poll.id, until, new_id(16)):
            raise refuse("poll_open", number=poll.number)
        await polls.note(tx, replace(poll, edits=(*poll.edits, Edit(now, "", "", ""))))
        await posts.bump(tx, f"poll:{poll.id}")
        await reminding.plan(tx, replace(poll, closes_ms=until))
        await threads.wake(tx, poll.id, now)
        await logged(tx, here, now, "poll_reopened", f"poll:{poll.id}", number=poll.number)

    return await steering.change(desk, here, intent.poll, intent.revision, work)


HANDLERS: Mapping[type[Intent], Handler] = {ReopenPoll: reopen}
