"""What we lean on inside aiosqlite; if an upgrade breaks this file, look at bot/storage/sqlite/connection.py."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import aiosqlite

from bot.storage.sqlite.connection import open_writing


def test_the_private_parts_are_as_we_know_them() -> None:
    """`_execute(fn, *args)` is a coroutine function, and a connection makes its `_thread` before it starts it."""
    assert list(inspect.signature(aiosqlite.Connection._execute).parameters) == [
        "self",
        "fn",
        "args",
        "kwargs",
    ]
    assert inspect.iscoroutinefunction(aiosqlite.Connection._execute)
    unopened = aiosqlite.connect(":memory:")
    assert isinstance(unopened._thread, threading.Thread) and not unopened._thread.is_alive()


async def test_hop_runs_a_function_in_the_thread_of_the_connection(tmp_path: Path) -> None:
    """One hop: another thread, always the same, with the bare sqlite3 connection in its hands."""
    connection = await open_writing(tmp_path / "t.db")
    first, second = [await connection.hop(lambda _: threading.get_ident()) for _ in range(2)]
    assert first == second != threading.get_ident()
    assert await connection.hop(lambda bare: bare.execute("SELECT 7").fetchone()[0]) == 7
    await connection.close()


async def test_a_cancelled_hop_does_not_stop_its_function(tmp_path: Path) -> None:
    """The function runs to its end in the thread, and the next one comes after it."""
    connection = await open_writing(tmp_path / "t.db")
    begun, go_on = threading.Event(), threading.Event()
    done: list[bool] = []

    def slow(_: sqlite3.Connection) -> None:
        begun.set()
        done.append(go_on.wait(5))

    task = asyncio.create_task(connection.hop(slow))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    go_on.set()
    assert await connection.hop(lambda _: len(done)) == 1
    await connection.close()


def test_a_connection_nobody_closed_lets_the_process_end(tmp_path: Path) -> None:
    """A crash on the way to `close` must not leave a process that never exits."""
    program = (
        "import asyncio, os, sys; from pathlib import Path\n"
        "from bot.storage.sqlite.database import open_database\n"
        "kept = asyncio.run(open_database(Path(sys.argv[1])))\n"
    )
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path / "t.db")], cwd=root, timeout=30, check=False)
    assert ended.returncode == 0
