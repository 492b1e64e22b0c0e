"""Stances on items, and their tally: counts first, and what each number is of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What a person says of an item. One for each person and item; the latest counts."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"  # noqa: S105 (a stance, no password)


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A stance as it is kept. `item_version` is the wording it was taken on."""

    article_id: str
    item_id: str
    actor_id: str
    actor_name: str
    stance: Stance
    pack_version: str
    item_version: str
    set_ms: int


@dataclass(frozen=True, slots=True)
class ItemTally:
    """How people answered one item. `earlier` of the answers were given to an earlier wording."""

    item_id: str
    agree: int = 0
    disagree: int = 0
    passed: int = 0
    earlier: int = 0

    @property
    def answered(self) -> int:
        """How many people answered at all."""
        return self.agree + self.disagree + self.passed

    def count(self, stance: Stance) -> int:
        """How many took this stance."""
        return {Stance.AGREE: self.agree, Stance.DISAGREE: self.disagree, Stance.PASS: self.passed}[stance]


@dataclass(frozen=True, slots=True)
class ArticleTally:
    """The whole of a place's discussion of an article: a tally for each item, and how many people took part.

    `people` are those who took a stance or cast a named ballot, each once; `anonymous` of the `ballots` can't be
    told apart from them, so they are counted by themselves.
    """

    items: tuple[ItemTally, ...]
    people: int
    polls: int
    ballots: int
    anonymous: int = 0

    def of(self, item_id: str) -> ItemTally:
        """The tally of one item: empty if nobody answered it."""
        return next((tally for tally in self.items if tally.item_id == item_id), ItemTally(item_id))


def tally_items(rows: Iterable[tuple[str, str, str, int]], versions: dict[str, str]) -> tuple[ItemTally, ...]:
    """Tallies from (item, stance, item version, count) rows; `versions` are today's wordings by item."""
    counts: dict[str, dict[str, int]] = {}
    for item, stance, version, count in rows:
        seen = counts.setdefault(item, dict.fromkeys((*Stance, "earlier"), 0))
        seen[stance] += count
        seen["earlier"] += count if version != versions.get(item) else 0
    return tuple(
        ItemTally(item, c[Stance.AGREE], c[Stance.DISAGREE], c[Stance.PASS], c["earlier"]) for item, c in counts.items()
    )
