"""A typed line in pieces: which words go to which option of a command. Knows no types and refuses nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.core.commands import Command, Option, Takes
from bot.core.signs import plain_signs
from bot.platforms import typed_names as names

# Quotes as keyboards of several languages write them: what opens, and all that may close it.
_QUOTES = {'"': '"', "＂": "＂", "“": "”“", "„": "“”‟", "«": "»", "»": "«»", "「": "」", "『": "』"}
_INSIDE = "|".join(f"{opens}(?:[^{closes}]*)[{closes}]?" for opens, closes in _QUOTES.items())
_COLON = ":：﹕"
_TOKEN = re.compile(rf"(?:[^\s{''.join(_QUOTES)}{_COLON}]*[{_COLON}])?(?:{_INSIDE})|\S+")
_QUOTED = re.compile(_INSIDE)
_SIGNS = ">=~,;"  # between two words they make one ballot of them
_PAIR = re.compile(r"\w+[=:]\d+|[A-Za-z]\d+")  # an option and its score


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted text, or either after `name:`. `start` is its place in the line."""

    raw: str
    start: int

    @property
    def quoted(self) -> bool:
        """Whether it is a quoted text, which may hold spaces."""
        return _QUOTED.fullmatch(self.raw) is not None

    @property
    def text(self) -> str:
        """What it says, without its quotes."""
        if not self.quoted:
            return self.raw
        closed = len(self.raw) > 1 and self.raw[-1] in _QUOTES[self.raw[0]]
        return self.raw[1:-1] if closed else self.raw[1:]

    @property
    def named(self) -> bool:
        """Whether it may be `name:value`."""
        return any(colon in self.raw for colon in _COLON)

    def split(self) -> tuple[str, Token]:
        """The part before the first colon, and the rest as a token of its own."""
        name = re.split(f"[{_COLON}]", self.raw, maxsplit=1)[0]
        return name, Token(self.raw[len(name) + 1 :], self.start + len(name) + 1)


@dataclass(slots=True)
class Filled:
    """An option and the tokens it was given; `by_name`: as `name:value`."""

    option: Option
    tokens: list[Token]
    by_name: bool = False

    @property
    def text(self) -> str:
        """Its value: several words as they were typed, a single quoted text without its quotes."""
        given = [token for token in self.tokens if token.raw]
        return given[0].text if len(given) == 1 else " ".join(token.raw for token in given)


@dataclass(slots=True)
class Assigned:
    """How a line's words went to options. `growing`: what further words are added to; `extra`: words too many."""

    filled: dict[str, Filled] = field(default_factory=dict)
    growing: Filled | None = None
    extra: list[Token] = field(default_factory=list)
    last: Filled | None = None

    def values(self) -> dict[str, str]:
        """The options' values, without the empty ones."""
        return {name: filled.text for name, filled in self.filled.items() if filled.text}


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The pieces of a line; `offset` is added to their places."""
    return [Token(found[0], found.start() + offset) for found in _TOKEN.finditer(text)]


def assign(command: Command, given: list[Token], locale: str) -> Assigned:
    """Give each token to an option: by its name, to a text that is still growing, or to the next option in order."""
    state = Assigned()
    for token in given:
        if not (_take_named(state, command, token, locale) or _grow(state, token) or _join(state, token)):
            _take_next(state, command, token)
    return state


def _take_named(state: Assigned, command: Command, token: Token, locale: str) -> bool:
    name, value = token.split()
    option = names.by_name(command, name, locale) if token.named else None
    if option is None or option.name in state.filled:
        return False
    _put(state, Filled(option, [value], by_name=True), _takes_words(option) and not value.quoted)
    return True


def _grow(state: Assigned, token: Token) -> bool:
    if state.growing is None:
        return False
    state.growing.tokens.append(token)
    return True


def _join(state: Assigned, token: Token) -> bool:
    """Whether a word goes on with a value that signs join: "b > a = c", "a=5 b=0", "a5 b0"."""
    last = state.last
    if last is None or not last.option.joined or token.quoted or last.tokens[-1].quoted:
        return False
    before, word = plain_signs(last.tokens[-1].raw), plain_signs(token.raw)
    joined = before[-1:] in _SIGNS or word[:1] in _SIGNS
    alike = _PAIR.fullmatch(before) and _PAIR.fullmatch(word)
    if not (joined or alike):
        return False
    last.tokens.append(token)
    return True


def _take_next(state: Assigned, command: Command, token: Token) -> None:
    option = next((o for o in command.options if o.name not in state.filled), None)
    if option is None:
        state.extra.append(token)
    else:
        _put(state, Filled(option, [token]), option.rest)


def _put(state: Assigned, filled: Filled, growing: bool) -> None:
    state.filled[filled.option.name] = state.last = filled
    state.growing = filled if growing else None


def _takes_words(option: Option) -> bool:
    """Whether a value after `name:` may go on without quotes: free text does, numbers and choices end at a space."""
    return option.takes in (Takes.TEXT, Takes.FILE) and not option.choices
