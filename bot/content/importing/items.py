"""Reads a part's blocks into the body of a section and the items it lists. Nothing is dropped here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.content import limits
from bot.content.importing.blocks import Block, Bullet, Heading, Para, Table
from bot.content.importing.groups import Group, groups_of
from bot.content.importing.outline import Part
from bot.content.importing.said import Note, note
from bot.content.importing.signs import BOTH, OPPOSITE, bare, says_only, sign_of
from bot.core import article as core
from bot.core.article import ItemKind

_CLOSING = (".", "!", "?", ":", ";", "…", "”", ")")
_TITLED = re.compile(r"(.{2,90}?):\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item without an id yet."""

    kind: ItemKind
    title: str
    text: str


@dataclass(slots=True)
class Read:
    """What a part gave: its body, where an `ItemList` marks the place of entries, and the entries."""

    body: list[core.Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, entries: Sequence[Entry]) -> None:
        """Take entries up, and mark the place of each kind once."""
        for entry in entries:
            mark = core.ItemList(entry.kind)
            if mark not in self.body:
                self.body.append(mark)
            self.entries.append(entry)


@dataclass(slots=True)
class Node:
    """A bullet with the bullets below it."""

    bullet: Bullet
    below: list[Node] = field(default_factory=list)


def read_part(part: Part, named: frozenset[ItemKind]) -> Read:
    """The body and entries of a part. `named` are the kinds that have a heading of their own."""
    read = Read()
    for group in groups_of(part, named, read.notes):
        if group.kind is None:
            _plain(group.blocks, part.sign == BOTH, read)
        elif any(isinstance(block, Bullet) for block in group.blocks):
            _listed(group, read)
        else:
            _unlisted(group, part, named, read)
    return read


def _listed(group: Group, read: Read) -> None:
    """Bullets are entries, whatever else stands between them is text."""
    assert group.kind is not None
    announced, listed = "", False
    for run in _runs(group.blocks):
        if isinstance(run, list):
            read.add([_entry(group.kind, node) for node in _forest(run)])
            if announced and listed:  # a second list with words of its own may be about something else
                read.notes.append(note("lead_in", text=announced, kind=str(group.kind)))
            listed = True
        else:
            _text(run, read)
        announced = run.text if isinstance(run, Para) and run.text.endswith(":") else ""


def _unlisted(group: Group, part: Part, named: frozenset[ItemKind], read: Read) -> None:
    """Without a list, each heading with its text is an entry, or else each paragraph."""
    assert group.kind is not None
    if not group.blocks:
        return
    if any(isinstance(block, Heading) for block in group.blocks):
        _headed(group, read)
        return
    if not _means_it(group.kind, part, named):
        read.notes.append(note("prose_kept", section=part.title, kind=str(group.kind)))
        for block in group.blocks:
            _text(block, read)
        return
    taken = False
    for block in group.blocks:
        if isinstance(block, Para) and limits.units(block.text) <= limits.ITEM_TEXT and not block.text.endswith(":"):
            read.add([Entry(group.kind, *titled(block.text))])
            taken = True
        else:
            _text(block, read)
    if taken:
        read.notes.append(note("paragraphs_as_items", section=part.title))


def _means_it(kind: ItemKind, part: Part, named: frozenset[ItemKind]) -> bool:
    """Whether a heading promises the kind and nothing else, so that its paragraphs are entries."""
    return part.sign == BOTH or not part.title or says_only(part.title, kind) or OPPOSITE.get(kind) in named


def _headed(group: Group, read: Read) -> None:
    assert group.kind is not None
    heading, texts = "", list[str]()

    def close() -> None:
        if heading and texts:
            read.add([_named(group.kind or ItemKind.TAKEAWAY, heading, " ".join(texts))])
        elif heading:
            read.add([Entry(group.kind or ItemKind.TAKEAWAY, "", heading)])

    for block in group.blocks:
        if isinstance(block, Heading):
            close()
            heading, texts = bare(block.text), []
        elif heading and isinstance(block, Para):
            texts.append(block.text)
        else:
            _text(block, read)
    close()


def _named(kind: ItemKind, title: str, text: str) -> Entry:
    if limits.units(title) <= limits.ITEM_TITLE:
        return Entry(kind, title, text)
    return Entry(kind, "", f"{title}: {text}")


def _plain(blocks: list[Block], weighing: bool, read: Read) -> None:
    """Text and bullets, among them bullets that say themselves which side they are on."""
    for run in _runs(blocks):
        if not isinstance(run, list):
            _weigh_table(run, read) if isinstance(run, Table) else _text(run, read)
            continue
        points: list[core.Point] = []
        for node in _forest(run):
            entries = _sided(node, weighing)
            if entries:
                _flush(points, read)
                if node.below:
                    read.body.append(core.Paragraph(node.bullet.text))
                read.add(entries)
            else:
                points.append(_point(node))
        _flush(points, read)


