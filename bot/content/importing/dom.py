"""Turns a tree of HTML elements into blocks, in reading order. Knows tags, not web pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.content.importing.blocks import Block, Bullet, Heading, Para, Table
from bot.content.importing.shape import marker
from bot.content.importing.signs import sign_of

Element = Any  # lxml ships no types

INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"),
        *("kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time"),
        *("tt", "u", "var", "wbr", "nobr", "acronym", "picture", "img"),
    ]
)
UNREAD = frozenset(
    [
        *("script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "math", "canvas"),
        *("iframe", "object", "embed", "video", "audio", "button", "select", "input", "textarea", "dialog"),
        *("progress", "map", "area"),
    ]
)
_LISTS = ("ul", "ol", "menu", "dir")
_BOLD, _SLANTED = ("b", "strong"), ("i", "em", "cite")
_HEADING = re.compile(r"h[1-6]")
_SUBTITLE = re.compile(
    r"(^|[-_ ])(subtitle|sub-title|subheading|subhead|dek|deck|standfirst|tagline|entradilla|bajada|subtitulo|"
    r"subtítulo|copete)([-_ ]|$)",
    re.IGNORECASE,
)
_CLOSED = (".", "!", ";", ",", "…", ".”", ".)", ":")
_BLOCKS_IN_CELL = "p[2] | ul | ol | h1 | h2 | h3 | h4 | div//p[2] | table"


def blocks_in(root: Element, dropped: Callable[[Element], bool] = lambda _: False) -> list[Block]:
    """The blocks below an element; what `dropped` says yes to is passed over with all it holds."""
    walk = _Walk(dropped)
    walk.inside(root)
    walk.flush()
    return list(_typed_lists(walk.blocks))


def tag(element: Element) -> str:
    """The tag in lower case; empty for comments and the like."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


class _Walk:
    def __init__(self, dropped: Callable[[Element], bool]) -> None:
        self.dropped = dropped
        self.blocks: list[Block] = []
        self.pieces: list[tuple[str, bool, bool]] = []  # text, bold, slanted

    def inside(self, element: Element, bold: bool = False, slanted: bool = False) -> None:
        """Everything within an element, in order."""
        self._say(element.text, bold, slanted)
        for child in element:
            if tag(child) and not self._passed(child):
                self._child(child, bold, slanted)
            self._say(child.tail, bold, slanted)

    def flush(self, role: str = "") -> None:
        """End the paragraph that is being collected."""
        pieces, self.pieces = self.pieces, []
        for text, bold, slanted in _paragraphs(pieces):
            if bold and _may_head(text):
                self.blocks.append(Heading(text))
            else:
                self.blocks.append(Para(text, role or ("emphasis" if slanted else "")))

    def _passed(self, element: Element) -> bool:
        return tag(element) in UNREAD or self.dropped(element)

    def _say(self, text: str | None, bold: bool, slanted: bool) -> None:
        if text:
            self.pieces.append((text.replace("\n", " "), bold, slanted))

    def _child(self, child: Element, bold: bool, slanted: bool) -> None:
        name = tag(child)
        if name == "br":
            self.pieces.append(("\n", bold, slanted))
        elif name in INLINE and not _holds_blocks(child):
            self.inside(child, bold or name in _BOLD, slanted or name in _SLANTED)
        else:
            self.flush()
            self._block(child, name)

    def _block(self, child: Element, name: str) -> None:
        if _HEADING.fullmatch(name):
            self._heading(child, int(name[1]))
        elif name in _LISTS:
            self._list(child, 0)
        elif name == "li":
            self._entry(child, 0)
        elif name == "dl":
            self.blocks += _definitions(child)
        elif name == "pre":
            self.blocks.append(Para("".join(child.itertext()).strip("\n")))
        elif name == "table" and not child.xpath(f".//td[{_BLOCKS_IN_CELL}]"):
            self._table(child)
        else:
            self.inside(child)
            self.flush(_role(child, name))

    def _heading(self, child: Element, level: int) -> None:
        if text := self._flat(child):
            subtitle = _SUBTITLE.search(child.get("class", ""))
            self.blocks.append(Para(text, "subtitle") if subtitle else Heading(text, level))

    def _list(self, element: Element, depth: int) -> None:
        for child in element:
            if not tag(child) or self._passed(child):
                continue
            if tag(child) in _LISTS:
                self._list(child, depth + 1)
            else:
                self._entry(child, depth)

    def _entry(self, entry: Element, depth: int) -> None:
        nested = [found for found in entry.iter(*_LISTS) if _owner(found) is entry]
        text, lead = self._flat(entry, nested), _lead(entry)
        if text:
            self.blocks.append(Bullet(text, depth, lead))
        for found in nested:
            self._list(found, depth + 1 if text else depth)

    def _table(self, table: Element) -> None:
        rows = [tuple(self._flat(cell, lines=True) for cell in row.xpath("./td | ./th")) for row in table.iter("tr")]
        if caption := next(table.iter("caption"), None):
            self.blocks.append(Para(self._flat(caption)))
        self.blocks.append(Table(tuple(rows)))

    def _flat(self, element: Element, without: list[Element] | None = None, lines: bool = False) -> str:
        """The text of an element on one line (`lines`: `br` ends one); block elements are set apart by a space."""
        parts = list(self._texts(element, without or []))
        text = "".join(part if part != "\n" or lines else " " for part in parts)
        return re.sub(r"[^\S\n]+", " ", text).strip()

    def _texts(self, element: Element, without: list[Element]) -> Iterator[str]:
        yield (element.text or "").replace("\n", " ")
        for child in element:
            name = tag(child)
            if name == "br":
                yield "\n"
            elif name and child not in without and not self._passed(child):
                yield from self._apart(child, name, without)
            yield (child.tail or "").replace("\n", " ")

    def _apart(self, child: Element, name: str, without: list[Element]) -> Iterator[str]:
        if name in INLINE:
            yield from self._texts(child, without)
            return
        inner = "".join(self._texts(child, without)).strip()
        colon = ":" if _HEADING.fullmatch(name) and inner and not inner.endswith((".", ":", "?", "!")) else ""
        yield f" {inner}{colon} "


