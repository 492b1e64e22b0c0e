"""Drafting: a moderator sees the board as it will look, changes it, and starts or drops it before others see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.polls import draft as cards
from bot.core.card import Card, Show
from bot.core.errors import refuse
from bot.core.intents import ChangeDraft, ChangeRules, DiscardDraft, DraftPoll, Intent
from bot.core.poll.drafting import (
    fixed_options,
    read_options,
    read_question,
    with_kind,
    with_limits,
    with_options,
    with_rule,
)
from bot.core.poll.kinds import CHOOSING, FIXED, KINDS
from bot.core.poll.values import Poll, Results, State
from bot.core.text import one_line
from bot.services import articles, deadlines
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.about import about
from bot.services.polls.sources import find_ready, from_item, from_ready, own_words
from bot.storage import events, places, polls
from bot.storage.port import Tx


async def draft(desk: Desk, here: Here, intent: DraftPoll) -> Show:
    """A draft from what was given, or the form when nothing was."""
    if not (intent.item or intent.ready or intent.question):
        return Show(cards.new_form(here.t, intent))
    poll = _with_rules(await _subject(desk, here, intent), intent, here)
    if intent.closes:
        poll = replace(poll, closes_ms=await _deadline(desk, here, intent.closes))
    await _keep_new(desk, here, poll)
    return Show(await preview(desk, here, poll))


async def change(desk: Desk, here: Here, intent: ChangeDraft) -> Show:
    """Change question, options and deadline, asked for in a form that holds what there is."""
    poll = await need_draft(desk, here, intent.poll)
    if not intent.asked:
        return Show(cards.change_form(here.t, here.public_t, poll, deadlines.written(poll.closes_ms, here.timezone)))
    changed = replace(poll, question=read_question(intent.question))
    if poll.kind not in FIXED:
        changed = with_options(changed, read_options(intent.options, poll.options))
    if (changed.question, changed.options) != (poll.question, poll.options):
        changed = replace(changed, wordings={})
    if intent.closes.strip() != deadlines.written(poll.closes_ms, here.timezone):
        changed = replace(changed, closes_ms=await _deadline(desk, here, intent.closes))
    return await _rewrite(desk, here, changed)


async def change_rules(desk: Desk, here: Here, intent: ChangeRules) -> Show:
    """Change one rule; without one, the card that offers them."""
    poll = await need_draft(desk, here, intent.poll)
    if not intent.rule:
        return Show(cards.rules(here.t, poll), replace=True)
    changed = with_rule(poll, intent.rule, intent.value)
    return await _rewrite(desk, here, changed, to_rules=True)


async def discard(desk: Desk, here: Here, intent: DiscardDraft) -> Show:
    """Throw the draft away; without one, what was only looked at: a set that nobody started."""

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.ctx.event, desk.clock()):
            await find_draft(tx, here, intent.poll)
            await polls.discard(tx, here.place.id, intent.poll)

    if intent.poll:
        await desk.db.write(work)
    return Show(cards.discarded(here.t), replace=True)


async def need_draft(desk: Desk, here: Here, poll_id: str) -> Poll:
    """The draft with this id. Refusal: poll_discarded, poll_started."""
    return await desk.db.read(lambda tx: find_draft(tx, here, poll_id))


async def find_draft(tx: Tx, here: Here, poll_id: str) -> Poll:
    """The draft with this id, in this place. Refusal: poll_discarded, poll_started."""
    poll = await polls.find(tx, here.place.id, poll_id)
    if poll is None:
        raise refuse("poll_discarded")
    if poll.state is not State.DRAFT:
        raise refuse("poll_started", number=poll.number)
    return poll


async def preview(desk: Desk, here: Here, poll: Poll, *, changed: bool = False) -> Card:
    """The board as it will look, for the moderator alone."""
    item = await about(desk, here, poll, here.place_locale)
    return cards.preview(here.t, here.public_t, poll, item, changed=changed)


async def _subject(desk: Desk, here: Here, intent: DraftPoll) -> Poll:
    """The draft's question, options and kind."""
    poll = await _from_source(desk, here, intent)
    if intent.options.strip():
        options = read_options(intent.options)
        kind = "single" if poll.kind in FIXED else poll.kind
        poll = replace(poll, options=options, wordings={}, kind=kind)
    kind = intent.kind or _kind_meant(poll, intent)
    if kind not in KINDS:
        raise refuse("unknown_kind", kind=kind)
    poll = with_kind(poll, kind) if kind != poll.kind else poll
    if kind not in FIXED and not poll.options:
        raise refuse("few_options", count=0)
    return with_limits(poll, intent.minimum or poll.rules.minimum, intent.maximum or _most(poll, intent))


