"""An article, rendered as a pack: sections to read and items to answer.

A pack holds one `Article` for each language. Sections and items have the same ids in every language,
so that a stance taken in Spanish and one taken in English are stances on the same thing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property


class ItemKind(StrEnum):
    """The four kinds of item that can be answered, argued about and polled on."""

    TAKEAWAY = "takeaway"
    PRO = "pro"
    CON = "con"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Item:
    """One takeaway, pro, con or call to action. `title` is a short name and may be empty."""

    id: str
    kind: ItemKind
    text: str
    title: str = ""

    @property
    def name(self) -> str:
        """The short name where there is one, the text otherwise."""
        return self.title or self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A bullet, with an optional leading title and bullets of its own below it."""

    text: str
    title: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list of bullets in a section."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """The place in a section where the article lists its items of one kind."""

    kind: ItemKind


Block = Paragraph | Points | ItemList


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the article that is read at one go."""

    id: str
    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the article comes from: always cited. `url` and `date` may be empty."""

    title: str
    publisher: str
    url: str = ""
    date: str = ""


@dataclass(frozen=True)
class Article:
    """The article in one language."""

    language: str
    title: str
    subtitle: str
    source: Source
    note: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def _sections(self) -> Mapping[str, int]:
        return {section.id: n for n, section in enumerate(self.sections)}

    def item(self, item_id: str) -> Item | None:
        """The item with this id, or None."""
        return self._items.get(item_id)

    def section_number(self, section_id: str) -> int | None:
        """The place of a section in reading order, from 0, or None."""
        return self._sections.get(section_id)

    def of_kind(self, *kinds: ItemKind) -> tuple[Item, ...]:
        """The items of these kinds, in the order of the kinds, then of the article."""
        return tuple(item for kind in kinds for item in self.items if item.kind is kind)


@dataclass(frozen=True)
class Pack:
    """An article in all its languages. `pairs` sets a pro and a con across from each other, by id."""

    id: str
    articles: Mapping[str, Article]
    pairs: tuple[tuple[str, str], ...] = ()
    default_language: str = "en"

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that change when anything a reader can see changes."""
        return _digest([self.pairs, [asdict(self.articles[name]) for name in sorted(self.articles)]])

    @cached_property
    def item_versions(self) -> Mapping[str, str]:
        """For each item id, eight hex digits that change when its wording changes in any language."""
        ids = [item.id for item in self.articles[self.default_language].items]
        return {item_id: _digest(list(self._wordings(item_id)))[:8] for item_id in ids}

    def _wordings(self, item_id: str) -> Iterable[tuple[str, str, str]]:
        for language in sorted(self.articles):
            if item := self.articles[language].item(item_id):
                yield language, item.title, item.text

    def article(self, locale: str) -> Article:
        """The article in this locale's language; in the pack's own language where it has no such one."""
        language = locale.split("-")[0].lower()
        return self.articles.get(language) or self.articles[self.default_language]


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
