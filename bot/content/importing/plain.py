"""Reads plain text: joins wrapped lines, and knows headings and lists by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.content.importing.blocks import Block, Bullet, Heading, Para, Reading
from bot.content.importing.encoding import decoded
from bot.content.importing.shape import Marker, is_heading, marker
from bot.content.importing.signs import is_known_heading

_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*([-=_*~])(\s*\1){2,}\s*$")
_FRAMED = re.compile(r"^\s*(\*\*|__|={2,}|-{2,}|~{2,}|—)\s*(\S.{0,118}?)\s*\1:?\s*$")
_UNDERLINE = re.compile(r"^\s*(={3,}|-{3,})\s*$")
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]")
_WIDEST = 120  # no editor wraps wider; longer lines are paragraphs on one line


def read(data: bytes) -> Reading:
    """The blocks of a plain text."""
    text, notes = decoded(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    return Reading(tuple(blocks_of(list(_lines(lines)))), notes=notes)


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """Headings, paragraphs and bullets of whole lines."""
    depths = Depths()
    for n, line in enumerate(lines):
        before = lines[n - 1] if n else None
        after = lines[n + 1] if n + 1 < len(lines) else None
        block = _block(line, before, after)
        if isinstance(block, Marker):
            yield Bullet(block.text, depths.of(block))
            continue
        depths = Depths()
        if block is not None:
            yield block


def _block(line: Line, before: Line | None, after: Line | None) -> Block | Marker | None:
    if _RULE.match(line.text):
        return None
    if hashes := _HASHES.match(line.text):
        return Heading(hashes[2], len(hashes[1]))
    if framed := _FRAMED.match(line.text):
        return Heading(framed[2])
    if level := _underlined(line, after):
        return Heading(line.text.strip(), level)
    if found := _listed(line, before, after):
        return found
    text = line.text.strip()
    goes_on = after is not None and not after.opens and not marker(after.text)
    continued = goes_on and after is not None and after.text.strip()[:1].islower()
    if after is not None and line.opens and not continued and is_heading(text):
        return Heading(text)
    return Para(text)


def _underlined(line: Line, after: Line | None) -> int:
    """1 or 2 for a line that is underlined with = or -, else 0."""
    rule = _UNDERLINE.match(after.text) if after is not None and not after.opens else None
    if rule is None or len(line.text) > 160 or marker(line.text):
        return 0
    return 1 if "=" in rule[1] else 2


def _listed(line: Line, before: Line | None, after: Line | None) -> Marker | None:
    """The marker of an entry of a list; a number or a dash may also begin a heading or someone's speech."""
    found = marker(line.text)
    if found is None or found.sign not in {"1", "—"}:
        return found
    neighbours = [marker(other.text) for other in (before, after) if other is not None]
    in_list = any(other is not None and other.sign == found.sign for other in neighbours)
    if found.sign == "—":
        return found if in_list else None
    alone = line.opens and (after is None or after.opens)
    heads = is_known_heading(found.text) or not in_list or not _counts_on(line, before, after)
    return None if alone and heads and is_heading(found.text) else found


def _counts_on(line: Line, before: Line | None, after: Line | None) -> bool:
    """Whether the number before or after is the next one to this line's."""
    here = _NUMBER.match(line.text)
    others = [(_NUMBER.match(other.text), step) for other, step in ((before, -1), (after, 1)) if other is not None]
    return here is None or any(other is not None and int(other[1]) == int(here[1]) + step for other, step in others)


class Depths:
    """How deep each entry of one list lies, by its indent and, at the same indent, by its sign."""

    def __init__(self) -> None:
        self.open: list[Marker] = []

    def of(self, entry: Marker) -> int:
        """The depth, from 0."""
        while self.open and self.open[-1].indent > entry.indent + 1:
            self.open.pop()
        level = [known for known in self.open if abs(known.indent - entry.indent) <= 1]
        same = next((known for known in level if known.sign == entry.sign), None)
        if same is not None:
            del self.open[self.open.index(same) + 1 :]
        elif not level or entry.sign != level[-1].sign:
            self.open.append(entry)
        return len(self.open) - 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line with those joined that belong to it. `opens`: an empty line, or nothing, stands before it."""

    text: str
    opens: bool


def _lines(lines: Sequence[str]) -> Iterator[Line]:
    width = _width(lines)
    crowded = not any(not line.strip() for line in lines[:-1])
    for chunk in _chunks(lines):
        for n, text in enumerate(_whole(chunk, width)):
            yield Line(text, n == 0 or crowded)


def _width(lines: Sequence[str]) -> int:
    """The column at which the text was wrapped, or 0 where each line is a paragraph."""
    broken = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip() and not marker(after)]
    lengths = sorted(map(len, broken))
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    full = [line for line in broken if len(line) >= 0.7 * width]
    mostly = sum(map(len, full)) * 2 >= sum(lengths)
    wrapped = 30 <= width <= _WIDEST and mostly and _ended(broken) <= 0.6 and _ended(full) <= 0.5
    return width if wrapped else 0


def _ended(lines: Sequence[str]) -> float:
    """The share of lines that end with a sentence: small where an editor broke them."""
    return sum(line.endswith((".", "!", "?", ".”")) for line in lines) / max(len(lines), 1)


def _chunks(lines: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            chunk.append(line.rstrip())
        elif chunk:
            yield chunk
            chunk = []


def _whole(chunk: list[str], width: int) -> Iterator[str]:
    """The lines of a chunk, wrapped ones joined."""
    whole = ""
    for n, line in enumerate(chunk):
        if whole and _continues(chunk[n - 1], line, whole, width):
            whole += ("" if whole.endswith("-") and not whole.endswith(" -") else " ") + line.strip()
            continue
        if whole:
            yield whole
        whole = line
    yield whole


def _continues(before: str, line: str, whole: str, width: int) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    if marker(line) or any(sign.match(text) for sign in (_HASHES, _RULE) for text in (line, before)):
        return False
    entry = marker(whole)
    if entry and len(line) - len(line.lstrip()) > entry.indent:
        return True
    if not width:
        return False
    would_fit = len(before) + 1 + len(line.split()[0]) <= 0.8 * width
    goes_on = line.lstrip()[:1].islower() and not before.endswith((".", "!", "?", ":"))
    return not would_fit or goes_on
