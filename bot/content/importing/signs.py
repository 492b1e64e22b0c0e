"""Reads from a heading, or from the line before a list, what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.content.importing import phrases
from bot.content.importing.text import folded
from bot.core.article import ItemKind

_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[IVX]{1,5}[.)]|§\s*\d+)\s+")
_PARENS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LONG = 8  # in longer headings a phrase counts at the beginning only
_WORDS = 6  # no phrase has more


@dataclass(frozen=True, slots=True)
class Sign:
    """What a wording stands for: one kind, or pros and cons together (`kind` is None).

    `sure` is False for words such as “benefits”, that mean pros only where cons are near.
    """

    kind: ItemKind | None
    sure: bool = True


BOTH = Sign(None)
OPPOSITE = {ItemKind.PRO: ItemKind.CON, ItemKind.CON: ItemKind.PRO}
_SIMPLE = (
    (ItemKind.TAKEAWAY, phrases.TAKEAWAYS, phrases.TAKEAWAYS_WHOLE, phrases.TAKEAWAYS_PERHAPS),
    (ItemKind.ACTION, phrases.ACTIONS, phrases.ACTIONS_WHOLE, frozenset[str]()),
)
_WEIGHED = (
    (ItemKind.PRO, phrases.PROS, phrases.PROS_WHOLE, phrases.PROS_PERHAPS),
    (ItemKind.CON, phrases.CONS, phrases.CONS_WHOLE, phrases.CONS_PERHAPS),
)


@lru_cache(maxsize=512)
def sign_of(heading: str) -> Sign | None:
    """What a section under this heading holds, if the heading says so."""
    found = [sign for part in _parts(heading) if (sign := _weighed(part) or _simple(part))]
    return next((sign for sign in found if sign.sure), found[0] if found else None)


def sign_within(line: str) -> Sign | None:
    """The same inside a section on pros and cons, where one telling word is enough."""
    for part in (_PARENS.sub(" ", line), line):
        said = folded(part)
        sides = [
            kind
            for kind, somewhere, whole, perhaps in _WEIGHED
            if said in whole or _holds(said, somewhere | perhaps) or _holds(said, _singular(whole))
        ]
        if len(sides) == 1:
            return Sign(sides[0])
        if len(sides) == 2:
            return _first_named(said)
    return None


def is_known_heading(line: str) -> bool:
    """Whether a bare line with these words is a heading even if nothing else shows it."""
    said = _parts(line)
    return bool(said) and (said[0] in phrases.ORDINARY or (sign_of(line) is not None and len(said[0].split()) <= 6))


def bare(line: str) -> str:
    """A heading without its number and its closing colon."""
    return _NUMBER.sub("", line).strip().rstrip(":").strip()


def _parts(heading: str) -> list[str]:
    """The heading folded: what stands before a colon or dash, then what stands after it."""
    plain = _PARENS.sub(" ", bare(heading))
    parts = [folded(part) for part in re.split(r":\s|\s[–—|-]\s|\?\s", plain, maxsplit=1)]
    return [part for part in parts if part]


def _simple(said: str) -> Sign | None:
    for kind, somewhere, whole, perhaps in _SIMPLE:
        if said in whole or _phrase(said, somewhere):
            return Sign(kind)
        if said in perhaps:
            return Sign(kind, sure=False)
    return None


def _weighed(said: str) -> Sign | None:
    if said in phrases.BOTH or _phrase(said, phrases.BOTH):
        return BOTH
    sides = []
    for kind, somewhere, whole, perhaps in _WEIGHED:
        if said in whole or _phrase(said, somewhere):
            sides.append(Sign(kind))
        elif _phrase(said, perhaps):
            sides.append(Sign(kind, sure=False))
    if len(sides) == 2:
        return BOTH
    return sides[0] if sides else None


def _phrase(said: str, known: frozenset[str]) -> bool:
    """A known phrase stands in a short wording, or begins a long one."""
    words = said.split()
    if len(words) <= _LONG:
        return _holds(said, known)
    return any(" ".join(words[:count]) in known for count in range(1, _WORDS + 1))


def _holds(said: str, known: frozenset[str]) -> bool:
    words = said.split()[:40]
    return any(
        " ".join(words[start : start + count]) in known
        for count in range(1, _WORDS + 1)
        for start in range(len(words) - count + 1)
    )


def _singular(whole: frozenset[str]) -> frozenset[str]:
    """Single words that can't be mistaken inside a line: not “for”, “no”, “si”, “con”."""
    return frozenset(word for word in whole if len(word) > 4 and word not in {"contra", "against"})


def _first_named(said: str) -> Sign | None:
    places = []
    for kind, somewhere, _, perhaps in _WEIGHED:
        found = [f" {said} ".find(f" {phrase} ") for phrase in somewhere | perhaps]
        places += [(min(place for place in found if place >= 0), kind)] if max(found) >= 0 else []
    return Sign(min(places)[1]) if len(places) == 2 else None
