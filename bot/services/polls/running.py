"""Running a poll: close, extend, erase, post again. Each is a conditional update; a stale press sees what stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.cards.polls import panel as cards
from bot.core.card import Card, Show
from bot.core.errors import refuse
from bot.core.intents import ClosePoll, ErasePoll, ExtendPoll, Intent, RepostBoard, ShowPanel
from bot.core.logbook import Entry
from bot.core.poll.values import Poll, State
from bot.services import deadlines
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls.drafting import preview
from bot.services.polls.finding import need, need_shown
from bot.services.polls.sealing import seal
from bot.services.record import logged
from bot.storage import boxes, events, logbook, polls, posts
from bot.storage.port import Tx

Change = Callable[[Tx, Poll], Awaitable[None]]
CHANGES = ("poll_closed", "poll_extended")  # the acts that put an open panel out of date


async def panel(desk: Desk, here: Here, intent: ShowPanel) -> Show:
    """The panel of one poll (a draft's is its preview), or the choice of a poll."""
    if not intent.poll:
        return Show(await desk.db.read(lambda tx: _choice(tx, here)))
    poll = await desk.db.read(lambda tx: need(tx, here, intent.poll))
    if poll.state is State.DRAFT:
        return Show(await preview(desk, here, poll), replace=True)
    return Show(await _panel(desk, here, poll), replace=True)


async def close(desk: Desk, here: Here, intent: ClosePoll) -> Show:
    """Close a poll now, once the moderator is sure. Votes that come after are refused."""

    async def work(tx: Tx, poll: Poll) -> None:
        now = desk.clock()
        if not poll.is_open(now) or not await close_one(tx, poll.id, now, here.actor.id):
            raise refuse("already_closed", closed_ms=poll.closed_ms or poll.closes_ms or now)
        await logged(tx, here, now, "poll_closed", f"poll:{poll.id}", number=poll.number)

    if not intent.sure:
        return await _ask(desk, here, intent.poll, cards.sure_to_close)
    return await _change(desk, here, intent.poll, intent.revision, work)


async def extend(desk: Desk, here: Here, intent: ExtendPoll) -> Show:
    """Move the deadline, asked for in a form that holds the present one; what was typed is said back first."""
    if intent.until.strip():
        return await _said_back(desk, here, intent)
    if not intent.until_ms:
        return await _ask(desk, here, intent.poll, cards.extend_form)
    until = intent.until_ms

    async def work(tx: Tx, poll: Poll) -> None:
        deadlines.check(until, desk.clock())
        if not await polls.extend(tx, poll.id, until, desk.clock()):
            raise refuse("already_closed", closed_ms=poll.closed_ms or poll.closes_ms or desk.clock())
        await posts.bump(tx, f"poll:{poll.id}")
        await logged(tx, here, desk.clock(), "poll_extended", f"poll:{poll.id}", number=poll.number, closes_ms=until)

    return await _change(desk, here, intent.poll, intent.revision, work)


async def erase(desk: Desk, here: Here, intent: ErasePoll) -> Show:
    """Erase a poll with its ballots; its board says so, its number is not used again."""
    if not intent.sure:
        return await _ask(desk, here, intent.poll, cards.sure_to_erase)

    async def work(tx: Tx, poll: Poll) -> None:
        if not await polls.erase(tx, poll.id):
            raise refuse("erased_poll", number=poll.number)
        await posts.bump(tx, f"poll:{poll.id}")
        await logged(tx, here, desk.clock(), "poll_erased", f"poll:{poll.id}", number=poll.number)

    poll = await _write(desk, here, intent.poll, intent.revision, work)
    if isinstance(poll, Card):
        return Show(poll, replace=True)
    return Show(cards.erased(here.t, poll), replace=True)


async def repost(desk: Desk, here: Here, intent: RepostBoard) -> Show:
    """Post the board again in this channel; the old one stays as it was last shown."""

    async def work(tx: Tx, poll: Poll) -> None:
        subject, now = f"poll:{poll.id}", desk.clock()
        await posts.retire(tx, subject)
        await posts.add(tx, new_id(), here.place.id, here.spot.channel, subject, now)
        await logged(tx, here, now, "board_reposted", subject, number=poll.number)

    return await _change(desk, here, intent.poll, 0, work)


async def close_one(tx: Tx, poll_id: str, at_ms: int, by: str | None) -> bool:
    """Close a poll in this transaction; whether it was open until now."""
    if not await polls.close(tx, poll_id, at_ms, by):
        return False
    await posts.bump(tx, f"poll:{poll_id}")
    return True


async def _choice(tx: Tx, here: Here) -> Card:
    each = [await polls.of_place(tx, here.place.id, state, limit=most) for state, most in cards.MOST.items()]
    found = [poll.in_language(here.locale) for these in each for poll in these]
    return cards.choose(here.t, found, article=here.place.article is not None)


async def _said_back(desk: Desk, here: Here, intent: ExtendPoll) -> Show:
    """The typed deadline as a moment, to be confirmed. A form from a panel that is out of date gets the fresh panel."""
    until = await deadlines.read(intent.until, desk.clock(), here.timezone, here.locale)
    poll = await desk.db.read(lambda tx: need_shown(tx, here, intent.poll))
    if intent.revision not in (0, poll.revision):
        return Show(await _panel(desk, here, poll, stale=True), replace=True)
    return await _ask(desk, here, poll.id, partial(cards.sure_to_extend, until_ms=until))


async def _ask(desk: Desk, here: Here, reference: str, card: Callable[..., Card]) -> Show:
    poll = await desk.db.read(lambda tx: need_shown(tx, here, reference))
    if card is not cards.sure_to_erase and not poll.is_open(desk.clock()):
        raise refuse("already_closed", closed_ms=poll.closed_ms or poll.closes_ms)
    return Show(card(here.t, poll, deadlines.written(poll.closes_ms, here.timezone)), replace=True)


async def _change(desk: Desk, here: Here, reference: str, revision: int, work: Change) -> Show:
    """Do it, then show the panel as it stands."""
    done = await _write(desk, here, reference, revision, work)
    return Show(done if isinstance(done, Card) else await _panel(desk, here, done), replace=True)


async def _write(desk: Desk, here: Here, reference: str, revision: int, work: Change) -> Poll | Card:
    """Run a moderator's change in one transaction. A press on a panel that is out of date gets the fresh panel."""

    async def whole(tx: Tx) -> tuple[Poll, bool]:
        fresh = await events.first_time(tx, here.ctx.event, desk.clock())
        poll = await need_shown(tx, here, reference)
        stale = bool(revision) and revision != poll.revision
        if fresh and not stale:
            await work(tx, poll)
        return poll, stale

    poll, stale = await desk.db.write(whole)
    if stale:
        return await _panel(desk, here, poll, stale=True)
    after = await desk.db.read(lambda tx: polls.get(tx, poll.id)) or poll
    desk.boards.ring()
    desk.deadlines.ring()
    if after.state is not State.OPEN:
        await seal(desk, [poll.id])
    return after


async def _panel(desk: Desk, here: Here, poll: Poll, *, stale: bool = False) -> Card:
    async def look(tx: Tx) -> Card:
        subject = f"poll:{poll.id}"
        faster = await _faster(tx, here, poll) if stale else None
        shown = await posts.of_subject(tx, subject)
        cast = await boxes.of(poll).count(tx, poll.id)
        now = poll.in_language(here.locale)
        return cards.panel(here.t, now, cast, faster, shown[0][3] if shown else None, stale=stale)

    return await desk.db.read(look)


async def _faster(tx: Tx, here: Here, poll: Poll) -> Entry | None:
    """The act that put a panel out of date; None where no moderator did: the poll reached its deadline."""
    if poll.state is State.CLOSED and poll.closed_by is None:
        return None
    acts = await logbook.newest(tx, here.place.id, 10, subject=f"poll:{poll.id}")
    return next((act for act in acts if act.act in CHANGES), None)


HANDLERS: Mapping[type[Intent], Handler] = {
    ShowPanel: panel,
    ClosePoll: close,
    ExtendPoll: extend,
    ErasePoll: erase,
    RepostBoard: repost,
}
