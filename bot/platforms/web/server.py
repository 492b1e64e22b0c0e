"""The web console as a platform: builds its rooms, listens on one address, and ends cleanly."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from ipaddress import ip_address

from aiohttp import web

from bot.platforms.web.counter import Counter
from bot.platforms.web.door import Door
from bot.platforms.web.downloads import Downloads
from bot.platforms.web.draw import Draw
from bot.platforms.web.incoming import TEXT_LIMIT
from bot.platforms.web.reach import web_reach
from bot.platforms.web.room import Room
from bot.platforms.web.routes import Routes
from bot.platforms.web.stage import WebStage
from bot.platforms.web.stream import Stream
from bot.services.desk import Desk
from bot.settings import Settings, SettingsError


class WebPlatform:
    """The console. `stage` shows public boards; `url` is the link to click, with the token that opens the door."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._settings = settings
        self._closing = asyncio.Event()
        room, downloads = Room(desk.clock), Downloads()
        draw = Draw(downloads)
        self.stage = WebStage(room, draw)
        desk.reach[self.stage.name] = web_reach(room, draw)
        self.door = Door(settings.web_port if _loopback(settings.web_host) else None)
        self._port = settings.web_port
        self._stream = Stream(room)
        upload_limit = settings.max_import_mb * 1024 * 1024
        self._routes = Routes(Counter(desk, room, draw), self._stream, downloads, self.door, upload_limit)

    @property
    def url(self) -> str:
        """The link to click. Its port is the real one once `run` has called `started`."""
        host = self._settings.web_host if _loopback(self._settings.web_host) else "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self._port}/?token={self.door.token}"

    def app(self) -> web.Application:
        """The application, behind its door."""
        app = web.Application(middlewares=[self.door.middleware()], client_max_size=TEXT_LIMIT)
        self._routes.add_to(app)
        return app

    async def run(self, started: Callable[[str], None] | None = None) -> None:
        """Serve until `close` or cancellation; `started` gets the link. SettingsError if the address can't be had."""
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await self._listen(runner)
            if started:
                started(self.url)
            await self._closing.wait()
        finally:
            self._stream.close()
            await runner.cleanup()

    def close(self) -> None:
        """Let `run` end, and every page's open line with it."""
        self._closing.set()

    async def _listen(self, runner: web.AppRunner) -> None:
        host, port = self._settings.web_host, self._settings.web_port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else str(error)  # aiohttp's own words repeat the address
            raise SettingsError(
                f"WEB_PORT {port} on {host} can't be listened on ({why}). Stop what uses it, or set another."
            ) from None
        self._port = runner.addresses[0][1]
        if self.door.port is not None:
            self.door.port = self._port


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
