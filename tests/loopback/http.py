"""The HTTP side: reads a request once, records it, finds its route, answers as Discord would."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from aiohttp import BodyPartReader, web

from tests.loopback.callbacks import CALLBACKS
from tests.loopback.calls import Call, Refusal, Reply, Upload
from tests.loopback.routes import ROUTES, Handler
from tests.loopback.world import World

API = "/api/v10"
CDN = "/cdn"
MAX_REQUEST = 25 * 1024 * 1024

_TABLE: Mapping[str, Handler] = ROUTES | CALLBACKS
_WORDS = frozenset(word for route in _TABLE for word in route.split(" ", 1)[1].split("/")) - {"*"}
_SAYS = {"Via": "1.1 loopback"}  # without it discord.py takes a 429 for a ban and doesn't retry


async def respond(world: World, request: web.BaseRequest) -> web.Response:
    """Answer one request to the API or for a file."""
    if request.path.startswith(CDN):
        return _file(world, request.path.removeprefix(CDN))
    call = await _read(request)
    reply = _answer(world, call, request.headers.get("Authorization"))
    call.status = reply.status
    world.stirred.set()
    headers = _SAYS | dict(reply.headers)
    if reply.status == 204:
        return web.Response(status=204, headers=headers)
    body = b"" if reply.json is None else orjson.dumps(reply.json)
    return web.Response(body=body, status=reply.status, headers=headers, content_type="application/json")


def _answer(world: World, call: Call, authorization: str | None) -> Reply:
    world.calls.append(call)
    try:
        for fault in world.faults:
            if fault.strikes(call):
                raise fault.refusal
        handler, ids = _route(call)
        if authorization != f"Bot {world.token}" and not call.path.startswith(("/interactions", "/webhooks")):
            raise Refusal(401, 0, "401: Unauthorized")
        return handler(world, call, ids)
    except Refusal as refusal:
        return refusal.reply()


def _route(call: Call) -> tuple[Handler, list[str]]:
    """A path's words name its route, the rest are its ids."""
    parts = call.path.strip("/").split("/")
    shape = "/".join(part if part in _WORDS else "*" for part in parts)
    handler = _TABLE.get(f"{call.method} {shape}")
    if handler is None:
        raise Refusal(404, 0, f"404: no route for {call.method} {shape}")
    return handler, [part for part in parts if part not in _WORDS]


async def _read(request: web.BaseRequest) -> Call:
    path, query = request.path.removeprefix(API), dict(request.query)
    if request.content_type == "multipart/form-data":
        payload, files = await _multipart(request)
        return Call(request.method, path, query, payload, files)
    raw = await request.read() if request.body_exists else b""
    return Call(request.method, path, query, orjson.loads(raw) if raw else None)


async def _multipart(request: web.BaseRequest) -> tuple[object, tuple[Upload, ...]]:
    payload: object = None
    files = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        raw = bytes(await part.read())
        if part.name == "payload_json":
            payload = orjson.loads(raw)
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files.append(Upload(part.name or "", part.filename or "", kind, raw))
    return payload, tuple(files)


def _file(world: World, path: str) -> web.Response:
    if path not in world.messages.files:
        return web.Response(status=404)
    return web.Response(body=world.messages.files[path], content_type="application/octet-stream")
