"""Reminders of polls that one may vote in and has not: asked for by each person, in private, one a poll.

The list of those who asked is walked one person at a time, and how far it came is kept before each is told: a crash
costs somebody a reminder and gives nobody two. Who was told is kept nowhere, and so isn't who had not voted.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.cards.polls import reminding as cards
from bot.core import intents as i
from bot.core.card import Card, Show
from bot.core.ctx import Actor
from bot.core.errors import Refusal
from bot.core.intents import Intent
from bot.core.poll.eligibility import check_eligible
from bot.core.poll.reminding import remind_at, too_late
from bot.core.poll.values import Poll
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.itself import arm_of, as_person, beside, poll_of
from bot.services.reach import Reach
from bot.services.record import logged
from bot.services.remembering import remember
from bot.services.stage import SlowDown
from bot.storage import ballots, places, posts, secret_ballots, timers
from bot.storage.port import Tx

log = logging.getLogger("tertulia.reminding")

REMIND, REMINDED = f"{timers.REACH}remind", f"{timers.REACH}reminded"
NOTED_MS = 400 * 86_400_000  # how long it is known that a poll had its reminders: no deadline is farther away
ABSENT_MS = 600_000  # until another look whether the poll's platform runs again
FEWEST_TOLD = 5  # of fewer, moderators could guess who


@dataclass(frozen=True, slots=True)
class _Round:
    """A poll's walk over those who asked: how many were told, and the last one who was looked at."""

    poll: str
    told: int = 0
    after: str = ""

    @classmethod
    def of(cls, subject: str) -> _Round:
        """From a timer's subject: "poll:ID", or "poll:ID:TOLD:LAST" once it is under way."""
        _, poll, *rest = subject.split(":", 3)
        return cls(poll, int(rest[0]), rest[1]) if rest else cls(poll)

    def __str__(self) -> str:
        return f"poll:{self.poll}:{self.told}:{self.after}" if self.after else f"poll:{self.poll}"


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
    """Look at the next person who asked; after the last one, say how many were told."""
    now, so_far = desk.clock(), _Round.of(subject)
    poll = await desk.db.read(lambda tx: poll_of(tx, subject))
    if poll is None or not poll.is_open(now) or too_late(poll, now):
        return
    arm = arm_of(desk, poll)
    if arm is None:
        await desk.db.write(lambda tx: timers.set_(tx, REMIND, subject, now + ABSENT_MS))
    elif person := await desk.db.write(lambda tx: _step(tx, poll, so_far, now)):
        await _look_at(desk, arm, poll, so_far, person)
    else:
        await _end(desk, poll, so_far.told)


async def set_reminders(desk: Desk, here: Here, intent: i.SetReminders) -> Show:
    """Turn my reminders here on or off; without a choice, how they stand."""
    if intent.reminders not in cards.CHOICES:
        return Show(cards.ask(here.t, on=here.reader.remind), replace=True)
    on = intent.reminders == cards.ON
    await remember(desk, here, remind=on)
    return Show(cards.done(here.t, on=on), replace=True)


async def _step(tx: Tx, poll: Poll, so_far: _Round, now: int) -> str | None:
    """The next person, with the walk moved on past them in the same transaction."""
    await timers.set_(tx, REMINDED, f"poll:{poll.id}", now + NOTED_MS)
    person = await places.next_to_remind(tx, poll.place, so_far.after)
    if person is not None:
        await _move(tx, so_far, _Round(poll.id, so_far.told, person), now)
    return person


async def _move(tx: Tx, before: _Round, after: _Round, due_ms: int) -> None:
    await timers.drop(tx, REMIND, str(before))
    await timers.set_(tx, REMIND, str(after), due_ms)


async def _look_at(desk: Desk, arm: Reach, poll: Poll, so_far: _Round, person: str) -> None:
    """Tell one person, if they may vote and have not. When the platform asks for patience, they come again."""
    passed = _Round(poll.id, so_far.told, person)
    try:
        arrived = await _tell(desk, arm, poll, person)
    except SlowDown as slow:
        due = desk.clock() + round(slow.seconds * 1000)
        await desk.db.write(lambda tx: _move(tx, passed, so_far, due))
        return
    except Exception:  # one person's trouble keeps nobody else from being told
        log.exception("not reminded", extra={"poll": poll.id})
        return
    if arrived:
        told = _Round(poll.id, so_far.told + 1, person)
        await desk.db.write(lambda tx: _move(tx, passed, told, desk.clock()))


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


async def _end(desk: Desk, poll: Poll, told: int) -> None:
    """The moderators learn how many, where that says nothing about anybody."""
    if told < FEWEST_TOLD:
        return
    here, now = await beside(desk, poll), desk.clock()
    await desk.db.write(lambda tx: logged(tx, here, now, "reminded", f"poll:{poll.id}", number=poll.number, n=told))


HANDLERS: Mapping[type[Intent], Handler] = {i.SetReminders: set_reminders}
