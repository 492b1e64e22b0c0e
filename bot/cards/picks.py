"""Menus of one choice, kept small: a menu's texts count to the size of the whole answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.pages import trimmed
from bot.core.card import Pick, PickOption
from bot.core.intents import Intent
from bot.i18n import Words

MOST = 25  # options of one of Discord's menus
FEW = 10  # with more options than this their texts get short, so that an answer stays below 8 kB
LABEL, DETAIL, SHORT = 80, 70, 40  # bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a menu, of any length yet."""

    text: str
    intent: Intent
    detail: str = ""
    chosen: bool = False


def pick(t: Words, label: str, lines: Sequence[Line], most: int = MOST) -> tuple[Pick, ...]:
    """The menu of this label (a key of the locale files), its texts cut; none when there is nothing to choose.

    Of more than `most` lines the first are offered, and the label says how many there are.
    """
    if not lines:
        return ()
    many = min(len(lines), most) > FEW
    said = t.plain(label)
    if len(lines) > most:
        said = t.plain("pages.first_of", label=said, n=most, total=len(lines))
    options = tuple(
        PickOption(
            trimmed(line.text, SHORT if many else LABEL),
            line.intent,
            "" if many else trimmed(line.detail, DETAIL),
            line.chosen,
        )
        for line in lines[:most]
    )
    return (Pick(said, options),)
