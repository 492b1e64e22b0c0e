"""Opening: a draft becomes a poll with a number, an electorate and a board; a whole set opens in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.cards.polls import draft as cards
from bot.core.article import ItemKind, Pack
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import DraftPollSet, Intent, StartPoll
from bot.core.poll.drafting import with_quorum
from bot.core.poll.ruling import with_rule
from bot.core.poll.values import Poll, State
from bot.services import articles, deadlines
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls import reminding, threads
from bot.services.polls.drafting import need_draft, preview
from bot.services.polls.sealing import destroy_key
from bot.services.polls.sources import from_item, from_ready, matters_most
from bot.services.polls.talking import check_talk, set_timer
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
        closes = await deadlines.read(intent.closes, desk.clock(), here.timezone, here.locale)
    results = here.place.settings.results
    drafts = [with_rule(replace(poll, closes_ms=closes), "results", results) for poll in _set(desk, pack, here)]
    if not intent.sure:
        sure = DraftPollSet(pack.id, sure=True, closes_ms=closes or 0, once=new_id(6))
        return Show(cards.set_preview(here.t, here.public_t, drafts, sure))
    opened = await open_all(desk, here, drafts, drafted=False, once=intent.once)
    return Show(cards.started(here.t, opened), replace=True)


async def open_all(desk: Desk, here: Here, drafts: Sequence[Poll], *, drafted: bool, once: str = "") -> list[Poll]:
    """Open drafts in one transaction and ask for their boards; none when that was done. Refusal: deadline_past.

    Keys of anonymous polls are made before, so that no ballot can come before its key. `once` names what may not be
    opened twice, beside the event.
    """
    now = desk.clock()
    _check_deadlines(drafts, now)
    secret = [poll.id for poll in drafts if not poll.named]
    for poll_id in secret:
        desk.keys.create(poll_id)

    async def work(tx: Tx) -> list[Poll]:
        if not await _first_time(tx, desk, here, once, now):
            return []
        await places.ensure(tx, here.spot, now)
        return [await _open(tx, here, poll, now, drafted=drafted) for poll in drafts]

    opened = await desk.db.write(work)
    for poll_id in secret if not (opened or drafted) else ():
        await destroy_key(desk, poll_id)
    desk.boards.ring()
    desk.deadlines.ring()
    return opened


def _check_deadlines(drafts: Sequence[Poll], now: int) -> None:
    for poll in drafts:
        if poll.closes_ms is not None and poll.closes_ms <= now:
            raise refuse("deadline_past", closes_ms=poll.closes_ms)
        check_talk(poll, now)


async def _first_time(tx: Tx, desk: Desk, here: Here, once: str, now: int) -> bool:
    """Whether neither this event nor another press on the same preview has opened them."""
    fresh = await events.first_time(tx, here.event, now)
    return fresh and (not once or await events.first_time(tx, desk.keys.event(f"set:{here.place.id}:{once}"), now))


async def _open(tx: Tx, here: Here, draft: Poll, now: int, *, drafted: bool) -> Poll:
    poll = replace(
        draft,
        place=here.place.id,
        number=await places.next_number(tx, here.place.id),
        channel=here.spot.channel,
        # Whoever a role or their account's age keeps out can't be counted from here: then there is no electorate.
        electorate=here.spot.members if draft.rules.countable else None,
        created_by=draft.created_by or here.actor.id,
        created_ms=draft.created_ms or now,
        opened_ms=now,
        salt=new_id(16),
    )
    poll = replace(poll, rules=with_quorum(poll.rules, poll.electorate))
    if not drafted:
        await polls.add(tx, replace(poll, number=None, state=State.DRAFT))
    if not await polls.open_(tx, poll):
        raise refuse("poll_started", number="")
    await posts.add(tx, new_id(), here.place.id, here.spot.channel, f"poll:{poll.id}", now)
    await set_timer(tx, poll)
    await reminding.plan(tx, poll)
    await threads.wake(tx, poll.id, now)
    # Without the question: the log only grows, and an erased poll must leave none of its words.
    await logged(tx, here, now, "poll_started", f"poll:{poll.id}", number=poll.number)
    return replace(poll, state=State.OPEN, revision=poll.revision + 1)


def _set(desk: Desk, pack: Pack, here: Here) -> list[Poll]:
    """The drafts of a set. Refusal: no_actions."""
    locale = here.place_locale
    actions = [item.id for item in pack.article(locale).of_kind(ItemKind.ACTION)]
    if not actions:
        raise refuse("no_actions")
    ready = {r.item: r for r in desk.ready if r.article == pack.id and r.kind == "support" and r.item}
    each = [from_ready(ready[a], pack, locale) if a in ready else from_item(a, pack, locale) for a in actions]
    return [*each, matters_most(pack, locale)] if len(actions) > 1 else each


HANDLERS: Mapping[type[Intent], Handler] = {StartPoll: start, DraftPollSet: poll_set}
