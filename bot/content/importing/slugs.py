"""Ids made from titles: short, readable, unique."""

from __future__ import annotations

from collections.abc import Container

from bot.content.importing.text import folded, word_set
from bot.content.limits import ID

# Words that carry nothing in an id.
_EMPTY = word_set(
    "the a an of and or for to in on at by with from its is are be as that this it el la los las un "
    "una unos unas de del y o e u para por en con a al su sus lo que se es"
)


def slug(text: str, limit: int = ID) -> str:
    """`a-z`, digits and hyphens, whole words while they fit; empty where nothing is left."""
    words = [word for word in folded(text).split() if word.isascii()]
    words = [word for word in words if word not in _EMPTY] or words
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word[:limit]
        if len(longer) > limit:
            break
        result = longer
    return result


def unique(wanted: str, fallback: str, taken: Container[str], limit: int = ID) -> str:
    """`wanted`, or `fallback` where it is empty, with a number behind it if it is taken."""
    base, number = wanted or fallback, 1
    candidate = base
    while candidate in taken:
        number += 1
        candidate = f"{base[: limit - len(str(number)) - 1].rstrip('-')}-{number}"
    return candidate
