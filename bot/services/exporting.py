"""Moderators carry the record away: a poll's result and ballots, or the stances on the article that is on here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from random import SystemRandom

from bot.cards import exporting as cards
from bot.core.article import Pack
from bot.core.card import Show
from bot.core.errors import refuse
from bot.core.intents import ExportRecord, Intent
from bot.core.place import Scope
from bot.core.poll.breakdown import shown
from bot.core.poll.counted import outcome_of, profile_of
from bot.core.poll.result import withheld
from bot.core.poll.values import Ballot, Poll
from bot.core.record import PollRecord, StanceRecord, may_export, unnamed
from bot.core.text import folded
from bot.exports.files import POLLS, STANCES, Format, Taker, formats_for, known, poll_files, stance_files
from bot.services.articles import on_here
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.counting import compared
from bot.services.polls.finding import need_shown
from bot.services.polls.picturing import for_record
from bot.services.polls.threads import transcript
from bot.services.record import logged
from bot.services.tally import article_tally
from bot.storage import boxes, events, places, stances
from bot.storage.port import Tx

ARTICLE = frozenset({"article", "articulo"})
PAGE = 5_000  # ballots read at a time
MOST_SENT = 100_000  # ballots in a message's files; their files would be too large anyway, and memory is shared


async def export(desk: Desk, here: Here, intent: ExportRecord) -> Show:
    """Files of a poll, or of the stances when `poll` is "article"; without a format, which ones there are.

    Refusal: unknown_format, unknown_poll, erased_poll, poll_draft, poll_not_closed, ballots_withheld, unfit_format,
    many_ballots, no_article.
    """
    if _means_answers(here, intent.poll):
        return await _stances(desk, here, intent.format)
    return await (_poll(desk, here, intent) if intent.format else _choose(desk, here, intent.poll))


async def poll_record(tx: Tx, poll: Poll, place_name: str, now_ms: int, format_: Format) -> PollRecord:
    """A poll's record, as a format needs it, from one snapshot. Refusal: poll_not_closed while counts are hidden."""
    if not may_export(poll):
        raise refuse("poll_not_closed", number=poll.number)
    box = boxes.of(poll)
    groups = await box.grouped(tx, poll.id)
    found = outcome_of(poll, groups, await box.voided(tx, poll.id))
    if format_.compares and not withheld(poll, found.ballots):
        found = compared(poll, groups, found)
    parts = shown(poll, await box.by_part(tx, poll.id)) if poll.rules.breakdown else None
    profile = profile_of(poll, groups) if format_.profile else None
    return PollRecord(poll, found, place_name, now_ms, profile=profile, breakdown=parts)


async def pages(tx: Tx, poll: Poll) -> AsyncIterator[list[Ballot]]:
    """A poll's ballots, voided ones too, in the order of their voters or of their random ids."""
    last = ""
    while page := await boxes.of(poll).page(tx, poll.id, last, PAGE):
        yield page
        last = page[-1].voter


async def feed(tx: Tx, poll: Poll, taker: Taker, step: Callable[[int], None]) -> None:
    """Give a writer all ballots of a poll; `step` hears how many were given."""
    async for page in pages(tx, poll):
        taker.take(page)
        step(len(page))
    taker.finish()


async def stance_record(tx: Tx, scope: Scope, pack: Pack, locale: str, place_name: str, now_ms: int) -> StanceRecord:
    """The record of a place's stances on an article, from one snapshot; of polls, those of the scope took part."""
    rows = unnamed(await stances.of_article(tx, scope.place, pack.id), SystemRandom().shuffle)
    tally = await article_tally(tx, scope, pack)
    return StanceRecord(pack.id, pack.version, pack.article(locale), tally, rows, place_name, now_ms)


def wording_changed(poll: Poll, pack: Pack | None) -> bool | None:
    """Whether the item that a poll asks about reads otherwise today; None where there is no such item."""
    current = pack.item_versions.get(poll.item or "") if pack else None
    return None if current is None else current != poll.item_version


async def _choose(desk: Desk, here: Here, reference: str) -> Show:
    """Which formats there are. Refusal as for the files themselves."""
    poll = await desk.db.read(lambda tx: need_shown(tx, here, reference))
    if not (formats := formats_for(poll)):
        raise refuse("poll_not_closed", number=poll.number)
    return Show(cards.choose(here.t, poll, formats))


async def _poll(desk: Desk, here: Here, intent: ExportRecord) -> Show:
    format_ = known(intent.format, POLLS)

    async def look(tx: Tx) -> tuple[PollRecord, list[Ballot]]:
        poll = (await need_shown(tx, here, intent.poll)).in_language(here.locale)
        record = await poll_record(tx, poll, here.spot.name, desk.clock(), format_)
        return record, await _all(tx, record) if format_.pages and record.holds_ballots else []

    record, ballots = await desk.db.read(look)
    whole = await _complete(desk, here, record, format_)
    files = await asyncio.to_thread(poll_files, whole, intent.format, here.t, ballots)  # a large poll takes a while
    await _log(desk, here, f"poll:{record.poll.id}", intent.format)
    return Show(cards.poll_files(here.t, record, files, ballots=format_.ballots))


async def _all(tx: Tx, record: PollRecord) -> list[Ballot]:
    """Every ballot. Refusal many_ballots where they are too many for a message."""
    number = record.outcome.ballots + record.outcome.voided
    if number > MOST_SENT:
        raise refuse("many_ballots", n=number)
    return [ballot async for page in pages(tx, record.poll) for ballot in page]


async def _complete(desk: Desk, here: Here, record: PollRecord, format_: Format) -> PollRecord:
    """With what lies outside the poll: the wording today, pictures and what was said where the format has them."""
    poll = record.poll
    pack = await desk.shelf.pack(desk.db, here, poll.article) if poll.article else None
    pictures = await for_record(desk.artist, here.t, record) if format_.pictures else ()
    said = await transcript(desk, here.t, poll) if format_.transcript else ()
    return replace(record, wording_changed=wording_changed(poll, pack), pictures=pictures, transcript=said)


def _means_answers(here: Here, typed: str) -> bool:
    """Whether the answers to the article are meant: by the word for it, or by the label that a suggestion showed."""
    label = folded(here.t.plain("export.answers_to", title=""))
    return folded(typed) in ARTICLE or (folded(typed).startswith(label) and "·" in typed)


async def _stances(desk: Desk, here: Here, format_: str) -> Show:
    if format_:
        known(format_, STANCES)
    pack = await on_here(desk, here)
    if not format_:
        return Show(cards.choose_stances(here.t, pack.article(here.locale).title, tuple(STANCES)))
    now, name, scope = desk.clock(), here.spot.name, await here.scope(desk.db)
    record = await desk.db.read(lambda tx: stance_record(tx, scope, pack, here.locale, name, now))
    files = await asyncio.to_thread(stance_files, record, format_, here.t)
    await _log(desk, here, f"article:{pack.id}", format_)
    return Show(cards.stance_files(here.t, record.article.title, files))


async def _log(desk: Desk, here: Here, subject: str, format_: str) -> None:
    """Write down that the file was made, before it is handed out."""
    now = desk.clock()

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.event, now):
            await places.ensure(tx, here.spot, now)
            await logged(tx, here, now, "exported", subject, format=format_)

    await desk.db.write(work)


HANDLERS: Mapping[type[Intent], Handler] = {ExportRecord: export}
