"""The console's addresses: the page, its open line, and what it may ask for. Each comes in, asks, shows, leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.core.errors import refuse
from bot.platforms.web import incoming
from bot.platforms.web.counter import Counter, Done
from bot.platforms.web.door import Door
from bot.platforms.web.downloads import Downloads
from bot.platforms.web.incoming import Sent, TooLarge
from bot.platforms.web.page import page
from bot.platforms.web.stream import Stream, told
from bot.platforms.web.suggest import suggestions

STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}


@dataclass(frozen=True)
class Routes:
    """The handlers. `upload_limit` is in bytes."""

    counter: Counter
    stream: Stream
    downloads: Downloads
    door: Door
    upload_limit: int

    def add_to(self, app: web.Application) -> None:
        """Give the application its addresses."""
        app.router.add_get("/", self.index)
        app.router.add_get("/health", self.health)
        app.router.add_get("/static/{name}", self.static)
        app.router.add_get("/page", self.page)
        app.router.add_get("/events", self.events)
        app.router.add_get("/suggest", self.suggest)
        app.router.add_get("/files/{id}", self.file)
        app.router.add_post("/say", self.say)
        app.router.add_post("/press", self.press)
        app.router.add_post("/send", self.send)
        app.router.add_post("/dismiss", self.dismiss)

    async def index(self, request: web.Request) -> web.StreamResponse:
        """The one page."""
        return _file("index.html")

    async def health(self, request: web.Request) -> web.StreamResponse:
        """That the console answers."""
        return web.Response(text="ok")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """The page's scripts, style and mark. None holds a secret."""
        return _file(request.match_info["name"])

    async def page(self, request: web.Request) -> web.StreamResponse:
        """What the page says to this person, in their language."""
        who = incoming.person(request.query)
        return web.json_response(page(who, await self.counter.locale(who), self.upload_limit))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The open line of one person."""
        who = incoming.person(request.query)
        response = web.StreamResponse()
        self.door.dress(response)
        response.content_type = "text/event-stream"
        await response.prepare(request)
        last_id = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        await self.stream.serve(response, who, last_id)
        return response

    async def suggest(self, request: web.Request) -> web.StreamResponse:
        """How a line being typed can go on."""
        who = incoming.person(request.query)
        line, locale = request.query.get("line", ""), await self.counter.locale(who)
        return web.json_response(await suggestions(self.counter.desk, who, locale, line))

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file to take away, if it is meant for this person."""
        found = self.downloads.fetch(request.match_info["id"], incoming.person(request.query).id)
        if found is None:
            raise web.HTTPNotFound(text="This file isn't kept any more. Ask for it again.")
        name = f"attachment; filename*=UTF-8''{quote(found.name)}"
        return web.Response(body=found.data, headers={"Content-Type": found.mime, "Content-Disposition": name})

    async def say(self, request: web.Request) -> web.StreamResponse:
        """A typed line."""
        return await self._done(request, lambda sent: self.counter.say(sent.act, sent.texts.get("line", "")))

    async def press(self, request: web.Request) -> web.StreamResponse:
        """A pressed button."""
        return await self._done(request, lambda sent: self.counter.press(sent.act, sent.texts.get("intent", "")))

    async def send(self, request: web.Request) -> web.StreamResponse:
        """A filled-in form."""
        return await self._done(
            request, lambda sent: self.counter.send(sent.act, sent.texts.get("intent", ""), sent.values)
        )

    async def dismiss(self, request: web.Request) -> web.StreamResponse:
        """A private message put away."""
        self.counter.dismiss((await incoming.read(request, 0)).act)
        return web.json_response({})

    async def _done(self, request: web.Request, work: Callable[[Sent], Awaitable[Done]]) -> web.StreamResponse:
        try:
            sent = await incoming.read(request, self.upload_limit)
        except TooLarge:
            who = incoming.person(request.query)
            limit = self.upload_limit // (1024 * 1024)
            done = await self.counter.refuse(who, refuse("too_large_file", megabytes=limit))
            return web.json_response(_told(done, await self.counter.locale(who)), status=413)
        done = await work(sent)
        return web.json_response(_told(done, await self.counter.locale(sent.act.person)))


def _told(done: Done, locale: str) -> dict[str, object]:
    return {
        "messages": [told(message) for message in done.messages],
        "form": done.form,
        "over": done.over,
        "refused": done.refused,
        "locale": locale,
    }


def _file(name: str) -> web.StreamResponse:
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8")
