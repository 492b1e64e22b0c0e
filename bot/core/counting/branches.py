"""What may come of a count whose ties are left open: every way of going on, within bounds.

Where all ways end alike, the tie never mattered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

State = TypeVar("State", bound=Hashable)

Outcome = frozenset[int]
"""Those who may win in the end that a state has come to."""


def outcomes(start: State, step: Callable[[State], Outcome | Iterable[State]], most: int) -> frozenset[Outcome] | None:
    """All ends that can be reached from `start`; None where more than `most` states would have to be looked at.

    `step` gives an end, or the states that may follow. Each state is looked at once, so a state must hold all that its
    future depends on. How many there are doesn't depend on the order they are found in: neither does a refusal.
    """
    seen, waiting, ends = {start}, [start], set()
    while waiting:
        after = step(waiting.pop())
        if isinstance(after, frozenset):
            ends.add(after)
            continue
        fresh = set(after) - seen
        seen |= fresh
        if len(seen) > most:
            return None
        waiting.extend(fresh)
    return frozenset(ends)
