"""What is said instead of a picture: the same numbers in full, as much of the wording as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.charts.subject import Subject
from bot.core.text import cut, units

LIMIT = 1024  # UTF-16 units of a picture's description at Discord
_LABELS = (1000, 60, 30, 12, 0)  # units of each option's text, tried until all of it fits
Lines = Callable[[int], Sequence[str]]


def told(subject: Subject, subtitle: str, lines: Lines, shorter: Lines | None = None) -> str:
    """Title, what came out, a line for each thing drawn, whom it describes. `lines` take how long a label may be.

    Where not even letters and numbers fit, `shorter` says the most important and that there is more.
    """
    for writer in filter(None, (lines, shorter)):
        for most in _LABELS:
            text = _joined([cut(subject.title, max(most, 60)), subtitle, *writer(most), subject.footer])
            if units(text) <= LIMIT:
                return text
    return cut(text, LIMIT)


def line(letter: str, label: str, most: int, *parts: str) -> str:
    """An option's line: letter, as much of its text as fits, and what is said of it."""
    head = f"{letter} · {cut(label, most)}" if most else letter
    return f"{head}: {', '.join(part for part in parts if part)}"


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(one for one in lines if one)
