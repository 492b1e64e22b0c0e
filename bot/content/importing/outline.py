"""Finds the parts of an article in a flat list of blocks: title, subtitle, sections and what each is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.content.importing.blocks import Block, Bullet, Heading, Para, Reading, Table
from bot.content.importing.labels import opened
from bot.content.importing.said import Note, note
from bot.content.importing.shape import is_heading
from bot.content.importing.signs import BOTH, OPPOSITE, Sign, bare, label, sign_of
from bot.content.importing.text import clean
from bot.content.importing.titles import subtitle_of, title_of
from bot.core.article import ItemKind

_WEIGHED = (ItemKind.PRO, ItemKind.CON)
_COUNTED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")


@dataclass(slots=True)
class Part:
    """A section in the making. The lead has no title."""

    title: str
    sign: Sign | None = None
    guessed: bool = False
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """An article's parts, and which kinds the unsure wordings stand for in it."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]


def outline(reading: Reading, name: str) -> Outline:
    """The outline of a file; `name` becomes the title where the file has none."""
    blocks = list(_shaped(list(_cleaned(reading.blocks))))
    notes: list[Note] = []
    title, box, blocks = title_of(clean(reading.meta.title), blocks, name, notes)
    subtitle, blocks = subtitle_of(clean(reading.meta.subtitle), title, blocks, notes)
    blocks = _numbered(blocks)
    parts = _joined([*_parts(box), *_parts(blocks or ([] if box else [Para(title)]))], notes)
    parts = _led(parts, notes)
    _open_labels(parts, notes)
    _settle(parts)
    notes += _about_headings(parts)
    return Outline(title, subtitle, tuple(parts), tuple(notes))


