"""How much a poll's card holds: with 25 long options it must still say what came out, so the lesser things give way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cards.pages import trimmed, weight
from bot.core.card import Bars, Block, Bullets, Facts, Heading, Option, Quote, Small, Text

CARD = 3_100  # weight of a whole card's text: Discord's budget of 3,600 without what a platform adds to draw it
BAR = 47  # what a bar takes beside its label: the bar itself, its count and share
LISTED = 3_400  # the same of a card that lists options: its weight is nearer to what is drawn, few signs are escaped
SIGNS = 12  # what a listed option takes beside its text: letter, marks, line
OPTIONS = 2_400  # over all options where they are listed to be chosen
LABELS = 1_000  # over all labels of the bars where nothing else says the options
REMINDERS = 400  # the same where the options stand above
LEAST_LABEL = 8  # of one bar's label, however full the card is: its letter stands beside it


def each(whole: int, among: int) -> int:
    """How much each of several texts may take, to a hundred."""
    return min(100, whole // max(1, among))


def taken(blocks: Iterable[Block]) -> int:
    """The weight of blocks as a card has them."""
    return sum(_weight(block) for block in blocks)


def fitting(texts: Sequence[str], left: int) -> tuple[str, ...]:
    """As many of the texts, from the first, as there is room left for."""
    kept: list[str] = []
    for text in texts:
        left -= weight(text) + 3
        if left < 0:
            break
        kept.append(text)
    return tuple(kept)


def short(text: str, limit: int) -> str:
    """`text` cut to a weight, at a word."""
    return trimmed(text, limit)


def _weight(block: Block) -> int:
    if isinstance(block, Bars):
        return sum(weight(bar.label) + BAR for bar in block.bars)
    if isinstance(block, Bullets):
        return sum(weight(text) + 3 for text in block.texts)
    if isinstance(block, Facts):
        return sum(weight(label) + weight(value) + 8 for label, value in block.pairs)
    return weight(block.text) + 3 if isinstance(block, Heading | Option | Quote | Small | Text) else 0
