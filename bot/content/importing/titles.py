"""Finds the title and the subtitle among the first blocks of an article, and a box of takeaways before them."""

from __future__ import annotations

from collections import Counter

from bot.content import limits
from bot.content.importing.blocks import Block, Bullet, Heading, Para
from bot.content.importing.said import Note, note
from bot.content.importing.shape import is_byline, is_title_case
from bot.content.importing.signs import is_known_heading, sign_of
from bot.content.importing.text import folded
from bot.core.article import ItemKind

_BOX = 26  # blocks a box before the title may have


def title_of(known: str, blocks: list[Block], name: str, notes: list[Note]) -> tuple[str, list[Block], list[Block]]:
    """The title, a box that stands before it (mostly empty), and the other blocks.

    `known` is the title where the file says it outside its text; `name` is taken where there is none.
    """
    if known:
        return known, [], _without(known, blocks)
    at = _title_place(blocks)
    if at is None:
        notes.append(note("title_guessed", title=name))
        return name, [], blocks
    found = blocks[at]
    assert isinstance(found, Heading | Para)
    box = blocks[:at] if any(isinstance(block, Heading) for block in blocks[:at]) else []
    if not isinstance(found, Heading) or (box and found.level != 1):
        notes.append(note("title_guessed", title=found.text))
    rest = blocks[at + 1 :] if box else blocks[:at] + blocks[at + 1 :]
    return found.text, box, _without(found.text, rest)


def _title_place(blocks: list[Block]) -> int | None:
    """The only heading of the first rank, else the first block if it is a heading, else a short first line."""
    tops = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if len(tops) == 1 and tops[0] <= 5 and not _names_a_section(blocks[tops[0]]):
        return tops[0]
    if (boxed := _after_box(blocks)) is not None:
        return boxed
    for n, block in enumerate(blocks[:4]):
        if isinstance(block, Heading):
            return None if _names_a_section(block) else n
        if not (isinstance(block, Para) and (is_byline(block.text) or len(block.text) <= 40)):
            break
    first = blocks[0] if blocks else None
    if isinstance(first, Para) and len(blocks) > 1 and len(first.text) <= 150 and not first.text.endswith((".", ":")):
        return 0
    return None


def _names_a_section(block: Block) -> bool:
    return isinstance(block, Heading) and is_known_heading(block.text) and len(block.text.split()) <= 3


def _after_box(blocks: list[Block]) -> int | None:
    """The heading after a box of takeaways that the article opens with, where it can be the title."""
    first = blocks[0] if blocks else None
    sign = sign_of(first.text) if isinstance(first, Heading) else None
    if sign is None or sign.kind is not ItemKind.TAKEAWAY:
        return None
    at = next((n for n, block in enumerate(blocks[1:_BOX], 1) if isinstance(block, Heading)), 0)
    found = blocks[at]
    if at < 2 or not isinstance(found, Heading) or is_known_heading(found.text) or at + 1 == len(blocks):
        return None
    listed = all(isinstance(block, Bullet) for block in blocks[1:at])
    return at if listed or at == 2 or found.level == 1 else None


def _without(title: str, blocks: list[Block]) -> list[Block]:
    """The blocks without a title line that is printed again near the top."""
    again = folded(title)
    return [
        block
        for n, block in enumerate(blocks)
        if n > 4 or not isinstance(block, Heading | Para) or folded(block.text) != again
    ]


def subtitle_of(known: str, title: str, blocks: list[Block], notes: list[Note]) -> tuple[str, list[Block]]:
    """The subtitle, or nothing, and the blocks without it."""
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
