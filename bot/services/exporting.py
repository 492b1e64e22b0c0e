"""Moderators carry the record away: a poll's result and ballots, or the stances on the article that is on here."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from random import SystemRandom

from bot.core.article import Pack
from bot.core.card import Card, File, Show, Small, Text
from bot.core.errors import refuse
from bot.core.intents import ExportRecord, Intent
from bot.core.poll.values import Poll
from bot.core.record import PollRecord, StanceRecord, exportable, may_export, may_export_ballots, unnamed
from bot.core.rich import Rich, bold
from bot.core.text import folded
from bot.exports.files import FORMATS, poll_files, stance_files
from bot.services.articles import on_here
from bot.services.desk import Desk, Handler
from bot.services.here import Here
from bot.services.polls.counting import outcome
from bot.services.polls.finding import need_shown
from bot.services.record import logged
from bot.services.tally import article_tally
from bot.storage import boxes, events, places, stances
from bot.storage.port import Tx

ARTICLE = frozenset({"article", "articulo"})


async def export(desk: Desk, here: Here, intent: ExportRecord) -> Show:
    """Files of a poll, or of the stances when `poll` is "article".

    Refusal: unknown_format, unknown_poll, erased_poll, poll_draft, poll_not_closed, no_article.
    """
    format_ = intent.format or "csv"
    if format_ not in FORMATS:
        raise refuse("unknown_format", typed=format_)
    if folded(intent.poll) in ARTICLE:
        return await _stances(desk, here, format_)
    return await _poll(desk, here, intent.poll, format_)


async def poll_record(tx: Tx, poll: Poll, place_name: str, now_ms: int) -> PollRecord:
    """A poll's record, from one snapshot. Refusal: poll_not_closed while its counts may not be seen."""
    if not may_export(poll):
        raise refuse("poll_not_closed", number=poll.number)
    cast = exportable(poll, await boxes.of(poll).page(tx, poll.id))
    return PollRecord(poll, await outcome(tx, poll), cast, place_name, now_ms)


async def stance_record(tx: Tx, place_id: str, pack: Pack, locale: str, place_name: str, now_ms: int) -> StanceRecord:
    """The record of a place's stances on an article, from one snapshot."""
    rows = unnamed(await stances.of_article(tx, place_id, pack.id), SystemRandom().shuffle)
    tally = await article_tally(tx, place_id, pack)
    return StanceRecord(pack.id, pack.version, pack.article(locale), tally, rows, place_name, now_ms)


def wording_changed(poll: Poll, pack: Pack | None) -> bool | None:
    """Whether the item that a poll asks about reads otherwise today; None where there is no such item."""
    current = pack.item_versions.get(poll.item or "") if pack else None
    return None if current is None else current != poll.item_version


async def _poll(desk: Desk, here: Here, reference: str, format_: str) -> Show:
    async def look(tx: Tx) -> PollRecord:
        poll = await need_shown(tx, here, reference)
        return await poll_record(tx, poll, here.spot.name, desk.clock())

    record = await desk.db.read(look)
    poll = record.poll
    pack = await desk.shelf.pack(desk.db, here, poll.article) if poll.article else None
    whole_record = replace(record, wording_changed=wording_changed(poll, pack))
    files = await asyncio.to_thread(poll_files, whole_record, format_, here.t)  # a large poll takes a while to write
    await _log(desk, here, f"poll:{poll.id}", format_)
    whole = "yes" if may_export_ballots(poll) else "no"
    said = here.t("export.poll", number=poll.number, ballots=whole)
    care = here.t("export.named" if poll.named else "export.anonymous") if whole == "yes" else None
    return _show(here, said, care, files)


async def _stances(desk: Desk, here: Here, format_: str) -> Show:
    pack = await on_here(desk, here)
    now, name = desk.clock(), here.spot.name
    record = await desk.db.read(lambda tx: stance_record(tx, here.place.id, pack, here.locale, name, now))
    files = await asyncio.to_thread(stance_files, record, format_, here.t)
    await _log(desk, here, f"article:{pack.id}", format_)
    return _show(here, here.t("export.stances", title=bold(record.article.title)), here.t("export.stances_care"), files)


async def _log(desk: Desk, here: Here, subject: str, format_: str) -> None:
    """Write down that the file was made, before it is handed out."""
    now = desk.clock()

    async def work(tx: Tx) -> None:
        if await events.first_time(tx, here.ctx.event, now):
            await places.ensure(tx, here.spot, now)
            await logged(tx, here, now, "exported", subject, format=format_)

    await desk.db.write(work)


def _show(here: Here, said: Rich, care: Rich | None, files: tuple[File, ...]) -> Show:
    blocks = (Text(said), Small(care)) if care else (Text(said),)
    return Show(Card(blocks=blocks, files=files, locale=here.locale))


HANDLERS: Mapping[type[Intent], Handler] = {ExportRecord: export}
