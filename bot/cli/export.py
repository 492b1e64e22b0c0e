"""`tertulia export`: an operator takes a record away, beside the running bot and held to the same secrecy."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from bot import paths
from bot.charts.artist import Artist
from bot.cli.export_files import Drafts, NotWritten
from bot.cli.progress import progress
from bot.content.load import load_library
from bot.content.write import pack_from_json
from bot.core.article import Pack
from bot.core.errors import Refusal
from bot.core.place import Scope
from bot.core.poll.values import Poll
from bot.core.record import PollRecord, StanceRecord
from bot.exports.files import POLLS, Format, known, stance_files, write_poll
from bot.i18n import Words, words
from bot.services.exporting import feed, poll_record, stance_record, wording_changed
from bot.services.heartbeat import now_ms
from bot.services.polls.picturing import for_record
from bot.services.polls.threads import unread
from bot.storage import boxes, packs
from bot.storage.errors import StorageError
from bot.storage.lookup import Found, places_answering, polls_called
from bot.storage.port import Database, Tx
from bot.storage.sqlite.database import open_database

Library = Mapping[str, Pack]


class _NotDone(Exception):
    """A sentence that says why, and what to do."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, and where it goes."""

    what: str
    format: str
    place: str | None
    library: Library
    t: Words
    drafts: Drafts
    err: TextIO | None


def run(
    db_path: Path,
    what: str,
    format_: str,
    output: Path,
    place: str | None = None,
    force: bool = False,
    content_dir: Path | None = None,
    locale: str = "en",
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Write a poll's record, or the stances on an article, to `output`; the exit code.

    `what` is a poll's number or id, or an article's id; `place` the id or name of a place, where several have such a
    poll. More files go beside the first: poll.csv, poll-ballots.csv. Files are readable by their owner alone.
    """
    try:
        with Drafts(output, force) as drafts:
            library = load_library(paths.content_dir(), *filter(None, [content_dir]))
            asyncio.run(_write(db_path, _Asked(what, format_, place, library, words(locale), drafts, err)))
            written = drafts.keep()
    except Refusal as refusal:
        sentence = words("en").plain(f"error.{refusal.key}", **refusal.facts)
    except (_NotDone, NotWritten, StorageError, FileNotFoundError) as problem:
        sentence = str(problem)
    else:
        print(*(f"Wrote {path} ({size:,} bytes)." for path, size in written), sep="\n", file=out or sys.stdout)
        return 0
    print(sentence, file=err or sys.stderr)
    return 1


async def _write(db_path: Path, asked: _Asked) -> None:
    typed, what = asked.what, asked.what.strip().lower()  # ids are in small letters
    async with await open_database(db_path, readonly=True) as db:
        if polls := await db.read(lambda tx: polls_called(tx, what)):
            return await _poll(db, _the_one(polls, asked.place, f"a poll {what}"), asked)
        if answered := await db.read(lambda tx: places_answering(tx, what)):
            return await _stances(db, _the_one(answered, asked.place, f"answers to {what}"), what, asked)
    if what in asked.library:
        raise _NotDone(f"Nobody has answered {what} yet, so there is nothing to export.")
    raise _NotDone(
        f"There is no poll “{typed}”, and no article of that id that anybody answered. Name a poll by the number on its"
        " board or by its id, an article by the name of its folder."
    )


async def _poll(db: Database, found: Found, asked: _Asked) -> None:
    assert found.poll is not None
    format_ = known(asked.format, POLLS)
    poll = found.poll.in_language(asked.t.locale)
    pack = await _pack(db, found.place, poll.article, asked.library) if poll.article else None
    changed = wording_changed(poll, pack)

    async def record(tx: Tx) -> PollRecord:
        made = await poll_record(tx, poll, found.place_name, now_ms(), format_)
        said = unread(asked.t, poll, made.exported_ms)  # no platform is at hand here
        return replace(made, wording_changed=changed, transcript=said)

    if format_.pictures:
        await _report(await db.read(record), asked)
        return

    async def work(tx: Tx) -> None:
        """Record and ballots from one snapshot; written as they are read, in the reader's thread."""
        taker = write_poll(await record(tx), asked.format, asked.t, asked.drafts)
        if taker:
            await feed(tx, poll, taker, bar.step)

    with progress(f"Poll {poll.number}", await _ballots(db, poll, format_), asked.err) as bar:
        await db.read(work)


async def _ballots(db: Database, poll: Poll, format_: Format) -> int | None:
    """How many ballots will be written."""

    async def look(tx: Tx) -> int:
        box = boxes.of(poll)
        return await box.count(tx, poll.id) + await box.voided(tx, poll.id)

    return await db.read(look) if format_.pages else None


async def _report(record: PollRecord, asked: _Asked) -> None:
    artist = Artist()
    try:
        drawn = replace(record, pictures=await for_record(artist, asked.t, record))
    finally:
        artist.close()
    write_poll(drawn, asked.format, asked.t, asked.drafts)


async def _stances(db: Database, found: Found, article: str, asked: _Asked) -> None:
    pack = await _pack(db, found.place, article, asked.library)
    if pack is None:
        raise _NotDone(f"People answered {article}, but its pack is gone. Put its folder back, then export again.")

    async def look(tx: Tx) -> StanceRecord:
        return await stance_record(tx, Scope(found.place), pack, asked.t.locale, found.place_name, now_ms())

    for file in stance_files(await db.read(look), asked.format, asked.t):
        asked.drafts.put(file)


async def _pack(db: Database, place: str, article: str, library: Library) -> Pack | None:
    """The article as it is read in the place: its own import, else what ships."""
    kept = await db.read(lambda tx: packs.get(tx, place, article))
    if kept is None or (kept.state != "published" and article in library):
        return library.get(article)
    return pack_from_json(json.loads(kept.data))


def _the_one(found: Sequence[Found], place: str | None, what: str) -> Found:
    """The only one, or the one in the place that was named."""
    fitting = [one for one in found if place in (None, one.place, one.place_name)]
    if len(fitting) == 1:
        return fitting[0]
    listed = "\n".join(f"  {one.place}  {one.place_name}" for one in found)
    where = f"No place “{place}” has {what}" if not fitting else f"{len(fitting)} places have {what}"
    raise _NotDone(f"{where}. Add --place and the id of one of these:\n{listed}")
