"""What every reader of foreign files hands on: a flat list of blocks in reading order, and what it knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.content.importing.said import Note


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `level` counts from 1; None where it was guessed from the shape of a line."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `role` is `subtitle` where the file says so, `emphasis` where all of it is in italics."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """An entry of a list, numbered or not; `depth` counts from 0. `lead` is the beginning set in bold, if any."""

    text: str
    depth: int = 0
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Para | Bullet | Table


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says about itself, outside its body; empty where it says nothing."""

    title: str = ""
    subtitle: str = ""
    publisher: str = ""
    url: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read."""

    blocks: tuple[Block, ...]
    meta: Meta = field(default_factory=Meta)
    notes: tuple[Note, ...] = ()


def words_of(block: Block) -> str:
    """All the text of a block."""
    return " ".join(" ".join(row) for row in block.rows) if isinstance(block, Table) else block.text
