"""Small treatments of text that every importer shares: cleaning, cutting to size, comparing."""

from __future__ import annotations

import re
import unicodedata

from bot.content.limits import units

# Controls, the byte-order mark, zero-width spaces and the marks that turn the direction of writing: nothing
# one reads, and a way to make a text look like another. The joiners inside emoji and scripts stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"[^\S\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[¿¡—]*[A-ZÁÉÍÓÚÑÜ0-9])")


def clean(text: str, *, lines: bool = False) -> str:
    """The text on one line (`lines` keeps line ends), without anything invisible."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    if not lines:
        return " ".join(text.split())
    return "\n".join(_SPACE.sub(" ", line).rstrip() for line in text.split("\n")).strip()


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists too long to quote each."""
    return frozenset(text.split())


def folded(text: str) -> str:
    """For comparing: lower case, no accents, words and digits only, single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("’", "'"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold().replace("'", "")))


def cut(text: str, limit: int) -> tuple[str, str]:
    """The longest beginning that fits `limit` UTF-16 units, and the rest: at a sentence, else a word."""
    if units(text) <= limit:
        return text, ""
    room = len(_prefix(text, limit))
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, room + 1) if match.end() <= room]
    at = ends[-1] if ends else text.rfind(" ", 1, room + 1)
    at = at if at > 0 else room
    return text[:at].rstrip(), text[at:].lstrip()


def split(text: str, limit: int) -> list[str]:
    """The text in pieces that fit, nothing lost but the space between them."""
    pieces = []
    while text:
        piece, text = cut(text, limit)
        pieces.append(piece)
    return pieces


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis."""
    if units(text) <= limit:
        return text
    prefix = _prefix(text, limit - 1)
    return (prefix.rsplit(" ", 1)[0] if " " in prefix else prefix).rstrip(" ,;:–—-") + "…"


def _prefix(text: str, limit: int) -> str:
    prefix = text[:limit]
    while units(prefix) > limit:
        prefix = prefix[:-1]
    return prefix
