"""What commands, options and choices are called where somebody types: in English, and in the reader's locale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.core import suggest
from bot.core.commands import COMMANDS, Command, Option, Takes
from bot.core.text import folded
from bot.i18n import Words, words

YES = ("yes", "sí")
NO = ("no",)
SWITCH: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "y", "si", "s", "true", "on", "1"), True),
    **dict.fromkeys(("no", "n", "false", "off", "0"), False),
}


def path(command: Command, locale: str) -> str:
    """The command's path as people of a locale type it."""
    return " ".join(_path(command.path, locale))


def option_name(option: Option, locale: str) -> str:
    """What an option is called in a locale."""
    return _or(words(locale), f"option.{option.name}.name", option.name)


def described(command: Command, option: Option | None, locale: str) -> str:
    """The description of a command, or of its option; empty where there is none."""
    t = words(locale)
    if option is None:
        return _or(t, f"{command.key}.description", "")
    general = _or(t, f"option.{option.name}.description", "")
    return _or(t, f"{command.key}.option.{option.name}.description", general)


def choices(option: Option, locale: str) -> dict[str, str]:
    """The values that an option takes, each with its word; none where anything may be typed."""
    if option.takes is Takes.SWITCH:
        return {"yes": YES[locale == "es"], "no": NO[0]}
    t = words(locale)
    return {value: _or(t, f"choice.{option.name}.{value}", value) for value in option.choices}


def chosen(option: Option, typed: str, locale: str) -> str | None:
    """The choice that is meant, by its value or its word in English or the locale; None if it is none."""
    if folded(typed) in map(folded, option.choices):
        return next(value for value in option.choices if folded(value) == folded(typed))
    found = (suggest.exact(typed, choices(option, known)) for known in (locale, "en"))
    return next((value for value in found if value), None)


def find(typed: list[str], locale: str) -> tuple[Command, int] | None:
    """The command whose path the words begin with, and how many words that took; the longest path wins."""
    given = [folded(word) for word in typed[:3]]
    fitting = [(command, len(names)) for names, command in _index(locale) if _fits(names, given)]
    return max(fitting, key=lambda found: found[1], default=None)


def nearest(typed: list[str], locale: str) -> str:
    """The path that comes nearest to what was typed, in the locale's words; empty if none does."""
    best, best_score = "", suggest.ENOUGH
    for command in COMMANDS:
        for name in (path(command, locale), command.path):
            wanted = folded(" ".join(typed[: len(name.split())]))
            score = suggest.likeness(wanted, folded(name)) if wanted else 0.0
            if score > best_score:
                best, best_score = path(command, locale), score
    return best


def by_name(command: Command, typed: str, locale: str) -> Option | None:
    """The command's option of this name, in English or the locale."""
    wanted = folded(typed)
    return (
        next((o for o in command.options if wanted in (folded(o.name), folded(option_name(o, locale)))), None)
        if wanted
        else None
    )


def nearest_option(command: Command, typed: str, locale: str) -> str:
    """The option's name that comes nearest to a name, in the locale's words; empty if none does."""
    names = {o.name: option_name(o, locale) for o in command.options}
    near = suggest.ranked(typed, names) or suggest.ranked(typed, {name: name for name in names})
    return names[near[0]] if near else ""


Accepted = tuple[frozenset[str], ...]


@lru_cache(maxsize=8)
def _index(locale: str) -> tuple[tuple[Accepted, Command], ...]:
    """Each command with the words that are accepted at each place of its path."""
    return tuple((_accepted(command, locale), command) for command in COMMANDS)


def _accepted(command: Command, locale: str) -> Accepted:
    english, local = command.path.split(), _path(command.path, locale)
    return tuple(frozenset({folded(here), folded(there)}) for here, there in zip(english, local, strict=True))


def _fits(names: Accepted, given: list[str]) -> bool:
    return len(given) >= len(names) and all(word in accepted for word, accepted in zip(given, names, strict=False))


def _path(english: str, locale: str) -> list[str]:
    parts = english.split()
    keys = [f"command.{'.'.join(parts[: n + 1])}.name" for n in range(len(parts))]
    return [_or(words(locale), key, part) for key, part in zip(keys, parts, strict=True)]


def _or(t: Words, key: str, otherwise: str) -> str:
    return t.plain(key) if t.has(key) else otherwise
