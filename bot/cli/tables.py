"""Tables for a terminal: columns that line up whatever script their words are in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

WIDEST = 100
"""Columns of a terminal that a table may take."""
LONGEST_NAME = 32


def plain(name: str) -> str:
    """A name from a file, safe to print: nothing in it moves the cursor, and it is not too long."""
    tidy = "".join(sign if sign.isprintable() else "�" for sign in name)
    if wide(tidy) <= LONGEST_NAME:
        return tidy
    while wide(tidy) >= LONGEST_NAME:
        tidy = tidy[:-1]
    return f"{tidy.rstrip()}…"


def wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_columns(sign) for sign in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines: names to the left, numbers to the right. Too wide, it goes on below with the names repeated."""
    widths = [max(wide(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines: list[str] = []
    at = 1
    while at < len(head):
        end = _fitting(widths, at)
        columns = [0, *range(at, end)]
        lines += [""] if lines else []
        lines += [_row([row[n] for n in columns], [widths[n] for n in columns]) for row in (head, *rows)]
        at = end
    return lines


def _fitting(widths: Sequence[int], start: int) -> int:
    """Where to break: the columns from `start` to there fit beside the names, at least one of them."""
    room = WIDEST - widths[0] - 2
    end = start
    while end < len(widths) and (end == start or room >= widths[end] + 2):
        room -= widths[end] + 2
        end += 1
    return end


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers = cells
    padded = [" " * (width - wide(cell)) + cell for cell, width in zip(numbers, widths[1:], strict=True)]
    return "  ".join([f"  {name}{' ' * (widths[0] - wide(name))}", *padded]).rstrip()


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