def _flush(points: list[core.Point], read: Read) -> None:
    if points:
        read.body.append(core.Points(tuple(points)))
        points.clear()


def _sided(node: Node, weighing: bool) -> list[Entry]:
    """Entries of a bullet such as “Pros” with bullets below it, or “Con: it costs more”."""
    text = node.bullet.text
    if node.below:
        sign = sign_of(text) if len(text.split()) <= 8 else None
        if sign and sign.kind and (sign.sure or weighing):
            return [_entry(sign.kind, child) for child in node.below]
        return []
    title, rest = titled(text, node.bullet.lead)
    sign = sign_of(title) if weighing and title and len(title.split()) <= 3 else None
    return [Entry(sign.kind, *titled(rest))] if sign and sign.kind else []


def _weigh_table(table: Table, read: Read) -> None:
    """A table with a column of pros and one of cons gives entries; any other becomes lines of text."""
    head, *rows = table.rows
    signs = [sign_of(cell) for cell in head]
    kinds = [sign.kind if sign else None for sign in signs]
    if not rows or {ItemKind.PRO, ItemKind.CON} - set(kinds) or len([kind for kind in kinds if kind is None]) > 1:
        read.notes.append(note("table", text=" | ".join(head)))
        read.body += [core.Paragraph(" | ".join(cell for cell in row if cell)) for row in table.rows]
        return
    read.notes.append(note("table_sides", text=" | ".join(head)))
    for column, kind in sorted(enumerate(kinds), key=lambda column: column[1] is not None):
        if head[column]:
            read.body.append(core.Paragraph(head[column]))  # a line over its list, as a heading there would be
        if kind is not None:
            read.add([entry for row in rows for entry in _cells(row, column, kind, kinds)])


def _cells(row: tuple[str, ...], column: int, kind: ItemKind, kinds: list[ItemKind | None]) -> Iterator[Entry]:
    name = next((cell for cell, other in zip(row, kinds, strict=False) if other is None), "")
    for line in row[column].split("\n") if column < len(row) else ():
        if text := line.strip().removeprefix("•").strip():
            yield _named(kind, name, text) if name else Entry(kind, *titled(text))


def _text(block: Block, read: Read) -> None:
    if isinstance(block, Table):
        _weigh_table(block, read)
    else:
        read.body.append(core.Paragraph(block.text))


def _runs(blocks: Sequence[Block]) -> Iterator[list[Bullet] | Heading | Para | Table]:
    """The blocks, bullets in a row taken together."""
    run: list[Bullet] = []
    for block in blocks:
        if isinstance(block, Bullet):
            run.append(block)
            continue
        if run:
            yield run
            run = []
        yield block
    if run:
        yield run


def _forest(run: Sequence[Bullet]) -> list[Node]:
    roots: list[Node] = []
    path: list[tuple[int, Node]] = []
    for bullet in run:
        node = Node(bullet)
        while path and path[-1][0] >= bullet.depth:
            path.pop()
        (path[-1][1].below if path else roots).append(node)
        path.append((bullet.depth, node))
    return roots


def titled(text: str, lead: str = "") -> tuple[str, str]:
    """A short name and the text: split at the bold beginning, else at the first colon; the name may be empty."""
    if lead and text.startswith(lead):
        name, rest = lead.rstrip(" :.–—-"), text[len(lead) :].lstrip(" :.–—-")
        closed = lead[-1] in ":.?!–—" or text[len(lead) :].lstrip()[:1] in {":", "–", "—", "-"}
        if closed and name and rest and limits.units(name) <= limits.ITEM_TITLE and not name.isdigit():
            return name, rest
    match = _TITLED.fullmatch(text)
    if match and limits.units(match[1]) <= limits.ITEM_TITLE and len(match[1].split()) <= 12:
        return match[1].strip(), match[2].strip()
    return "", text


def _entry(kind: ItemKind, node: Node) -> Entry:
    title, text = titled(node.bullet.text, node.bullet.lead)
    below = list(_texts(node.below))
    if below and not title and text.endswith(":") and limits.units(text) <= limits.ITEM_TITLE:
        return Entry(kind, text.rstrip(": "), _sentences(below))
    if below and not text.endswith(_CLOSING) and not any(line.endswith(_CLOSING) for line in below):
        return Entry(kind, title, f"{text}: {_sentences(below)}")
    return Entry(kind, title, _sentences([text, *below]))


def _texts(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        yield node.bullet.text
        yield from _texts(node.below)


def _sentences(texts: Sequence[str]) -> str:
    """Texts one after another: a list where all are bare words, else each closed as a sentence except the last."""
    if not any(text.endswith(_CLOSING) for text in texts):
        return "; ".join(texts)
    closed = [text if text.endswith(_CLOSING) else f"{text}." for text in texts[:-1]]
    return " ".join([*closed, texts[-1]])


def _point(node: Node) -> core.Point:
    title, text = titled(node.bullet.text, node.bullet.lead)
    return core.Point(text, title, tuple(_point(child) for child in node.below))
