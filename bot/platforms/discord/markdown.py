"""Our markup as Discord's Markdown. Somebody's text reads as typed: no mention, link, heading or spoiler comes of it.

Discord takes a backslash before any sign that is no letter, digit or space as "this sign, nothing more".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from bot.core.rich import Span, spans
from bot.core.text import unwrapped

# Emphasis, code, spoilers, masked links, mentions and moments; then what only counts in company.
_SIGNS = re.compile(r"[\\*_~`|\[\]<]|@(?=everyone|here)|:(?=//|[\w+-]{1,40}:)")
# What counts at the beginning of a line: headings, lists, quotes, small print.
_STARTS = re.compile(r"^([^\S\n]*)(?:([#>+-])|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)
# Texts are cleaned before they are kept; a name or an import that slipped through still can't turn a line around.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def escaped(text: str) -> str:
    """Somebody's text as Markdown that reads as typed."""
    seen = text if text.isascii() else _HIDDEN.sub("", text)
    return _STARTS.sub(_start, _SIGNS.sub(r"\\\g<0>", seen))


@lru_cache(maxsize=512, typed=True)  # typed, because a `Rich` and a text of somebody's can read the same
def markdown(text: str) -> str:
    """A text as Markdown: a `Rich` with its markup, anything else as typed. The same few are drawn again and again."""
    return "".join(_run(bold, list(run)) for bold, run in groupby(spans(text), key=lambda span: span.bold))


def line(text: str) -> str:
    """The same on one line."""
    return unwrapped(markdown(text))


def plain(text: str) -> str:
    """The bare words on one line, for labels, where Discord reads no Markdown."""
    bare = unwrapped("".join(span.text for span in spans(text)))
    return bare if bare.isascii() else _HIDDEN.sub("", bare)


def _start(found: re.Match[str]) -> str:
    space, sign, number, dot = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"


def _run(bold: bool, run: list[Span]) -> str:
    """Spans of one weight. Bold that touches a space is shown as asterisks, so the spaces stay outside."""
    text = "".join(_drawn(span) for span in run)
    core = text.strip()
    if not bold or not core:
        return text
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    return f"{before}**{core}**{after}"


def _drawn(span: Span) -> str:
    if span.moment is not None:
        return f"<t:{span.moment}:{span.style}>"
    if span.mention:
        return span.mention
    if span.code:
        return f"`{span.text}`"
    if span.link:
        return f"[{escaped(span.text)}]({span.link})"
    return escaped(span.text)
