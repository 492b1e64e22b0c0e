"""The arm of the web console and of the text door: all are known, a whisper has one reader, there are no threads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.content.demo import read_demo
from bot.core.card import Action, Card, Text
from bot.core.intents import ShowPoll
from bot.paths import seeds_dir
from bot.platforms.text.door import TextDoor
from bot.platforms.text.stage import TextStage
from bot.platforms.web.server import WebPlatform
from bot.services.reach import Reach
from bot.settings import Settings
from tests.support import Table, a_desk

CARD = Card(blocks=(Text("Not voted yet."),), actions=((Action("Vote", ShowPoll("p1")),),), locale="es")


def web(table: Table) -> tuple[Reach, Any]:
    platform = WebPlatform(table.desk, Settings())
    return table.desk.reach["web"], platform


def text(table: Table) -> tuple[Reach, list[str]]:
    told: list[str] = []
    TextDoor(table.desk, read_demo(seeds_dir() / "demo.yaml").people, stage=TextStage(table.desk, told.append))
    return table.desk.reach["text"], told


@pytest.mark.parametrize("platform", [web, text])
async def test_the_few_people_are_known(tmp_path: Path, platform: Any) -> None:
    """Each as the desk knows them, in their language; nobody else is there, and nothing has an address or a thread."""
    async with a_desk(tmp_path) as table:
        arm, _ = platform(table)
        name = platform.__name__
        person = await arm.person(f"{name}:local", f"{name}:maria")
        assert person and (person.name, person.locale) == ("María", "es")
        assert await arm.person(f"{name}:local", f"{name}:nobody") is None
        assert await arm.members(f"{name}:local") == len(read_demo(seeds_dir() / "demo.yaml").people)
        assert not await arm.whisper(f"{name}:local", f"{name}:nobody", CARD)
        assert await arm.open_thread(f"{name}:local", "main", "3", CARD) is None
        assert await arm.read_thread("web:local", "x", 9) is None
        assert arm.address(f"{name}:local", "main") == ""


async def test_on_the_web_a_whisper_is_on_one_page(tmp_path: Path) -> None:
    """Among what that person sees, and nobody else."""
    async with a_desk(tmp_path) as table:
        arm, platform = web(table)
        assert await arm.whisper("web:local", "web:maria", CARD)
        room = platform._stream._room
        seen = {who: [message.body for message in room.since(who, 0)] for who in ("maria", "tom")}
        assert seen["tom"] == [] and "Not voted yet." in str(seen["maria"])


async def test_at_the_text_door_a_whisper_says_whose_it_is(tmp_path: Path) -> None:
    """In the person's language, and its choices are typed like a board's; old ones can't be pressed any more."""
    async with a_desk(tmp_path) as table:
        told: list[str] = []
        stage = TextStage(table.desk, told.append)
        TextDoor(table.desk, read_demo(seeds_dir() / "demo.yaml").people, stage=stage)
        for _ in range(22):
            assert await table.desk.reach["text"].whisper("text:local", "text:maria", CARD)
        assert told[0].startswith("(esto solo lo ve María)\n") and "a1  Vote" in told[0]
        assert stage.pressed("a1") is None and stage.pressed("d1") == ShowPoll("p1")
