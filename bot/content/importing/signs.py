"""Reads from a heading, or from the line before a list, what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.content.importing import phrases
from bot.content.importing.text import folded, word_set
from bot.core.article import ItemKind

_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|[IVX]{1,5}[.)]|§\s*\d+)\s+")
_DOTTED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+[.)]?\s+")
_QUOTED = re.compile(r"[\"“«‘']([^\"“”«»]+)[\"”»’']:?")
_LABEL = re.compile(r"(\S.{0,58}?)(?::|\s[–—])\s+(\S.*)", re.DOTALL)
_PARENS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LONG = 8  # in longer headings a phrase counts at the beginning only
_WORDS = 6  # no phrase has more
# What may stand around a phrase without making the heading one about something else.
_EMPTY = word_set(
    "a an the our my your some of to in on for and or it this that what how why are is about now today all do we you "
    "i can should must say says will have has key main potential possible significant serious big other more two "
    "three four five six seven eight nine ten el la los las un una unos unas nuestro nuestra nuestros nuestras "
    "algunos algunas de del en para por y o lo que como cuales son es su sus este esta esto hoy ahora todos todas "
    "dicen things points cosas posibles principales dos tres cuatro cinco seis siete ocho nueve diez plan "
    "idea proposal propuesta"
)


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
    (ItemKind.ACTION, phrases.ACTIONS, phrases.ACTIONS_WHOLE, phrases.ACTIONS_PERHAPS),
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
    """A heading without its number, the quotation marks around all of it and its closing colon."""
    plain = _NUMBER.sub("", line).strip()
    if quoted := _QUOTED.fullmatch(plain):
        plain = quoted[1]
    return plain.strip().rstrip(":").strip()


def label(text: str) -> tuple[str, str, Sign] | None:
    """The label, the rest and the sign of a line such as “Pros: cheap; quick”; None where it has none."""
    match = _LABEL.fullmatch(text)
    if match is None or len(match[1].split()) > _WORDS:
        return None
    sign = sign_of(match[1])
    return (match[1], match[2], sign) if sign is not None and sign.kind else None


def says_only(heading: str, kind: ItemKind) -> bool:
    """Whether the kind is all that is named: not in “Next steps of the court”, where steps may be anything."""
    for part in _parts(heading):
        sets = next(known[1:] for known in (*_SIMPLE, *_WEIGHED) if known[0] is kind)
        if any(part in known for known in sets) or (kind not in OPPOSITE and _holds(part, phrases.STRONG)):
            return True
        rest = f" {part} "
        for known in sets:
            for phrase in sorted(known, key=len, reverse=True):
                rest = rest.replace(f" {phrase} ", " ")
        if rest != f" {part} " and set(rest.split()) <= _EMPTY:
            return True
    return False


def _parts(heading: str) -> list[str]:
    """The heading folded: what stands before a colon or dash, then what stands after it."""
    plain = _PARENS.sub(" ", bare(_DOTTED.sub("", heading)))
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
