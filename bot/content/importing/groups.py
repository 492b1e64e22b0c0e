"""Divides a part's blocks into stretches that are about one kind of item, or about none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.content.importing.blocks import Block, Bullet, Heading, Para
from bot.content.importing.outline import Part
from bot.content.importing.said import Note, note
from bot.content.importing.signs import BOTH, OPPOSITE, Sign, says_only, sign_of, sign_within
from bot.core.article import ItemKind


@dataclass(slots=True)
class Group:
    """Blocks in a row that are about one kind, or about none. `level` is that of the heading that opened it."""

    kind: ItemKind | None
    level: int | None = None
    lasting: bool = True  # False: opened by a line before a list, and over when the list is
    blocks: list[Block] = field(default_factory=list)


def groups_of(part: Part, named: frozenset[ItemKind], notes: list[Note]) -> Iterator[Group]:
    """The groups in order; together they hold all blocks. `notes` takes up what was a guess."""
    group = Group(part.sign.kind if part.sign else None)
    last: Group | None = None
    for n, block in enumerate(part.blocks):
        following = part.blocks[n + 1] if n + 1 < len(part.blocks) else None
        sign = _sign_inside(block, following, part.sign, named)
        if sign is not None:
            level = block.level if isinstance(block, Heading) else None
            yield group
            yield Group(None, blocks=[block])
            last = None
            group = Group(sign.kind, level or 9, isinstance(block, Heading))
            if part.sign is None:
                notes.append(note("lead_in", text=block.text, kind=str(sign.kind)))  # type: ignore[union-attr]
            continue
        if _ends(group, block):
            yield group
            last, group = group, Group(None)
        elif last and group.blocks and _resumes(group.blocks[-1], block):
            yield group
            group, last = Group(last.kind, last.level, last.lasting), None
        group.blocks.append(block)
    yield group


def _sign_inside(block: Block, following: Block | None, around: Sign | None, named: frozenset[ItemKind]) -> Sign | None:
    """The sign of a heading, or of a line before a list, within a part."""
    before_list = isinstance(block, Para) and isinstance(following, Bullet) and _leads_in(block.text, around)
    if not (isinstance(block, Heading) or before_list):
        return None
    assert isinstance(block, Heading | Para)
    if around == BOTH:
        return sign_within(block.text) if len(block.text) <= 200 else None
    sign = sign_of(block.text) if len(block.text.split()) <= 12 else None
    if sign is None or not sign.sure or sign.kind is None:
        return None
    if around and around.kind == OPPOSITE.get(sign.kind) and says_only(block.text, sign.kind):
        return sign  # “Cons:” below the pros, wherever else cons may stand
    if sign.kind in named:
        return None
    return sign if around is None or (isinstance(block, Heading) and sign.kind in OPPOSITE) else None


def _leads_in(text: str, around: Sign | None) -> bool:
    """Whether a paragraph announces the list after it; among pros and cons a bare word does, and “Key points”."""
    if text.endswith(":"):
        return True
    sign = sign_of(text) if len(text.split()) <= 6 and not text.endswith(".") else None
    named = sign is not None and sign.sure and sign.kind is not None and says_only(text, sign.kind)
    return named or (around == BOTH and len(text.split()) <= 6 and not text.endswith("."))


def _ends(group: Group, block: Block) -> bool:
    """Whether a group about a kind is over before this block."""
    if group.kind is None or group.level is None:
        return False
    if isinstance(block, Heading) and (block.level or 9) <= group.level:
        return bool(group.blocks)
    listed = any(isinstance(earlier, Bullet) for earlier in group.blocks)
    return not group.lasting and listed and not isinstance(block, Bullet)


def _resumes(before: Block, block: Block) -> bool:
    """Whether a list that a paragraph broke off goes on: nothing announces another one."""
    return isinstance(block, Bullet) and isinstance(before, Para) and not before.text.endswith(":")
