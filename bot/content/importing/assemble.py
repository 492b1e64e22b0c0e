"""Makes a pack of an outline: gives ids, and cuts to size what would not fit a card. Nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.content import limits
from bot.content.importing.blocks import Heading, Meta
from bot.content.importing.items import Entry, Read, read_part
from bot.content.importing.outline import Outline, Part
from bot.content.importing.said import Note, note
from bot.content.importing.slugs import slug, unique
from bot.content.importing.text import clean, cut, shortened, split
from bot.core.article import (
    Article,
    Block,
    Item,
    ItemKind,
    ItemList,
    Pack,
    Paragraph,
    Point,
    Points,
    Section,
    Source,
)

_LEAD = {"en": "Introduction", "es": "Introducción"}
_WHOLE = {"en": "The article", "es": "El artículo"}
_NOTE = {
    "en": "Imported from the file “{name}”. The words are those of the source.",
    "es": "Importado del archivo «{name}». Las palabras son las de la fuente.",
}
_PREFIX = {ItemKind.TAKEAWAY: "t", ItemKind.PRO: "p", ItemKind.CON: "c", ItemKind.ACTION: "a"}


def assemble(found: Outline, meta: Meta, language: str, article_id: str | None, name: str) -> tuple[Pack, list[Note]]:
    """The pack in one language, and what was not sure in making it."""
    maker = _Maker(language)
    title, subtitle, opening = maker.titles(found)
    for part in _few(found.parts, maker.notes):
        maker.section(part, _named(found), len(found.parts) == 1)
    sections = (*maker.sections,)
    if opening:
        sections = (replace(sections[0], body=(*opening, *sections[0].body)), *sections[1:])
    article = Article(
        language=language,
        title=title,
        subtitle=subtitle,
        source=_source(meta, title),
        note=_NOTE.get(language, _NOTE["en"]).format(name=shortened(clean(name), 200)),
        sections=sections,
        items=tuple(item for kind in ItemKind for item in maker.items if item.kind is kind),
    )
    pack = Pack(article_id or slug(title) or "article", {language: article}, (), language)
    return pack, [*found.notes, *maker.notes, *_none_found(article)]


def _named(found: Outline) -> frozenset[ItemKind]:
    return frozenset(part.sign.kind for part in found.parts if part.sign and part.sign.kind)


def _few(parts: tuple[Part, ...], notes: list[Note]) -> tuple[Part, ...]:
    """At most as many sections as a contents list shows; the last takes in those beyond."""
    most = limits.SECTIONS
    if len(parts) <= most:
        return parts
    notes.append(note("sections_many", most=most))
    last = parts[most - 1]
    beyond = [block for part in parts[most:] for block in (Heading(part.title), *part.blocks)]
    return (*parts[: most - 1], replace(last, blocks=[*last.blocks, *beyond]))


class _Maker:
    """Collects sections and items, with ids that are unique over both."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.notes: list[Note] = []
        self.ids: set[str] = set()
        self.placed: set[ItemKind] = set()

    def titles(self, found: Outline) -> tuple[str, str, list[Block]]:
        """Title and subtitle that fit, and paragraphs for what did not."""
        opening: list[Block] = []
        title, subtitle = shortened(found.title, limits.TITLE), found.subtitle
        if title != found.title:
            self.notes.append(note("title_cut"))
            opening += [Paragraph(piece) for piece in split(found.title, limits.PARAGRAPH)]
        if limits.units(subtitle) > limits.SUBTITLE:
            opening += [Paragraph(piece) for piece in split(subtitle, limits.PARAGRAPH)]
            subtitle = ""
        return title, subtitle, opening

    def section(self, part: Part, named: frozenset[ItemKind], alone: bool) -> None:
        """Add a part as a section, its items included."""
        read = read_part(part, named)
        self.notes += read.notes
        title = part.title or (_WHOLE if alone else _LEAD).get(self.language, _LEAD["en"])
        body = [*self._heading(part), *self._body(read)]
        wanted = slug(part.title.split(":")[0]) or slug(part.title) if part.title else "lead"
        section_id = self._id(wanted, f"section-{len(self.sections) + 1}")
        self.sections.append(Section(section_id, shortened(title, limits.SECTION_TITLE), tuple(body)))

    def _heading(self, part: Part) -> Iterator[Block]:
        if limits.units(part.title) > limits.SECTION_TITLE:
            self.notes.append(note("heading_cut", text=part.title))
            yield from map(Paragraph, split(part.title, limits.PARAGRAPH))

    def _body(self, read: Read) -> list[Block]:
        after = {kind: list(self._take(kind, read)) for kind in ItemKind}
        body: list[Block] = []
        for block in read.body:
            if isinstance(block, ItemList):
                body += self._list(block, len(read.body) == 1)
                body += after.pop(block.kind, ())
            else:
                body += self._fitted(block)
        return body or [ItemList(read.entries[0].kind)]

    def _list(self, mark: ItemList, alone: bool) -> list[Block]:
        """The list where the first entries stand; entries from elsewhere join it there."""
        if mark.kind not in self.placed:
            self.placed.add(mark.kind)
            return [mark]
        self.notes.append(note("many_lists", kind=str(mark.kind)))
        return [mark] if alone else []

    def _take(self, kind: ItemKind, read: Read) -> Iterator[Block]:
        """Make the items of a kind, and give back what stays in the body after their list."""
        over: list[Point] = []
        for entry in read.entries:
            if entry.kind is not kind:
                continue
            if sum(item.kind is kind for item in self.items) >= limits.ITEMS:
                over.append(Point(entry.text, entry.title))
                continue
            yield from map(Paragraph, self._item(entry))
        if over:
            self.notes.append(note("items_many", most=limits.ITEMS, kind=str(kind)))
            yield from self._fitted(Points(tuple(over)))

    def _item(self, entry: Entry) -> list[str]:
        text, rest = cut(entry.text, limits.ITEM_TEXT)
        prefix = _PREFIX[entry.kind]
        wanted = slug(entry.title or text, limits.ID - len(prefix) - 1)
        item_id = self._id(f"{prefix}-{wanted}" if wanted else "", f"{prefix}-{len(self.items) + 1}")
        self.items.append(Item(item_id, entry.kind, text, entry.title))
        if rest:
            self.notes.append(note("item_cut", text=entry.text))
        return split(rest, limits.PARAGRAPH)

    def _id(self, wanted: str, fallback: str) -> str:
        found = unique(wanted, fallback, self.ids)
        self.ids.add(found)
        return found

    def _fitted(self, block: Block) -> list[Block]:
        if isinstance(block, Points):
            return [Points(tuple(point for given in block.points for point in _points(given)))]
        if not isinstance(block, Paragraph):
            return [block]
        pieces = split(block.text, limits.PARAGRAPH)
        if len(pieces) > 1:
            self.notes.append(note("paragraph_split", text=block.text))
        return [Paragraph(piece) for piece in pieces]


def _points(point: Point) -> Iterator[Point]:
    """The bullet, in several where its text is too long; the bullets below it stay with the last."""
    *first, last = split(point.text, limits.PARAGRAPH)
    below = tuple(fitted for child in point.points for fitted in _points(child))
    title = point.title
    for text in first:
        yield Point(text, title)
        title = ""
    yield Point(last, title, below)


def _source(meta: Meta, title: str) -> Source:
    url = meta.url if meta.url.startswith(("https://", "http://")) and len(meta.url) <= limits.URL else ""
    publisher, date = (shortened(clean(text), limits.SOURCE) for text in (meta.publisher, meta.date))
    return Source(title, publisher, "" if set(url) & set(' <>"') else url, date)


def _none_found(article: Article) -> Iterator[Note]:
    for kind in ItemKind:
        if not article.of_kind(kind):
            yield Note(f"none_{kind}", {})
