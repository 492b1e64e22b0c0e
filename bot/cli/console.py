"""`tertulia console`: the text door on a terminal or a pipe. Lines in, answers out; boards appear as they change."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot import paths
from bot.app import open_app
from bot.content.demo import read_demo
from bot.platforms.text.door import TextDoor, spot
from bot.platforms.text.stage import TextStage
from bot.services.planting import plant

if TYPE_CHECKING:
    from bot.settings import Settings

PLACE = "text:local"
PROMPT = "> "


async def run(settings: Settings, out: TextIO = sys.stdout) -> int:
    """Answer lines from standard input until it ends or `/quit`. Plants a fresh database first."""
    if sys.stderr.isatty():
        logging.getLogger().setLevel(logging.WARNING)  # because what went well would stand between the answers
    seeds = paths.seeds_dir()
    everybody = read_demo(seeds / "demo.yaml").people
    people = tuple(sorted(everybody, key=lambda person: (person.moderates, person.locale != settings.locale)))
    async with open_app(settings) as app:
        await plant(app.desk, spot(people, PLACE), seeds)
        stage = TextStage(app.desk, lambda board: print(_between(board), end="", file=out, flush=True))
        door = TextDoor(app.desk, people, place=PLACE, stage=stage, folder=Path.cwd())
        print(await door.welcome(), end="\n\n", file=out, flush=True)
        loops = asyncio.create_task(app.loops({stage.name: stage}))
        try:
            await _talk(door, out)
        finally:
            loops.cancel()
            await asyncio.gather(loops, return_exceptions=True)
    return 0


def _between(board: str) -> str:
    """A board that comes while somebody may be typing: in the prompt's place, with a new one below."""
    return f"\r{board}\n\n{PROMPT}" if sys.stdin.isatty() else f"{board}\n\n"


async def _talk(door: TextDoor, out: TextIO) -> None:
    """Line by line, in order: each is answered before the next is read."""
    async with contextlib.aclosing(lines(PROMPT if sys.stdin.isatty() else "")) as source:
        async for line in source:
            if answer := await door.line(line):
                print(answer, end="\n\n", file=out, flush=True)
            if door.closed:
                return


async def lines(prompt: str) -> AsyncGenerator[str, None]:
    """Lines of standard input, each asked for when the one before was dealt with.

    They are read in a thread of their own, which never keeps the program from ending: the loops go on meanwhile.
    """
    loop = asyncio.get_running_loop()
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    wanted = threading.Semaphore(0)

    def read() -> None:
        while wanted.acquire():
            try:
                line: str | None = input(prompt)
            except (EOFError, UnicodeDecodeError, ValueError):
                line = None
            with contextlib.suppress(RuntimeError):  # because the loop may be closed by now
                loop.call_soon_threadsafe(heard.put_nowait, line)
            if line is None:
                return

    with _terminal():
        threading.Thread(target=read, name="console", daemon=True).start()
        wanted.release()
        while (line := await heard.get()) is not None:
            yield line
            wanted.release()


@contextlib.contextmanager
def _terminal() -> Iterator[None]:
    """History and editing on a terminal, which is left as it was found even when a line was being typed."""
    if not sys.stdin.isatty():
        yield
        return
    import readline  # noqa: F401 (importing it gives `input` its history)
    import termios

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
