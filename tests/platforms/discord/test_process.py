"""The program as an operator runs it, against a loopback Discord: start, signals, a kill, a wrong token."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.loopback.people import MODERATOR, User
from tests.loopback.server import LoopbackDiscord
from tests.platforms.discord.test_boards import press_of, start_poll

ROOT = Path(__file__).parents[3]
ANA = User("ana", permissions=MODERATOR)


@asynccontextmanager
async def program(place: LoopbackDiscord, folder: Path, token: str = "") -> AsyncIterator[asyncio.subprocess.Process]:
    """`tertulia run` in a process of its own; killed at the end if it is still there."""
    environ = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environ |= {"DISCORD_TOKEN": token or place.token, "DISCORD_API_BASE": place.api_base, "PYTHONPATH": str(ROOT)}
    environ |= {"DATABASE_URL": f"sqlite:///{folder / 't.db'}"}
    pipe = asyncio.subprocess.PIPE
    run = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*run, cwd=folder, env=environ, stdout=pipe, stderr=pipe)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def up(process: asyncio.subprocess.Process) -> None:
    """Wait until it says that it is up."""
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    assert b"on Discord" in line


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_it_comes_up_answers_and_stops_when_asked(
    discord_: LoopbackDiscord, tmp_path: Path, stop: signal.Signals
) -> None:
    """Exit status 0, everything on stderr a JSON line, nothing of the token."""
    async with program(discord_, tmp_path) as process:
        await up(process)
        assert (await discord_.slash("help")).private
        process.send_signal(stop)
        _, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line for line in lines if line["level"] in ("WARNING", "ERROR")] == []
    assert discord_.token.encode() not in err


async def test_a_board_outlives_a_kill(discord_: LoopbackDiscord, tmp_path: Path) -> None:
    """kill -9 between the board's posting and the click: the next program counts the click."""
    async with program(discord_, tmp_path) as process:
        await up(process)
        board = await start_poll(discord_)
        first = await discord_.click(press_of(board), board)
        assert first.data["content"].startswith("Recorded")
        process.kill()
        await process.wait()
    async with program(discord_, tmp_path) as process:
        await up(process)
        again = await discord_.click(press_of(board, 1), board, user=User("tom"))
        assert again.data["content"].startswith("Recorded")
        same = await discord_.click(press_of(board), board)
        assert same.data["content"] == first.data["content"]
        [back] = first.data["components"][0]["components"]
        taken_back = await discord_.click(back["custom_id"], first.message)
        assert taken_back.data["content"].startswith("Taken back")


async def test_a_wrong_token_ends_it_with_one_sentence(discord_: LoopbackDiscord, tmp_path: Path) -> None:
    """Exit status 1, and what to do as the last line."""
    async with program(discord_, tmp_path, "a" * 24 + ".bbbbbb." + "c" * 38) as process:
        _, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert err.decode().splitlines()[-1].startswith("DISCORD_TOKEN is not accepted")
    assert b"Traceback" not in err
