"""Finding what somebody meant: exact first, then by beginning, by words, and by likeness."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from bot.core.text import folded

# Below this likeness a suggestion reads as a joke. Found by trying misspellings of our own section titles.
ENOUGH = 0.55
# Signs that are compared: names are shorter, and comparing takes time by the square.
LONGEST = 200


def ranked(typed: str, names: Mapping[str, str]) -> list[str]:
    """The keys of `names` that fit `typed`, best first; all of them, in order, when nothing is typed."""
    wanted = folded(typed[:LONGEST])
    if not wanted:
        return list(names)
    scores = {key: likeness(wanted, folded(name)) for key, name in names.items()}
    fitting = [key for key in names if scores[key] >= ENOUGH]
    return sorted(fitting, key=lambda key: -scores[key])


def exact(typed: str, names: Mapping[str, str]) -> str | None:
    """The one key whose name is `typed` but for case and accents, or the only one that begins with it; else None."""
    wanted = folded(typed)
    if not wanted:
        return None
    same = [key for key, name in names.items() if folded(name) == wanted]
    begins = [key for key, name in names.items() if folded(name).startswith(wanted)]
    if len(same) == 1:
        return same[0]
    return begins[0] if len(begins) == 1 else None


def likeness(wanted: str, name: str) -> float:
    """How well a folded name fits folded words, from 0 to 1."""
    if name.startswith(wanted):
        return 1.0
    if wanted in name:
        return 0.9
    words = name.split()
    best = max((SequenceMatcher(None, wanted, word).ratio() for word in words), default=0.0)
    return max(SequenceMatcher(None, wanted, name).ratio(), 0.95 * best)