def _cleaned(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            rows = (tuple(clean(cell, lines=True) for cell in row) for row in block.rows)
            if kept := tuple(row for row in rows if any(row)):
                yield Table(kept)
        elif text := clean(block.text, lines=isinstance(block, Para)):
            yield replace(block, text=text)


def _shaped(blocks: list[Block]) -> Iterator[Block]:
    """Where no file says what a heading is, short lines that read like one are taken for it."""
    headings = sum(isinstance(block, Heading) for block in blocks)
    for n, block in enumerate(blocks):
        last = n + 1 == len(blocks)
        if headings < 2 and isinstance(block, Para) and not block.role and not last and is_heading(block.text):
            yield Heading(block.text)
        else:
            yield block


def _numbered(blocks: list[Block]) -> list[Block]:
    """Where headings have no rank but numbers such as 2 and 2.1, the numbers are the rank."""
    depths = [_depth(block) for block in blocks]
    if min(depths.count(1), sum(depth > 1 for depth in depths)) == 0:
        return blocks
    return [
        replace(block, level=max(depth, 1)) if isinstance(block, Heading) else block
        for block, depth in zip(blocks, depths, strict=True)
    ]


def _depth(block: Block) -> int:
    """How many numbers stand before a heading whose rank is not known: 2 for “2.1 The plan”."""
    match = _COUNTED.match(block.text) if isinstance(block, Heading) and block.level is None else None
    return match[1].count(".") + 1 if match else 0


def _parts(blocks: list[Block]) -> list[Part]:
    rank = _rank(blocks)
    parts = [Part("")]
    for block in blocks:
        here = parts[-1]
        if isinstance(block, Heading) and _opens(block, rank, here):
            parts.append(Part(bare(block.text), sign_of(block.text), block.level is None))
        else:
            here.blocks.append(block)
    return parts if parts[0].blocks else parts[1:]


def _rank(blocks: list[Block]) -> int | None:
    """The level of heading that opens sections: the highest used more than once. None: no heading has a level."""
    levels = Counter(block.level for block in blocks if isinstance(block, Heading) and block.level is not None)
    several = [level for level, count in levels.items() if level is not None and count > 1]
    return min(several, default=max((level for level in levels if level is not None), default=None))


def _opens(heading: Heading, rank: int | None, here: Part) -> bool:
    sign = sign_of(heading.text)
    if sign is not None and sign.kind in _WEIGHED and here.sign == BOTH:
        return False
    if rank is None or (heading.level is not None and heading.level <= rank):
        return True
    return sign == BOTH or (sign is not None and sign.sure and sign.kind not in _WEIGHED)


def _joined(parts: list[Part], notes: list[Note]) -> list[Part]:
    """Parts without a body hand their title on: to the next part as a line, at the end to the one before."""
    result: list[Part] = []
    waiting: list[Para] = []
    for part in parts:
        if part.blocks:
            notes += [note("heading_alone", text=line.text, section=part.title) for line in waiting]
            result.append(replace(part, blocks=[*waiting, *part.blocks]))
            waiting = []
        else:
            waiting.append(Para(part.title))
    if waiting and result:
        notes += [note("heading_alone", text=line.text, section=result[-1].title) for line in waiting]
        result[-1].blocks += waiting
    return result or [Part("", blocks=[*waiting])]


def _led(parts: list[Part], notes: list[Note]) -> list[Part]:
    """Where an article opens with a box of takeaways, what follows the box is its introduction."""
    first = parts[0]
    if not (first.title and first.sign and first.sign.sure and first.sign.kind is ItemKind.TAKEAWAY):
        return parts
    after = next((n for n, block in enumerate(first.blocks) if n and not isinstance(block, Bullet)), 0)
    if not isinstance(first.blocks[0], Bullet) or not after or len(parts) == 1 or not parts[1].title:
        return parts
    notes.append(note("after_box", text=first.title))
    return [replace(first, blocks=first.blocks[:after]), Part("", blocks=first.blocks[after:]), *parts[1:]]


def _open_labels(parts: list[Part], notes: list[Note]) -> None:
    named = {part.sign.kind for part in parts if part.sign and part.sign.sure and part.sign.kind}
    for part in parts:
        if part.sign is None or part.sign == BOTH:
            part.blocks = opened(part.blocks, part.sign == BOTH, named, notes)


def _settle(parts: list[Part]) -> None:
    """Drop the signs of wordings that may mean something else, unless the article around them agrees."""
    sure = {part.sign.kind for part in parts if part.sign and part.sign.sure and part.sign.kind}
    maybe = {part.sign.kind for part in parts if part.sign and part.sign.kind}
    for part in parts:
        if part.sign is None and {ItemKind.PRO, ItemKind.CON} <= set(_kinds_inside(part)):
            part.sign = BOTH
        if part.sign is None or part.sign.sure or part.sign.kind is None:
            continue
        kind = part.sign.kind
        listed = any(isinstance(block, Bullet) for block in part.blocks)
        agreed = OPPOSITE[kind] in maybe if kind in OPPOSITE else listed
        part.sign = Sign(kind) if agreed and kind not in sure else None


def _kinds_inside(part: Part) -> Iterator[ItemKind]:
    """The sides that headings, and lines before a list, name within a part."""
    for block, following in zip(part.blocks, [*part.blocks[1:], None], strict=False):
        if isinstance(block, Bullet) and (found := label(block.text)) and found[2].sure and found[2].kind:
            yield found[2].kind
        if not isinstance(block, Heading | Para) or len(block.text.split()) > 12:
            continue
        bare_words = len(block.text.split()) <= 6 and not block.text.endswith(".")
        leads = isinstance(following, Bullet) and (block.text.endswith(":") or bare_words)
        sign = sign_of(block.text) if leads or isinstance(block, Heading) else None
        if sign and sign.kind:
            yield sign.kind


def _about_headings(parts: list[Part]) -> Iterator[Note]:
    titled = [part for part in parts if part.title]
    if not titled:
        yield note("no_headings")
    if guessed := [part.title for part in titled if part.guessed]:
        yield Note("headings_guessed", {"names": "; ".join(f"“{title}”" for title in guessed)})
