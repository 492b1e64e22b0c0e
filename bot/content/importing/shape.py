"""What a line of plain text looks like: a heading, a byline, an entry of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.content.importing.signs import OPPOSITE, is_known_heading, label
from bot.content.importing.text import word_set

_BULLET = re.compile(r"^(\s*)([•●◦○▪■□‣⁃∙·*\-–—+►▶➢➤✓✔✅✗✘❌☑→👉➡🔹🔸]|o(?=\s\s?[A-Z]))\ufe0f?\s+(?=\S)")
_NUMBERED = re.compile(
    r"^(\s*)(\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?(?:[a-z]|[ivx]{2,5})[.)]|\(?(?:[A-Z]|[IVX]{2,4})\))\s+(?=\S)"
)
_GLUED = re.compile(r"^(\s*)([•●◦▪■‣⁃∙▶➢➤✓✔✅✗✘❌→👉➡🔹🔸])\ufe0f?(?=\w)")
_BYLINE = re.compile(
    r"^(by|por|from|text|texto|words|author|autora?|published|publicado|updated|actualizado|source|fuente|date|fecha|"
    r"photo|foto|illustration|posted|written)\b[ :]",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[a-záéíóúñ][.!?] +[A-ZÁÉÍÓÚÑ¿¡]")
_DATE = re.compile(r"\b(19|20)\d\d\b")
_ENDS = (".", "!", ";", ",", "…", ":", "?”", ".”", '."', ".)")
_SMALL = word_set(
    "a an and as at but by for from in into nor of on or over per so the to up via vs with yet is it "
    "its de del la el los las y o e u en con por para un una al su sus que se a lo"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark before an entry of a list: how far it is indented, which sign it is, the text behind it."""

    indent: int
    sign: str
    text: str


def marker(line: str) -> Marker | None:
    """The mark that makes this line an entry of a list."""
    for pattern in (_BULLET, _NUMBERED, _GLUED):
        if match := pattern.match(line):
            indent = len(match[1].expandtabs(4))
            sign = "1" if pattern is _NUMBERED else match[2]
            return Marker(indent, sign, line[match.end() :].strip().removeprefix("• "))
    return None


def is_byline(line: str) -> bool:
    """Who wrote it, when and for whom: no title and no heading."""
    short = len(line) <= 120
    dated = bool(_DATE.search(line)) and len(line.split()) <= 6
    return short and (bool(_BYLINE.match(line)) or dated or "min read" in line or "@" in line or "://" in line)


def is_heading(line: str) -> bool:
    """Whether a line that stands alone reads as a heading and not as a sentence."""
    line = line.strip()
    if not line or len(line) > 160 or is_byline(line) or _carries_a_list(line):
        return False
    if is_known_heading(line) and (not line.endswith(_ENDS) or (line.endswith(":") and len(line.split()) <= 4)):
        return True
    if line.endswith(_ENDS) or not any(character.isalpha() for character in line):
        return False
    if not (line.lstrip("¿¡“\"«‘'(")[:1].isupper() or line[:1].isdigit()):
        return False
    if is_title_case(line):
        return True
    return len(line) <= 80 and len(line.split()) <= 14 and not _SENTENCES.search(line)


def _carries_a_list(line: str) -> bool:
    """“Cons: noise, dust and heat” is a label with its list; “Pros: A Bargain” is a heading."""
    found = label(line)
    return found is not None and found[2].kind in OPPOSITE and not is_title_case(f"A {found[1]}")


def is_title_case(line: str) -> bool:
    """Nearly every word that carries something begins with a capital."""
    words = [word.strip("“”\"'‘’«»()[],:;–—-¿?¡!") for word in line.split()]
    words = [word for word in words if word and word.lower() not in _SMALL and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= 2 and capital >= 0.8 * len(words)
