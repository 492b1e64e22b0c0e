"""Pictures of Discord as people see it there: the real client in a simulated Discord, drawn by its preview."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import discord
import simcord
from playwright.async_api import Browser

from bot.platforms.discord.client import TertuliaClient
from bot.platforms.discord.directory import Directory
from bot.platforms.discord.door import Door
from bot.platforms.discord.platform import COMMANDS_FILE
from bot.platforms.discord.stage import DiscordStage
from bot.services.boards import Boards
from tests.support import a_desk

ARTICLE = "us-mexico-bargain"
CROWD = ("Tom", "María", "Aiko", "Ben", "Chidi", "Dana", "Eli", "Fatou", "Gus", "Hana", "Iván", "Jo", "Kim")
WIDE, PHONE = (760, 2400), (420, 3000)
PICTURES = {
    "discord-article": WIDE,
    "discord-reader": WIDE,
    "discord-sides": WIDE,
    "discord-poll-phone": PHONE,
    "discord-results-phone": PHONE,
    "discord-stance-phone": PHONE,
}


@dataclass(frozen=True)
class Server:
    """A server with members and a moderator, and boards that are brought in step when asked."""

    env: simcord.Env
    channel: Any
    members: list[Any]
    sam: Any
    boards: Boards

    async def show_boards(self) -> None:
        """Every board that is behind, a channel's pace apart."""
        while await self.boards.step() is not None:
            continue


@asynccontextmanager
async def a_server(folder: Path) -> AsyncIterator[Server]:
    """The bot on a fresh database in a server of its own."""
    async with a_desk(folder) as table:
        client = TertuliaClient(Door(table.desk, 8 * 1024 * 1024), folder / COMMANDS_FILE)
        env = simcord.Env(client)
        await env.start()
        guild = env.create_guild("Town")
        moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        hours = count(step=3600)
        yield Server(
            env,
            guild.create_text_channel("square"),
            [guild.add_member(env.create_user(name)) for name in CROWD],
            guild.add_member(env.create_user("Sam"), roles=[moderators]),
            Boards(table.desk, {"discord": DiscordStage(client, Directory(client))}, lambda: float(next(hours))),
        )
        await env.shutdown()


async def play(server: Server) -> dict[str, Any]:
    """An evening on the server; the messages worth a picture, by name."""
    tom, sam, channel = server.members[0], server.sam, server.channel
    await sam.slash(channel, "moderate article use", article=ARTICLE)
    await server.show_boards()  # one by one, because the clock stands and nothing else tells which came first
    draft = await sam.slash(channel, "moderate poll start", ready="r-demand", closes="2 days", ballots="named")
    await sam.click(draft.response.message, label="Start")
    await server.show_boards()
    boards = dict(zip(("article", "poll"), channel.history(), strict=True))
    for n, member in enumerate(server.members[1:]):
        await member.slash(channel, "poll vote", poll="1", marks="abcddeeedcef"[n])
    shown = {
        "reader": await tom.slash(channel, "section", section="3", article=ARTICLE),
        "sides": await tom.slash(channel, "proscons", layout="sides"),
        "stance": await tom.slash(channel, "stance"),
        "voted": await tom.slash(channel, "poll vote", poll="1", marks="d"),
        "results": await tom.slash(channel, "poll results", poll="1"),
    }
    return boards | {name: result.response.message for name, result in shown.items()}


async def take(browser: Browser, folder: Path) -> int:
    """Take every picture into `folder`; how many they are."""
    with tempfile.TemporaryDirectory() as data:
        async with a_server(Path(data)) as server:
            messages = await play(server)
            async with server.env.preview(server.channel, viewers=server.members[:1], layout="channel") as preview:
                for name, (width, height) in PICTURES.items():
                    tab = await browser.new_page(viewport={"width": width, "height": height})
                    await tab.goto(preview.url)
                    message = messages[name.split("-")[1]]
                    place = tab.locator(f".channel-message[data-message-id='{message.id}']")
                    await place.screenshot(path=folder / f"{name}.png")
                    await tab.close()
    return len(PICTURES)
