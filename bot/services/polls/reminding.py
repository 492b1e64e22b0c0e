"""Reminders of polls that one may vote in and has not: asked for by each person, in private, one a poll.

The list of those who asked is walked one person at a time. Who was told is kept nowhere, and neither is how far the
walk came, since that would say who had not voted: so a stop cuts it short, nobody gets two reminders, some who asked
get none, and the moderators' log says so.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.cards.polls import reminding as cards
from bot.core import intents as i
from bot.core.card import Card, Show
from bot.core.ctx import Actor
from bot.core.errors import Refusal
from bot.core.intents import Intent
from bot.core.poll.eligibility import check_eligible
from bot.core.poll.reminding import Walk, remind_at, too_late
from bot.core.poll.values import Poll
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.itself import arm_of, as_person, beside, poll_of
from bot.services.reach import Reach
from bot.services.record import logged
from bot.services.remembering import remember
from bot.services.stage import SlowDown
from bot.storage import ballots, places, polls, posts, secret_ballots, timers
from bot.storage.port import Tx

log = logging.getLogger("tertulia.reminding")

REMIND, REMINDED = f"{timers.REACH}remind", f"{timers.REACH}reminded"
UNDER_WAY = f"{timers.REACH}reminding"  # a note, never due: found at a start, it tells of a walk that was cut short
NOTED_MS = 400 * 86_400_000  # how long it is known that a poll had its reminders: no deadline is farther away
ABSENT_MS = 600_000  # until another look whether the poll's platform runs again
FEWEST_TOLD = 5  # of fewer, moderators could guess who


async def plan(tx: Tx, poll: Poll) -> None:
    """A poll has opened or its deadline has moved: set the moment of its reminders, unless it had them."""
    at, subject = remind_at(poll), f"poll:{poll.id}"
    if at is None:
        await timers.drop(tx, REMIND, subject)
    elif not await timers.is_set(tx, REMINDED, subject):
        await timers.set_(tx, REMIND, subject, at)


async def forget(desk: Desk, subject: str) -> None:
    """Long after a poll's reminders nobody has to know of them any more."""


async def remind(desk: Desk, subject: str) -> None:
    """The moment has come: begin the walk, unless it has begun before."""
    now = desk.clock()
    poll = await desk.db.read(lambda tx: poll_of(tx, subject))
    if poll is None or not poll.is_open(now) or too_late(poll, now):
        return
    if arm_of(desk, poll) is None:
        await desk.db.write(lambda tx: timers.set_(tx, REMIND, subject, now + ABSENT_MS))
    elif await desk.db.write(lambda tx: _begin(tx, subject, now)):
        desk.walks[poll.id] = Walk()


async def walk_on(desk: Desk) -> float | None:
    """Look at the next person of each walk; how many seconds until the next look, None where nobody waits for one."""
    for poll_id, walk in [*desk.walks.items()]:
        if walk.rests_until_ms <= desk.clock():
            await _step(desk, poll_id, walk)
    moments = [walk.rests_until_ms - desk.clock() for walk in desk.walks.values()]
    return max(0.0, min(moments) / 1000) if moments else None


async def tell_cut_short(desk: Desk) -> None:
    """Say in the moderators' log which walks an earlier run of the program left unfinished."""
    for subject in await desk.db.read(lambda tx: timers.subjects(tx, UNDER_WAY)):
        poll = await desk.db.read(lambda tx, subject=subject: poll_of(tx, subject))  # type: ignore[misc]
        if poll is not None and poll.id not in desk.walks:
            await _end(desk, poll, cut=True)


async def set_reminders(desk: Desk, here: Here, intent: i.SetReminders) -> Show:
    """Turn my reminders here on or off; without a choice, how they stand."""
    if intent.reminders not in cards.CHOICES:
        return Show(cards.ask(here.t, on=here.reader.remind), replace=True)
    on = intent.reminders == cards.ON
    await remember(desk, here, remind=on)
    return Show(cards.done(here.t, on=on), replace=True)


