"""The commands as Discord registers them: one payload from the one table, in every language that we speak.

Discord sends the default names back, whatever language a person typed in, so a path of ours finds its command again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.core.commands import COMMANDS, Command, Option, Takes
from bot.i18n import LOCALES, Words, words
from bot.platforms.discord.directory import WRITABLE

Json = dict[str, Any]

SLASH, MESSAGE_MENU = 1, 3
SUBCOMMAND, GROUP = 1, 2
MANAGE_SERVER = 1 << 5
GUILD_ONLY: Json = {"contexts": [0], "integration_types": [0]}
_TYPES = {Takes.TEXT: 3, Takes.NUMBER: 4, Takes.SWITCH: 5, Takes.CHANNEL: 7, Takes.ROLE: 8, Takes.FILE: 11}
# Discord's names of our languages; English is the default beside them.
_DISCORD = {"es": ("es-ES", "es-419")}
REPORT_MENU = "discord.report_menu"


def commands(table: Iterable[Command] = COMMANDS) -> list[Json]:
    """The whole bulk overwrite: a tree of slash commands and the message menu."""
    tops: dict[str, Json] = {}
    for command in table:
        _plant(tops, command)
    return [*tops.values(), _menu()]


def by_path(table: Iterable[Command] = COMMANDS) -> dict[str, Command]:
    """The commands by what Discord sends: their words with spaces between."""
    return {command.path: command for command in table}


def menu_name() -> str:
    """The menu's default name, by which Discord sends it back."""
    return words("en").plain(REPORT_MENU)


def _plant(tops: dict[str, Json], command: Command) -> None:
    """Put a command under its top-level command and its group, making those when they are missing."""
    steps = command.path.split()
    node = tops.setdefault(steps[0], _top(steps[0], command.moderators))
    for depth in range(1, len(steps)):
        path = ".".join(steps[: depth + 1])
        children = node.setdefault("options", [])
        found = next((child for child in children if child["name"] == steps[depth]), None)
        if found is None:
            kind = SUBCOMMAND if depth == len(steps) - 1 else GROUP
            found = {"type": kind, **_named(steps[depth], f"command.{path}")}
            children.append(found)
        node = found
    node["options"] = [_option(option, command) for option in sorted(command.options, key=lambda o: not o.required)]


def _top(word: str, moderators: bool) -> Json:
    rights = {"default_member_permissions": MANAGE_SERVER} if moderators else {}
    return {"type": SLASH, **_named(word, f"command.{word}"), **rights, **GUILD_ONLY}


def _menu() -> Json:
    return {"type": MESSAGE_MENU, "name": menu_name(), **_localised("name", REPORT_MENU), **GUILD_ONLY}


def _option(option: Option, command: Command) -> Json:
    key, own = f"option.{option.name}", f"{command.key}.option.{option.name}"
    described = own if words("en").has(f"{own}.description") else key
    told: Json = {"type": _TYPES[option.takes], **_named(option.name, key, described), "required": option.required}
    if option.choices:
        told["choices"] = [_choice(option.name, value) for value in option.choices]
    if option.complete:
        told["autocomplete"] = True
    if option.takes is Takes.CHANNEL:
        told["channel_types"] = sorted(WRITABLE)
    if option.takes is Takes.NUMBER:
        told["min_value"] = 0
    return told


def _choice(option: str, value: str) -> Json:
    key = f"choice.{option}.{value}"
    return {"name": words("en").plain(key), **_localised("name", key), "value": value}


def _named(word: str, key: str, described: str = "") -> Json:
    """Name and description. The default name is the table's own word, so that a path is one in every language."""
    description = f"{described or key}.description"
    return {
        "name": word,
        "description": words("en").plain(description),
        **_localised("name", f"{key}.name"),
        **_localised("description", description),
    }


def _localised(what: str, key: str) -> Json:
    others: list[Words] = [words(locale) for locale in LOCALES if locale in _DISCORD]
    return {f"{what}_localizations": {name: t.plain(key) for t in others for name in _DISCORD[t.locale]}}
