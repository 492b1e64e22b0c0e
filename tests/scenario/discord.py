"""The scenario on Discord: real discord.py against the loopback Discord, which judges every payload."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.core.commands import COMMANDS, Takes
from bot.platforms.discord.platform import DiscordPlatform
from bot.services.boards import Boards
from bot.services.desk import Desk
from bot.settings import load
from tests.loopback.asks import Answer
from tests.loopback.http import CDN
from tests.loopback.people import MODERATOR, User
from tests.loopback.server import LoopbackDiscord
from tests.scenario.table import MOMENT, Seen, squeezed
from tests.spec.gate import violations
from tests.spec.parts import BUTTON, EPHEMERAL, walk

Json = dict[str, Any]
DEFERRED, MODAL = 5, 9
_MARKUP = re.compile(r"\\(?P<sign>[^\w\s])|(?P<moment><t:-?\d+:\w>)|\*\*|`|^#+ |^-# |^> ", re.MULTILINE)


class DiscordTable:
    """Members and a moderator of one server."""

    name = "discord"

    def __init__(self, desk: Desk, platform: DiscordPlatform, discord: LoopbackDiscord) -> None:
        self.desk = desk
        self._discord = discord
        self._people = {
            "maria": User("maria", global_name="María", locale="es-ES"),
            "tom": User("tom"),
            **{name: User(name) for name in ("aiko", "noor", "lena")},
            "diego": User("diego", locale="es-ES"),
            "sam": User("sam", permissions=MODERATOR),
        }
        self._boards = Boards(desk, {"discord": platform.stage}, time=count(step=10.0).__next__)

    async def type(self, who: str, command: str, **options: str) -> Seen:
        typed = {name: _value(command, name, value) for name, value in options.items()}
        return await self._seen(await self._discord.slash(command, typed, user=self._people[who]))

    async def press(self, who: str, label: str, on: Seen) -> Seen:
        part, value = on.choice(label)
        user = self._people[who]
        if value is None:
            return await self._seen(await self._discord.click(part, on.handle, user=user))
        return await self._seen(await self._discord.choose(part, [value], on.handle, user=user))

    async def fill(self, who: str, form: Seen, **values: str) -> Seen:
        return await self._seen(await self._discord.submit(form.handle, values, user=self._people[who]))

    async def boards(self) -> list[Seen]:
        while await self._boards.step() is not None:
            pass
        return [self._message(message) for message in self._discord.messages()]

    async def _seen(self, answer: Answer) -> Seen:
        if answer.type == MODAL:
            fields = tuple(part["custom_id"] for part in walk(answer.data) if part.get("custom_id"))
            return Seen(_bare(answer.words), {}, fields, {}, True, answer)
        if answer.type == DEFERRED:
            return self._message(await self._discord.after(answer))
        assert answer.message is not None
        return self._message(answer.message)

    def _message(self, message: Json) -> Seen:
        from tests.loopback.messages import words

        stored = self._discord.world.messages.files
        files = {
            file["filename"]: stored[urlsplit(file["url"]).path.removeprefix(CDN)] for file in message["attachments"]
        }
        private = bool(message["flags"] & EPHEMERAL)
        return Seen(_bare(words(message)), dict(_choices(message)), (), files, private, message)


def _value(command: str, name: str, value: str) -> str | int | bool:
    """A value as Discord's client sends it, by the option's type."""
    options = next(entry.options for entry in COMMANDS if entry.path == command)
    takes = next(option.takes for option in options if option.name == name)
    if takes is Takes.SWITCH:
        return value == "yes"
    return int(value) if takes is Takes.NUMBER else value


def _choices(message: Json) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Buttons and the options of menus, by their label."""
    for part in walk(message):
        if part.get("type") == BUTTON and part.get("custom_id") and not part.get("disabled"):
            yield part.get("label") or "", (part["custom_id"], None)
        for option in part.get("options") or ():
            yield option["label"], (part["custom_id"], option["value"])


def _bare(text: str) -> str:
    """Discord's Markdown as words, moments as one sign."""
    return squeezed(_MARKUP.sub(lambda found: MOMENT if found["moment"] else found["sign"] or "", text))


@asynccontextmanager
async def at_discord(desk: Desk, folder: Path) -> AsyncIterator[DiscordTable]:
    """The bot, logged in at a loopback Discord."""
    async with LoopbackDiscord(judge=violations) as discord:
        settings = load(
            {
                "DISCORD_TOKEN": discord.token,
                "DISCORD_API_BASE": discord.api_base,
                "DATABASE_URL": f"sqlite:///{folder / 'unused.db'}",
            }
        )
        ready = asyncio.Event()
        platform = DiscordPlatform(desk, settings, ready.set)
        running = asyncio.create_task(platform.run())
        try:
            await asyncio.wait_for(ready.wait(), 20)
            yield DiscordTable(desk, platform, discord)
        finally:
            await platform.close()
            await asyncio.gather(running, return_exceptions=True)
