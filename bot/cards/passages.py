"""A section as passages in reading order, and as the parts that fit a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.cards.pages import BODY, page, pages, pieces, weight
from bot.cards.picks import FEW
from bot.core.article import Article, Item, ItemList, Paragraph, Point, Points, Section
from bot.core.card import Block, Bullets, Text
from bot.core.rich import Rich, bold, rich
from bot.core.search import passages as spoken
from bot.core.search import point_text

CROWDED = 1_700  # bytes of a body beside a long menu of contents
BLOCKS = 14
WORDS_A_MINUTE = 200  # a usual pace of silent reading


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or with a `depth` a bullet. `source` is the text as the pack has it."""

    text: str
    source: str
    depth: int | None = None


def titled(title: str, text: str, separator: str = " ") -> Rich:
    """A text with its short name in bold before it, where it has one."""
    return Rich(f"{bold(title)}{separator}{rich(text)}") if title else rich(text)


def parts(article: Article, section: Section) -> tuple[tuple[Passage, ...], ...]:
    """The section in parts of at most a card's body, which is smaller where the contents fill much of the card."""
    limit = BODY if len(article.sections) <= FEW else CROWDED
    return pages(tuple(passages(article, section, limit)), lambda passage: weight(passage.text), limit, BLOCKS)


def part_with(article: Article, section: Section, source: str) -> int:
    """The number of the part in which a passage stands; the first if it stands in none."""
    numbered = enumerate(parts(article, section))
    return next((n for n, part in numbered if any(p.source == source for p in part)), 0)


def chosen_part(article: Article, section: Section, number: int) -> int:
    """A part's number, made to be one of the section's; -1 is the last."""
    every = parts(article, section)
    return len(every) - 1 if number < 0 else page(number, every)


def passages(article: Article, section: Section, limit: int = BODY) -> Iterable[Passage]:
    """What is read, from top to bottom; items are numbered within their kind."""
    for block in section.body:
        if isinstance(block, Paragraph):
            yield from (Passage(piece, block.text) for piece in pieces(block.text, limit))
        elif isinstance(block, Points):
            yield from _bullets(block.points, 0, limit)
        else:
            yield from (_numbered(n, item) for n, item in enumerate(article.of_kind(block.kind), 1))


def blocks(part: Iterable[Passage]) -> tuple[Block, ...]:
    """Passages as blocks: bullets in a row become one list."""
    found: list[Block] = []
    for passage in part:
        if passage.depth is None:
            found.append(Text(passage.text))
        elif found and isinstance(found[-1], Bullets):
            found[-1] = Bullets((*found[-1].texts, passage.text), (*found[-1].depths, passage.depth))
        else:
            found.append(Bullets((passage.text,), (passage.depth,)))
    return tuple(found)


def minutes(article: Article, *sections: Section) -> int:
    """How long reading takes, in minutes rounded up: at least one."""
    return max(1, -(-sum(_words(article, section) for section in sections) // WORDS_A_MINUTE))


def _words(article: Article, section: Section) -> int:
    listed = [block.kind for block in section.body if isinstance(block, ItemList)]
    items = [text for item in article.of_kind(*listed) for text in (item.title, item.text)]
    return sum(len(text.split()) for text in (*spoken(section), *items))


def _bullets(points: Iterable[Point], depth: int, limit: int) -> Iterable[Passage]:
    for point in points:
        source = point_text(point)
        first, *rest = pieces(point.text, limit)
        yield Passage(titled(point.title, first), source, depth)
        yield from (Passage(piece, source, depth) for piece in rest)
        yield from _bullets(point.points, depth + 1, limit)


def _numbered(number: int, item: Item) -> Passage:
    name = f"{number}. {item.title}" if item.title else f"{number}."
    return Passage(titled(name, item.text, "\n" if item.title else " "), item.text)
