"""How often each option of a scored poll got each score: what a total hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.poll.counted import Group
from bot.core.poll.values import BEST_SCORE, Poll


@dataclass(frozen=True, slots=True)
class Spread:
    """`given[n]` is how many votes, by weight, gave an option the score n; `blank` gave it none."""

    given: tuple[int, ...]
    blank: int

    @property
    def points(self) -> int:
        """All points together."""
        return sum(score * n for score, n in enumerate(self.given))


def spreads(poll: Poll, groups: Iterable[Group]) -> Mapping[str, Spread]:
    """By option, in the poll's order."""
    found: dict[str, Counter[int | None]] = {option.id: Counter() for option in poll.options}
    for marks, _, weight in groups:
        for option, counted in found.items():
            counted[marks.get(option)] += weight
    return {
        option: Spread(tuple(counted[score] for score in range(BEST_SCORE + 1)), counted[None])
        for option, counted in found.items()
    }
