"""A chart as data for the templates: every text with its language and direction, and places where it may break.

Nothing here is markup. The templates read JSON and put texts as texts, so what a member typed can't become a command.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

from bot.core.chart import Chart
from bot.core.text import one_line

Json = dict[str, Any]

LONGEST_RUN = 18  # signs without a space before a text may break anywhere
_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")
_BREAK = "\u200b"
_BOUND = ("\u200d", "\ufe0e", "\ufe0f")
_AS_IT_IS = ("letter", "locale")
_ASIAN = (("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"))


def chart_json(chart: Chart, theme: str) -> str:
    """A chart in a theme ("light", "dark") as the picture's template reads it."""
    return json.dumps({"theme": theme, "chart": chart_data(chart)}, ensure_ascii=False, sort_keys=True)


def chart_data(chart: Chart) -> Json:
    """A chart for any template."""
    return {**of(chart, chart.locale), "kind": type(chart.body).__name__.lower()}


def of(value: object, locale: str) -> Any:
    """Texts, numbers and dataclasses as the templates want them; `locale` is the language of most texts."""
    if isinstance(value, str):
        return said(value, locale)
    if isinstance(value, Mapping):
        return {name: of(part, locale) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [of(part, locale) for part in value]
    if is_dataclass(value):
        return {f.name: _field(f.name, getattr(value, f.name), locale) for f in fields(value)}
    return value


def said(text: str, locale: str) -> Json:
    """A text with its language, for the right shapes of its signs, and its direction, that of its first letter."""
    tidy = one_line(text)
    return {"text": breakable(tidy), "lang": language(tidy, locale), "rtl": from_right(tidy)}


def language(text: str, locale: str) -> str:
    """The language of East Asian signs, whose shapes differ by it; `locale` for any other text."""
    if text.isascii():
        return locale
    found = {unicodedata.name(sign, "").split(" ")[0].split("-")[0] for sign in text}
    return next((spoken for script, spoken in _ASIAN if script in found), locale)


def from_right(text: str) -> bool:
    """Whether a text begins at the right."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return next((direction != "L" for direction in strong if direction in ("L", "R", "AL")), False)


def breakable(text: str) -> str:
    """The text with places to break in what has no spaces, never between a sign and what belongs to it."""
    return _RUN.sub(lambda run: _broken(run[0]), text)


def _broken(run: str) -> str:
    pieces = [run[0]]
    since = 1
    for before, sign in pairwise(run):
        if since >= LONGEST_RUN // 2 and not _belongs(before, sign):
            pieces.append(_BREAK)
            since = 0
        pieces.append(sign)
        since += 1
    return "".join(pieces)


def _belongs(before: str, sign: str) -> bool:
    """Whether a sign stays with the one before: an accent, a part of an emoji, a joined letter."""
    if before == "\u200d" or sign in _BOUND or unicodedata.combining(sign) or "\U0001f3fb" <= sign <= "\U0001f3ff":
        return True
    flags = "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= sign <= "\U0001f1ff"
    return flags or unicodedata.bidirectional(sign) == "AL" or unicodedata.category(sign) in ("Mn", "Mc", "Me")


def _field(name: str, value: object, locale: str) -> Any:
    return value if name in _AS_IT_IS else of(value, locale)
