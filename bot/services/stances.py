"""Taking stances: the stack of items, one answer for each person and item, changeable, taken back at will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards import stances as cards
from bot.cards.stances import Done, Standing
from bot.core import intents as i
from bot.core.article import Item, ItemKind, Pack
from bot.core.card import Card, Show
from bot.core.deck import deck, pending
from bot.core.errors import refuse
from bot.core.intents import Intent
from bot.core.place import Scope
from bot.core.stance import ArticleTally, Stance, StanceRow
from bot.services.articles import current, find_item
from bot.services.desk import Desk, Handler
from bot.services.forgetting import forget_in_time
from bot.services.here import Here
from bot.services.tally import article_tally
from bot.storage import events, stances
from bot.storage.port import Tx


@dataclass(frozen=True, slots=True)
class Position:
    """What a person has answered, and how everybody did, at one moment."""

    mine: dict[str, StanceRow]
    tally: ArticleTally


async def answer_items(desk: Desk, here: Here, intent: i.AnswerItems) -> Show:
    """The item named, or the next one to answer; the summary when nothing is left."""
    pack = await current(desk, here, intent.article)
    scope = await here.scope(desk.db)
    position = await desk.db.read(lambda tx: _position(tx, here, pack, scope))
    if intent.item:
        return _show(_card(here, pack, position, find_item(pack, intent.item, here.locale)))
    if intent.kind and intent.kind not in set(ItemKind):
        raise refuse("unknown_item", typed=intent.kind, suggestion="")
    return _show(_next(here, pack, position, intent.kind))


async def take_stance(desk: Desk, here: Here, intent: i.TakeStance) -> Show:
    """Record a stance, or take it back with "none", and show what comes next."""
    pack = await current(desk, here, intent.article)
    item = find_item(pack, intent.item, here.locale)
    if intent.stance not in {*Stance, "none"}:
        raise refuse("stale_button")
    scope = await here.scope(desk.db)

    async def work(tx: Tx) -> tuple[str, Position]:
        mine = await stances.mine(tx, here.place.id, pack.id, here.actor.id)
        before = str(mine[item.id].stance) if item.id in mine else ""
        if await events.first_time(tx, here.event, desk.clock()):
            if before not in ("", intent.stance):
                await forget_in_time(tx, desk.clock())
            await _store(tx, desk, here, pack, item, intent.stance)
        return before, await _position(tx, here, pack, scope)

    before, position = await desk.db.write(work)
    done = Done(item, intent.stance, before)
    if intent.stance == "none":
        return _show(_card(here, pack, position, item, done))
    return _show(_next(here, pack, position, item.kind, done))


async def finish_stances(desk: Desk, here: Here, intent: i.FinishStances) -> Show:
    """Enough for now: what I answered and how everybody did."""
    pack = await current(desk, here, intent.article)
    scope = await here.scope(desk.db)
    position = await desk.db.read(lambda tx: _position(tx, here, pack, scope))
    return _show(_summary(here, pack, position, intent.part))


async def _position(tx: Tx, here: Here, pack: Pack, scope: Scope) -> Position:
    """The person's answers to items that the article still has, and the tally as far as they may see polls."""
    mine = await stances.mine(tx, here.place.id, pack.id, here.actor.id)
    known = {item: row for item, row in mine.items() if item in pack.item_versions}
    return Position(known, await article_tally(tx, scope, pack))


async def _store(tx: Tx, desk: Desk, here: Here, pack: Pack, item: Item, stance: str) -> None:
    if stance == "none":
        await stances.take_back(tx, here.place.id, pack.id, item.id, here.actor.id)
        return
    row = StanceRow(
        article_id=pack.id,
        item_id=item.id,
        actor_id=here.actor.id,
        actor_name=here.actor.name,
        stance=Stance(stance),
        pack_version=pack.version,
        item_version=pack.item_versions[item.id],
        set_ms=desk.clock(),
    )
    await stances.put(tx, here.place.id, row)


def _next(here: Here, pack: Pack, position: Position, kind: str, done: Done | None = None) -> Card:
    """The next item of the person's own deck that waits for an answer, those of `kind` first."""
    waiting = pending(deck(pack.article(here.locale), here.reader.seed, kind), position.mine, pack.item_versions)
    if not waiting:
        return _summary(here, pack, position, done=done)
    same_kind = [item for item in waiting if item.kind == kind]
    return _card(here, pack, position, (same_kind or waiting)[0], done)


def _card(here: Here, pack: Pack, position: Position, item: Item, done: Done | None = None) -> Card:
    article = pack.article(here.locale)
    localised = article.item(item.id) or item
    mine = position.mine.get(item.id)
    standing = Standing(len(position.mine), len(article.items), mine, position.tally.of(item.id))
    return cards.item_card(here.t, pack, localised, standing, done)


def _summary(here: Here, pack: Pack, position: Position, part: int = 0, done: Done | None = None) -> Card:
    return cards.summary(here.t, pack, position.mine, position.tally, part, done)


def _show(card: Card) -> Show:
    """Stances are a person's own: never shown to anybody else."""
    return Show(card, replace=True)


HANDLERS: Mapping[type[Intent], Handler] = {
    i.AnswerItems: answer_items,
    i.TakeStance: take_stance,
    i.FinishStances: finish_stances,
}