async def _from_source(desk: Desk, here: Here, intent: DraftPoll) -> Poll:
    if intent.ready:
        ready = find_ready(desk, intent.ready, here.place_locale)
        poll = from_ready(ready, await desk.shelf.pack(desk.db, here, ready.article), here.place_locale)
        return replace(poll, question=read_question(intent.question), wordings={}) if intent.question else poll
    if intent.item:
        pack = await articles.current(desk, here)
        item = articles.find_item(pack, intent.item, here.locale)
        return from_item(item.id, pack, here.place_locale, intent.question)
    kind = intent.kind if intent.kind in FIXED and not intent.options.strip() else "single"
    return own_words(read_question(intent.question), kind, fixed_options(kind))


def _kind_meant(poll: Poll, intent: DraftPoll) -> str:
    """Who allows several marks means several, also without naming the kind."""
    several = max(intent.minimum, intent.maximum) > 1
    return "multiple" if several and poll.kind == "single" else poll.kind


def _most(poll: Poll, intent: DraftPoll) -> int:
    return 0 if intent.options.strip() or poll.kind not in CHOOSING else poll.rules.maximum


def _with_rules(poll: Poll, intent: DraftPoll, here: Here) -> Poll:
    results = intent.results or here.place.settings.results
    for rule, value in (("ballots", intent.ballots or "anonymous"), ("results", results)):
        poll = with_rule(poll, rule, value)
    role, _, role_name = intent.role.partition("|")
    rules = replace(
        poll.rules,
        results=Results(results),
        reasons=intent.reasons,
        roles=(role,) if role else (),
        role_names=(one_line(role_name) or role,) if role else (),
        joined_before=intent.joined_before,
        account_days=max(0, min(intent.account_days, 3650)),
    )
    return replace(poll, rules=rules)


async def _deadline(desk: Desk, here: Here, typed: str) -> int | None:
    return await deadlines.read(typed, desk.clock(), here.timezone, here.locale) if typed.strip() else None


async def _keep_new(desk: Desk, here: Here, poll: Poll) -> None:
    now = desk.clock()
    kept = replace(
        poll,
        place=here.place.id,
        channel=here.spot.channel,
        created_by=here.actor.id,
        created_ms=now,
        state=State.DRAFT,
    )

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.ctx.event, now):
            await places.ensure(tx, here.spot, now)
            await polls.add(tx, kept)

    await desk.db.write(work)


async def _rewrite(desk: Desk, here: Here, poll: Poll, *, to_rules: bool = False) -> Show:
    """Keep the changed draft, unless somebody changed it meanwhile: then show what stands."""

    async def work(tx: Tx) -> tuple[Poll, bool]:
        stands = await find_draft(tx, here, poll.id)
        fresh = await events.first_time(tx, here.ctx.event, desk.clock())
        if not fresh or stands == poll or stands.revision != poll.revision:
            return stands, stands.revision != poll.revision and fresh
        changed = replace(poll, revision=poll.revision + 1)
        await polls.rewrite(tx, changed)
        return changed, False

    kept, late = await desk.db.write(work)
    if to_rules and not late:
        return Show(cards.rules(here.t, kept), replace=True)
    return Show(await preview(desk, here, kept, changed=late), replace=True)


HANDLERS: Mapping[type[Intent], Handler] = {
    DraftPoll: draft,
    ChangeDraft: change,
    ChangeRules: change_rules,
    DiscardDraft: discard,
}
