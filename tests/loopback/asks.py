"""What a person does in Discord's client, as the interaction Discord makes of it, and what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.calls import Upload
from tests.loopback.messages import words
from tests.loopback.people import BOT, Attachment, Channel, Guild, Json, User
from tests.spec.parts import BUTTON, CHECKBOX, CHECKBOX_GROUP, EPHEMERAL, FILE_UPLOAD, Part, walk

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
CHAT, MENU = 1, 3


@dataclass(frozen=True, slots=True)
class Ask:
    """One interaction to be: its type, its `data`, who, and the message it sits on, if any."""

    kind: int
    data: Json
    user: User
    channel_id: int | None = None
    message_id: int | None = None
    message: Json | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered: callback type and data as sent, the message as kept, seconds until it came."""

    type: int
    data: Json
    token: str
    elapsed: float
    message: Json | None = None
    files: tuple[Upload, ...] = ()

    @property
    def words(self) -> str:
        """All text the person reads."""
        return words(self.message or self.data)

    @property
    def private(self) -> bool:
        """Whether only that person sees it."""
        return bool((self.data.get("flags") or 0) & EPHEMERAL)


@dataclass(slots=True)
class Pending:
    """An interaction that was sent: when (monotonic seconds), whether answered, what came of it."""

    id: int
    token: str
    ask: Ask
    channel_id: int
    sent_at: float
    answer: asyncio.Future[Answer]
    answered: bool = False
    expired: bool = False
    original: int | None = None
    replies: list[int] = field(default_factory=list)


def envelope(sent: Pending, application: int, guild: Guild, channel: Channel, limit: int) -> Json:
    """The INTERACTION_CREATE payload; `limit` is the largest file in bytes that the bot may answer with."""
    told: Json = {
        "id": str(sent.id),
        "application_id": str(application),
        "type": sent.ask.kind,
        "token": sent.token,
        "version": 1,
        "data": sent.ask.data,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "channel_id": str(channel.id),
        "channel": channel.json(guild.id),
        "member": sent.ask.user.member(),
        "locale": sent.ask.user.locale,
        "guild_locale": guild.locale,
        "app_permissions": str(BOT),
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(guild.id)},
        "context": 0,
        "attachment_size_limit": limit,
    }
    return told if sent.ask.message is None else told | {"message": sent.ask.message}


def press(custom_id: str, user: User, message: Json, values: Sequence[str] | None = None) -> Ask:
    """A button pressed, or options chosen, on a message as the person sees it.

    Raises LookupError when the message has no such part or it is disabled, ValueError for options not
    offered: Discord's client would not let a person do that.
    """
    part = find(message, custom_id)
    if part.get("disabled"):
        raise LookupError(f"{custom_id!r} is disabled")
    data: Json = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part.get("id")}
    if part["type"] != BUTTON:
        data |= {"values": list(values or ())} | _checked(part, values or ())
    return Ask(COMPONENT, data, user, int(message["channel_id"]), int(message["id"]), message)


def find(payload: Mapping[str, Any], named: str) -> Part:
    """The part with that custom_id, or else the only one with that label. Raises LookupError."""
    parts = list(walk(payload))
    found = [part for part in parts if part.get("custom_id") == named] or [
        part for part in parts if part.get("label") == named and part.get("custom_id")
    ]
    if len(found) != 1:
        raise LookupError(f"{named!r} is {len(found)} times in: {[p.get('custom_id') for p in parts]}")
    return found[0]


def _checked(part: Part, values: Sequence[str]) -> Json:
    offered = {option["value"] for option in part.get("options") or ()}
    if offered and not set(values) <= offered:
        raise ValueError(f"{set(values) - offered} not offered in {part.get('custom_id')!r}")
    least, most = part.get("min_values", 1), part.get("max_values", 1)
    if part.get("required", True) and not least <= len(values) <= most:
        raise ValueError(f"{len(values)} chosen in {part.get('custom_id')!r}, {least} to {most} wanted")
    return {}


Filled = str | bool | Sequence[str] | Sequence[Attachment]


def submission(modal: Json, filled: Mapping[str, Filled]) -> Json:
    """The `data` of a form sent off, field by field in the modal's shape; what isn't filled stays empty.

    Raises LookupError for a field the form hasn't, ValueError for a required one left empty or a choice
    not offered.
    """
    known = {part["custom_id"] for part in walk(modal) if part.get("custom_id")}
    if strange := set(filled) - known:
        raise LookupError(f"no fields {strange} in this form, but {known}")
    return {
        "custom_id": modal["custom_id"],
        "components": [_filled(part, filled) for part in modal["components"]],
    }


def _filled(part: Part, filled: Mapping[str, Filled]) -> Json:
    told: Json = {"type": part["type"], "id": part.get("id") or 0}
    if "component" in part:
        return told | {"component": _filled(part["component"], filled)}
    if "components" in part:
        return told | {"components": [_filled(inner, filled) for inner in part["components"]]}
    if "custom_id" in part:
        return told | {"custom_id": part["custom_id"]} | _value(part, filled.get(part["custom_id"]))
    return told


def _value(part: Part, given: Filled | None) -> Json:
    kind = part["type"]
    if kind == CHECKBOX:
        return {"value": bool(given)}
    if part.get("required", True) and not given:
        raise ValueError(f"{part['custom_id']!r} is required")
    if kind == FILE_UPLOAD:
        return {"values": [str(file.id) for file in _listed(given) if isinstance(file, Attachment)]}
    return _typed(part, [given] if isinstance(given, str) else [str(value) for value in _listed(given)])


def _listed(given: Filled | None) -> Sequence[object]:
    return () if given is None or isinstance(given, bool) else given


def _typed(part: Part, chosen: list[str]) -> Json:
    """Selects and checkbox groups hold a list, text inputs a text, radio groups a text or nothing."""
    if part.get("options") and not set(chosen) <= {option["value"] for option in part["options"]}:
        raise ValueError(f"{chosen} not offered in {part['custom_id']!r}")
    if part["type"] == CHECKBOX_GROUP or part["type"] in (3, 5, 6, 7, 8):
        return {"values": chosen}
    return {"value": chosen[0] if chosen else ("" if part["type"] == 4 else None)}
