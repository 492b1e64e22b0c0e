"""Threads of polls on Discord: public, started without a message, because one from a card would have an empty top.

Opening one takes Create Public Threads and Send Messages in Threads, locking it Manage Threads, reading it back Read
Message History. Without the Message Content intent Discord tells who spoke and when, and keeps the words to itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

import discord

from bot.core.card import Card
from bot.core.record import Line
from bot.core.text import cut, one_line
from bot.platforms.discord.directory import Directory, ForeignChannel
from bot.platforms.discord.draw import plain
from bot.platforms.discord.gate import NAME_UNITS, number_of
from bot.platforms.discord.message import said
from bot.platforms.discord.trouble import translated
from bot.services.reach import OutOfReach
from bot.services.stage import SlowDown

Json = Mapping[str, Any]
ASLEEP = 1.0  # seconds until another look whether we are logged in
PATIENCE = 10.0  # seconds for one act
LONGEST_TITLE = 100  # characters of a thread's name
PAGE = 100  # messages in one answer of Discord
KINDS = {0: 11, 5: 10}  # by the channel's type: a text channel's public thread, an announcement channel's
SPOKEN = {0, 19}  # a message and a reply; the rest is Discord's own, or answers to commands
QUIET: Literal[10080] = 10080  # minutes without a word until Discord puts a thread away: the most it takes


class Threads:
    """What can be done with threads, over a client; in a server's own channels, whatever is asked for."""

    def __init__(self, client: discord.Client, directory: Directory) -> None:
        self._client = client
        self._directory = directory

    async def open_thread(self, place: str, channel: str, title: str, card: Card) -> str | None:
        """The thread's id; its title is cut to what Discord takes. Raises OutOfReach, SlowDown."""
        self._awake()
        with translated():
            async with asyncio.timeout(PATIENCE):
                await self._of_server(place, channel)
                parent = await self._client.http.get_channel(int(channel))
                if parent["type"] not in KINDS:
                    return None
                name = cut(title, LONGEST_TITLE)
                thread = await self._left(parent, name) or await self._start(parent, name)
                if thread.get("last_message_id") is None:
                    await self._say(thread["id"], card)
        return str(thread["id"])

    async def lock_thread(self, place: str, thread: str, card: Card) -> bool:
        """Say it and lock. A thread that only a moderator could lock is put away at least."""
        self._awake()
        with translated():
            async with asyncio.timeout(PATIENCE):
                await self._of_server(place, thread)
                if (await self._state(thread)).get("locked"):
                    return True
                await self._say(thread, card)
                try:
                    await self._client.http.edit_channel(int(thread), locked=True, archived=True)
                except discord.Forbidden:
                    with suppress(discord.Forbidden):
                        await self._client.http.edit_channel(int(thread), archived=True)
                    return False
        return True

    async def unlock_thread(self, place: str, thread: str, card: Card) -> None:
        """Unlock and say it."""
        self._awake()
        with translated():
            async with asyncio.timeout(PATIENCE):
                await self._of_server(place, thread)
                state = await self._state(thread)
                if state.get("locked") or state["archived"]:
                    await self._client.http.edit_channel(int(thread), archived=False, locked=False)
                    await self._say(thread, card)

    async def wipe_thread(self, place: str, thread: str, title: str, card: Card) -> None:
        """Delete our messages, rename, say it, lock: in this order, so that a try cut short is made up for."""
        self._awake()
        with translated():
            async with asyncio.timeout(PATIENCE * 3):
                await self._of_server(place, thread)
                told: Json = await self._client.http.get_channel(int(thread))
                if told["name"] == title:
                    return
                if told["thread_metadata"]["archived"]:
                    await self._client.http.edit_channel(int(thread), archived=False, locked=False)
                for message in await self._messages(thread, 5 * PAGE):
                    if int(message["author"]["id"]) == self._me:
                        await self._client.http.delete_message(int(thread), int(message["id"]))
                await self._say(thread, card)
                await self._client.http.edit_channel(int(thread), name=title, locked=True, archived=True)

    async def read_thread(self, place: str, thread: str, most: int) -> tuple[Line, ...] | None:
        """What people said; None where nothing can be read: our own first message must be there."""
        self._awake()
        with translated():
            await self._of_server(place, thread)
            found = await self._messages(thread, most)
        return tuple(_line(message) for message in found if self._spoken(message)) if found else None

    def _awake(self) -> None:
        """Nothing can be asked before the login. Raises SlowDown."""
        if not self._client.is_ready():
            raise SlowDown(ASLEEP)

    async def _of_server(self, place: str, channel: str) -> None:
        """Raises OutOfReach where a channel or thread is not of this server."""
        try:
            await self._directory.locate(number_of(place), int(channel))
        except ForeignChannel as error:
            raise OutOfReach("gone") from error

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    async def _left(self, parent: Json, name: str) -> Json | None:
        """The open thread that an earlier try left without our knowing."""
        active = await self._client.http.get_active_threads(int(parent["guild_id"]))
        threads: Sequence[Json] = active["threads"]
        ours = {"parent_id": str(parent["id"]), "owner_id": str(self._me), "name": name}
        return next((each for each in threads if all(str(each[k]) == v for k, v in ours.items())), None)

    async def _start(self, parent: Json, name: str) -> Json:
        kind: Any = KINDS[parent["type"]]
        started: Json = await self._client.http.start_thread_without_message(
            int(parent["id"]), name=name, auto_archive_duration=QUIET, type=kind
        )
        return started

    async def _say(self, thread: str, card: Card) -> None:
        target = self._client.get_partial_messageable(int(thread))
        await target.send(**said(plain(card), f"thread {thread} {card!r}"))

    async def _state(self, thread: str) -> Json:
        told: Json = await self._client.http.get_channel(int(thread))
        if "thread_metadata" not in told:
            raise OutOfReach("gone")
        metadata: Json = told["thread_metadata"]
        return metadata

    async def _messages(self, thread: str, most: int) -> list[Json]:
        """The first messages, oldest first, a page at a time and as fast as Discord lets us."""
        found: list[Json] = []
        while len(found) < most:
            page = await self._page(thread, int(found[-1]["id"]) if found else 0)
            found += sorted(page, key=lambda message: int(message["id"]))
            if len(page) < PAGE:
                break
        return found[:most]

    async def _page(self, thread: str, after: int) -> Sequence[Json]:
        while True:
            try:
                return await self._client.http.logs_from(int(thread), PAGE, after=after)
            except discord.RateLimited as limit:
                await asyncio.sleep(limit.retry_after)

    def _spoken(self, message: Json) -> bool:
        return message["type"] in SPOKEN and int(message["author"]["id"]) != self._me


def _line(message: Json) -> Line:
    """A message as a line: by whom under the name that everybody sees, mentions by name, files by theirs."""
    author = message["author"]
    name = cut(one_line(author.get("global_name") or author["username"]), NAME_UNITS) or "?"
    at = round(datetime.fromisoformat(message["timestamp"]).timestamp() * 1000)
    return Line(at, name, "\n".join(part for part in _parts(message) if part))


def _parts(message: Json) -> list[str]:
    text = message["content"]
    for person in message.get("mentions", ()):
        named = "@" + one_line(person.get("global_name") or person["username"])
        text = text.replace(f"<@{person['id']}>", named).replace(f"<@!{person['id']}>", named)
    files = [f"[{file['filename']}]" for file in message.get("attachments", ())]
    return [text, *files, *(f"[{sticker['name']}]" for sticker in message.get("sticker_items", ()))]
