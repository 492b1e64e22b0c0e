"""A thread for each poll that wants one: opened once its board stands, locked with the result at close.

One act looks at how the poll stands and brings its thread to that, however often it runs; whatever moves the poll sets
its timer. A crash between the platform's yes and our note does no harm where the thread is still open under its title:
it is found again. A second thread comes where a moderator renamed it in those seconds, and one that nobody locks
where the poll closed in them.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from bot.cards.polls import threads as cards
from bot.core.poll.values import Poll, State
from bot.core.record import Line
from bot.i18n import Words
from bot.services.desk import Desk
from bot.services.itself import arm_of, beside, poll_of
from bot.services.polls.counting import told
from bot.services.reach import OutOfReach, Reach
from bot.services.record import logged
from bot.services.stage import SlowDown
from bot.storage import polls, posts, timers
from bot.storage.port import Tx

log = logging.getLogger("tertulia.threads")

KEEP = f"{timers.REACH}thread"
SOON_S = 2.0  # until another look at a board that isn't posted yet, or a root that isn't there yet
SEALING_MS = 60_000  # after the close; a root that isn't there by then is not waited for
ABSENT_S = 3600.0  # until another look whether the poll's platform runs again
MOST_LINES = 5_000  # of a transcript
READING_S = 20.0  # that somebody waits for a transcript


async def wake(tx: Tx, poll_id: str, now_ms: int) -> None:
    """The poll has opened, closed, opened again, or was erased: bring its thread to that, if it has or wants one."""
    await timers.set_(tx, KEEP, f"poll:{poll_id}", now_ms)


async def keep(desk: Desk, subject: str) -> None:
    """Bring a poll's thread to how the poll stands. What the platform refuses is told to the moderators."""
    poll = await desk.db.read(lambda tx: poll_of(tx, subject))
    if poll is None or not (poll.thread or (poll.rules.thread and poll.state is State.OPEN)):
        return
    try:
        await _bring(desk, poll)
    except OutOfReach as refused:
        await _tell(desk, poll, refused.why)
    except SlowDown as slow:
        due = desk.clock() + max(1, round(slow.seconds * 1000))
        await desk.db.write(lambda tx: timers.set_(tx, KEEP, subject, due))


async def transcript(desk: Desk, t: Words, poll: Poll) -> tuple[Line, ...]:
    """What was said in a poll's thread, in time for a file; remarks of ours have no name."""
    if poll.thread is None:
        return ()
    arm = arm_of(desk, poll)
    try:
        async with asyncio.timeout(READING_S):
            lines = await arm.read_thread(poll.place, poll.thread, MOST_LINES + 1) if arm else None
    except (OutOfReach, SlowDown, TimeoutError) as error:
        log.warning("thread not read", extra={"poll": poll.id, "why": repr(error)})
        lines = None
    if lines is None:
        return unread(t, poll, desk.clock())
    spoken = tuple(replace(line, text=line.text or t.plain("thread.kept_back")) for line in lines[:MOST_LINES])
    more = (Line(desk.clock(), "", t.plain("thread.more", n=MOST_LINES)),) if len(lines) > MOST_LINES else ()
    return (*spoken, *more)


def unread(t: Words, poll: Poll, now_ms: int) -> tuple[Line, ...]:
    """The remark that a thread's transcript is not in a file."""
    return () if poll.thread is None else (Line(now_ms, "", t.plain("thread.unread")),)


async def _bring(desk: Desk, poll: Poll) -> None:
    arm = arm_of(desk, poll)
    if arm is None:
        raise SlowDown(ABSENT_S)
    t = (await beside(desk, poll)).public_t
    if poll.thread is None:
        await _open(desk, arm, poll)
    elif poll.state is State.CLOSED:
        await _lock(desk, arm, poll, poll.thread)
    elif poll.state is State.ERASED:
        await arm.wipe_thread(poll.place, poll.thread, cards.erased_title(t, poll), cards.erased(t, poll))
    else:
        await arm.unlock_thread(poll.place, poll.thread, cards.open_again(t, poll))


async def _open(desk: Desk, arm: Reach, poll: Poll) -> None:
    """Open the thread once the board stands, so that it can name it; and let the board name the thread."""
    shown = await desk.db.read(lambda tx: posts.of_subject(tx, f"poll:{poll.id}"))
    channel, state, message, _ = shown[0] if shown else ("", "dead", None, None)
    if state == "dead":
        raise OutOfReach("no_board")
    if message is None:
        raise SlowDown(SOON_S)
    here = await beside(desk, poll)
    said = poll.in_language(here.place_locale)
    card = cards.first(here.public_t, said, arm.address(poll.place, channel, message))
    thread = await arm.open_thread(poll.place, poll.channel, cards.title(here.public_t, said), card)
    if thread is None:
        raise OutOfReach("nowhere")
    await desk.db.write(lambda tx: _opened(tx, poll.id, thread))
    desk.boards.ring()


async def _opened(tx: Tx, poll_id: str, thread: str) -> None:
    await polls.set_thread(tx, poll_id, thread)
    await posts.bump(tx, f"poll:{poll_id}")


async def _lock(desk: Desk, arm: Reach, poll: Poll, thread: str) -> None:
    """Say the result and lock. A lot is drawn from the ballots' root, so the result waits for it."""
    if poll.salt and poll.root is None and desk.clock() < (poll.closed_ms or 0) + SEALING_MS:
        raise SlowDown(SOON_S)
    here = await beside(desk, poll)
    outcome = await desk.db.read(lambda tx: told(tx, poll))
    card = cards.closed(here.public_t, poll.in_language(here.place_locale), outcome)
    if not await arm.lock_thread(poll.place, thread, card):
        await _tell(desk, poll, "rights")


async def _tell(desk: Desk, poll: Poll, why: str) -> None:
    """Say in the moderators' log what could not be done, and why."""
    here = await beside(desk, poll)
    words, now = here.public_t.plain(f"reach.why.{why}"), desk.clock()
    log.warning("thread trouble", extra={"poll": poll.id, "why": why})

    async def work(tx: Tx) -> None:
        act = "thread_not_kept" if poll.thread else "thread_not_opened"
        await logged(tx, here, now, act, f"poll:{poll.id}", number=poll.number, why=words)

    await desk.db.write(work)
