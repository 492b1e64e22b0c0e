"""A real console on a real desk for each test: planted, listening on a free port, its boards quick."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientResponse, ClientSession, CookieJar

from bot import paths
from bot.app import App, open_app
from bot.platforms.web.people import SPOT
from bot.platforms.web.server import WebPlatform
from bot.services.planting import plant
from bot.settings import Settings

_events = count(1)


@dataclass
class Page:
    """What a browser on the console does, without one. `home` is the address without its path."""

    app: App
    platform: WebPlatform
    http: ClientSession
    home: str

    async def post(self, path: str, who: str = "maria", event: str = "", **texts: str) -> dict[str, Any]:
        """A call of the page; what it says."""
        body = {"as": who, "event": event or f"event-{next(_events):04}", **texts}
        async with self.http.post(self.home + path, json=body, headers={"Origin": self.home}) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def say(self, line: str, who: str = "maria", **texts: str) -> dict[str, Any]:
        """A typed line; its answer's message."""
        done = await self.post("/say", who, line=line, **texts)
        return done["messages"][-1]

    async def press(self, intent: str, who: str = "maria", message: str = "", event: str = "") -> dict[str, Any]:
        """A pressed button."""
        return await self.post("/press", who, event, intent=intent, message=message)

    async def get(self, path: str, **query: str) -> ClientResponse:
        """A page or a file."""
        return await self.http.get(self.home + path, params=query, allow_redirects=False)

    async def seen(self, who: str, after: str = "") -> list[dict[str, Any]]:
        """What a person's open line says first."""
        return (await self.line(who, after))["messages"]

    async def line(self, who: str, after: str = "") -> dict[str, Any]:
        """The first event of a person's open line, with its id."""
        async with self.http.get(f"{self.home}/events", params={"as": who, "after": after}) as response:
            return await next_event(response)


async def next_event(response: ClientResponse) -> dict[str, Any]:
    """The next event of an open line that says something."""
    found: dict[str, Any] = {}
    async for raw in response.content:
        name, _, value = raw.decode().rstrip("\n").partition(": ")
        if name == "id":
            found["id"] = value
        if name == "data":
            return {**json.loads(value), **found}
    raise AssertionError("the line ended")


@pytest_asyncio.fixture(loop_scope="module")
async def console(tmp_path: Path) -> AsyncIterator[Page]:
    """A planted console of the test's own, its door open, its first boards shown."""
    async with running(tmp_path) as page:
        yield page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    """One for all tests of a module that change nothing in it."""
    async with running(tmp_path_factory.mktemp("standing")) as page:
        yield page


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Page]:
    """A console on a database in `folder`."""
    settings = Settings(web_port=0, database_url=f"sqlite:///{folder}/tertulia.db")
    async with open_app(settings) as app, ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        await plant(app.desk, SPOT, paths.seeds_dir())
        platform = WebPlatform(app.desk, settings)
        url: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        tasks = [
            asyncio.create_task(platform.run(url.set_result)),
            asyncio.create_task(app.loops({platform.stage.name: platform.stage})),
        ]
        page = Page(app, platform, http, (await url).split("/?")[0])
        await http.get(platform.url)
        while len(await page.seen("tom")) < 3:
            await asyncio.sleep(0.02)
        yield page
        platform.close()
        await asyncio.wait_for(tasks[0], 10)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
