"""Slash commands as a person types them become Discord's nested options, checked as Discord would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.loopback.asks import AUTOCOMPLETE, CHAT, COMMAND, MENU, Ask
from tests.loopback.people import ADMINISTRATOR, Attachment, Channel, Json, Role, User

_TYPES: tuple[tuple[type, int], ...] = (
    (bool, 5),
    (int, 4),
    (float, 10),
    (str, 3),
    (User, 6),
    (Channel, 7),
    (Role, 8),
    (Attachment, 11),
)

Option = str | int | float | bool | User | Channel | Role | Attachment


def typed(
    registered: Sequence[Json],
    line: str,
    options: Mapping[str, Option],
    user: User,
    focused: str | None = None,
) -> Ask:
    """`moderate poll close` with its options, or a request for suggestions when one option has the focus.

    Raises LookupError for a command or option that isn't registered, PermissionError where Discord would
    hide the command from that person, ValueError for a missing option. While nothing is registered, nothing
    is checked.
    """
    first, *rest = line.split()
    top = _named(registered, first) if registered else {}
    _allowed(top, user)
    leaf = top
    for name in rest:
        leaf = _named(leaf.get("options") or (), name) if registered else {}
    given = [_option(name, value, name == focused) for name, value in options.items()]
    if registered:
        _fits(leaf, options, complete=focused is None)
    for kind, name in zip((1, 2), reversed(rest), strict=False):  # a subcommand, then its group
        given = [{"type": kind, "name": name, "options": given}]
    data: Json = {"id": top.get("id", "1"), "name": first, "type": CHAT, "options": given}
    return Ask(AUTOCOMPLETE if focused else COMMAND, data, user)


def menu(registered: Sequence[Json], name: str, message: Json, user: User) -> Ask:
    """A message's context menu. Raises LookupError when it isn't registered."""
    top = _named([entry for entry in registered if entry.get("type") == MENU], name) if registered else {}
    _allowed(top, user)
    data: Json = {"id": top.get("id", "1"), "name": name, "type": MENU, "target_id": message["id"]}
    data["resolved"] = {"messages": {message["id"]: message}}
    return Ask(COMMAND, data, user, int(message["channel_id"]))


def attached(options: Iterable[Option]) -> list[Attachment]:
    """The files among the options."""
    return [value for value in options if isinstance(value, Attachment)]


def resolved(options: Iterable[Option], files: Mapping[int, Json], guild_id: int) -> Json:
    """What Discord tells about the people, channels, roles and files that options name."""
    told: dict[str, Any] = {"attachments": {str(number): entry for number, entry in files.items()}}
    for value in options:
        if isinstance(value, User):
            told.setdefault("users", {})[str(value.id)] = value.json()
            told.setdefault("members", {})[str(value.id)] = value.member()
        elif isinstance(value, Channel):
            told.setdefault("channels", {})[str(value.id)] = value.json(guild_id)
        elif isinstance(value, Role):
            told.setdefault("roles", {})[str(value.id)] = value.json()
    return told


def _named(entries: Iterable[Json], name: str) -> Json:
    entries = list(entries)
    for entry in entries:
        if entry.get("name") == name:
            return entry
    raise LookupError(f"no {name!r} among {[entry.get('name') for entry in entries]}")


def _allowed(top: Json, user: User) -> None:
    needed = int(top.get("default_member_permissions") or 0)
    if not user.permissions & ADMINISTRATOR and user.permissions & needed != needed:
        raise PermissionError(f"{user.name} is not shown {top['name']!r}")


def _fits(leaf: Json, options: Mapping[str, Option], *, complete: bool) -> None:
    known = {entry["name"]: entry for entry in leaf.get("options") or ()}
    if strange := set(options) - set(known):
        raise LookupError(f"no options {strange} in {leaf.get('name')!r}, but {set(known)}")
    missing = {name for name, entry in known.items() if entry.get("required")} - set(options)
    if missing and complete:
        raise ValueError(f"{missing} missing in {leaf.get('name')!r}")


def _option(name: str, value: Option, focused: bool) -> Json:
    kind = next(number for type_, number in _TYPES if isinstance(value, type_))
    told: Json = {
        "name": name,
        "type": kind,
        "value": str(getattr(value, "id", value)) if kind > 5 and kind != 10 else value,
    }
    return told | ({"focused": True} if focused else {})
