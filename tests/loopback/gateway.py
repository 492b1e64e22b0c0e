"""The gateway: HELLO, IDENTIFY, READY, heartbeats, events in order, RESUME after a drop; compressed."""

from __future__ import annotations

import secrets
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from tests.loopback.people import Json
from tests.loopback.routes import gateway_url
from tests.loopback.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILDS = 1 << 0
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
BAD_TOKEN, BAD_INTENTS = 4004, 4014
KEPT_EVENTS = 20_000


@dataclass(slots=True)
class Line:
    """One open websocket, with its compression stream if the client asked for one."""

    socket: web.WebSocketResponse
    request: web.BaseRequest
    packer: Any = None

    async def send(self, frame: bytes) -> None:
        """Send one JSON frame; the order of frames is the order of calls."""
        if self.packer is None:
            await self.socket.send_str(frame.decode())
        else:
            packed = self.packer.compress(frame) + self.packer.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)


@dataclass(slots=True)
class Session:
    """One logged-in bot: its events so far, and the line to it while there is one."""

    id: str
    intents: int
    line: Line | None = None
    seq: int = 0
    events: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=KEPT_EVENTS))

    async def dispatch(self, event: str, data: bytes) -> None:
        """Send an event, or keep it until the bot is back."""
        self.seq += 1
        frame = b'{"op":0,"t":"%s","s":%d,"d":%s}' % (event.encode(), self.seq, data)
        self.events.append((self.seq, frame))
        if self.line is not None and not self.line.socket.closed:
            await self.line.send(frame)


@dataclass(slots=True)
class Gateway:
    """All sessions. `heartbeats` and `logins` are counted, `interval` is what HELLO asks for, in seconds."""

    world: World
    interval: float = 41.25
    sessions: dict[str, Session] = field(default_factory=dict)
    heartbeats: int = 0
    logins: int = 0
    resumes: int = 0

    async def connect(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Serve one websocket until it closes."""
        socket = web.WebSocketResponse(max_msg_size=0, compress=False, timeout=1)
        await socket.prepare(request)
        packer = zlib.compressobj(1) if request.query.get("compress") == "zlib-stream" else None
        line = Line(socket, request, packer)
        await line.send(orjson.dumps({"op": HELLO, "d": {"heartbeat_interval": int(self.interval * 1000)}}))
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await self._received(line, orjson.loads(message.data))
        self._hang_up(line)
        return socket

    async def dispatch(self, event: str, data: bytes) -> None:
        """Send an event to every bot that is logged in, as Discord does for two processes with one token."""
        for session in list(self.sessions.values()):
            await session.dispatch(event, data)

    def connected(self) -> bool:
        """Whether a bot is logged in and on the line."""
        return any(session.line is not None for session in self.sessions.values())

    async def drop(self, *, resumable: bool = True, code: int | None = None) -> None:
        """Cut every line: abruptly, or with a close code. Not resumable: the sessions are forgotten too."""
        lines = [session.line for session in self.sessions.values() if session.line is not None]
        if not resumable:
            self.sessions.clear()
        for line in lines:
            self._hang_up(line)
            if code is not None:
                await line.socket.close(code=code)
            elif line.request.transport is not None:
                line.request.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Send RECONNECT, as Discord does before it restarts a gateway."""
        for session in self.sessions.values():
            if session.line is not None:
                await session.line.send(b'{"op":7,"d":null}')

    def _hang_up(self, line: Line) -> None:
        for session in self.sessions.values():
            if session.line is line:
                session.line = None
        self.world.stirred.set()

    async def _received(self, line: Line, message: Json) -> None:
        if message["op"] == HEARTBEAT:
            self.heartbeats += 1
            await line.send(b'{"op":11,"d":null}')
        elif message["op"] == IDENTIFY:
            await self._identify(line, message["d"])
        elif message["op"] == RESUME:
            await self._resume(line, message["d"])
        self.world.stirred.set()

    async def _identify(self, line: Line, asked: Json) -> None:
        if asked["token"] != self.world.token:
            await line.socket.close(code=BAD_TOKEN)
            return
        if asked["intents"] & PRIVILEGED:
            await line.socket.close(code=BAD_INTENTS, message=b"Disallowed intent(s).")
            return
        session = Session(secrets.token_hex(16), asked["intents"], line)
        await session.dispatch("READY", orjson.dumps(self._ready(session, asked)))
        if asked["intents"] & GUILDS:
            for guild in self.world.guilds:
                await session.dispatch("GUILD_CREATE", orjson.dumps(guild.created()))
        self.sessions[session.id] = session
        self.logins += 1

    def _ready(self, session: Session, asked: Json) -> Json:
        return {
            "v": 10,
            "user": self.world.bot.json() | {"verified": True, "mfa_enabled": True},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in self.world.guilds],
            "session_id": session.id,
            "resume_gateway_url": gateway_url(self.world),
            "application": {"id": str(self.world.application), "flags": 0},
            "shard": asked.get("shard", [0, 1]),
        }

    async def _resume(self, line: Line, asked: Json) -> None:
        session = self.sessions.get(asked["session_id"])
        if session is None:
            await line.send(b'{"op":9,"d":false}')
            return
        session.line = line
        for number, frame in list(session.events):
            if number > asked["seq"]:
                await line.send(frame)
        self.resumes += 1
        await session.dispatch("RESUMED", b"{}")
