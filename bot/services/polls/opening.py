"""Opening: a draft becomes a poll with a number, an electorate and a board; a whole set opens in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.cards.polls import draft as cards
from bot.core.article import ItemKind, Pack
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import DraftPollSet, Intent, StartPoll
from bot.core.poll.values import Poll, State
from bot.services import articles, deadlines
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls.drafting import need_draft, preview
from bot.services.polls.sources import from_item, from_ready, matters_most
from bot.services.record import logged
from bot.storage import events, places, polls, posts
from bot.storage.port import Tx


async def start(desk: Desk, here: Here, intent: StartPoll) -> Show:
    """Open the draft that the moderator was looking at."""
    poll = await need_draft(desk, here, intent.poll)
    if intent.revision != poll.revision:
        return Show(await preview(desk, here, poll, changed=True), replace=True)
    opened = await open_all(desk, here, [poll], drafted=True)
    return Show(cards.started(here.t, opened), replace=True)


async def poll_set(desk: Desk, here: Here, intent: DraftPollSet) -> Show:
    """A poll for each call to action and one asking which matters most: shown first, opened when sure."""
    pack = await articles.current(desk, here, intent.article)
    closes = intent.closes_ms or None
    if intent.closes.strip():
        closes = deadlines.read(intent.closes, desk.clock(), here.timezone, here.locale)
    drafts = [replace(poll, closes_ms=closes) for poll in _set(desk, pack, here.place_locale)]
    if not intent.sure:
        return Show(cards.set_preview(here.t, here.public_t, drafts, pack.id, closes))
    if closes is not None and closes <= desk.clock():
        raise refuse("deadline_past", closes_ms=closes)
    opened = await open_all(desk, here, drafts, drafted=False)
    return Show(cards.started(here.t, opened), replace=True)


async def open_all(desk: Desk, here: Here, drafts: Sequence[Poll], *, drafted: bool) -> list[Poll]:
    """Open drafts in one transaction and ask for their boards. Refusal: deadline_past, poll_started.

    Keys of anonymous polls are made before, so that no ballot can come before its key.
    """
    now = desk.clock()
    for poll in drafts:
        if poll.closes_ms is not None and poll.closes_ms <= now:
            raise refuse("deadline_past", closes_ms=poll.closes_ms)
        if not poll.named:
            desk.keys.create(poll.id)

    async def work(tx: Tx) -> list[Poll]:
        if not await events.first_time(tx, here.ctx.event, now):
            return []
        await places.ensure(tx, here.spot, now)
        return [await _open(tx, here, poll, now, drafted=drafted) for poll in drafts]

    opened = await desk.db.write(work)
    desk.boards.ring()
    desk.deadlines.ring()
    return opened


async def _open(tx: Tx, here: Here, draft: Poll, now: int, *, drafted: bool) -> Poll:
    poll = replace(
        draft,
        place=here.place.id,
        number=await places.next_number(tx, here.place.id),
        channel=here.spot.channel,
        # Whoever a role or a rule keeps out can't be counted from here: the turnout then has no electorate.
        electorate=None if draft.rules.restricted else here.spot.members,
        created_by=draft.created_by or here.actor.id,
        created_ms=draft.created_ms or now,
        opened_ms=now,
    )
    if not drafted:
        await polls.add(tx, replace(poll, number=None, state=State.DRAFT))
    if not await polls.open_(tx, poll):
        raise refuse("poll_started", number="")
    await posts.add(tx, new_id(), here.place.id, here.spot.channel, f"poll:{poll.id}", now)
    await logged(tx, here, now, "poll_started", f"poll:{poll.id}", number=poll.number, question=poll.question)
    return replace(poll, state=State.OPEN, revision=poll.revision + 1)


def _set(desk: Desk, pack: Pack, locale: str) -> list[Poll]:
    """The drafts of a set. Refusal: no_actions."""
    actions = [item.id for item in pack.article(locale).of_kind(ItemKind.ACTION)]
    if not actions:
        raise refuse("no_actions")
    ready = {r.item: r for r in desk.ready if r.article == pack.id and r.kind == "support" and r.item}
    each = [from_ready(ready[a], pack, locale) if a in ready else from_item(a, pack, locale) for a in actions]
    return [*each, matters_most(pack, locale)] if len(actions) > 1 else each


HANDLERS: Mapping[type[Intent], Handler] = {StartPoll: start, DraftPollSet: poll_set}
