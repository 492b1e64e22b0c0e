"""A result by two parts of the voters, shown only where every number is large enough to hide each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.poll.counted import tallied
from bot.core.poll.kinds import Marks
from bot.core.poll.values import Poll

FEWEST = 5  # in each cell and in what it leaves of its part; with two parts, each cell is also the other's complement
ALMOST_ALL = 0.9  # a larger share is not told: that all agreed would tell of each
PARTS = ("in", "out")  # has the role, or joined before the moment; and the others


@dataclass(frozen=True, slots=True)
class Breakdown:
    """For each part of the voters, in the order of PARTS: how many voted, and the marks by option id."""

    sizes: tuple[int, int]
    counts: tuple[Mapping[str, int], Mapping[str, int]]

    def share(self, part: int, option: str) -> float:
        """The share of a part's voters who marked the option, at most ALMOST_ALL: told as "at least"."""
        return min(self.counts[part][option] / self.sizes[part], ALMOST_ALL)


def shown(poll: Poll, groups: Iterable[tuple[str | None, Marks, int]]) -> Breakdown | None:
    """The breakdown of (part, marks, how many); None where a cell is too small, or somebody belongs to no part."""
    if not poll.rules.breakdown or poll.kind == "score":
        return None
    sizes: Counter[str | None] = Counter()
    marks: dict[str | None, list[tuple[Marks, int, int]]] = {}
    for part, ballot, n in groups:
        sizes[part] += n
        marks.setdefault(part, []).append((ballot, n, n))
    if set(sizes) != set(PARTS):
        return None
    first, second = (tallied(poll, marks[part]) for part in PARTS)
    found = Breakdown((sizes["in"], sizes["out"]), (first, second))
    return found if _hides_each(found) else None


def _hides_each(found: Breakdown) -> bool:
    """Whether no number stands for fewer than FEWEST voters: of those who marked an option, and who did not."""
    each = [(n, size - n) for size, counts in zip(found.sizes, found.counts, strict=True) for n in counts.values()]
    return all(min(cell) >= FEWEST for cell in each)
