"""What a page sends, read with limits: nobody fills the memory, and too much is refused before it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.core.intents import Attachment
from bot.platforms.web.counter import Act
from bot.platforms.web.people import BY_ID, Person

# A form of five fields of 4,000 characters in the widest encoding, and the rest of the request.
TEXT_LIMIT = 128 * 1024
_FIELD = "field."
_EVENT = re.compile(r"[A-Za-z0-9-]{8,40}")


class TooLarge(Exception):
    """The upload is over the limit."""


@dataclass
class Sent:
    """A request's texts, and of a form its fields (in multipart, those whose name begins with `field.`)."""

    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, str | Attachment] = field(default_factory=dict)

    @property
    def act(self) -> Act:
        """Who did it, by which event, on which message. HTTPBadRequest when it doesn't say."""
        who, event = person(self.texts), self.texts.get("event", "")
        if not _EVENT.fullmatch(event):
            raise web.HTTPBadRequest(text="An event needs an id.")
        return Act(who, f"{who.id}.{event}", self.texts.get("message", ""))


def person(texts: Mapping[str, str]) -> Person:
    """Who it is from, by `as`. HTTPBadRequest for somebody who isn't at the table."""
    found = BY_ID.get(texts.get("as", ""))
    if found is None:
        raise web.HTTPBadRequest(text="Nobody of that name sits here.")
    return found


async def read(request: web.Request, upload_limit: int) -> Sent:
    """The request's body: JSON of texts, or a multipart form. HTTPBadRequest, HTTPRequestEntityTooLarge, TooLarge."""
    if request.content_type == "multipart/form-data":
        return await _multipart(request, upload_limit)
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        texts = json.loads(await request.text())
    except ValueError:
        raise web.HTTPBadRequest(text="This is not JSON.") from None
    if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
        raise web.HTTPBadRequest(text="Texts by name are expected.")
    return Sent(texts)


async def _multipart(request: web.Request, upload_limit: int) -> Sent:
    left = upload_limit + TEXT_LIMIT
    if (request.content_length or 0) > left:
        raise TooLarge
    sent = Sent()
    try:
        async for part in await request.multipart():
            left -= await _take(sent, part, min(left, upload_limit))
    except (ValueError, AssertionError, HttpProcessingError):  # how aiohttp says that it is no multipart
        raise web.HTTPBadRequest(text="This is no form.") from None
    return sent


async def _take(sent: Sent, part: object, limit: int) -> int:
    """Put one part where it belongs; how many bytes it had."""
    if not isinstance(part, BodyPartReader):
        raise web.HTTPBadRequest(text="Nested parts are not expected.")
    data = await _bytes(part, limit if part.filename is not None else min(limit, TEXT_LIMIT))
    name, is_field = (part.name or "").removeprefix(_FIELD), (part.name or "").startswith(_FIELD)
    if part.filename is not None:
        sent.values[name] = Attachment(part.filename, data)
    elif is_field:
        sent.values[name] = data.decode("utf-8", "replace")
    else:
        sent.texts[name] = data.decode("utf-8", "replace")
    return len(data)


async def _bytes(part: BodyPartReader, limit: int) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if len(data) > limit:
            raise TooLarge
    return bytes(data)
