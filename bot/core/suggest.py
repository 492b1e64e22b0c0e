"""Finding what somebody meant: exact first, then by beginning, by words, and by likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher

from bot.core.text import folded, look_of, seen_as

# Below this likeness a suggestion reads as a joke. Found by trying misspellings of our own section titles.
ENOUGH = 0.55
# Signs that are compared: names are shorter, and comparing takes time by the square.
LONGEST = 200
COMPARED: tuple[Callable[[str], str], ...] = (look_of, lambda text: look_of(text).casefold(), seen_as, folded)
"""What texts are compared by, the strictest first: how they look, but for case, but for accents, but for signs."""


def ranked(typed: str, names: Mapping[str, str]) -> list[str]:
    """The keys of `names` that fit `typed`, best first; all of them, in order, when nothing is typed."""
    wanted = folded(typed[:LONGEST])
    if not wanted:
        return list(names)
    scores = {key: likeness(wanted, folded(name)) for key, name in names.items()}
    fitting = [key for key in names if scores[key] >= ENOUGH]
    return sorted(fitting, key=lambda key: -scores[key])


def exact(typed: str, names: Mapping[str, str]) -> str | None:
    """The one key whose name is `typed`, or is so but for case and accents, or the only one that begins with it."""
    wanted = folded(typed)
    begins = [key for key, name in names.items() if wanted and folded(name).startswith(wanted)]
    return same(typed, names) or (begins[0] if len(begins) == 1 else None)


def same(typed: str, names: Mapping[str, str]) -> str | None:
    """The only key whose name compares as equal to `typed`, in the strictest way in which there is one."""
    for key_of in COMPARED:
        wanted = key_of(typed)
        found = [key for key, name in names.items() if key_of(name) == wanted] if wanted else []
        if len(found) == 1:
            return found[0]
    return None


def likeness(wanted: str, name: str) -> float:
    """How well a folded name fits folded words, from 0 to 1."""
    if name.startswith(wanted):
        return 1.0
    if wanted in name:
        return 0.9
    words = name.split()
    best = max((SequenceMatcher(None, wanted, word).ratio() for word in words), default=0.0)
    return max(SequenceMatcher(None, wanted, name).ratio(), 0.95 * best)
