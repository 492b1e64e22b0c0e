"""The real program in a process of its own, on a loopback Discord: so that it can be killed without warning."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.loopback.asks import COMPONENT, Answer, Ask, press
from tests.loopback.people import MODERATOR, Json, User
from tests.loopback.server import LoopbackDiscord
from tests.loopback.storm import Storm
from tests.spec.parts import walk

ANA = User("ana", permissions=MODERATOR)
PATIENCE = 20.0  # seconds that a start may take on a busy machine


@asynccontextmanager
async def tertulia(place: LoopbackDiscord, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`tertulia run` on that Discord, ready to be asked, its database in `folder`. Killed at the end."""
    process = await start(place, folder)
    try:
        await place.until(lambda: process.returncode is not None or place.gateway.connected(), PATIENCE)
        assert process.returncode is None, "the bot did not start"
        yield process
    finally:
        if process.returncode is None:
            await kill(process)


async def start(place: LoopbackDiscord, folder: Path) -> asyncio.subprocess.Process:
    """`tertulia run`, its log beside the database."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ} | {
        "DISCORD_TOKEN": place.token,
        "DISCORD_API_BASE": place.api_base,
        "DATABASE_URL": f"sqlite:///{folder / 'tertulia.db'}",
        "LOG_LEVEL": "WARNING",
    }
    with (folder / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdout=log, stderr=log
        )


async def kill(process: asyncio.subprocess.Process) -> None:
    """No warning, no farewell."""
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def board_of_a_poll(place: LoopbackDiscord, **options: str) -> Json:
    """A moderator drafts and starts a poll; the board that stands in the channel then."""
    told = {"question": "What first?", "options": "Parks | Buses | Books | Bread", "ballots": "named"} | options
    before = len(place.messages())
    draft = await place.slash("moderate poll start", told, user=ANA)
    assert draft.message is not None
    await place.click("Start", draft.message, user=ANA)
    await place.until(lambda: len(place.messages()) > before)
    return place.messages()[-1]


def buttons(board: Json) -> list[str]:
    """The ids of the options' buttons, from the first to the last."""
    return [part["custom_id"] for part in walk(board) if str(part.get("custom_id", "")).startswith("1:press:")]


def presses(board: Json, people: Sequence[User]) -> list[Ask]:
    """Each person presses one option, the options in turn."""
    ids = buttons(board)
    return [press(ids[number % len(ids)], person, board) for number, person in enumerate(people)]


def people(count: int, first: int = 0) -> list[User]:
    """Members with ids of their own."""
    return [User(f"member{number}", id=10**17 + number) for number in range(first, first + count)]


def acknowledged(storm: Storm, asks: Sequence[Ask]) -> dict[str, str]:
    """Whom the bot told that their vote is recorded, and for which option's id."""
    told = zip(asks, storm.answers, strict=True)
    return {f"discord:{ask.user.id}": _option(ask) for ask, answer in told if answer and recorded(answer)}


def recorded(answer: Answer) -> bool:
    """Whether the answer says that the vote counts."""
    return answer.words.startswith("Recorded")


def _option(ask: Ask) -> str:
    assert ask.kind == COMPONENT
    return str(ask.data["custom_id"]).split(":")[3]
