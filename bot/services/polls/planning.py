"""Planning polls: start a draft later, have a poll come again, see and stop what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.cards.polls import planning as cards
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import Intent, RepeatPoll, SchedulePoll, ShowPlanned, StopRepeating, UnschedulePoll
from bot.core.poll.plan import plan_of
from bot.core.poll.recurring import nth, read_every
from bot.core.poll.schedule import Schedule
from bot.core.poll.values import Poll
from bot.services import deadlines
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.polls.drafting import find_draft, need_draft, newest_draft, preview
from bot.services.polls.finding import need
from bot.services.polls.planned import AGAIN, START
from bot.services.record import logged
from bot.storage import events, places, polls, schedules, timers
from bot.storage.port import Tx

SHOWN = 3  # times of a recurring poll that are said back
MOST = 20  # recurring polls of a place


async def schedule(desk: Desk, here: Here, intent: SchedulePoll) -> Show:
    """Start the draft at a moment; without one, the form; typed, said back before it counts."""
    poll = await need_draft(desk, here, intent.poll or await newest_draft(desk, here))
    if intent.starts.strip():
        starts = await deadlines.read(intent.starts, desk.clock(), here.timezone, here.locale)
        _check_before_close(poll, starts)
        return Show(cards.sure_to_start(here.t, poll, starts), replace=True)
    if not intent.starts_ms:
        return Show(cards.later_form(here.t, poll))
    if intent.revision != poll.revision:
        return Show(await preview(desk, here, poll, changed=True), replace=True)
    deadlines.check(intent.starts_ms, desk.clock())
    _check_before_close(poll, intent.starts_ms)
    await desk.db.write(lambda tx: _keep_start(tx, desk, here, poll, intent.starts_ms))
    desk.deadlines.ring()
    return Show(cards.scheduled(here.t, poll, intent.starts_ms), replace=True)


async def unschedule(desk: Desk, here: Here, intent: UnschedulePoll) -> Show:
    """Let the draft start no more by itself."""

    async def work(tx: Tx) -> Poll:
        poll = await find_draft(tx, here, intent.poll)
        if await events.first_time(tx, here.event, desk.clock()) and poll.starts_ms is not None:
            await polls.rewrite(tx, replace(poll, starts_ms=None, revision=poll.revision + 1))
            await timers.drop(tx, START, f"poll:{poll.id}")
            await logged(tx, here, desk.clock(), "poll_unscheduled", f"poll:{poll.id}")
        return poll

    await desk.db.write(work)
    return await show_planned(desk, here, ShowPlanned())


async def repeat(desk: Desk, here: Here, intent: RepeatPoll) -> Show:
    """Have a poll come again: a form, then its next times said back, then it counts."""
    poll = await desk.db.read(lambda tx: need(tx, here, intent.poll))
    if not (intent.rhythm.strip() or intent.sure):
        return Show(cards.repeat_form(here.t, poll))
    planned = await _understood(desk, here, poll, intent)
    if not intent.sure:
        return Show(cards.sure_to_repeat(here.t, poll, planned, SHOWN), replace=True)
    await desk.db.write(lambda tx: _keep_schedule(tx, desk, here, planned))
    desk.deadlines.ring()
    return Show(cards.repeating(here.t, planned), replace=True)


async def stop(desk: Desk, here: Here, intent: StopRepeating) -> Show:
    """Let a recurring poll come no more, once the moderator is sure."""

    async def work(tx: Tx) -> Schedule | None:
        found = await schedules.get(tx, intent.schedule)
        if found is None or found.place != here.place.id or not (found.whole_server or here.can_view(found.channel)):
            return None
        if intent.sure and await events.first_time(tx, here.event, desk.clock()):
            await schedules.remove(tx, here.place.id, found.id)
            await timers.drop(tx, AGAIN, f"schedule:{found.id}")
            await logged(tx, here, desk.clock(), "repeat_stopped", f"schedule:{found.id}")
        return found

    found = await desk.db.write(work)
    if found is None or intent.sure:
        return await show_planned(desk, here, ShowPlanned())
    return Show(cards.sure_to_stop(here.t, found), replace=True)


async def show_planned(desk: Desk, here: Here, intent: ShowPlanned) -> Show:
    """What is to start by itself, the next first."""
    scope = await here.scope(desk.db)

    async def look(tx: Tx) -> list[Poll | Schedule]:
        recurring = await schedules.of_place(tx, here.place.id)
        seen = [each for each in recurring if scope.holds(each.channel, whole_server=each.whole_server)]
        return [*await polls.scheduled(tx, scope), *seen]

    return Show(cards.planned(here.t, await desk.db.read(look), intent.part), replace=True)


async def _keep_start(tx: Tx, desk: Desk, here: Here, poll: Poll, starts_ms: int) -> None:
    if not await events.first_time(tx, here.event, desk.clock()):
        return
    later = replace(poll, starts_ms=starts_ms, revision=poll.revision + 1)
    if not await polls.rewrite(tx, later):
        raise refuse("stale_button")
    await timers.set_(tx, START, f"poll:{poll.id}", starts_ms)
    await logged(tx, here, desk.clock(), "poll_scheduled", f"poll:{poll.id}", starts_ms=starts_ms)


async def _understood(desk: Desk, here: Here, poll: Poll, intent: RepeatPoll) -> Schedule:
    """The schedule that somebody means. Refusal: bad_rhythm, and what a deadline refuses."""
    now, every = desk.clock(), read_every(intent.every or intent.rhythm)
    first, ends = intent.first_ms, intent.ends_ms
    if intent.first.strip():
        first = await deadlines.read(intent.first, now, here.timezone, here.locale)
    if intent.until.strip():
        ends = await deadlines.read(intent.until, now, here.timezone, here.locale)
    first = first or nth(poll.opened_ms or now, every, 1, ZoneInfo(here.timezone))
    deadlines.check(first, now)
    if ends and ends < first:
        raise refuse("ends_before_it_begins", first_ms=first, ends_ms=ends)
    return Schedule(
        id=new_id(), place=here.place.id, channel=here.spot.channel, title=poll.question, plan=plan_of(poll),
        every=str(every), timezone=here.timezone, first_ms=first, next_ms=first, ends_ms=ends or None,
        created_by=here.actor.id, created_ms=now,
    )  # fmt: skip


async def _keep_schedule(tx: Tx, desk: Desk, here: Here, planned: Schedule) -> None:
    if not await events.first_time(tx, here.event, desk.clock()):
        return
    if len(await schedules.of_place(tx, here.place.id)) >= MOST:
        raise refuse("too_many_planned", most=MOST)
    await places.ensure(tx, here.spot, desk.clock())
    await schedules.add(tx, planned)
    await timers.set_(tx, AGAIN, f"schedule:{planned.id}", planned.first_ms)
    await logged(tx, here, desk.clock(), "poll_repeated", f"schedule:{planned.id}", first_ms=planned.first_ms)


def _check_before_close(poll: Poll, starts_ms: int) -> None:
    if poll.closes_ms is not None and poll.closes_ms <= starts_ms:
        raise refuse("starts_after_close", starts_ms=starts_ms, closes_ms=poll.closes_ms)


HANDLERS: Mapping[type[Intent], Handler] = {
    SchedulePoll: schedule,
    UnschedulePoll: unschedule,
    RepeatPoll: repeat,
    StopRepeating: stop,
    ShowPlanned: show_planned,
}
