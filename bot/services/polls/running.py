"""Running a poll: close, extend, erase, post again. Each is a conditional update; a stale press sees what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.cards.polls import panel as cards
from bot.core.card import Card, Show
from bot.core.errors import refuse
from bot.core.intents import ClosePoll, ErasePoll, ExtendPoll, Intent, PublishPoll, RepostBoard, ShowPanel
from bot.core.poll.values import Poll, State
from bot.services import deadlines
from bot.services.desk import Desk, Handler
from bot.services.forgetting import forget_soon
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls import reminding, steering, threads
from bot.services.polls.drafting import preview
from bot.services.polls.ending import close_one
from bot.services.polls.finding import need, need_shown
from bot.services.polls.showing import listed
from bot.services.record import logged
from bot.storage import polls, posts
from bot.storage.port import Tx


async def panel(desk: Desk, here: Here, intent: ShowPanel) -> Show:
    """The panel of one poll (a draft's is its preview), or the choice of a poll."""
    if not intent.poll:
        scope = await here.scope(desk.db)
        shown = await desk.db.read(lambda tx: listed(tx, here, scope, intent.part, cards.MOST))
        card = cards.choose(here.t, shown, article=here.place.article is not None)
        return Show(card, replace=bool(intent.part))
    poll = await desk.db.read(lambda tx: need(tx, here, intent.poll))
    if poll.state is State.DRAFT:
        return Show(await preview(desk, here, poll), replace=True)
    return Show(await steering.panel(desk, here, poll), replace=True)


async def close(desk: Desk, here: Here, intent: ClosePoll) -> Show:
    """Close a poll now, once the moderator is sure. Votes that come after are refused."""

    async def work(tx: Tx, poll: Poll) -> None:
        now = desk.clock()
        if not poll.is_open(now) or not await close_one(tx, poll.id, now, here.actor.id):
            raise refuse("already_closed", closed_ms=poll.closed_ms or poll.closes_ms or now)
        await logged(tx, here, now, "poll_closed", f"poll:{poll.id}", number=poll.number)

    if not intent.sure:
        return await steering.ask(desk, here, intent.poll, cards.sure_to_close)
    return await steering.change(desk, here, intent.poll, intent.revision, work)


async def extend(desk: Desk, here: Here, intent: ExtendPoll) -> Show:
    """Move the deadline, asked for in a form that holds the present one; what was typed is said back first."""
    if intent.until.strip():
        return await _said_back(desk, here, intent)
    if not intent.until_ms:
        return await steering.ask(desk, here, intent.poll, cards.extend_form)
    until = intent.until_ms

    async def work(tx: Tx, poll: Poll) -> None:
        deadlines.check(until, desk.clock())
        if not await polls.extend(tx, poll.id, until, desk.clock()):
            raise refuse("already_closed", closed_ms=poll.closed_ms or poll.closes_ms or desk.clock())
        await posts.bump(tx, f"poll:{poll.id}")
        await reminding.plan(tx, replace(poll, closes_ms=until))
        await logged(tx, here, desk.clock(), "poll_extended", f"poll:{poll.id}", number=poll.number, closes_ms=until)

    return await steering.change(desk, here, intent.poll, intent.revision, work)


async def erase(desk: Desk, here: Here, intent: ErasePoll) -> Show:
    """Erase a poll with its ballots; its board says so, its number is not used again."""
    if not intent.sure:
        return await steering.ask(desk, here, intent.poll, cards.sure_to_erase, also_closed=True)

    async def work(tx: Tx, poll: Poll) -> None:
        if not await polls.erase(tx, poll.id):
            raise refuse("erased_poll", number=poll.number)
        await posts.bump(tx, f"poll:{poll.id}")
        await threads.wake(tx, poll.id, desk.clock())
        await forget_soon(tx, desk.clock())
        await logged(tx, here, desk.clock(), "poll_erased", f"poll:{poll.id}", number=poll.number)

    poll = await steering.write(desk, here, intent.poll, intent.revision, work)
    if isinstance(poll, Card):
        return Show(poll, replace=True)
    return Show(cards.erased(here.t, poll, key_stays=steering.key_stays(desk, poll)), replace=True)


async def repost(desk: Desk, here: Here, intent: RepostBoard) -> Show:
    """Post the board again in this channel, and let the poll belong to it; the old one stays as it was last shown."""
    found = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    if found.channel != here.spot.channel and not intent.sure:
        return await steering.ask(desk, here, intent.poll, cards.sure_to_move, also_closed=True)

    async def work(tx: Tx, poll: Poll) -> None:
        subject, now = f"poll:{poll.id}", desk.clock()
        await posts.retire(tx, subject)
        await posts.add(tx, new_id(), here.place.id, here.spot.channel, subject, now)
        await polls.move(tx, poll.id, here.spot.channel)
        act = "board_reposted" if poll.channel == here.spot.channel else "poll_moved"
        await logged(tx, here, now, act, subject, number=poll.number)

    return await steering.change(desk, here, intent.poll, 0, work)


async def publish(desk: Desk, here: Here, intent: PublishPoll) -> Show:
    """Let the whole server see a poll, once the moderator is sure. Its board says so. Refusal: already_public."""
    if not intent.sure:
        return await steering.ask(desk, here, intent.poll, cards.sure_to_publish, also_closed=True)

    async def work(tx: Tx, poll: Poll) -> None:
        if not await polls.publish(tx, poll.id, poll.revision):
            raise refuse("already_public", number=poll.number)
        await posts.bump(tx, f"poll:{poll.id}")
        await logged(tx, here, desk.clock(), "poll_published", f"poll:{poll.id}", number=poll.number)

    return await steering.change(desk, here, intent.poll, intent.revision, work)


async def _said_back(desk: Desk, here: Here, intent: ExtendPoll) -> Show:
    """The typed deadline as a moment, to be confirmed. A form from a panel that is out of date gets the fresh panel."""
    until = await deadlines.read(intent.until, desk.clock(), here.timezone, here.locale)
    poll = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    if intent.revision not in (0, poll.revision):
        return Show(await steering.panel(desk, here, poll, stale=True), replace=True)
    return await steering.ask(desk, here, poll.id, partial(cards.sure_to_extend, until_ms=until))


HANDLERS: Mapping[type[Intent], Handler] = {
    ShowPanel: panel,
    ClosePoll: close,
    ExtendPoll: extend,
    ErasePoll: erase,
    RepostBoard: repost,
    PublishPoll: publish,
}
