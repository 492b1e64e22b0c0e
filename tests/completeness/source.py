"""What the program's own source says: which words it uses and with which values, read without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.i18n import LOCALES, Message, Slot, flattened, words

BOT = Path(__file__).parents[2] / "bot"


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose first text argument names words: where it stands, the keys it may name, the values it hands over.

    `open_ended`: it also hands over a mapping (`**facts`), so nobody can tell from the source what is in it.
    """

    where: str
    function: str
    key: re.Pattern[str]
    values: frozenset[str]
    open_ended: bool


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the program."""
    return {path.relative_to(BOT.parent): ast.parse(path.read_text("utf-8")) for path in sorted(BOT.rglob("*.py"))}


@cache
def calls() -> tuple[Call, ...]:
    """Every call with a text among its arguments that may name words."""
    return tuple(
        call
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for call in _calls(node, path)
    )


@cache
def mentioned() -> tuple[re.Pattern[str], ...]:
    """Every text in the source that is or may become a key: constants, and f-strings that begin with a room's name."""
    found = {_pattern(text) for tree in trees().values() for node in ast.walk(tree) for text in _texts(node)}
    return tuple(re.compile(one) for one in found if one)


@cache
def locale_keys() -> tuple[str, ...]:
    """The keys of all words in any language."""
    return tuple(sorted({key for locale in LOCALES for key in flattened(locale)}))


def slots(key: str, locale: str) -> frozenset[str]:
    """The names of the values that some words want."""
    return frozenset(_named(words(locale).messages[key]))


def _named(message: Message) -> Iterator[str]:
    for part in message:
        if isinstance(part, Slot):
            yield part.name
            for _, inner in part.cases:
                yield from _named(inner)


def _calls(node: ast.Call, path: Path) -> Iterator[Call]:
    values = frozenset(word.arg for word in node.keywords if word.arg)
    open_ended = any(word.arg is None for word in node.keywords)
    for argument in node.args:
        for text in _alternatives(argument):
            if pattern := _pattern(text):
                yield Call(f"{path}:{node.lineno}", _name(node.func), re.compile(pattern), values, open_ended)


def _name(function: ast.expr) -> str:
    """What is called: `t`, `plain`, `refuse`."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _alternatives(node: ast.expr) -> Iterator[str | tuple[str, ...]]:
    """The texts that an argument can be: itself, or either branch of a choice."""
    if isinstance(node, ast.IfExp):
        yield from _alternatives(node.body)
        yield from _alternatives(node.orelse)
    yield from _texts(node)


def _texts(node: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """A constant as it stands; an f-string as its constant pieces, "" where something is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield tuple(str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values)


def _pattern(text: str | tuple[str, ...]) -> str:
    """The keys that a text can be, "" for what can be none."""
    pieces = (text,) if isinstance(text, str) else text
    if isinstance(text, str) and text.endswith(".") and re.fullmatch(r"[\w.]+", text):
        pieces = (text, "")  # the beginning of a key that something is added to
    if not re.fullmatch(r"[\w.-]+", "".join(pieces)) or not pieces[0]:
        return ""
    return "".join(re.escape(piece) if piece else r"[\w.-]+" for piece in pieces)
