"""What Discord refuses in a set of commands although its schema allows it: sizes, names, order, numbers."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.spec.messages import repeated
from tests.spec.parts import units

Command = Mapping[str, Any]

MAX_SIZE = 8000
MAX_OF_TYPE = {1: 100, 2: 5, 3: 5}  # 2.7.1's discord.py allows five menus of each kind
SUBCOMMAND, GROUP = 1, 2
_SCRIPTS = ("DEVANAGARI", "THAI")  # their vowel signs are neither letters nor numbers


def faults(commands: Sequence[Command]) -> Iterator[str]:
    """The faults of one bulk overwrite, as sentences that begin with the command's name."""
    yield from repeated("command", ((command.get("type") or 1, command.get("name")) for command in commands))
    for kind, count in Counter(command.get("type") or 1 for command in commands).items():
        if count > MAX_OF_TYPE.get(kind, 1):
            yield f"{count} commands of type {kind} of at most {MAX_OF_TYPE.get(kind, 1)}"
    for command in commands:
        yield from (f"{command.get('name')}: {fault}" for fault in _command(command))


def size(node: Command) -> int:
    """Characters of a command: names, descriptions and choice values, each by its longest locale."""
    own = _longest(node, "name") + _longest(node, "description")
    own += units(node["value"]) if isinstance(node.get("value"), str) else 0
    inner = [*(node.get("options") or ()), *(node.get("choices") or ())]
    return own + sum(size(child) for child in inner)


def _longest(node: Command, key: str) -> int:
    return max(units(text) for text in (node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()))


def _command(command: Command) -> Iterator[str]:
    if (total := size(command)) > MAX_SIZE:
        yield f"{total} characters of at most {MAX_SIZE}, the longest locale counting"
    if (command.get("type") or 1) == 1:
        if not command.get("description"):
            yield "no description"
        yield from _names(command)
        yield from _options(command)


def _options(node: Command) -> Iterator[str]:
    options = node.get("options") or ()
    for locale, names in _names_by_locale(options).items():
        yield from repeated(f"option ({locale})", names)
    if not _ordered([bool(option.get("required")) for option in options]):
        yield "a required option after an optional one"
    if 0 < sum(option.get("type") in (SUBCOMMAND, GROUP) for option in options) < len(options):
        yield "subcommands beside options"
    for option in options:
        yield from _names(option)
        yield from _choices(option)
        yield from _options(option)


def _choices(option: Command) -> Iterator[str]:
    choices = option.get("choices") or ()
    yield from repeated(f"{option.get('name')}: choice", (choice.get("name") for choice in choices))
    if choices and option.get("autocomplete"):
        yield f"{option.get('name')}: choices beside autocomplete"


def _names_by_locale(options: Sequence[Command]) -> dict[str, list[Any]]:
    locales = {locale for option in options for locale in option.get("name_localizations") or {}}
    return {
        locale: [(option.get("name_localizations") or {}).get(locale, option["name"]) for option in options]
        for locale in ("default", *sorted(locales))
    }


def _ordered(required: Sequence[bool]) -> bool:
    return list(required) == sorted(required, reverse=True)


def _names(node: Command) -> Iterator[str]:
    for name in (node.get("name") or "", *(node.get("name_localizations") or {}).values()):
        if not fits(name):
            yield f"name {name!r} is not 1–32 lower-case letters, digits, - _ or '"


def fits(name: str) -> bool:
    r"""Whether a name matches Discord's `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, in lower case."""
    return 1 <= len(name) <= 32 and name == name.lower() and all(_fits(sign) for sign in name)


def _fits(sign: str) -> bool:
    known = sign in "-_'" or unicodedata.category(sign)[0] in "LN"
    return known or unicodedata.name(sign, "").startswith(_SCRIPTS)
