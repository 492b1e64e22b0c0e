"""The scenario on the web console: a real server, a client as the page is one, and its open line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from bot.platforms.web.server import WebPlatform
from bot.services.boards import Boards
from bot.services.desk import Desk
from bot.settings import load
from tests.scenario.table import MOMENT, Seen, squeezed

Json = dict[str, Any]


class WebTable:
    """Three people at one page each. `session` holds the door's cookie."""

    name = "web"

    def __init__(self, desk: Desk, platform: WebPlatform, session: aiohttp.ClientSession) -> None:
        self.desk = desk
        self._session = session
        self._events = count()
        self._boards = Boards(desk, {"web": platform.stage}, time=count(step=10.0).__next__)

    async def type(self, who: str, command: str, **options: str) -> Seen:
        line = " ".join([f"/{command}", *(f'{name}:"{value}"' for name, value in options.items())])
        return await self._done(who, "/say", {"line": line})

    async def press(self, who: str, label: str, on: Seen) -> Seen:
        return await self._done(who, "/press", {"intent": on.choice(label), "message": on.handle["id"]})

    async def fill(self, who: str, form: Seen, **values: str) -> Seen:
        told = {"as": who, "event": self._event(), "message": form.handle["id"]}
        data = aiohttp.FormData(told, default_to_multipart=True)
        data.add_field("intent", form.handle["form"]["intent"])
        for name, value in values.items():
            data.add_field(f"field.{name}", value)
        async with self._session.post("/send", data=data) as response:
            return await self._seen(who, await response.json())

    async def boards(self) -> list[Seen]:
        while await self._boards.step() is not None:
            pass
        found = [told for told in await self._channel("tom") if told["kind"] == "board"]
        return [await self._message("tom", told["body"], told) for told in found]

    async def _channel(self, who: str) -> list[Json]:
        """What a page gets that has just been opened, from its open line."""
        async with self._session.get("/events", params={"as": who}) as response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    messages: list[Json] = json.loads(line[6:])["messages"]
                    return messages
        raise AssertionError("the line ended before it told anything")

    async def _done(self, who: str, path: str, asked: Mapping[str, str]) -> Seen:
        told = {"as": who, "event": self._event(), **asked}
        async with self._session.post(path, json=told) as response:
            return await self._seen(who, await response.json())

    async def _seen(self, who: str, done: Json) -> Seen:
        """What came of it: the last message, or a form, or a refusal."""
        cards = [message for message in done["messages"] if message["kind"] != "line"]
        body = done.get("refused") or done.get("form") or cards[-1]["body"]
        message = cards[-1] if cards else {"id": done.get("over") or "", "private": True}
        return await self._message(who, body, message)

    async def _message(self, who: str, body: Json, message: Json) -> Seen:
        files = {file["name"]: await self._file(who, file["id"]) for file in body.get("files") or ()}
        form = body.get("form")
        fields = tuple(field["name"] for field in form["fields"]) if form else ()
        handle = {"id": message["id"], "form": form}
        return Seen(squeezed(" ".join(_words(body))), dict(_choices(body)), fields, files, message["private"], handle)

    async def _file(self, who: str, name: str) -> bytes:
        async with self._session.get(f"/files/{name}", params={"as": who}) as response:
            assert response.status == 200
            return await response.read()

    def _event(self) -> str:
        return f"event-{next(self._events):08}"


def _words(part: Any, key: str = "") -> Iterator[str]:
    """Every text of a card, runs joined, moments as one sign."""
    if isinstance(part, list) and part and all(isinstance(run, str) or _is_run(run) for run in part):
        yield "".join(run if isinstance(run, str) else _run(run) for run in part)
    elif isinstance(part, list):
        for inner in part:
            yield from _words(inner)
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _words(inner, name)
    elif isinstance(part, str) and key in ("label", "detail", "mark", "hint", "title"):
        yield part


def _is_run(part: Any) -> bool:
    return isinstance(part, dict) and ("text" in part or "moment" in part) and "is" not in part and "label" not in part


def _run(run: Json) -> str:
    return MOMENT if run.get("moment") is not None else str(run["text"])


def _choices(part: Any) -> Iterator[tuple[str, str]]:
    """Everything that can be pressed: its label and its intent."""
    if isinstance(part, dict):
        if isinstance(part.get("intent"), str) and "label" in part:
            yield part["label"], part["intent"]
        for inner in part.values():
            yield from _choices(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _choices(inner)


@asynccontextmanager
async def at_web(desk: Desk, folder: Path) -> AsyncIterator[WebTable]:
    """The console on a free port, entered by its link."""
    settings = load({"WEB_PORT": "0", "DATABASE_URL": f"sqlite:///{folder / 'unused.db'}"})
    platform = WebPlatform(desk, settings)
    link: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(platform.run(link.set_result))
    url = await asyncio.wait_for(link, 10)
    base = url.partition("/?")[0]
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(base, headers={"Origin": base}, cookie_jar=jar) as session:
        async with session.get(url) as entered:
            assert entered.status == 200
        yield WebTable(desk, platform, session)
    platform.close()
    await serving
