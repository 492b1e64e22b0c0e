"""Finding words in an article: accents and case don't matter, the beginning of a word is enough."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from bot.core.article import Article, Item, ItemList, Paragraph, Point, Points, Section
from bot.core.rich import Rich, bold, rich
from bot.core.text import cut, folded

_WORD = re.compile(r"\w+")
AROUND = 90  # characters shown on either side of the first hit: two or three lines on a phone


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that has the words: in a section, or in an item. `snippet` has them in bold."""

    section: str
    item: str
    title: str
    passage: str
    snippet: Rich


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `complete`: each hit has all the words; otherwise none has, and each has some."""

    hits: tuple[Hit, ...]
    complete: bool


def search(article: Article, wanted: str) -> Found:
    """Passages with all the words; if there are none, those with any. In reading order, items last."""
    words = tuple(dict.fromkeys(folded(wanted).split()))
    found = [(place, _matches(place[3], words)) for place in _places(article)]
    full = [entry for entry in found if len(entry[1]) == len(words)]
    hits = tuple(Hit(*place, _snippet(place[3], words)) for place, had in (full or found) if had)
    return Found(hits, bool(full))


def nearest(article: Article, wanted: str) -> tuple[str, ...]:
    """Words of the article that look like the wanted ones: at most three."""
    known = {folded(w): w for place in _places(article) for w in _WORD.findall(place[3]) if len(w) > 3}
    near = [w for word in folded(wanted).split() for w in get_close_matches(word, known, n=2, cutoff=0.7)]
    return tuple(known[word].lower() for word in dict.fromkeys(near))[:3]


def _places(article: Article) -> Iterable[tuple[str, str, str, str]]:
    """(section, item, title, passage) of everything that can be read, each once."""
    for section in article.sections:
        for text in (section.title, *passages(section)):
            yield section.id, "", section.title, text
    for item in article.items:
        yield "", item.id, item.name, _item_text(item)


def passages(section: Section) -> Iterable[str]:
    """What a section says itself, paragraph by paragraph and bullet by bullet; the items it lists are not its own."""
    for block in section.body:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Points):
            yield from _points(block.points)
        else:
            assert isinstance(block, ItemList)  # its items are found as items


def _points(points: Iterable[Point]) -> Iterable[str]:
    for point in points:
        yield point_text(point)
        yield from _points(point.points)


def point_text(point: Point) -> str:
    """A bullet as one text, by which it is found again."""
    return ": ".join(part for part in (point.title, point.text) if part)


def _item_text(item: Item) -> str:
    return f"{item.title}. {item.text}" if item.title else item.text


def _matches(text: str, words: tuple[str, ...]) -> set[str]:
    """Which of the words begin a word of the text."""
    spoken = _folded_words(text)
    return {word for word in words if any(word_of.startswith(word) for _, _, word_of in spoken)}


@lru_cache(maxsize=4096)
def _folded_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, folded) of each word: texts of a pack never change, so folding them once is enough."""
    return tuple((m.start(), m.end(), _fold(m[0])) for m in _WORD.finditer(text))


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def _snippet(text: str, words: tuple[str, ...]) -> Rich:
    """The text around the first hit, every hit in bold, cut at words."""
    hits = [(a, b) for a, b, word in _folded_words(text) if any(word.startswith(w) for w in words)]
    start = _word_start(text, max(0, hits[0][0] - AROUND))
    end = start + len(cut(text[start:], 2 * AROUND + 40).removesuffix("…"))
    parts, at = ["…" if start else ""], start
    for a, b in hits:
        if at <= a and b <= end:
            parts += [rich(text[at:a]), bold(text[a:b])]
            at = b
    parts += [rich(text[at:end]), "…" if end < len(text) else ""]
    return Rich("".join(parts))


def _word_start(text: str, at: int) -> int:
    """`at`, moved to the beginning of the next word unless it is the text's own."""
    return at if at == 0 else text.find(" ", at) + 1 or at
