"""Every word that a person reads, in their language: messages in `locales/`, plurals and numbers by CLDR (Babel).

A message may hold `{name}`, `{n, number}`, `{n, plural, =0 {none} one {# vote} other {# votes}}` and
`{who, select, me {you} other {they}}`. What is put in is escaped unless it is markup of ours (`Rich`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.core.rich import Rich, rich

LOCALES = ("en", "es")
FOLDER = Path(__file__).parent / "locales"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a message where a value goes. `how` is "", "number", "plural" or "select"."""

    name: str
    how: str = ""
    cases: tuple[tuple[str, tuple[str | Slot, ...]], ...] = ()


Message = tuple["str | Slot", ...]


@dataclass(frozen=True)
class Words:
    """One locale's words. Call it with a key and values: `t("poll.recorded", option="B")`."""

    locale: str
    messages: Mapping[str, Message]

    @cached_property
    def cldr(self) -> Locale:
        """Babel's data for this locale."""
        return Locale.parse(self.locale)

    def __call__(self, key: str, /, **values: object) -> Rich:
        """The message as markup, its values escaped. KeyError for an unknown key or a missing value."""
        return Rich(self._fill(self.messages[key], values, None))

    def plain(self, key: str, /, **values: object) -> str:
        """The message as bare text, for labels and file headings: no markup, nothing escaped."""
        raw = {name: Rich(value) if isinstance(value, str) else value for name, value in values.items()}
        return self._fill(self.messages[key], raw, None)

    def has(self, key: str) -> bool:
        """Whether there is such a message."""
        return key in self.messages

    def number(self, value: float) -> str:
        """A number with this locale's separators."""
        return str(format_decimal(value, locale=self.cldr))

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share (0 to 1) as a percentage, as this locale writes it: "9%", "9 %" with a space that doesn't break."""
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        pattern = self.cldr.percent_formats[None].pattern.replace("#,##0", digits)
        return str(format_percent(share, format=pattern, locale=self.cldr, decimal_quantization=True))

    def listed(self, parts: Iterable[str]) -> Rich:
        """The parts in a row with this locale's commas and "and", each escaped."""
        marked = [rich(part) for part in parts]
        return marked[0] if len(marked) == 1 else Rich(format_list(marked, locale=self.cldr))

    def _fill(self, message: Message, values: Mapping[str, object], count: object) -> str:
        return "".join(self._part(part, values, count) for part in message)

    def _part(self, part: str | Slot, values: Mapping[str, object], count: object) -> str:
        if isinstance(part, str):
            return part if count is None else part.replace("#", self._shown(count))
        value = values[part.name]
        if part.how in ("plural", "select"):
            return self._fill(self._case(part, value), values, value if part.how == "plural" else count)
        return self._shown(value)

    def _case(self, slot: Slot, value: object) -> Message:
        cases = dict(slot.cases)
        if slot.how == "select":
            return cases.get(str(value), cases["other"])
        number = int(str(value))
        exact = cases.get(f"={number}")
        return exact if exact is not None else cases.get(self.cldr.plural_form(number), cases["other"])

    def _shown(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return rich(str(value) if not isinstance(value, str) else value)
        return self.number(value)


def language_of(locale: str | None, default: str = "en") -> str:
    """The locale of ours that serves a platform's locale ("es-419" → "es"); `default` where none does."""
    language = (locale or "").replace("_", "-").split("-")[0].lower()
    return language if language in LOCALES else default


@lru_cache(maxsize=len(LOCALES))
def words(locale: str) -> Words:
    """The words of one of our locales, read once. The files belong to the program, not to its settings."""
    return Words(locale, {key: parse(text) for key, text in flattened(locale).items()})


def flattened(locale: str) -> dict[str, str]:
    """Every message of a locale as written, by its dotted key."""
    found: dict[str, str] = {}
    for path in sorted((FOLDER / locale).glob("*.yaml")):
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 (all strings, nothing built)
        for key, text in _leaves(tree, ""):
            if key in found:
                raise ValueError(f"{path}: {key} stands in two files")
            found[key] = text
    return found


def _leaves(tree: Mapping[str, object], above: str) -> Iterable[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield above + name, str(value)


_OPEN = re.compile(r"\{(\w+)\s*(?:,\s*(\w+)\s*)?([,}])")
_CASE = re.compile(r"\s*(=\d+|\w+)\s*\{")


def parse(text: str) -> Message:
    """A message as text and slots. ValueError where braces don't match."""
    message, end = _parse(text, 0, nested=False)
    if end != len(text):
        raise ValueError(f"a brace too many in {text!r}")
    return message


def _parse(text: str, at: int, *, nested: bool) -> tuple[Message, int]:
    parts: list[str | Slot] = []
    start = at
    while at < len(text) and text[at] != "}":
        if text[at] != "{":
            at += 1
            continue
        parts.append(text[start:at])
        slot, at = _slot(text, at)
        parts.append(slot)
        start = at
    if nested != (at < len(text)):
        raise ValueError(f"braces don't match in {text!r}")
    parts.append(text[start:at])
    return tuple(part for part in parts if part != ""), at


def _slot(text: str, at: int) -> tuple[Slot, int]:
    opened = _OPEN.match(text, at)
    if not opened:
        raise ValueError(f"no name after the brace in {text[at : at + 30]!r}")
    name, how, last = opened.groups()
    if last == "}":
        return Slot(name, how or ""), opened.end()
    cases, at = [], opened.end()
    while case := _CASE.match(text, at):
        message, at = _parse(text, case.end(), nested=True)
        cases.append((case[1], message))
        at += 1
    closing = text.find("}", at)
    if closing < 0 or not any(key == "other" for key, _ in cases):
        raise ValueError(f"{name} needs an «other» case in {text!r}")
    return Slot(name, how or "", tuple(cases)), closing + 1
