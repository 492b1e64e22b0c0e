"""The signs that phones, keyboards and languages put into typed lines, as the ones that our lines are written with.

An arrow is the ">" of a ranking, a full-width or Arabic semicolon is a semicolon, a digit is a digit in every script, a
no-break space is a space. For what is read and then thrown away: a text to be kept is cleaned by `core.text` instead.
"""

from __future__ import annotations

import re
import unicodedata

from bot.core.text import HIDDEN

ALIKE = {
    ">": "→⇒⇨⟶⟹➔➙➛➜➝➞➡➤⮕›»≻▶►▸❯〉﹥",
    "<": "←⇐⟵⬅‹«≺◀◄〈﹤",
    "=": "≈﹦",
    "~": "∼˜〜",
    ",": "、،﹐﹑､",
    ";": "؛﹔\u037e",
    ":": "﹕︓∶\ua789",
    ".": "。｡٫",
    "|": "￨│∣ǀ¦￤",
    "-": "−‐‑‒–—―﹣",
    "%": "٪﹪",
    "#": "﹟",
    "+": "﹢",
    "/": "⁄∕",
}
"""Signs that are taken for one of ours, whatever they may mean elsewhere."""
_SIGNS = {ord(other): sign for sign, others in ALIKE.items() for other in others}
_FULL_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
_TABLE = _SIGNS | _FULL_WIDTH | HIDDEN | {0xFE0E: None, 0xFE0F: None}  # and what makes a sign an emoji or a letter
_ARROW = re.compile(r"[-=]{1,3}>")  # "->" and "=>", typed or what is left of a corrected one


def plain_signs(text: str) -> str:
    """`text` with the signs, digits and spaces of an English keyboard; letters stay as they are."""
    if text.isascii():
        return _ARROW.sub(">", text)
    return _ARROW.sub(">", "".join(map(_plain, text.translate(_TABLE))))


def _plain(sign: str) -> str:
    """A digit of any script as ours, any space as a space."""
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    return " " if kind == "Zs" else sign
