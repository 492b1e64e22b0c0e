"""Lots that anyone can draw again with the announced seed, and that nobody can choose.

To redo a lot by hand: for each tied option write the line `SEED/STAGE/POSITION` (the seed as announced; the stage as
the method names it, such as `irv/3` for the third round; the option's position on the ballot in decimal digits, 0 for
the first), take the SHA-256 of its UTF-8 bytes, and sort the options by the hexadecimal digests, ascending. Who comes
first is the luckiest: elected, advancing or staying before the others. Who has to leave is who comes last. A position,
not a name: renaming an option moves no lot.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def drawn(seed: str, stage: str, options: Iterable[int]) -> tuple[int, ...]:
    """These options in the lot's order, the luckiest first."""
    return tuple(sorted(options, key=lambda option: sha256(f"{seed}/{stage}/{option}".encode()).digest()))
