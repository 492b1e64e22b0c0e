"""Drafting: a moderator sees the board as it will look, changes it, and starts or drops it before others see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.polls import draft as cards
from bot.cards.polls import rules
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
)
from bot.core.poll.kinds import CHOOSING, FIXED, KINDS
from bot.core.poll.ruling import read_role, with_rule
from bot.core.poll.values import METHODS, Poll, State
from bot.services import articles, deadlines
from bot.services.addresses import check_role
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.about import about
from bot.services.polls.finding import find
from bot.services.polls.sources import find_ready, from_item, from_ready, own_words, priority
from bot.storage import events, places, polls
from bot.storage.port import Tx

PRIORITY = "priority"  # a kind to draft, not one of ballots: a ranked poll over the article's calls to action


async def draft(desk: Desk, here: Here, intent: DraftPoll) -> Show:
    """A draft from what was given, or the form when nothing was."""
    if not (intent.item or intent.ready or intent.question or intent.kind == PRIORITY):
        if intent.method or intent.seats or intent.threshold or intent.quorum:  # a form's button can't carry them
            raise refuse("empty_question")
        return Show(cards.new_form(here.t, intent))
    poll = _with_rules(desk, here, await _subject(desk, here, intent), intent)
    if intent.closes:
        poll = replace(poll, closes_ms=await _deadline(desk, here, intent.closes))
    await keep_new(desk, here, poll)
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
    """Change one rule, by a form where it takes a number; without one, the page of the card that offers them."""
    poll = await need_draft(desk, here, intent.poll or await newest_draft(desk, here))
    if not intent.rule:
        return Show(rules.rules(here.t, poll, intent.part), replace=True)
    if intent.rule in rules.BY_FORM and not intent.value.strip():
        return Show(rules.number_form(here.t, poll, intent.rule))
    changed = with_rule(poll, intent.rule, intent.value, _role(desk, here, intent.role))
    return await _rewrite(desk, here, changed, page=rules.page_of(intent.rule))


async def discard(desk: Desk, here: Here, intent: DiscardDraft) -> Show:
    """Throw the draft away; without one, what was only looked at: a set that nobody started."""

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.event, desk.clock()):
            await find_draft(tx, here, intent.poll)
            await polls.discard(tx, here.place.id, intent.poll)

    if intent.poll:
        await desk.db.write(work)
    return Show(cards.discarded(here.t), replace=True)


async def need_draft(desk: Desk, here: Here, poll_id: str) -> Poll:
    """The draft with this id. Refusal: poll_discarded, poll_started."""
    return await desk.db.read(lambda tx: find_draft(tx, here, poll_id))


async def find_draft(tx: Tx, here: Here, poll_id: str) -> Poll:
    """The draft with this id or question, in this place. Refusal: poll_discarded, poll_started."""
    poll = await find(tx, here, poll_id)
    if poll is None:
        raise refuse("poll_discarded")
    if poll.state is not State.DRAFT:
        raise refuse("poll_started", number=poll.number)
    return poll


async def preview(desk: Desk, here: Here, poll: Poll, *, changed: bool = False) -> Card:
    """The board as it will look, for the moderator alone."""
    item = await about(desk, here, poll, here.place_locale)
    return cards.preview(here.t, here.public_t, poll, item, changed=changed)


async def newest_draft(desk: Desk, here: Here) -> str:
    """The id of the newest draft that the moderator made here. Refusal: no_draft."""
    scope = await here.scope(desk.db)
    mine = await desk.db.read(lambda tx: polls.newest_draft(tx, scope, here.actor.id))
    if mine is None:
        raise refuse("no_draft")
    return mine


async def _subject(desk: Desk, here: Here, intent: DraftPoll) -> Poll:
    """The draft's question, options and kind."""
    if intent.kind == PRIORITY:
        return await _priority(desk, here, intent)
    poll = await _from_source(desk, here, intent)
    if intent.options.strip():
        options = read_options(intent.options)
        kind = "single" if poll.kind in FIXED else poll.kind
        poll = replace(poll, options=options, wordings={}, kind=kind)
    kind = _kind_meant(poll.kind, intent)
    if kind not in KINDS:
        raise refuse("unknown_kind", kind=kind)
    poll = with_kind(poll, kind) if kind != poll.kind else poll
    if kind not in FIXED and not poll.options:
        raise refuse("few_options", count=0)
    return with_limits(poll, intent.minimum or poll.rules.minimum, intent.maximum or _most(poll, intent))


