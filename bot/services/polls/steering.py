"""What every act on a running poll shares: one transaction, once for each event; a stale press sees what stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.cards.polls import panel as cards
from bot.core.card import Card, Show
from bot.core.errors import refuse
from bot.core.logbook import Entry
from bot.core.place import Scope
from bot.core.poll.values import Poll, State
from bot.i18n import Words
from bot.services import deadlines
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.polls.finding import need_shown
from bot.services.polls.sealing import seal
from bot.storage import boxes, events, logbook, polls, posts, proposals
from bot.storage.port import Tx

Work = Callable[[Tx, Poll], Awaitable[None]]
CHANGES = ("poll_closed", "poll_extended", "poll_edited", "poll_reopened", "option_taken", "poll_published")
"""The acts that change a poll's revision, and so put an open panel out of date."""


async def change(desk: Desk, here: Here, reference: str, revision: int, work: Work) -> Show:
    """Do it, then show the panel as it stands."""
    done = await write(desk, here, reference, revision, work)
    return Show(done if isinstance(done, Card) else await panel(desk, here, done), replace=True)


async def write(desk: Desk, here: Here, reference: str, revision: int, work: Work) -> Poll | Card:
    """Run a moderator's change in one transaction. A press on a panel that is out of date gets the fresh panel.

    The poll comes to `work` in the words it is kept in.
    """

    async def whole(tx: Tx) -> tuple[Poll, bool]:
        fresh = await events.first_time(tx, here.event, desk.clock())
        found = await need_shown(tx, here, reference)
        poll = await polls.get(tx, found.id) or found
        stale = bool(revision) and revision != poll.revision
        if fresh and not stale:
            await work(tx, poll)
        return poll, stale

    poll, stale = await desk.db.write(whole)
    if stale:
        return await panel(desk, here, poll, stale=True)
    after = await desk.db.read(lambda tx: polls.get(tx, poll.id)) or poll
    desk.boards.ring()
    desk.deadlines.ring()
    if after.state is not State.OPEN:
        await seal(desk, [poll.id])
    return after


async def ask(
    desk: Desk, here: Here, reference: str, card: Callable[[Words, Poll, str], Card], *, also_closed: bool = False
) -> Show:
    """The card that asks before an act. Refusal: already_closed, unless it is an act on closed polls too."""
    poll = await desk.db.read(lambda tx: need_shown(tx, here, reference))
    if not also_closed:
        need_open(desk, poll)
    return Show(card(here.t, poll, deadlines.written(poll.closes_ms, here.timezone)), replace=True)


def need_open(desk: Desk, poll: Poll) -> None:
    """Refusal already_closed unless the poll is open at this moment."""
    now = desk.clock()
    if not poll.is_open(now):
        raise refuse("already_closed", closed_ms=poll.closed_ms or poll.closes_ms or now)


async def panel(desk: Desk, here: Here, poll: Poll, *, stale: bool = False) -> Card:
    """A poll's panel as it stands. `stale`: the press came too late."""

    async def look(tx: Tx) -> Card:
        faster = await _faster(tx, here, poll) if stale else None
        shown = await posts.of_subject(tx, f"poll:{poll.id}")
        cast = await boxes.of(poll).count(tx, poll.id)
        waiting = await proposals.count(tx, poll.id) if poll.rules.additions else 0
        now = poll.in_language(here.locale)
        trouble = shown[0][3] if shown else None
        return cards.panel(
            here.t, now, cast, faster, trouble, stale=stale, waiting=waiting, key_stays=key_stays(desk, poll)
        )

    return await desk.db.read(look)


def key_stays(desk: Desk, poll: Poll) -> bool:
    """Whether a poll that is over still has its key: it could not be removed."""
    return poll.secret and poll.state in (State.CLOSED, State.ERASED) and poll.id in desk.keys.kept()


async def _faster(tx: Tx, here: Here, poll: Poll) -> Entry | None:
    """The act that put a panel out of date; None where no moderator did: the poll ended by itself."""
    if poll.state is State.CLOSED and poll.closed_by is None:
        return None
    acts = await logbook.newest(tx, Scope(here.place.id), 10, subject=f"poll:{poll.id}")
    return next((act for act in acts if act.act in CHANGES), None)
