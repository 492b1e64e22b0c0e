"""The way in for a foreign article: bytes and a name go in, a pack and what was not sure come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.content import limits
from bot.content.build import KEYS
from bot.content.importing import language as languages
from bot.content.importing.assemble import assemble
from bot.content.importing.blocks import words_of
from bot.content.importing.kinds import kind_of
from bot.content.importing.outline import outline
from bot.content.importing.said import ImportRefused, Note, note
from bot.core.article import Pack, Paragraph, Point, Points, Section

MAX_BYTES = 8 * 1024 * 1024
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_CHARACTERS = 300_000  # some 50,000 words; a pack's file may hold 1 MiB


@dataclass(frozen=True)
class Imported:
    """A pack in one language, and what the importer was not sure of."""

    pack: Pack
    notes: tuple[Note, ...]

    @property
    def unsure(self) -> tuple[str, ...]:
        """The notes as English sentences."""
        return self.unsure_in("en")

    def unsure_in(self, reader: str) -> tuple[str, ...]:
        """The notes as sentences in the reader's language, `en` or `es`; each once."""
        return tuple(dict.fromkeys(found.sentence(reader) for found in self.notes))


def import_article(name: str, data: bytes, language: str | None = None, article_id: str | None = None) -> Imported:
    """The pack of a file. `name` tells its kind by its ending; the rest is read from the bytes.

    Pure and slow (up to seconds): call it in a thread. Raises `ImportRefused`.
    """
    name = PurePath(name.replace("\\", "/")).name or "article"
    _check_asked(data, article_id)
    wanted = _language(language)
    reading = kind_of(name, data)(data)
    text = "\n".join(map(words_of, reading.blocks))
    if not any(character.isalnum() for character in text):
        raise ImportRefused("no_text")
    if len(text) > MAX_CHARACTERS:
        raise ImportRefused("too_long", size=len(text), most=MAX_CHARACTERS)
    spoken, notes = _spoken(wanted or _language(reading.meta.language, strict=False), text)
    found = outline(reading, _title_of(name))
    pack, made = assemble(found, reading.meta, spoken, article_id, name)
    return Imported(pack, (*reading.notes, *notes, *made))


def summary(imported: Imported, reader: str = "en") -> dict[str, Any]:
    """What was found, as a JSON-able value; `paragraphs` counts the paragraphs and bullets of a section."""
    article = imported.pack.articles[imported.pack.default_language]
    sections = [
        {"id": section.id, "title": section.title, "paragraphs": _size(section)} for section in article.sections
    ]
    counts = {key: len(article.of_kind(kind)) for kind, key in KEYS.items()}
    found = {"title": article.title, "language": article.language, "sections": sections}
    return {**found, **counts, "unsure": list(imported.unsure_in(reader))}


def _check_asked(data: bytes, article_id: str | None) -> None:
    if len(data) > MAX_BYTES:
        raise ImportRefused("too_big", most=MAX_BYTES // 1024 // 1024)
    if not data.strip():
        raise ImportRefused("empty")
    if article_id is not None and not (_ID.fullmatch(article_id) and len(article_id) <= limits.ID):
        raise ImportRefused("bad_id", id=article_id[:40], most=limits.ID)


def _language(asked: str | None, *, strict: bool = True) -> str | None:
    """`en` of `en`, `en-US`, `EN_us`; None where nothing was asked."""
    if not asked:
        return None
    language = re.split("[-_]", asked.strip().lower())[0]
    if re.fullmatch("[a-z]{2,3}", language):
        return language
    if strict:
        raise ImportRefused("bad_language", language=asked[:40])
    return None


def _spoken(known: str | None, text: str) -> tuple[str, list[Note]]:
    if known:
        return known, []
    guessed, sure = languages.guess(text)
    return guessed, [] if sure else [note("language_guessed", language=guessed)]


def _title_of(name: str) -> str:
    stem = PurePath(name).stem.replace("_", " ").replace("-", " ").strip()
    return (stem[:1].upper() + stem[1:]) or "Article"


def _size(section: Section) -> int:
    sizes = (
        1 if isinstance(block, Paragraph) else _count(block.points) if isinstance(block, Points) else 0
        for block in section.body
    )
    return sum(sizes)


def _count(points: Sequence[Point]) -> int:
    return sum(1 + _count(point.points) for point in points)