async def _priority(desk: Desk, here: Here, intent: DraftPoll) -> Poll:
    if intent.item or intent.ready or intent.options.strip():
        raise refuse("priority_alone")
    return priority(await articles.current(desk, here), here.place_locale, intent.question)


async def _from_source(desk: Desk, here: Here, intent: DraftPoll) -> Poll:
    if intent.ready:
        ready = find_ready(desk, intent.ready, here.place_locale)
        poll = from_ready(ready, await desk.shelf.pack(desk.db, here, ready.article), here.place_locale)
        return replace(poll, question=read_question(intent.question), wordings={}) if intent.question else poll
    if intent.item:
        pack = await articles.current(desk, here)
        item = articles.find_item(pack, intent.item, here.locale)
        return from_item(item.id, pack, here.place_locale, intent.question)
    kind = _kind_meant("", intent)
    kind = kind if kind in FIXED and not intent.options.strip() else "single"
    return own_words(read_question(intent.question), kind, fixed_options(kind))


def _kind_meant(kind: str, intent: DraftPoll) -> str:
    """Whoever names a threshold, a method or several marks means a kind that has them, also without naming it."""
    if intent.kind:
        return intent.kind
    if intent.threshold and not intent.options.strip() and not intent.ready:
        return "motion"
    if intent.method and intent.method not in METHODS.get(kind, ()):
        return next((name for name, methods in METHODS.items() if intent.method in methods), kind)
    several = max(intent.minimum, intent.maximum) > 1
    return "multiple" if several and kind == "single" else kind


def _most(poll: Poll, intent: DraftPoll) -> int:
    return 0 if intent.options.strip() or poll.kind not in CHOOSING else poll.rules.maximum


def _with_rules(desk: Desk, here: Here, poll: Poll, intent: DraftPoll) -> Poll:
    given = {
        "ballots": intent.ballots or "anonymous",
        "results": intent.results or here.place.settings.results,
        "method": intent.method,
        "seats": str(intent.seats or ""),
        "threshold": intent.threshold,
        "quorum": intent.quorum,
    }
    for rule, value in given.items():
        poll = with_rule(poll, rule, value) if value else poll
    role, name = _role(desk, here, intent.role)
    limited = replace(
        poll.rules,
        reasons=intent.reasons,
        roles=(role,) if role else (),
        role_names=(name or role,) if role else (),
        joined_before=intent.joined_before,
        account_days=max(0, min(intent.account_days, 3650)),
    )
    return replace(poll, rules=limited)


def _role(desk: Desk, here: Here, typed: str) -> tuple[str, str]:
    """A role of this place, (id, name); ("", "") for none. Refusal: unknown_role."""
    role, name = read_role(typed)
    return check_role(desk, here, role, name) if role else ("", "")


async def _deadline(desk: Desk, here: Here, typed: str) -> int | None:
    return await deadlines.read(typed, desk.clock(), here.timezone, here.locale) if typed.strip() else None


async def keep_new(desk: Desk, here: Here, poll: Poll) -> Poll:
    """Keep a new draft of this moderator, in this place and channel."""
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
        if await events.first_time(tx, here.event, now):
            await places.ensure(tx, here.spot, now)
            await polls.add(tx, kept)

    await desk.db.write(work)
    return kept


async def _rewrite(desk: Desk, here: Here, poll: Poll, *, page: int | None = None) -> Show:
    """Keep the changed draft, unless somebody changed it meanwhile: then show what stands."""

    async def work(tx: Tx) -> tuple[Poll, bool]:
        stands = await find_draft(tx, here, poll.id)
        fresh = await events.first_time(tx, here.event, desk.clock())
        if not fresh or stands == poll or stands.revision != poll.revision:
            return stands, stands.revision != poll.revision and fresh
        changed = replace(poll, revision=poll.revision + 1)
        await polls.rewrite(tx, changed)
        return changed, False

    kept, late = await desk.db.write(work)
    if page is not None and not late:
        return Show(rules.rules(here.t, kept, page), replace=True)
    return Show(await preview(desk, here, kept, changed=late), replace=True)


HANDLERS: Mapping[type[Intent], Handler] = {
    DraftPoll: draft,
    ChangeDraft: change,
    ChangeRules: change_rules,
    DiscardDraft: discard,
}
