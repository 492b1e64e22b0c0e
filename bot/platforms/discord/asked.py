"""What an interaction asks for: a command, a press, a choice or a form becomes the same small intent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.core.codec import Undecodable
from bot.core.commands import Command
from bot.core.errors import refuse
from bot.core.intents import Attachment, Intent, ReportMessage
from bot.core.text import cut
from bot.platforms.discord.forms import submitted
from bot.platforms.discord.gate import Interaction
from bot.platforms.discord.parts import intent_of
from bot.platforms.discord.payload import GROUP, MESSAGE_MENU, SUBCOMMAND, by_path
from bot.platforms.typed import fill

_COMMANDS = by_path()
_BUTTON = discord.ComponentType.button.value
EXCERPT = 500  # characters of a reported message that moderators get to see


@dataclass(frozen=True, slots=True)
class Asked:
    """An intent, and what is to be filled into its fields: texts as sent, files still to be fetched."""

    intent: Intent
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, discord.Attachment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typing:
    """An option being typed: where its suggestions come from, what stands there, and the other options so far."""

    source: str
    typed: str
    given: Mapping[str, str]


def asked(interaction: Interaction) -> Asked:
    """The intent of a command, a press or a submitted form. Refusal: stale_button, unknown_command."""
    data: Mapping[str, Any] = interaction.data or {}
    try:
        if interaction.type is discord.InteractionType.component:
            return Asked(intent_of(_pressed(data)))
        if interaction.type is discord.InteractionType.modal_submit:
            return _filled(intent_of(str(data["custom_id"])), submitted(data), _files(interaction, data))
    except (Undecodable, KeyError, IndexError) as error:
        raise refuse("stale_button") from error
    return _command(interaction, data)


def typing(interaction: Interaction) -> Typing | None:
    """The option that is being typed, or None when it has no suggestions."""
    data: Mapping[str, Any] = interaction.data or {}
    command, options = _found(data)
    focused = next((option for option in options if option.get("focused")), None)
    sources = {option.name: option.complete for option in command.options}
    if focused is None or not sources.get(focused["name"]):
        return None
    given = {option["name"]: str(option["value"]) for option in options if option is not focused}
    return Typing(sources[focused["name"]], str(focused["value"]), given)


def _pressed(data: Mapping[str, Any]) -> str:
    """A button's own id; of a select the chosen value, which is the intent."""
    return str(data["custom_id"] if data["component_type"] == _BUTTON else data["values"][0])


def _command(interaction: Interaction, data: Mapping[str, Any]) -> Asked:
    if data.get("type") == MESSAGE_MENU:
        return Asked(_report(data))
    command, options = _found(data)
    roles = (data.get("resolved") or {}).get("roles") or {}
    given = {option["name"]: _named(option["value"], roles) for option in options}
    return _filled(command.intent(**command.preset), given, _files(interaction, data))


def _named(value: object, roles: Mapping[str, Mapping[str, Any]]) -> object:
    """A role as "id|name", so that people read what it is called; anything else as it is."""
    role = roles.get(str(value))
    return value if role is None else f"{value}|{role['name']}"


def _found(data: Mapping[str, Any]) -> tuple[Command, list[Mapping[str, Any]]]:
    path, options = [str(data.get("name"))], list(data.get("options") or ())
    while options and options[0].get("type") in (SUBCOMMAND, GROUP):
        path.append(options[0]["name"])
        options = list(options[0].get("options") or ())
    command = _COMMANDS.get(" ".join(path))
    if command is None:
        raise refuse("unknown_command", typed=" ".join(path), suggestion="")
    return command, options


def _report(data: Mapping[str, Any]) -> Intent:
    message = data["resolved"]["messages"][data["target_id"]]
    return ReportMessage(
        message=str(message["id"]),
        author=str(message["author"]["id"]),
        excerpt=cut(str(message.get("content") or ""), EXCERPT),
    )


def _filled(intent: Intent, given: Mapping[str, object], files: Mapping[str, discord.Attachment]) -> Asked:
    """The intent with its values sorted into texts and files; a file is named by its id."""
    texts = {name: str(value) for name, value in given.items() if str(value) not in files}
    return Asked(intent, texts, {name: files[str(value)] for name, value in given.items() if name not in texts})


def _files(interaction: Interaction, data: Mapping[str, Any]) -> dict[str, discord.Attachment]:
    told: Mapping[str, Any] = (data.get("resolved") or {}).get("attachments") or {}
    return {key: discord.Attachment(data=entry, state=interaction._state) for key, entry in told.items()}


async def fetched(asked: Asked, limit: int) -> Intent:
    """The whole intent, its files read, each at most `limit` bytes.

    Refusal: too_large_file, before a byte is read; wrong_value and the like, as for typed lines.
    """
    files = {name: await _read(file, limit) for name, file in asked.files.items()}
    return fill(asked.intent, {**asked.texts, **files}) if asked.texts or files else asked.intent


async def _read(file: discord.Attachment, limit: int) -> Attachment:
    if file.size > limit:
        raise refuse("too_large_file", megabytes=limit // 1024 // 1024)
    data = await file.read()
    if len(data) > limit:
        raise refuse("too_large_file", megabytes=limit // 1024 // 1024)
    return Attachment(file.filename, data)
