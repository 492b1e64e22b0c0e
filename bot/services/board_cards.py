"""What a post shows now: the card of its subject, in the place's language."""

from __future__ import annotations

from bot.cards.article import article_board
from bot.cards.log import report_card
from bot.cards.polls import board
from bot.core.card import Card
from bot.core.ctx import Actor, Ctx, Spot
from bot.core.poll.values import About, State
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.itself import thread_address
from bot.services.polls.about import about
from bot.services.polls.counting import reasons, told
from bot.services.polls.talking import talks
from bot.storage import polls, reports
from bot.storage.port import Tx
from bot.storage.posts import Post

MOST_REASONS = 5  # on a board, as many as fit


async def card_of(desk: Desk, post: Post) -> Card | None:
    """The public card of a post's subject, None when there is nothing left to show."""
    kind, subject = post.subject.split(":")[0], post.subject.rsplit(":")[-1]
    here = await desk.here(_nobody(post))
    if kind == "article":
        pack = await desk.shelf.pack(desk.db, here, subject)
        return article_board(pack, here.public_t) if pack else None
    if kind == "report":
        found = await desk.db.read(lambda tx: reports.get(tx, subject))
        return report_card(here.public_t, found[0], settled=found[1]) if found else None
    poll = await desk.db.read(lambda tx: polls.get(tx, subject))
    item = await about(desk, here, poll, here.place_locale) if poll else None
    return await desk.db.read(lambda tx: _poll_card(tx, desk, here, subject, item))


async def _poll_card(tx: Tx, desk: Desk, here: Here, poll_id: str, item: About | None) -> Card | None:
    kept = await polls.get(tx, poll_id)
    if kept is None:
        return None
    poll = kept.in_language(here.place_locale)
    if poll.state is State.ERASED:
        return board.erased(here.public_t, poll)
    counted = await told(tx, poll)
    given = await reasons(tx, poll, counted.ballots, MOST_REASONS)
    now, thread = desk.clock(), thread_address(desk, poll)
    at = {"open_now": poll.is_open(now), "talking": talks(poll, now)}
    return board.board(here.public_t, poll, counted, given, item, thread=thread, **at)


def _nobody(post: Post) -> Ctx:
    """The surroundings of a public card: the place, and nobody in particular."""
    platform = post.place.partition(":")[0]
    return Ctx(Actor("", "", locale=""), Spot(platform, post.place, post.channel), event="")