async def _begin(tx: Tx, subject: str, now: int) -> bool:
    """Note that the poll has its reminders, before anybody is told; whether it had none before."""
    if await timers.is_set(tx, REMINDED, subject):
        return False
    await timers.set_(tx, REMINDED, subject, now + NOTED_MS)
    await timers.set_(tx, UNDER_WAY, subject, now + NOTED_MS)
    return True


async def _step(desk: Desk, poll_id: str, walk: Walk) -> None:
    """Look at the next person who asked; after the last one, say how many were told."""
    now = desk.clock()
    poll = await desk.db.read(lambda tx: polls.get(tx, poll_id))
    if poll is None:
        desk.walks.pop(poll_id)
        return
    person, arm = None, arm_of(desk, poll)
    if poll.is_open(now) and not too_late(poll, now):
        person = await desk.db.read(lambda tx: places.next_to_remind(tx, poll.place, walk.after))
    if person is None:
        await _end(desk, poll, walk.told)
    elif arm is None:
        desk.walks[poll_id] = replace(walk, rests_until_ms=now + ABSENT_MS)
    else:
        desk.walks[poll_id] = await _look_at(desk, arm, poll, walk, person)


async def _look_at(desk: Desk, arm: Reach, poll: Poll, walk: Walk, person: str) -> Walk:
    """Tell one person, if they may vote and have not. When the platform asks for patience, they come again."""
    try:
        arrived = await _tell(desk, arm, poll, person)
    except SlowDown as slow:
        return replace(walk, rests_until_ms=desk.clock() + round(slow.seconds * 1000))
    except Exception:  # one person's trouble keeps nobody else from being told
        log.exception("not reminded", extra={"poll": poll.id})
        arrived = False
    return Walk(person, walk.told + arrived)


async def _tell(desk: Desk, arm: Reach, poll: Poll, person: str) -> bool:
    actor = await arm.person(poll.place, person)
    if actor is None or not _may_vote(actor, poll, desk.clock()):
        return False
    if not (poll.whole_server or await arm.access(poll.place, actor).ask([poll.channel])):
        return False  # they can't view the poll's channel, so they learn nothing of it
    here = await as_person(desk, poll, actor)
    card = await desk.db.read(lambda tx: _card(tx, desk, here, poll, arm))
    return card is not None and await arm.whisper(poll.place, person, card)


def _may_vote(actor: Actor, poll: Poll, now: int) -> bool:
    try:
        check_eligible(actor, poll, now)
    except Refusal:
        return False
    return True


async def _card(tx: Tx, desk: Desk, here: Here, poll: Poll, arm: Reach) -> Card | None:
    """The reminder in the person's language; None for whoever has voted, or turned reminders off meanwhile."""
    known = await places.reader(tx, poll.place, here.actor.id)
    if known is None or not known.remind or await _has_voted(tx, desk, poll, here.actor.id):
        return None
    shown = await posts.of_subject(tx, f"poll:{poll.id}")
    channel, _, message, _ = shown[0] if shown else (poll.channel, "", None, None)
    address = arm.address(poll.place, channel, message or "")
    return cards.reminder(here.t, poll.in_language(here.locale), here.spot.name, address)


async def _has_voted(tx: Tx, desk: Desk, poll: Poll, person: str) -> bool:
    """In a secret poll by their keyed mark alone, never by a ballot; without its key, nobody is reminded."""
    if poll.named:
        return await ballots.get(tx, poll.id, person) is not None
    tag = desk.keys.tag(poll.id, person)
    return tag is None or await secret_ballots.has_voted(tx, poll.id, tag)


async def _end(desk: Desk, poll: Poll, told: int = 0, *, cut: bool = False) -> None:
    """The walk is over. The moderators learn how many were told, where that says nothing about anybody."""
    here, now, subject = await beside(desk, poll), desk.clock(), f"poll:{poll.id}"

    async def work(tx: Tx) -> None:
        await timers.drop(tx, UNDER_WAY, subject)
        if told >= FEWEST_TOLD:
            await logged(tx, here, now, "reminded", subject, number=poll.number, n=told)
        if cut:
            await logged(tx, here, now, "reminders_cut", subject, number=poll.number)

    await desk.db.write(work)
    desk.walks.pop(poll.id, None)


HANDLERS: Mapping[type[Intent], Handler] = {i.SetReminders: set_reminders}
