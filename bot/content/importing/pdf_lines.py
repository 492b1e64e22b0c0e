"""Puts the lines of a PDF's pages together again: headings by size, paragraphs by gaps, lists by marks and indent."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.content.importing.blocks import Block, Bullet, Heading, Para
from bot.content.importing.plain import Depths
from bot.content.importing.shape import Marker, is_heading, marker
from bot.content.importing.signs import sign_of

_PAGE_NUMBER = re.compile(
    r"^(p[aá]g(e|ina|\.)?\s*)?[-–—|\s]*\d{1,4}[-–—|\s]*((/|of|de)\s*\d{1,4})?$|"
    r"^\d{1,2}/\d{1,2}/\d{2,4}, \d|^\S+://\S*\s+\d+/\d+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^(\d{1,2})\s+(?=[A-ZÁÉÍÓÚÑ¿¡“\"])")
_ENDS = (".", "!", "?", ":", "…", "”", "»", '"', ")", ";")
_HYPHENS = ("-", "\u00ad", "\x02", "\ufffe", "\u2010")
_MARGIN = 0.085  # of the page's height, above and below


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its place: points from the left and the top of the page; `size` is the height of its letters."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    height: float


@dataclass(frozen=True, slots=True)
class _Print:
    """What is usual in this document."""

    size: float
    leading: float
    left: float
    right: float
    hyphenated: bool
    ranks: tuple[float, ...]

    def rank(self, line: Line) -> int | None:
        """1 for the largest letters, and so on; None for letters of the usual size."""
        return next((n + 1 for n, size in enumerate(self.ranks) if line.size >= size * 0.97), None)


def without_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[str]]:
    """The lines without page numbers and running heads, and one example of each running head left out."""
    seen = Counter(text for page in pages for text in {_pattern(line) for line in page if _in_margin(line)})
    kept: list[Line] = []
    dropped: dict[str, str] = {}
    for line in (line for page in pages for line in page):
        number = _PAGE_NUMBER.match(line.text) is not None
        repeated = seen[_pattern(line)] >= max(2, len(pages) / 2)
        if _in_margin(line) and (number or repeated):
            if not number:
                dropped.setdefault(_pattern(line), line.text)
        else:
            kept.append(line)
    return kept, list(dropped.values())


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """Headings, paragraphs and bullets."""
    if not lines:
        return
    lines = _dotted_numbers(lines)
    usual = _usual(lines)
    groups = list(_groups(lines, usual))
    shaped = not any(_heading(group, usual) for group in groups)
    depths = Depths()
    for n, group in enumerate(groups):
        found = marker(group[0].text)
        if heading := _heading(group, usual) or _shaped(group, shaped, last=n + 1 == len(groups)):
            yield heading
        elif found:
            text = _joined([replace(group[0], text=found.text), *group[1:]], usual)
            yield Bullet(text, depths.of(Marker(round(group[0].left / 5), found.sign, "")))
            continue
        else:
            yield Para(_joined(group, usual))
        depths = Depths()


def _dotted_numbers(lines: Sequence[Line]) -> list[Line]:
    """Numbers that count 1, 2, 3 down the left side get a dot, so that they are seen as marks of a list."""
    result = list(lines)
    run: list[int] = []
    for at, line in enumerate([*lines, None]):
        match = _COUNTED.match(line.text) if line else None
        number = int(match[1]) if match else 0
        if line is None or number == 1 or (run and at - run[-1] > 8):
            if len(run) > 1:
                for place in run:
                    result[place] = replace(lines[place], text=_COUNTED.sub(r"\1. ", lines[place].text))
            run = []
        if number == len(run) + 1:
            run.append(at)
    return result


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _in_margin(line: Line) -> bool:
    return line.bottom < line.height * _MARGIN or line.top > line.height * (1 - _MARGIN)


def _usual(lines: Sequence[Line]) -> _Print:
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0]
    steps = sorted(
        after.top - before.top
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and before.size == after.size == size and 0 < after.top - before.top < 3 * size
    )
    leading = steps[len(steps) // 10] if steps else size * 1.2
    lefts = Counter(round(line.left) for line in lines if line.size == size and not marker(line.text))
    rights = sorted(line.right for line in lines if line.size == size)
    broken = sum(line.text.endswith(_HYPHENS) for line in lines)
    ranks: list[float] = []
    for large in sorted((found for found in sizes if found >= size * 1.1), reverse=True):
        if not ranks or large < ranks[-1] * 0.95:
            ranks.append(large)
    left = float(lefts.most_common(1)[0][0]) if lefts else 0.0
    return _Print(size, leading, left, rights[int(len(rights) * 0.9)], broken > 0.04 * len(lines), tuple(ranks))


def _groups(lines: Sequence[Line], usual: _Print) -> Iterator[list[Line]]:
    """The lines that make one heading, paragraph or bullet."""
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, usual):
            yield group
            group = []
        group.append(line)
    yield group


def _goes_on(group: Sequence[Line], line: Line, usual: _Print) -> bool:
    before = group[-1]
    if marker(line.text) or _is_label(line.text) or usual.rank(before) != usual.rank(line) or before.bold != line.bold:
        return False
    if before.page != line.page:
        return _goes_over(group, line, usual)
    step = line.top - before.top
    if usual.rank(line):
        return 0 < step < 1.7 * line.size
    if not 0 < step <= 1.3 * usual.leading:
        return False
    if marker(group[0].text):
        return _hangs(group[0], line, usual) or (_is_full(before, usual) and not before.text.endswith(_ENDS))
    indented = line.left > before.left + 6
    return not (before.text.endswith(_ENDS) and (indented or not _is_full(before, usual)))


def _is_label(text: str) -> bool:
    """“For:” and the like, which begins something even where the gap above it is no wider than usual."""
    return text.endswith(":") and text[:1].isupper() and len(text.split()) <= 5 and sign_of(text) is not None


def _goes_over(group: Sequence[Line], line: Line, usual: _Print) -> bool:
    """Whether the first line of a page goes on with the last paragraph of the page before."""
    if marker(group[0].text) and _hangs(group[0], line, usual):
        return True
    open_ended = not group[-1].text.endswith(_ENDS)
    return open_ended and (line.text[:1].islower() or _is_full(group[-1], usual))


def _hangs(first: Line, line: Line, usual: _Print) -> bool:
    """Whether a line without a mark stands under the text of an entry and not under its mark."""
    return line.left > first.left + 2 or (line.left > usual.left + 8 and abs(line.left - first.left) <= 2)


def _is_full(line: Line, usual: _Print) -> bool:
    """Whether a line reaches so far to the right that the next one may go on with it."""
    return line.right > usual.right * 0.82


def _heading(group: Sequence[Line], usual: _Print) -> Heading | None:
    text = _joined(group, usual)
    if len(text) > 200:
        return None
    rank = usual.rank(group[0])
    if rank and not text.endswith((".", ";", ",")):
        return Heading(text, rank)
    short = len(group) == 1 and len(text) <= 120 and not text.endswith((".", ";", ",", ":"))
    return Heading(text) if short and all(line.bold for line in group) and not marker(text) else None


def _shaped(group: Sequence[Line], alone: bool, last: bool) -> Heading | None:
    """Where letters tell nothing, a short line alone may be a heading by its words."""
    if not alone or last or len(group) > 1 or marker(group[0].text) or not is_heading(group[0].text):
        return None
    return Heading(group[0].text)


def _joined(group: Sequence[Line], usual: _Print) -> str:
    text = ""
    for line in group:
        if text.endswith(_HYPHENS) and text[-2:-1].isalpha():
            soft = text[-1] != "-" and text[-1] != "\u2010"
            divided = (soft or usual.hyphenated) and line.text[:1].islower()
            text = (text[:-1] if divided else text[:-1] + "-") + line.text
        else:
            text += (" " if text else "") + line.text
    return text
