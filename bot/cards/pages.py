"""Long content goes onto several cards, by the budgets of the narrowest platform; a platform never cuts a card."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.core.card import Action, Small
from bot.core.intents import Intent
from bot.core.text import cut
from bot.i18n import Words

T = TypeVar("T")

# Discord counts 4,000 characters over a message's texts, and 40 components; a card's own words need some of both.
BODY = 2_900
BLOCKS = 18
_ESCAPED = re.compile(r"[\\*_~`|<>\[\]()#]")


def weight(text: str) -> int:
    """The bytes that a text may take once a platform has escaped it: Discord puts a backslash before these signs.

    Bytes are never fewer than the UTF-16 units that Discord counts, and a whole answer has a budget of bytes too.
    """
    return len(text.encode()) + len(_ESCAPED.findall(text))


def trimmed(text: str, limit: int) -> str:
    """`text` in at most `limit` of weight, cut at a word."""
    units = limit
    while weight(kept := cut(text, units)) > limit:
        units -= max(1, units // 8)
    return kept


def pages(
    parts: Sequence[T], size: Callable[[T], int], limit: int = BODY, most: int = BLOCKS
) -> tuple[tuple[T, ...], ...]:
    """The parts in order, as many to a page as its budgets hold, at least one; one empty page for no parts."""
    found: list[list[T]] = [[]]
    room = limit
    for part in parts:
        if found[-1] and (size(part) > room or len(found[-1]) == most):
            found.append([])
            room = limit
        found[-1].append(part)
        room -= size(part)
    return tuple(tuple(page) for page in found)


def page(number: int, all_pages: Sequence[T]) -> int:
    """`number` as the number of one of the pages: too small is the first, too large the last."""
    return min(max(number, 0), len(all_pages) - 1)


def turns(t: Words, number: int, last: int, to: Callable[[int], Intent]) -> tuple[Action, ...]:
    """The buttons to the page after and the page before `number`, both counted from 0; `to` asks for a page."""
    forward = [Action(t.plain("reader.next"), to(number + 1))] if number < last else []
    back = [Action(t.plain("reader.previous"), to(number - 1))] if number else []
    return (*forward, *back)


def page_note(t: Words, number: int, last: int) -> tuple[Small, ...]:
    """Which page of how many this is, where there are several."""
    return (Small(t("pages.note", n=number + 1, pages=last + 1)),) if last else ()


def pieces(text: str, limit: int = BODY) -> tuple[str, ...]:
    """A text in pieces that fit a page, halved at the space nearest to the middle."""
    if weight(text) <= limit:
        return (text,)
    middle = len(text) // 2
    at = max(text.rfind(" ", 0, middle), 0) or middle
    return pieces(text[:at].strip(), limit) + pieces(text[at:].strip(), limit)
