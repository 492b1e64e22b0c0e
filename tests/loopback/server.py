"""A small Discord of our own on 127.0.0.1: start-up, drops, refusals and storms over the real wire."""

from __future__ import annotations

import asyncio
import copy
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import orjson
from aiohttp import web

from tests.loopback import commands
from tests.loopback.asks import SUBMIT, Answer, Ask, Filled, Pending, envelope, press, submission
from tests.loopback.calls import Call, Fault, Refusal
from tests.loopback.commands import Option
from tests.loopback.gateway import Gateway
from tests.loopback.http import API, CDN, MAX_REQUEST, respond
from tests.loopback.messages import Messages, Stored
from tests.loopback.people import BOT, Attachment, Channel, Guild, Json, User, snowflake
from tests.loopback.storm import Storm, storm
from tests.loopback.world import Judge, World

MARIA = User("maria", global_name="María")


def _request(*parts: Any) -> web.BaseRequest:
    """A request as aiohttp makes it, but as large as Discord takes them."""
    options: dict[str, Any] = {"loop": asyncio.get_running_loop(), "client_max_size": MAX_REQUEST}
    return web.BaseRequest(*parts, **options)


class LoopbackDiscord:
    """Discord, as far as a bot without privileged intents sees it.

    `judge(payload, kind)` gives the faults of what is sent (see `tests.spec.gate.violations`), answered with
    Discord's 400; `limits` enforces the edit limits, which are counted in any case; `patience` is the seconds
    an interaction may wait for its answer (3 at Discord).
    """

    def __init__(
        self,
        guilds: Sequence[Guild] = (),
        *,
        judge: Judge | None = None,
        limits: bool = False,
        patience: float = 3.0,
        port: int = 0,
    ) -> None:
        application = snowflake()
        bot = User("tertulia", id=application, permissions=BOT, bot=True)
        token = f"{secrets.token_hex(12)}.{secrets.token_hex(3)}.{secrets.token_hex(19)}"
        places = tuple(guilds) or (Guild(),)
        self.world = World(application, token, bot, places, Messages(bot, ""), judge, limits, patience)
        self.gateway = Gateway(self.world)
        self._port = port

    async def __aenter__(self) -> Self:
        server = web.Server(self._serve, request_factory=_request, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.world.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.world.messages.cdn = self.world.base + CDN
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.drop()
        await self._runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/gateway/":
            return await self.gateway.connect(request)
        return await respond(self.world, request)

    # What a bot is told at start.

    @property
    def api_base(self) -> str:
        """The base of all REST routes, as the setting DISCORD_API_BASE would say it."""
        return self.world.base + API

    @property
    def token(self) -> str:
        """The only token that is taken; it has the shape of a real one."""
        return self.world.token

    # What a person does. Each waits for the bot's answer; TimeoutError when none comes in time.

    async def slash(
        self,
        line: str,
        options: Mapping[str, Option] | None = None,
        *,
        user: User = MARIA,
        channel: int | None = None,
    ) -> Answer:
        """Type a command: `slash("moderate poll close", {"poll": "P1"}, user=ana)`."""
        ask = commands.typed(self.world.commands, line, options or {}, user)
        return await self.ask(self._placed(self._resolved(ask, (options or {}).values(), channel), channel))

    async def suggest(
        self,
        line: str,
        options: Mapping[str, Option],
        focused: str,
        *,
        user: User = MARIA,
        channel: int | None = None,
    ) -> list[Json]:
        """Type into an option with autocomplete; the choices offered, each with `name` and `value`."""
        ask = commands.typed(self.world.commands, line, options, user, focused)
        choices: list[Json] = (await self.ask(self._placed(ask, channel))).data["choices"]
        return choices

    async def menu(self, name: str, message: Json, *, user: User = MARIA) -> Answer:
        """Choose a message's context menu."""
        return await self.ask(commands.menu(self.world.commands, name, message, user))

    async def click(self, named: str, message: Json, *, user: User = MARIA) -> Answer:
        """Press a button by its custom_id or its label, on a message as it looked when it was taken."""
        return await self.ask(press(named, user, message))

    async def choose(self, named: str, values: Sequence[str], message: Json, *, user: User = MARIA) -> Answer:
        """Choose options of a select by their values."""
        return await self.ask(press(named, user, message, values))

    async def submit(self, form: Answer | str, filled: Mapping[str, Filled], *, user: User = MARIA) -> Answer:
        """Send off a form that an answer opened, or an earlier one by its custom_id; keys are custom_ids."""
        named = form if isinstance(form, str) else form.data["custom_id"]
        modal, opened_by = self.world.modals[named]
        data = submission(modal, filled)
        values = [entry for given in filled.values() if isinstance(given, (list, tuple)) for entry in given]
        ask = Ask(SUBMIT, data, user, opened_by.channel_id, opened_by.ask.message_id, opened_by.ask.message)
        return await self.ask(self._resolved(ask, values, opened_by.channel_id))

    async def ask(self, ask: Ask) -> Answer:
        """Send any interaction and wait. Raises TimeoutError after `patience`, Refusal from the judge."""
        pending = await self.send(ask)
        async with asyncio.timeout(self.world.patience):
            return await pending.answer

    async def send(self, ask: Ask) -> Pending:
        """Send any interaction; its `answer` can be awaited later."""
        guild, channel = self.world.place(ask.channel_id)
        number = snowflake()
        token = f"aW50{number:x}{secrets.token_hex(8)}"
        answer = asyncio.get_running_loop().create_future()
        pending = Pending(number, token, ask, channel.id, time.monotonic(), answer)
        self.world.users.setdefault(ask.user.id, ask.user)
        self.world.pendings[token] = pending
        told = envelope(pending, self.world.application, guild, channel, self.world.file_limit)
        await self.gateway.dispatch("INTERACTION_CREATE", orjson.dumps(told))
        return pending

    async def storm(self, asks: Sequence[Ask], *, in_flight: int = 64, rate: float | None = None) -> Storm:
        """Send many interactions, so many in flight at once, at most `rate` a second."""
        return await storm(self, asks, in_flight=in_flight, rate=rate)

    # What a person sees.

    def messages(self, channel: int | None = None, *, user: User | None = None) -> list[Json]:
        """A channel's messages, oldest first, as copies; with `user`, what only that person sees too."""
        place = self.world.place(channel)[1].id
        seen = (None,) if user is None else (None, user.id)
        kept = [stored for stored in self.world.messages.kept.values() if stored.channel_id == place]
        return [copy.deepcopy(stored.json) for stored in kept if stored.reader in seen]

    def message(self, number: int | str) -> Json:
        """One message as it is now, as a copy. Raises Refusal 10008 when it is gone."""
        return copy.deepcopy(self.world.messages.get(int(number)).json)

    async def after(self, answer: Answer, count: int = 1, timeout: float = 5.0) -> Json:
        """What became of an answer: the message of its `count`-th follow-up or edit, waited for."""
        pending = self.world.pendings[answer.token]
        await self.until(lambda: len(pending.replies) >= count, timeout)
        return self.message(pending.replies[count - 1])

    async def until(self, true: Callable[[], object], timeout: float = 5.0) -> None:
        """Wait until something is so, at Discord or in the bot beside it. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while not true():
                # What the bot does after an answer stirs nothing here, so look again soon in any case.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.world.stirred.wait(), 0.02)
                self.world.stirred.clear()

    async def ready(self, timeout: float = 10.0) -> None:
        """Wait until a bot is logged in and on the line."""
        await self.until(self.gateway.connected, timeout)

    def calls(self, method: str | None = None, containing: str = "") -> list[Call]:
        """What the bot sent, oldest first, narrowed by method and by a piece of the path."""
        return [call for call in self.world.calls if method in (None, call.method) and containing in call.path]

    def threads(self) -> dict[int, Channel]:
        """Every thread as it stands, by id."""
        return {number: thread for number, (thread, _) in self.world.threads.items()}

    def whispers(self, user: User) -> list[Json]:
        """What the bot wrote to a person in their direct conversation, oldest first."""
        theirs = [number for number, reader in self.world.conversations.items() if reader == user.id]
        return [message for number in theirs for message in self.messages(number)]

    # What a test arranges.

    def join(self, *users: User) -> None:
        """These people are members, though they have done nothing yet."""
        self.world.users |= {user.id: user for user in users}

    def say(self, channel: int, user: User, text: str, **more: Any) -> Json:
        """A person writes in a channel or a thread."""
        self.join(user)
        return self.world.messages.say(channel, user, text, **more).json

    def fail(
        self,
        method: str,
        path: str,
        status: int,
        code: int,
        *,
        times: int = 1,
        retry_after: float | None = None,
    ) -> None:
        """Refuse the next `times` calls whose path (a regular expression, without the base) fits."""
        refusal = Refusal(status, code, f"arranged: {code}", retry_after)
        self.world.faults.append(Fault(method, path, refusal, times))

    def bar(self, channel: int, code: int = 50001) -> None:
        """Take the bot's access to a channel: 50001 Missing Access, or 50013 Missing Permissions."""
        self.world.barred[channel] = Refusal(403, code, "Missing Access" if code == 50001 else "Missing Permissions")

    def unbar(self, channel: int) -> None:
        """Give access back."""
        del self.world.barred[channel]

    def delete(self, message: Json) -> None:
        """Delete a message, as a moderator would by hand."""
        self.world.messages.delete(int(message["id"]))

    def age(self, message: Json) -> Stored:
        """Make a message count as over an hour old."""
        stored = self.world.messages.get(int(message["id"]))
        stored.old = True
        return stored

    def expire(self, answer: Answer) -> None:
        """End the 15 minutes in which an answer can be followed up."""
        self.world.pendings[answer.token].expired = True

    # Small helpers.

    def _placed(self, ask: Ask, channel: int | None) -> Ask:
        return Ask(ask.kind, ask.data, ask.user, channel, ask.message_id, ask.message)

    def _resolved(self, ask: Ask, values: object, channel: int | None) -> Ask:
        """Keep the files that come with an ask, and tell about all that its options name."""
        named: list[Option] = list(values)  # type: ignore[call-overload]
        guild, place = self.world.place(channel)
        files = {file.id: self._kept(place.id, file) for file in commands.attached(named)}
        told = commands.resolved(named, files, guild.id)
        return Ask(ask.kind, ask.data | {"resolved": told}, ask.user, ask.channel_id, ask.message_id, ask.message)

    def _kept(self, channel: int, file: Attachment) -> Json:
        url = self.world.messages.keep_file(channel, file.id, file.filename, file.data)
        told: Json = {"id": str(file.id), "filename": file.filename, "size": len(file.data), "url": url}
        return told | {"proxy_url": url, "content_type": file.content_type, "ephemeral": True}
