"""A receipt: a ballot's commitment as people copy it, in eight groups of four letters.

Base32 (RFC 4648) has no 0, 1, 8 and 9. So a typed 0 can only mean O and an 8 only B; a 1 can mean I or L, and is asked
back rather than guessed.
"""

from __future__ import annotations

import unicodedata
from base64 import b32decode

from bot.core.evidence.commitment import LENGTH

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
SIZE = LENGTH * 8 // 5  # 32 letters
_PAIRS = tuple(first + second for first in LETTERS for second in LETTERS)  # two letters by their ten bits
_MEANT = {"0": "O", "8": "B"}
_BETWEEN = frozenset(".,:;_`'\"*|\\/()[]<>«»“”‘’")  # what a message or a sheet puts around what is copied


class NoReceipt(ValueError):
    """A text that can't be a receipt. `sign`: the first letter that is in none, or "" where only the `length` is wrong.

    `length` counts the letters without spaces and dashes.
    """

    def __init__(self, sign: str, length: int) -> None:
        super().__init__(sign, length)
        self.sign, self.length = sign, length

    def __str__(self) -> str:
        if self.sign == "1":
            return "A receipt has no 1: write I or L, as it stood."
        if self.sign:
            return f"A receipt has letters and the digits 2 to 7 only, so there is no “{self.sign}” in it."
        return f"A receipt has {SIZE} letters, in 8 groups of 4; this one has {self.length}."


def receipt(commitment: bytes) -> str:
    """The receipt of a commitment: "ABCD-EFGH-…", 39 characters."""
    n, two = int.from_bytes(commitment, "big"), _PAIRS
    return (  # written out: a record of a million ballots has a million receipts
        f"{two[n >> 150]}{two[n >> 140 & 1023]}-{two[n >> 130 & 1023]}{two[n >> 120 & 1023]}-"
        f"{two[n >> 110 & 1023]}{two[n >> 100 & 1023]}-{two[n >> 90 & 1023]}{two[n >> 80 & 1023]}-"
        f"{two[n >> 70 & 1023]}{two[n >> 60 & 1023]}-{two[n >> 50 & 1023]}{two[n >> 40 & 1023]}-"
        f"{two[n >> 30 & 1023]}{two[n >> 20 & 1023]}-{two[n >> 10 & 1023]}{two[n & 1023]}"
    )


def read_receipt(text: str) -> bytes:
    """The commitment of a typed receipt: any case, with or without dashes and spaces, 0 for O and 8 for B.

    NoReceipt for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(_MEANT.get(sign, sign) for sign in plain if not _between(sign))
    strange = next((sign for sign in letters if sign not in LETTERS), "")
    if strange or len(letters) != SIZE:
        raise NoReceipt(strange, len(letters))
    return b32decode(letters)


def _between(sign: str) -> bool:
    """Whether a sign only stands between or around the groups: dashes, spaces, invisible ones, quotes."""
    return sign in _BETWEEN or unicodedata.category(sign) in ("Pd", "Zs", "Zl", "Zp", "Cc", "Cf") or sign == "−"
