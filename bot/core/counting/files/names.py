"""Options' names in a file: there, different, and on one line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.counting.files.errors import Unwritable, Wrong
from bot.core.counting.files.numbers import MOST_OPTIONS, shown


def checked(names: Sequence[str], lines: Sequence[int]) -> tuple[str, ...]:
    """The names as they are, `lines` saying where each stands. Wrong: none, one empty, or two alike."""
    if not names:
        raise Wrong("there are no options")
    if len(names) > MOST_OPTIONS:
        raise Wrong(f"{len(names):,} options; more than {MOST_OPTIONS:,} are not counted")
    seen: dict[str, int] = {}
    for position, name in enumerate(names):
        if not name.strip():
            raise Wrong(f"option {position + 1} has no name", lines[position])
        if any("\ud800" <= sign <= "\udfff" for sign in name):  # JSON can escape half a character
            raise Wrong(f"the name of option {position + 1} is not text in UTF-8", lines[position])
        if name in seen:
            raise Wrong(f"options {seen[name] + 1} and {position + 1} are both called {shown(name)}", lines[position])
        seen[name] = position
    return tuple(names)


def on_one_line(options: Sequence[str]) -> tuple[str, ...]:
    """Names for a format with a line for each: spaces and line breaks become single spaces.

    Unwritable: two of them are the same then, or one is empty.
    """
    names = tuple(" ".join(option.split()) for option in options)
    if len(set(names)) < len(names) or "" in names:
        raise Unwritable("Two options have the same name, or one has none.")
    return names
