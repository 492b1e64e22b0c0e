"""An intent as a short string and back: it is Discord's `custom_id`, the web button's value, and survives any restart.

Form: `1:verb:field:field…`, fields in the order of the class, trailing defaults left out. Only ids, numbers and
choices travel; `Prose` and `Upload` fields never do. At most 64 bytes, so that a form's nonce fits beside it in
Discord's 100. A string of an older build stays readable within a major version: verbs are never removed or reordered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import Field, dataclass, fields
from functools import cache, lru_cache
from typing import Any, get_type_hints

from bot.core import intents
from bot.core.intents import PROSE, UPLOAD, Intent

VERSION = "1"
LIMIT = 64
_SAFE = re.compile(r"[A-Za-z0-9_.,>=+-]*")


class Undecodable(ValueError):
    """The string is no intent of this version: a button of another program, or tampered with."""


def encode(intent: Intent) -> str:
    """The intent as a string. ValueError if a field isn't an id of ours or the whole is over 64 bytes."""
    slots = shapes()[intent.VERB].carried
    values = [_written(getattr(intent, slot.name)) for slot in slots]
    defaults = [_written(slot.default) for slot in slots]
    while values and values[-1] == defaults[len(values) - 1]:
        values.pop()
    text = ":".join([VERSION, intent.VERB, *values])
    if len(text) > LIMIT:
        raise ValueError(f"{text!r} is over {LIMIT} bytes")
    return text


@lru_cache(maxsize=4096)  # a crowd presses the same few buttons
def decode(text: str) -> Intent:
    """The intent of a string. Undecodable when it is none."""
    version, _, rest = text.partition(":")
    verb, *values = rest.split(":")
    shape = shapes().get(verb)
    if version != VERSION or shape is None or len(text) > LIMIT or len(values) > len(shape.carried):
        raise Undecodable(text[:LIMIT])
    return shape.kind(**{slot.name: _read(value, slot) for slot, value in zip(shape.carried, values, strict=False)})


@dataclass(frozen=True, slots=True)
class Shape:
    """An intent's class, the fields that travel in the string, and the names of those that a person types."""

    kind: type[Intent]
    carried: tuple[Field[Any], ...]
    typed: tuple[str, ...]


@cache
def shapes() -> dict[str, Shape]:
    """The shape of every intent, by its verb."""
    found: dict[str, Shape] = {}
    for value in vars(intents).values():
        if isinstance(value, type) and issubclass(value, Intent) and value.VERB:
            if value.VERB in found:
                raise ValueError(f"two intents say {value.VERB}")
            found[value.VERB] = _shape(value)
    return found


def typed_fields(kind: type[Intent]) -> tuple[str, ...]:
    """The names of the fields that a person types or attaches: the names of a form's fields."""
    return shapes()[kind.VERB].typed


def _shape(kind: type[Intent]) -> Shape:
    typed = tuple(_typed(kind))
    return Shape(kind, tuple(f for f in fields(kind) if f.name not in typed), typed)


def _typed(kind: type[Intent]) -> Iterator[str]:
    hints = get_type_hints(kind, include_extras=True)
    for f in fields(kind):
        if set(getattr(hints[f.name], "__metadata__", ())) & {PROSE, UPLOAD}:
            yield f.name


def _written(value: object) -> str:
    text = str(int(value)) if isinstance(value, bool) else str(value)
    if not _SAFE.fullmatch(text):
        raise ValueError(f"{text!r} is no id of ours")
    return text


def _read(text: str, slot: Field[Any]) -> object:
    if not _SAFE.fullmatch(text):
        raise Undecodable(text)
    if text == "":
        return slot.default
    if isinstance(slot.default, bool):
        return text == "1"
    if isinstance(slot.default, int):
        if not text.removeprefix("-").isdecimal():
            raise Undecodable(text)
        return int(text)
    return text
