"""Finds the parts of an article in a flat list of blocks: title, subtitle, sections and what each is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.content import limits
from bot.content.importing.blocks import Block, Bullet, Heading, Para, Reading, Table
from bot.content.importing.said import Note, note
from bot.content.importing.shape import is_byline, is_heading, is_title_case
from bot.content.importing.signs import BOTH, OPPOSITE, Sign, bare, is_known_heading, sign_of
from bot.content.importing.text import clean, folded
from bot.core.article import ItemKind

_WEIGHED = (ItemKind.PRO, ItemKind.CON)


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
    title, blocks = _title(clean(reading.meta.title), blocks, name, notes)
    subtitle, blocks = _subtitle(clean(reading.meta.subtitle), title, blocks, notes)
    parts = _joined(_parts(blocks or [Para(title)]), notes)
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


def _title(known: str, blocks: list[Block], name: str, notes: list[Note]) -> tuple[str, list[Block]]:
    if known:
        return known, _without(known, blocks)
    at = _title_place(blocks)
    if at is None:
        notes.append(note("title_guessed", title=name))
        return name, blocks
    found = blocks[at]
    assert isinstance(found, Heading | Para)
    if not isinstance(found, Heading):
        notes.append(note("title_guessed", title=found.text))
    rest = blocks[:at] + blocks[at + 1 :]
    return found.text, _without(found.text, rest)


def _title_place(blocks: list[Block]) -> int | None:
    """The only heading of the first rank, else the first block if it is a heading, else a short first line."""
    tops = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if len(tops) == 1 and tops[0] <= 5:
        return tops[0]
    for n, block in enumerate(blocks[:4]):
        if isinstance(block, Heading):
            return None if is_known_heading(block.text) and len(block.text.split()) <= 3 else n
        if not (isinstance(block, Para) and (is_byline(block.text) or len(block.text) <= 40)):
            break
    first = blocks[0] if blocks else None
    if isinstance(first, Para) and len(blocks) > 1 and len(first.text) <= 150 and not first.text.endswith((".", ":")):
        return 0
    return None


def _without(title: str, blocks: list[Block]) -> list[Block]:
    """The blocks without a title line that is printed again near the top."""
    again = folded(title)
    return [
        block
        for n, block in enumerate(blocks)
        if n > 4 or not isinstance(block, Heading | Para) or folded(block.text) != again
    ]


def _subtitle(known: str, title: str, blocks: list[Block], notes: list[Note]) -> tuple[str, list[Block]]:
    at = next((n for n, block in enumerate(blocks[:3]) if isinstance(block, Para) and block.role == "subtitle"), None)
    if at is not None:
        return blocks[at].text, blocks[:at] + blocks[at + 1 :]  # type: ignore[union-attr]
    if known and folded(known) != folded(title):
        return known, _without(known, blocks)
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading | Para) or not _may_be_subtitle(first, blocks[1:]):
        return "", blocks
    notes.append(note("subtitle_guessed", text=first.text))
    return first.text, blocks[1:]


def _may_be_subtitle(first: Heading | Para, rest: list[Block]) -> bool:
    if not rest or limits.units(first.text) > limits.SUBTITLE or is_byline(first.text):
        return False
    if isinstance(first, Para):
        sentence = first.text.endswith((".", "!", "?", ":", ";", "…", "”", ")"))
        return first.role == "emphasis" or (not sentence and 4 <= len(first.text.split()) <= 30)
    if is_known_heading(first.text):
        return False
    if isinstance(rest[0], Heading):
        return True
    levels = Counter(block.level for block in rest if isinstance(block, Heading))
    if first.level is not None or any(level is not None for level in levels):
        return bool(levels) and first.level not in levels
    return len(first.text) > 50 or not (is_title_case(first.text) or len(first.text.split()) <= 6)


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
        if not isinstance(block, Heading | Para) or len(block.text.split()) > 12:
            continue
        leads = block.text.endswith(":") and isinstance(following, Bullet)
        sign = sign_of(block.text) if leads or isinstance(block, Heading) else None
        if sign and sign.kind:
            yield sign.kind


def _about_headings(parts: list[Part]) -> Iterator[Note]:
    titled = [part for part in parts if part.title]
    if not titled:
        yield note("no_headings")
    if guessed := [part.title for part in titled if part.guessed]:
        yield Note("headings_guessed", {"names": "; ".join(f"“{title}”" for title in guessed)})
