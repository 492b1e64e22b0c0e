"""What starts by itself: a scheduled draft at its moment, a recurring poll time after time, across restarts."""

from __future__ import annotations

import logging
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.cards import notices
from bot.core.card import Text
from bot.core.ctx import Actor
from bot.core.errors import Refusal
from bot.core.poll.plan import from_plan
from bot.core.poll.recurring import next_after, nth, read_every
from bot.core.poll.schedule import Schedule
from bot.core.poll.values import State
from bot.core.rich import unmarked
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.ids import new_id
from bot.services.itself import NAME, there
from bot.services.polls.opening import open_all
from bot.services.record import logged
from bot.storage import polls, schedules, timers
from bot.storage.port import Tx

log = logging.getLogger("tertulia.planned")

START, AGAIN = "start", "again"  # timers: of "poll:ID", of "schedule:ID"


async def start_due(desk: Desk, subject: str) -> None:
    """Open the draft whose moment has come. One that can't be opened stays a draft, and the log says why."""
    poll = await desk.db.read(lambda tx: polls.get(tx, _id(subject)))
    if poll is None or poll.state is not State.DRAFT or poll.starts_ms is None:
        return
    event = f"timer:{START}:{poll.id}:{poll.starts_ms}"
    here = await _surroundings(desk, poll.place, poll.channel, poll.created_by, event)
    try:
        await open_all(desk, here, [poll], drafted=True)
    except Refusal as refusal:
        if refusal.key != "poll_started":  # by a moderator, in the same moment
            await _failed(desk, here, subject, refusal)


async def again_due(desk: Desk, subject: str) -> None:
    """Open the next poll of a recurring one and set its next time; what was missed while nothing ran is left out."""
    schedule = await desk.db.read(lambda tx: schedules.get(tx, _id(subject)))
    if schedule is None or schedule.next_ms is None or schedule.next_ms > desk.clock():
        return
    event = f"timer:{AGAIN}:{schedule.id}:{schedule.next_ms}"
    here = await _surroundings(desk, schedule.place, schedule.channel, schedule.created_by, event)
    draft = from_plan(schedule.plan, new_id(), desk.clock())
    try:
        await open_all(desk, here, [replace(draft, place=schedule.place)], drafted=False)
    except Refusal as refusal:
        await _failed(desk, here, subject, refusal)
    await desk.db.write(lambda tx: _advance(tx, schedule, desk.clock()))
    desk.deadlines.ring()


async def _advance(tx: Tx, schedule: Schedule, now: int) -> None:
    following = next_time(schedule, now)
    if await schedules.advance(tx, schedule, following) and following is not None:
        await timers.set_(tx, AGAIN, f"schedule:{schedule.id}", following)


def next_time(schedule: Schedule, now_ms: int) -> int | None:
    """When a recurring poll comes next after now; None when this was its last."""
    zone, every = ZoneInfo(schedule.timezone), read_every(schedule.every)
    following = nth(schedule.first_ms, every, next_after(schedule.first_ms, every, now_ms, zone), zone)
    over = schedule.ends_ms is not None and following > schedule.ends_ms
    enough = schedule.most is not None and schedule.made + 1 >= schedule.most
    return None if over or enough else following


async def _surroundings(desk: Desk, place: str, channel: str, planner: str, event: str) -> Here:
    """The place as if the moderator who planned it stood there now."""
    arm = desk.reach.get(place.partition(":")[0])
    members = await arm.members(place) if arm else None
    return await there(desk, place, channel, Actor(planner, NAME, manages=True), event, members)


async def _failed(desk: Desk, here: Here, subject: str, refusal: Refusal) -> None:
    """Say in the moderators' log that a poll did not start, and why."""
    said = notices.refusal(here.public_t, refusal).blocks
    why = " ".join(unmarked(block.text) for block in said if isinstance(block, Text))
    log.warning("poll not started", extra={"subject": subject, "why": refusal.key})
    await desk.db.write(lambda tx: logged(tx, here, desk.clock(), "poll_not_started", subject, why=why))


def _id(subject: str) -> str:
    return subject.partition(":")[2]
