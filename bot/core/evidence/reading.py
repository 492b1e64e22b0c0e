"""Reading an export as a sceptic does: nothing is believed to be there, or to be what it should be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.evidence.values import Difference

Tree = Mapping[str, Any]
_NAMES = {str: "a text", int: "a whole number", list: "a list", dict: "an object", bool: "true or false"}


def loads(data: bytes) -> Tree:
    """The object in a JSON file. Difference where it is damaged, or says something twice."""
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Difference("", f"The file is damaged: byte {error.start + 1} is no UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Difference("", f"The file is damaged, or no JSON: {error.msg} at {where}.") from None
    except (ValueError, RecursionError):
        raise Difference("", "The file is damaged: it holds a number or a nesting that no export has.") from None
    if not isinstance(value, dict):
        raise Difference("", "The file holds JSON, but not an export.")
    return value


def need(tree: Tree, where: str, kind: type[Any]) -> Any:
    """What stands at a place such as "manifest.options", if it is of this type. Difference otherwise."""
    found: Any = tree
    for n, name in enumerate(where.split(".")):
        if not isinstance(found, dict) or name not in found:
            raise Difference(".".join(where.split(".")[: n + 1]), "is missing")
        found = found[name]
    check_is(found, where, kind)
    return found


def check_is(value: object, where: str, kind: type[Any]) -> None:
    """Difference unless the value is of this type; true and false are no numbers."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        raise Difference(where, f"should be {_NAMES[kind]}, and is {brief(value)}")


def same(where: str, said: object, ours: object, by: str) -> None:
    """Difference at the first place where what the export says isn't what follows from `by`, such as "the ballots"."""
    if isinstance(said, dict) and isinstance(ours, dict):
        _same_keys(where, said, ours, by)
        for name, value in ours.items():
            same(f"{where}.{name}", said[name], value, by)
    elif isinstance(said, list) and isinstance(ours, list | tuple) and len(said) == len(ours):
        for n, value in enumerate(ours):
            same(f"{where}[{n}]", said[n], value, by)
    elif type(said) is not type(ours) or said != ours:
        raise Difference(where, f"the export says {brief(said)}, {by} say {brief(ours)}")


def brief(value: object) -> str:
    """A value as a sentence can hold it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else f"{text[:119]}…"


def _same_keys(where: str, said: Tree, ours: Tree, by: str) -> None:
    for name in ours:
        if name not in said:
            raise Difference(f"{where}.{name}", f"is missing; {by} say {brief(ours[name])}")
    for name in said:
        if name not in ours:
            raise Difference(f"{where}.{name}", f"the export says {brief(said[name])}, {by} say nothing of it")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object. One that says something twice could be read in two ways."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for n, (name, _) in enumerate(pairs) if name in dict(pairs[:n]))
        raise Difference("", f"The file is damaged: an object in it says “{twice}” twice.")
    return found


def _no_number(name: str) -> None:
    raise Difference("", f"The file is damaged: {name} is no number of an export.")
