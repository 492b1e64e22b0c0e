"""A million ballots carried away: the memory that they cost, and the time beside what the csv module alone takes.

Every export runs in a process of its own, by the command that operators use, on a file made for it.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.cli.export import run
from bot.core.ctx import Spot
from bot.core.evidence.commitment import commitment
from bot.core.evidence.receipt import receipt
from bot.core.poll.kinds import kind_of
from bot.core.poll.values import Ballot, Poll, PollOption, State
from bot.exports.csv_ import Ballots
from bot.i18n import words
from bot.services.exporting import pages
from bot.storage import places, polls
from bot.storage.port import Tx
from bot.storage.sqlite.database import open_database

MANY, SOME, FEW = 1_000_000, 100_000, 1_000
FORMATS = {"csv": MANY, "json": MANY, "preflib": MANY, "blt": MANY, "html": MANY, "xlsx": SOME}  # XlsxWriter is slow
OPTIONS = "abcdefgh"
RANKINGS = 15_571  # different ones, as among 100,000 ballots of people with opinions
POLL = "p7zkq2mxne"
OPENED = 1_793_534_400_000
SPOT = Spot("test", "test:town", "square", "Town", "en", members=2_000_000)


async def measure() -> dict[str, Any]:
    """For each format the seconds, the size, and the memory that its ballots cost; for CSV beside the csv module."""
    with tempfile.TemporaryDirectory() as folder:
        files = {n: Path(folder) / f"{n}.db" for n in {FEW, *FORMATS.values()}}
        for n, path in files.items():
            await fill(path, n)
        found: dict[str, Any] = {}
        for format_, n in FORMATS.items():
            bare, full = (_child(format_, files[size], Path(folder)) for size in (FEW, n))
            found[format_] = {"ballots": n} | full | {"extra_mib": round(full.pop("peak_mib") - bare["peak_mib"], 1)}
        return found | {"csv_rows": _child("rows", files[FORMATS["csv"]], Path(folder))}


async def fill(path: Path, ballots: int) -> None:
    """A closed secret poll that ranks eight options, with so many ballots."""
    asked = Poll(POLL, SPOT.place, "What first?", "ranked", tuple(PollOption(o, f"Option {o}") for o in OPTIONS))
    closed = replace(asked, state=State.CLOSED, number=1, opened_ms=OPENED, closed_ms=OPENED + 1, salt="5a17" * 8)

    async def begin(tx: Tx) -> None:
        await places.ensure(tx, SPOT, OPENED)
        await polls.add(tx, replace(closed, root=sha256(b"").hexdigest()))

    async with await open_database(path) as db:
        await db.write(begin)
    with closing(sqlite3.connect(path)) as raw:
        raw.executemany(
            "INSERT INTO secret_ballots (poll_id, ballot_id, marks, nonce) VALUES (?, ?, ?, ?)", _rows(ballots)
        )
        raw.commit()


def _rows(ballots: int) -> Iterator[tuple[str, str, str, str]]:
    chance = random.Random(1)
    rankings = [_ranking(chance) for _ in range(RANKINGS)]
    for n in range(ballots):
        yield POLL, f"{n:032x}", rankings[chance.randrange(RANKINGS)], f"{chance.getrandbits(128):032x}"


def _ranking(chance: random.Random) -> str:
    some = chance.sample(OPTIONS, chance.randrange(1, len(OPTIONS) + 1))
    return json.dumps({option: rank for rank, option in enumerate(some, start=1)}, sort_keys=True)


def _child(what: str, database: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.exports", what, str(database), str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def export(format_: str, database: Path, folder: Path) -> dict[str, Any]:
    """The command as operators give it."""
    out = folder / f"{database.stem}.{format_}"
    begun = time.perf_counter()
    assert run(database, "1", format_, out, force=True, out=io.StringIO()) == 0
    seconds = time.perf_counter() - begun
    ballots = out.with_name(f"{out.stem}-ballots.csv") if format_ == "csv" else out
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(seconds, 2),
        "megabytes": round(ballots.stat().st_size / 1e6, 1),
        "peak_mib": round(peak, 1),
    }


async def rows(database: Path, folder: Path) -> dict[str, float]:
    """What it takes to make a file of the ballots once they are read, three ways.

    `ours_s`: guarded, as it is exported. `plain_s`: the same rows made one by one and written by the csv module, no
    guard. `ready_s`: the csv module writing rows that were made before. `read_s` is what reading the ballots takes, and
    `export_by_csv_module` the whole way from the database beside the csv module with rows that cost nothing to make.
    """
    clock = dict.fromkeys(("read_s", "ours_s", "plain_s", "ready_s"), 0.0)

    async def work(tx: Tx) -> None:
        poll = await polls.get(tx, POLL)
        assert poll is not None
        with (folder / "ours.csv").open("wb") as target, (folder / "plain.csv").open("w", newline="") as plain:
            taker, writer, begun = Ballots(poll, words("en"), target), csv.writer(plain), time.perf_counter()
            async for page in pages(tx, poll):
                clock["read_s"] += time.perf_counter() - begun
                clock["ours_s"] += _timed(lambda page=page: taker.take(page))
                clock["plain_s"] += _timed(lambda page=page: writer.writerows(_plain(poll, page)))
                ready = list(_plain(poll, page))
                clock["ready_s"] += _timed(lambda ready=ready: writer.writerows(ready))
                begun = time.perf_counter()

    async with await open_database(database, readonly=True) as db:
        await db.read(work)
    read, ours = clock["read_s"], clock["ours_s"]
    ratios = {
        "export_by_csv_module": (read + ours) / (read + clock["ready_s"]),
        "ours_by_plain": ours / clock["plain_s"],
        "ours_by_ready": ours / clock["ready_s"],
    }
    return {name: round(value, 2) for name, value in (clock | ratios).items()}


def _plain(poll: Poll, page: list[Ballot]) -> Iterator[list[object]]:
    """The rows as one would make them for the csv module."""
    for ballot in page:
        given = receipt(commitment(poll.id, ballot.marks, ballot.nonce))
        chosen = kind_of(poll).write(ballot.marks, poll)
        yield [poll.id, poll.kind, given, chosen, *(ballot.marks.get(option.id) for option in poll.options)]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    what, database, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps(asyncio.run(rows(database, folder)) if what == "rows" else export(what, database, folder)))
