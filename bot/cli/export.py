"""`tertulia export`: an operator takes a record away, beside the running bot and held to the same secrecy."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from bot import paths
from bot.content.load import load_library
from bot.content.write import pack_from_json
from bot.core.article import Pack
from bot.core.card import File
from bot.core.errors import Refusal
from bot.core.record import StanceRecord
from bot.exports.files import poll_files, stance_files
from bot.i18n import words
from bot.services.exporting import poll_record, stance_record, wording_changed
from bot.services.heartbeat import now_ms
from bot.storage import packs
from bot.storage.errors import StorageError
from bot.storage.lookup import Found, places_answering, polls_called
from bot.storage.port import Database, Tx
from bot.storage.sqlite.database import open_database

Library = Mapping[str, Pack]


class _NotDone(Exception):
    """A sentence that says why, and what to do."""


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
    poll. A second CSV table goes beside the first: poll.csv, poll-ballots.csv. Files are readable by their owner alone.
    """
    try:
        files = asyncio.run(_files(db_path, what, format_, place, content_dir, locale))
        written = _write(files, output, force)
    except Refusal as refusal:
        sentence = words("en").plain(f"error.{refusal.key}", **refusal.facts)
    except (_NotDone, StorageError, FileNotFoundError) as problem:
        sentence = str(problem)
    else:
        print(
            *(f"Wrote {path} ({len(file.data):,} bytes)." for path, file in written), sep="\n", file=out or sys.stdout
        )
        return 0
    print(sentence, file=err or sys.stderr)
    return 1


async def _files(
    db_path: Path, what: str, format_: str, place: str | None, content_dir: Path | None, locale: str
) -> tuple[File, ...]:
    library = load_library(paths.content_dir(), *filter(None, [content_dir]))
    typed, what = what, what.strip().lower()  # ids are in small letters
    async with await open_database(db_path, readonly=True) as db:
        if polls := await db.read(lambda tx: polls_called(tx, what)):
            return await _poll(db, _the_one(polls, place, f"a poll {what}"), library, format_, locale)
        if answered := await db.read(lambda tx: places_answering(tx, what)):
            return await _stances(db, _the_one(answered, place, f"answers to {what}"), what, library, format_, locale)
    if what in library:
        raise _NotDone(f"Nobody has answered {what} yet, so there is nothing to export.")
    raise _NotDone(
        f"There is no poll “{typed}”, and no article of that id that anybody answered. Name a poll by the number on its"
        " board or by its id, an article by the name of its folder."
    )


async def _poll(db: Database, found: Found, library: Library, format_: str, locale: str) -> tuple[File, ...]:
    assert found.poll is not None
    poll = found.poll.in_language(locale)
    record = await db.read(lambda tx: poll_record(tx, poll, found.place_name, now_ms()))
    pack = await _pack(db, found.place, poll.article, library) if poll.article else None
    return poll_files(replace(record, wording_changed=wording_changed(poll, pack)), format_, words(locale))


async def _stances(
    db: Database, found: Found, article: str, library: Library, format_: str, locale: str
) -> tuple[File, ...]:
    pack = await _pack(db, found.place, article, library)
    if pack is None:
        raise _NotDone(f"People answered {article}, but its pack is gone. Put its folder back, then export again.")

    async def look(tx: Tx) -> StanceRecord:
        return await stance_record(tx, found.place, pack, locale, found.place_name, now_ms())

    return stance_files(await db.read(look), format_, words(locale))


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


def _write(files: Sequence[File], output: Path, force: bool) -> list[tuple[Path, File]]:
    """Write them all, or none where one is there already."""
    targets = [(output, files[0]), *((_beside(output, file), file) for file in files[1:])]
    for path, _ in targets:
        if path.exists() and not force:
            raise _NotDone(f"{path} is there already. Add --force to replace it, or name another file.")
    for path, file in targets:
        try:
            _put(path, file.data)
        except OSError as problem:
            raise _NotDone(f"{path} can't be written: {problem.strerror}.") from problem
    return targets


def _put(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read; what was there stays until it is whole."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(data)
    draft.replace(path)


def _beside(output: Path, file: File) -> Path:
    """Where a second table goes: poll.csv has poll-ballots.csv beside it."""
    return output.with_stem(f"{output.stem}-{Path(file.name).stem.rpartition('-')[2]}")
