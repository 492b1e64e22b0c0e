"""A vote that was acknowledged is there after the process was killed, and is there once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage.backup import integrity
from bot.storage.sqlite.database import open_database

STORM = """
import asyncio, os, sys
from pathlib import Path
from bot.storage.sqlite.database import open_database

async def voter(database, number):
    turn = 0
    while True:
        name = f"{number}:{turn}"
        async def work(tx):
            await tx.run("INSERT INTO events (event_id, at_ms) VALUES (?, 1)", name)
            await tx.run("INSERT INTO events (event_id, at_ms) VALUES (?, 2)", name + ":ballot")
        await database.write(work)
        os.write(1, (name + "\\n").encode())
        turn += 1

async def main():
    database = await open_database(Path(sys.argv[1]), exclusive=True)
    await asyncio.gather(*(voter(database, number) for number in range(50)))

asyncio.run(main())
"""


def storm_until(path: Path, acknowledged: int) -> set[str]:
    """Let a child write until so many writes were acknowledged, kill it without warning; what it had acknowledged."""
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", STORM, str(path)], cwd=root, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        heard = [child.stdout.readline() for _ in range(acknowledged)]
        os.kill(child.pid, signal.SIGKILL)
        heard += child.stdout.readlines()
    return {line.decode().strip() for line in heard if line.endswith(b"\n")}


@pytest.mark.parametrize("acknowledged", [1, 137, 2000])
async def test_what_was_acknowledged_survives_kill_9(tmp_path: Path, acknowledged: int) -> None:
    """Every acknowledged write is there with both of its rows, no half one is, the file is sound, the lease free."""
    path = tmp_path / "t.db"
    heard = storm_until(path, acknowledged)
    assert len(heard) >= acknowledged
    async with await open_database(path, exclusive=True) as database:
        rows = await database.read(lambda tx: tx.all("SELECT event_id, at_ms FROM events"))
    votes = {row["event_id"] for row in rows if row["at_ms"] == 1}
    ballots = {row["event_id"].removesuffix(":ballot") for row in rows if row["at_ms"] == 2}
    assert heard <= votes == ballots
    assert integrity(path) == []
