"""How a command is written for people: its path and options in the words of their language."""

from __future__ import annotations

from bot.core.commands import COMMANDS, Command, Option
from bot.i18n import Words


def path(t: Words, command: Command) -> str:
    """The command as this locale's people type it, without the slash."""
    words = command.path.split()
    return " ".join(_named(t, "command." + ".".join(words[: n + 1]), word) for n, word in enumerate(words))


def described(t: Words, command: Command) -> str:
    """What the command does, in one line."""
    return t.plain(f"{command.key}.description")


def option_name(t: Words, command: Command, option: Option) -> str:
    """What an option is called: by the command's own word for it where it has one."""
    return _named(t, f"{command.key}.option.{option.name}", _named(t, f"option.{option.name}", option.name))


def option_described(t: Words, command: Command, option: Option) -> str:
    """What an option is for: by the command's own words for it where it has some."""
    own = f"{command.key}.option.{option.name}.description"
    return t.plain(own if t.has(own) else f"option.{option.name}.description")


def choice_name(t: Words, option: Option, value: str) -> str:
    """What a value of an option is called."""
    key = f"choice.{option.name}.{value}"
    return t.plain(key) if t.has(key) else value


def names(t: Words, english: Words) -> dict[str, str]:
    """Everything that a command may be called, to find it by what was typed: name → path in the table."""
    found = {path(words, command): command.path for words in (english, t) for command in COMMANDS}
    return {name: command for name, command in found.items() if name}


def _named(t: Words, key: str, otherwise: str) -> str:
    return t.plain(f"{key}.name") if t.has(f"{key}.name") else otherwise