def _may_head(text: str) -> bool:
    """Whether a line all in bold is a heading; with a colon, only where its words are known as one."""
    if text.endswith(":"):
        return len(text.split()) <= 6 and sign_of(text) is not None
    return len(text) <= 120 and not text.endswith(_CLOSED)


def _paragraphs(pieces: list[tuple[str, bool, bool]]) -> Iterator[tuple[str, bool, bool]]:
    """The texts between empty lines, and whether all of each is bold, or slanted."""
    groups: list[list[tuple[str, bool, bool]]] = [[]]
    breaks = 0
    for piece in pieces:
        if piece[0] == "\n":
            breaks += 1
            groups[-1].append((" ", *piece[1:]))
            continue
        if piece[0].strip():
            if breaks > 1 or (breaks and marker(piece[0].strip())):
                groups.append([])
            breaks = 0
        groups[-1].append(piece)
    for group in groups:
        text = " ".join("".join(piece[0] for piece in group).split())
        said = [piece for piece in group if piece[0].strip()]
        if text:
            yield text, all(piece[1] for piece in said), all(piece[2] for piece in said)


def _typed_lists(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs that begin with a typed mark are entries of a list; with a number, only next to another."""
    marks = [marker(block.text) if isinstance(block, Para) else None for block in blocks]
    for n, (block, mark) in enumerate(zip(blocks, marks, strict=True)):
        near = [other for other in (*marks[max(n - 1, 0) : n], *marks[n + 1 : n + 2]) if other]
        if mark and (mark.sign not in {"1", "—", "–"} or any(other.sign == mark.sign for other in near)):
            yield Bullet(mark.text)
        else:
            yield block


def _holds_blocks(element: Element) -> bool:
    return any(tag(found) not in INLINE | {"br"} for found in element.iterdescendants() if tag(found))


def _owner(element: Element) -> Element:
    """The entry that a list lies in directly."""
    for parent in element.iterancestors():
        if tag(parent) in {"li", *_LISTS}:
            return parent
    return None


def _lead(entry: Element) -> str:
    """The bold beginning of an entry, where more follows it."""
    holder = entry
    while not (holder.text or "").strip() and len(holder) and tag(holder[0]) in {"p", "span", "div"}:
        holder = holder[0]
    if (holder.text or "").strip() or not len(holder) or tag(holder[0]) not in _BOLD:
        return ""
    return " ".join("".join(holder[0].itertext()).split())


def _role(element: Element, name: str) -> str:
    return "subtitle" if name in {"p", "div"} and _SUBTITLE.search(element.get("class", "")) else ""


def _definitions(element: Element) -> Iterator[Block]:
    term = ""
    for child in element.iter("dt", "dd"):
        text = " ".join("".join(child.itertext()).split())
        if tag(child) == "dt":
            if term:
                yield Bullet(term)
            term = text
        elif text:
            yield Bullet(f"{term.rstrip(':')}: {text}" if term else text)
            term = ""
    if term:
        yield Bullet(term)
