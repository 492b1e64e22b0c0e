"""Polls made from polls: a copy, or a template kept under a name and used again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.polls import templates as cards
from bot.core import suggest
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import CopyPoll, DropTemplate, Intent, SaveTemplate, UseTemplate
from bot.core.poll.plan import from_plan, plan_of
from bot.core.text import look_of, one_line, units
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls.drafting import keep_new, preview
from bot.services.polls.finding import need
from bot.services.record import logged
from bot.storage import events, places, templates
from bot.storage.port import Tx

LONGEST = 60  # UTF-16 units of a template's name: a line of a menu on a phone
MOST = 25  # templates of a place: one menu


async def copy(desk: Desk, here: Here, intent: CopyPoll) -> Show:
    """A draft like another poll: same question, options and rules, open for as long."""
    poll = await desk.db.read(lambda tx: need(tx, here, intent.poll))
    return await _drafted(desk, here, plan_of(poll))


async def save(desk: Desk, here: Here, intent: SaveTemplate) -> Show:
    """Keep a poll's plan under a name. A name that is taken is taken over: the newest is meant."""
    poll = await desk.db.read(lambda tx: need(tx, here, intent.poll))
    title = one_line(intent.name)
    if not title:
        return Show(cards.name_form(here.t, poll, LONGEST))
    if units(title) > LONGEST:
        raise refuse("long_text", most=LONGEST, length=units(title))

    async def work(tx: Tx) -> bool:
        there = await templates.titles(tx, here.place.id)
        name = _name_for(title, there)
        if not await events.first_time(tx, here.event, desk.clock()):
            return name in there
        if len(there) >= MOST and name not in there:
            raise refuse("too_many_templates", most=MOST)
        await places.ensure(tx, here.spot, desk.clock())
        await templates.put(tx, here.place.id, name, title, plan_of(poll), here.actor.id, desk.clock())
        await logged(tx, here, desk.clock(), "template_saved", f"poll:{poll.id}", name=title)
        return name in there

    replaced = await desk.db.write(work)
    return Show(cards.saved(here.t, title, replaced=replaced), replace=True)


async def use(desk: Desk, here: Here, intent: UseTemplate) -> Show:
    """A draft from a template; without one, the templates there are."""
    there = await desk.db.read(lambda tx: templates.titles(tx, here.place.id))
    if not (intent.n or intent.name.strip()):
        return Show(cards.choose(here.t, list(there.values())))
    name = _meant(there, intent.n, intent.name)
    plan = await desk.db.read(lambda tx: templates.get(tx, here.place.id, name))
    if plan is None:
        raise refuse("unknown_template", typed=name, suggestion="")
    return await _drafted(desk, here, plan)


async def drop(desk: Desk, here: Here, intent: DropTemplate) -> Show:
    """Throw a template away, once the moderator is sure."""
    there = await desk.db.read(lambda tx: templates.titles(tx, here.place.id))
    name = _meant(there, intent.n, intent.name)
    if not intent.sure:
        return Show(cards.sure_to_drop(here.t, list(there).index(name) + 1, there[name]), replace=True)

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.event, desk.clock()):
            await templates.remove(tx, here.place.id, name)
            await logged(tx, here, desk.clock(), "template_dropped", f"template:{name}", name=there[name])

    await desk.db.write(work)
    left = [title for other, title in there.items() if other != name]
    return Show(cards.choose(here.t, left), replace=True)


async def _drafted(desk: Desk, here: Here, plan: Mapping[str, object]) -> Show:
    draft = await keep_new(desk, here, from_plan(plan, new_id(), desk.clock()))
    return Show(await preview(desk, here, draft))


def _name_for(title: str, there: Mapping[str, str]) -> str:
    """What a template is kept under: that of one with the same title, whatever its case; else one that is free."""
    wanted = look_of(title).casefold()
    same = next((name for name, other in there.items() if look_of(other).casefold() == wanted), None)
    free = (f"{wanted}#{n}" if n > 1 else wanted for n in range(1, MOST + 2))
    return same or next(name for name in free if name not in there)


def _meant(there: Mapping[str, str], n: int, typed: str) -> str:
    """What the template is kept under, by its place among them from 1, or as typed. Refusal: unknown_template."""
    names = list(there)
    if 1 <= n <= len(names):
        return names[n - 1]
    found = suggest.exact(typed, there)
    if found is None:
        near = suggest.ranked(typed, there)
        raise refuse("unknown_template", typed=typed or str(n), suggestion=there[near[0]] if near else "")
    return found


HANDLERS: Mapping[type[Intent], Handler] = {CopyPoll: copy, SaveTemplate: save, UseTemplate: use, DropTemplate: drop}
