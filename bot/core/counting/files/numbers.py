"""Numbers as files write them, exact and of a size that somebody can have meant."""

from __future__ import annotations

import re
from fractions import Fraction

from bot.core.counting.files.errors import Unwritable, Wrong
from bot.core.counting.values import Number

MOST_OPTIONS = 2000
"""More options than that have a pairwise matrix that no machine of ours holds."""
LARGEST_DENOMINATOR = 1000
"""Of a weight written as a fraction: sums of many such fractions stay small."""
_DIGITS = 15
_WHOLE = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_FRACTION = re.compile(r"([0-9]{1,15})/([0-9]{1,15})")


def shown(text: str, most: int = 24) -> str:
    """A piece of a file as a message quotes it: short, on one line, without controls."""
    tidy = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * most]).strip()
    return f"“{tidy}”" if len(tidy) <= most and len(text) <= 2 * most else f"“{tidy[:most]}…”"


def whole(text: str, what: str) -> int:
    """A whole number, 0 or more. `what` names it in the message: `12x, where …`."""
    if _WHOLE.fullmatch(text):
        return int(text)
    if text.isdecimal() and text.isascii():
        raise Wrong(f"{what}: a number of {len(text):,} digits; more than {_DIGITS} are not read")
    raise Wrong(f"{what}: {shown(text)} is not a whole number")


def weight(text: str) -> Number:
    """How many ballots a line stands for: `3`, `0.5` or `1/3`, more than 0."""
    if (parts := _FRACTION.fullmatch(text)) and 0 < int(parts[2]) <= LARGEST_DENOMINATOR:
        value = Fraction(int(parts[1]), int(parts[2]))
    elif _DECIMAL.fullmatch(text):
        value = Fraction(text)
    elif text.isdecimal() and text.isascii():
        raise Wrong(f"weight: a number of {len(text):,} digits; more than {_DIGITS} are not read")
    else:
        raise Wrong(f"weight: {shown(text)} is not a number such as 3, 0.5 or 1/3")
    if not value:
        raise Wrong("weight: a ballot that counts 0 times")
    return simple(value)


def simple(number: Number) -> Number:
    """The same number, as an int where it is whole."""
    return int(number) if number.denominator == 1 else number


def exact(number: Number) -> str:
    """A number in full: `3`, `0.125`, or `1/3` where no decimal says it exactly."""
    top, bottom = number.numerator, number.denominator
    places = _places(bottom)
    if places is None:
        return f"{top}/{bottom}"
    if not places:
        return str(top)
    digits = str(abs(top) * 10**places // bottom).rjust(places + 1, "0")
    return f"{'-' if top < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def written_weight(number: Number) -> str:
    """A weight that `weight` reads again. Unwritable: it is not in reach of that."""
    text = exact(number)
    try:
        if weight(text) == number:
            return text
    except Wrong:
        pass
    raise Unwritable(f"A ballot with the weight {shown(text)} can't be written.")


def _places(bottom: int) -> int | None:
    """How many decimal places a fraction in lowest terms needs; None where there is no end of them."""
    twos = fives = 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    return max(twos, fives) if bottom == 1 else None
