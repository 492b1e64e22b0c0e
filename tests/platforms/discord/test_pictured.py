"""A picture in a simulated Discord: private, attached and described; on a board for everybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import simcord

from bot.core.card import Card, Picture, Text
from bot.core.ctx import Spot
from bot.core.intents import DraftPoll, PressOption, StartPoll
from bot.platforms.discord.client import TertuliaClient
from bot.platforms.discord.directory import Directory
from bot.platforms.discord.door import Door
from bot.platforms.discord.platform import COMMANDS_FILE
from bot.platforms.discord.stage import DiscordStage
from bot.services.stage import Slot
from tests.spec.parts import walk
from tests.support import Table, a_desk, actions, sam, tom

GALLERY = 12


def galleries(components: list[Any]) -> list[Any]:
    """The galleries among components."""
    return [part for part in walk({"components": components}) if part.get("type") == GALLERY]


async def live_poll(table: Table, place: str, channel: str) -> str:
    """A poll in a place whose counts anybody may see; its id."""
    spot = Spot("discord", place, channel, "Town", "en", members=3)
    draft = DraftPoll(question="What first?", options="Parks | Buses", ballots="named", results="live")
    card = (await table.ask(sam, draft, spot)).card
    start = next(action.intent for action in actions(card) if isinstance(action.intent, StartPoll))
    await table.ask(sam, start, spot)
    await table.ask(tom, PressOption(start.poll, "a"), spot)
    return start.poll


async def test_a_picture_comes_privately_with_its_words(tmp_path: Path) -> None:
    """Announced, then in a gallery of what is attached."""
    async with a_desk(tmp_path) as table:
        client = TertuliaClient(Door(table.desk, 8 * 1024 * 1024), tmp_path / COMMANDS_FILE)
        async with simcord.run(client) as env:
            guild = env.create_guild("Town")
            channel = guild.create_text_channel("square")
            maria = guild.add_member(env.create_user("maria"))
            poll = await live_poll(table, f"discord:{guild.id}", str(channel.id))
            result = await maria.slash(channel, "poll picture", poll=poll)
            answer = result.response
            assert answer is not None and answer.ephemeral
            [file] = answer.attachments
            [gallery] = galleries(answer.components)
            [item] = gallery["items"]
            assert "A · Parks: 1 vote" in item["description"]
            assert file.filename in item["media"]["url"]
        table.desk.artist.close()


async def test_a_board_may_show_one(tmp_path: Path) -> None:
    """Posted with it, and edited to another one."""
    async with a_desk(tmp_path) as table:
        client = TertuliaClient(Door(table.desk, 8 * 1024 * 1024), tmp_path / COMMANDS_FILE)
        async with simcord.run(client) as env:
            guild = env.create_guild("Town")
            channel = guild.create_text_channel("square")
            stage = DiscordStage(client, Directory(client))
            picture = Picture("one.png", b"\x89PNG one", "image/png", "One.")
            card = Card("A poll", (Text("closed"),), pictures=(picture,))
            slot = Slot("post", f"discord:{guild.id}", str(channel.id), None)
            posted = await stage.show(slot, card)
            other = replace(card, pictures=(replace(picture, name="two.png", alt="Two."),))
            assert await stage.show(replace(slot, message=posted), other) == posted
            [message] = channel.history()
            [gallery] = galleries([part.to_dict() for part in message.components])
            assert gallery["items"][0]["description"] == "Two."
            assert [file.filename for file in message.attachments] == ["two.png"]
