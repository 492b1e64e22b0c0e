"""What was posted stays as Discord would keep it, so that a test sees what a person would see."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.loopback.calls import Refusal, Upload
from tests.loopback.people import Json, User, snowflake
from tests.spec.parts import EPHEMERAL, TEXT_DISPLAY, V2_FLAG, walk

EDITABLE = ("content", "embeds", "components", "allowed_mentions")


@dataclass(slots=True)
class Stored:
    """A message with what REST doesn't tell: who alone sees it, whether it counts as over an hour old."""

    json: Json
    channel_id: int
    reader: int | None = None
    old: bool = False
    edits: int = 0


@dataclass(slots=True)
class Messages:
    """All messages by id, and the bytes of all files by their address."""

    author: User
    cdn: str
    kept: dict[int, Stored] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    nonces: dict[tuple[int, str], int] = field(default_factory=dict)

    def post(self, channel_id: int, asked: Json, uploads: tuple[Upload, ...], reader: int | None = None) -> Stored:
        """Keep a new message; one with an enforced nonce that is there already is given back instead."""
        nonce = (channel_id, str(asked.get("nonce")))
        if asked.get("enforce_nonce") and nonce in self.nonces:
            return self.kept[self.nonces[nonce]]
        number = snowflake()
        stored = Stored(self._blank(number, channel_id), channel_id, reader)
        self._apply(stored, asked, uploads)
        self.kept[number] = stored
        if asked.get("enforce_nonce"):
            self.nonces[nonce] = number
        return stored

    def say(self, channel_id: int, user: User, text: str, **more: Any) -> Stored:
        """Keep what a person wrote; `more` is the message's other fields as Discord tells them."""
        stored = self.post(channel_id, {"content": text}, ())
        stored.json |= {"author": user.json(), **more}
        return stored

    def edit(self, number: int, asked: Json, uploads: tuple[Upload, ...]) -> Stored:
        """Change a message, or refuse with 10008 when it is gone."""
        stored = self.get(number)
        stored.json["edited_timestamp"] = datetime.now(UTC).isoformat()
        stored.edits += 1
        self._apply(stored, asked, uploads)
        return stored

    def get(self, number: int) -> Stored:
        """A kept message, or Discord's 10008."""
        if number not in self.kept:
            raise Refusal(404, 10008, "Unknown Message")
        return self.kept[number]

    def delete(self, number: int) -> None:
        """Take a message away, or refuse with 10008 when it is gone."""
        self.get(number)
        del self.kept[number]

    def keep_file(self, channel_id: int, number: int, filename: str, data: bytes) -> str:
        """Keep a file's bytes and say where they can be fetched."""
        path = f"/attachments/{channel_id}/{number}/{filename}"
        self.files[path] = data
        return self.cdn + path

    def _blank(self, number: int, channel_id: int) -> Json:
        moment = datetime.now(UTC).isoformat()
        told: Json = {"id": str(number), "channel_id": str(channel_id), "type": 0, "content": "", "flags": 0}
        told |= {"author": self.author.json(), "timestamp": moment, "edited_timestamp": None}
        told |= {
            "tts": False,
            "mention_everyone": False,
            "pinned": False,
            "mentions": [],
            "mention_roles": [],
        }
        return told | {"attachments": [], "embeds": [], "components": []}

    def _apply(self, stored: Stored, asked: Json, uploads: tuple[Upload, ...]) -> None:
        for key in EDITABLE:
            if key in asked:
                stored.json[key] = copy.deepcopy(asked[key]) or ("" if key == "content" else [])
        stored.json["flags"] |= (asked.get("flags") or 0) & (V2_FLAG | EPHEMERAL | 1 << 2 | 1 << 12)
        stored.json["nonce"] = asked.get("nonce", stored.json.get("nonce"))
        if "attachments" in asked or uploads:
            self._attach(stored, asked, uploads)
        _number(stored.json["components"])

    def _attach(self, stored: Stored, asked: Json, uploads: tuple[Upload, ...]) -> None:
        """Keep the files named again, add the uploaded ones, and point `attachment://` at them."""
        named = {str(entry["id"]): entry for entry in asked.get("attachments") or ()}
        stay = [entry for entry in stored.json["attachments"] if entry["id"] in named or "attachments" not in asked]
        new = [self._file(stored, upload, named) for upload in uploads]
        stored.json["attachments"] = stay + new
        urls = {f"attachment://{entry['filename']}": entry["url"] for entry in stay + new}
        for holder in _holders(stored.json):
            holder["url"] = urls.get(holder["url"], holder["url"])

    def _file(self, stored: Stored, upload: Upload, named: dict[str, Json]) -> Json:
        entry = named.get(upload.field.removeprefix("files[").removesuffix("]"), {})
        number, name = snowflake(), entry.get("filename") or upload.filename
        url = self.keep_file(stored.channel_id, number, name, upload.data)
        told: Json = {
            "id": str(number),
            "filename": name,
            "size": len(upload.data),
            "url": url,
            "proxy_url": url,
        }
        return told | {"content_type": upload.content_type, "description": entry.get("description")}


def _number(components: Iterable[Json]) -> None:
    """Give every part without an id the next free one, as Discord does."""
    parts: list[Any] = list(walk({"components": components}))
    used = {part["id"] for part in parts if part.get("id")}
    free = (number for number in range(1, 10_000) if number not in used)
    for part in parts:
        part["id"] = part.get("id") or next(free)


def _holders(message: Json) -> Iterator[Json]:
    """Every place in a message that may hold the address of a file."""
    for embed in message["embeds"]:
        yield from (embed[key] for key in ("image", "thumbnail") if embed.get(key))
    for part in walk(message):
        yield from (part[key] for key in ("media", "file") if part.get(key))
        yield from (item["media"] for item in part.get("items") or ())


def words(payload: Json) -> str:
    """All text a person can read in a message or a modal, top to bottom, a line each."""
    lines = [payload.get("title") or "", payload.get("content") or ""]
    for embed in payload.get("embeds") or ():
        lines += [embed.get("title") or "", embed.get("description") or ""]
        lines += [f"{entry['name']}\n{entry['value']}" for entry in embed.get("fields") or ()]
    for part in walk(payload):
        lines += [part.get("label") or "", part["content"] if part.get("type") == TEXT_DISPLAY else ""]
        lines += [option["label"] for option in part.get("options") or ()]
    return "\n".join(line for line in lines if line)
