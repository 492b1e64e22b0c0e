"""The blocks of a card that are only text, as Discord's Markdown: each block one string of one or more lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.card import Bar, Bars, Bullets, Facts, Heading, Quote, Side, Sides, Small, Text
from bot.platforms.discord.markdown import line, markdown

# A phone shows some 30 characters on a line: the bar, a space and "1,024 votes · 100 %" fit.
CELLS = 12
FULL, EMPTY = "▰▱"  # told apart by shape at any size, on light and dark


def text_of(block: object) -> str | None:
    """A block as Markdown, or None when it is more than text."""
    drawn = _DRAWN.get(type(block))
    return drawn(block) if drawn else None


def bar(share: float) -> str:
    """A bar that starts at zero: empty only at 0, full only at 1."""
    cells = round(min(max(share, 0.0), 1.0) * CELLS)
    if 0 < share < 1:
        cells = min(max(cells, 1), CELLS - 1)
    return (FULL * cells).ljust(CELLS, EMPTY)


def side_text(side: Side) -> str:
    """One side's texts as a list."""
    return "\n".join(f"- {line(text)}" for text in side.texts)


def _bars(block: Bars) -> str:
    return "\n".join(_bar(each) for each in block.bars)


def _bar(each: Bar) -> str:
    mark = f"**{line(each.mark)}** " if each.mark else ""
    return f"{mark}{line(each.label)}\n{bar(each.share)} {line(each.value)}"


def _bullets(block: Bullets) -> str:
    depths = block.depths or (0,) * len(block.texts)
    signs = [f"{n}." if block.numbered else "-" for n in _numbers(depths)]
    indent = 3 if block.numbered else 2
    return "\n".join(
        f"{' ' * indent * depth}{sign} {line(text)}"
        for sign, depth, text in zip(signs, depths, block.texts, strict=False)
    )


def _numbers(depths: tuple[int, ...]) -> list[int]:
    """The number of each line among its neighbours of the same depth."""
    counts: dict[int, int] = {}
    found = []
    for depth in depths:
        counts = {level: count for level, count in counts.items() if level <= depth}
        counts[depth] = counts.get(depth, 0) + 1
        found.append(counts[depth])
    return found


def _every_line(sign: str, text: str) -> str:
    return "\n".join(f"{sign} {row}" if row.strip() else sign[:1] for row in markdown(text).split("\n"))


def _facts(block: Facts) -> str:
    return "\n".join(f"**{line(label)}:** {line(value)}" for label, value in block.pairs)


def _sides(block: Sides) -> str:
    return "\n\n".join(f"### {line(side.heading)}\n{side_text(side)}" for side in (block.left, block.right))


_DRAWN: Mapping[type, Callable[[Any], str]] = {
    Text: lambda block: markdown(block.text),
    Heading: lambda block: f"### {line(block.text)}",
    Quote: lambda block: _every_line(">", block.text) + "\n",  # or the next line would be drawn as quoted too
    Small: lambda block: "\n".join(f"-# {row}" for row in markdown(block.text).split("\n") if row.strip()),
    Bullets: _bullets,
    Facts: _facts,
    Bars: _bars,
    Sides: _sides,
}
