"""The scenario at the text door: lines in, lines out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from bot.content.demo import read_demo
from bot.paths import seeds_dir
from bot.platforms.text.door import TextDoor
from bot.platforms.text.stage import TextStage
from bot.services.boards import Boards
from bot.services.desk import Desk
from tests.scenario.table import Seen, squeezed

_CHOICE = re.compile(r"^ {2,}([a-z]*\d+)  (.+?)(?:   \(/.+\))?$", re.MULTILINE)
_PRIVATE = re.compile(r"^\((?:only \w+ sees this|esto solo lo ve \w+)\)$", re.MULTILINE)
_FIELD = re.compile(r"^ {3,}(\d+)\. ", re.MULTILINE)


class TextTable:
    """People at one console, changing places with `/as`."""

    name = "text"

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self._told: list[str] = []
        self._folder = folder
        self._stage = TextStage(desk, self._told.append, width=200)
        people = read_demo(seeds_dir() / "demo.yaml").people
        self._door = TextDoor(desk, people, stage=self._stage, folder=folder, width=200)
        self._boards = Boards(desk, {"text": self._stage}, time=count(step=10.0).__next__)

    async def type(self, who: str, command: str, **options: str) -> Seen:
        line = " ".join([f"/{command}", *(f'{name}:"{value}"' for name, value in options.items())])
        return await self._line(who, line)

    async def press(self, who: str, label: str, on: Seen) -> Seen:
        return await self._line(who, on.choice(label))

    async def fill(self, who: str, form: Seen, **values: str) -> Seen:
        for name, value in values.items():
            answer = await self._line(who, f"{name}: {value}")
        return answer if _PRIVATE.search(answer.handle) else await self._line(who, "send")

    async def boards(self) -> list[Seen]:
        while await self._boards.step() is not None:
            pass
        return [_seen(board.text, private=False) for board in self._stage.boards.values()]

    async def _line(self, who: str, line: str) -> Seen:
        await self._door.line(f"/as {who}")
        text = await self._door.line(line)
        saved = await self._door.line("/save")
        files = {path.name: path.read_bytes() for path in self._folder.iterdir() if str(path) in saved}
        return _seen(text, private=bool(_PRIVATE.search(text)), files=files)


def _seen(text: str, *, private: bool, files: dict[str, bytes] | None = None) -> Seen:
    choices = {found[2]: found[1] for found in _CHOICE.finditer(text)}
    return Seen(squeezed(text), choices, tuple(_FIELD.findall(text)), files or {}, private, text)


@asynccontextmanager
async def at_text(desk: Desk, folder: Path) -> AsyncIterator[TextTable]:
    """The console, with nobody in the way."""
    kept = folder / "saved"
    kept.mkdir()
    yield TextTable(desk, kept)
