"""From ballots one by one to a profile: equal ballots together, and none that its form doesn't allow.

Ten thousand equal ballots cost a count as much as one, so every count begins here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from bot.core.counting.values import Form, Profile

Ballot = tuple[Any, ...]


class BadBallot(ValueError):
    """A ballot that its form doesn't allow: `reason` is "unknown-option", "option-twice", "bad-score" or "length"."""

    def __init__(self, ballot: Ballot, reason: str) -> None:
        super().__init__(f"{reason}: {ballot!r}")
        self.ballot = ballot
        self.reason = reason


def grouped(options: Iterable[str], form: Form, ballots: Iterable[Ballot], *, most: int = 5, seats: int = 1) -> Profile:
    """The profile of these ballots, each of weight 1.

    A ranked ballot is a `Ranking`, or simply the options' positions from best to worst where no two are equal; a ballot
    of marks is the marked positions in any order; a scored one a score (or None) for each option. Raises BadBallot.
    """
    names = tuple(options)
    clean = _CLEAN[form](len(names), most)
    counted = Counter(ballots)
    cleaned = [clean(ballot) for ballot in counted]
    groups = zip([ballot for ballot, _ in cleaned], counted.values(), strict=True)
    ways = {way for _, way in cleaned}
    return Profile(names, form, tuple(groups) if len(ways) == 1 and "" not in ways else _merged(groups), most, seats)


def _merged(groups: Iterable[tuple[Ballot, int]]) -> tuple[tuple[Ballot, int], ...]:
    tidy: Counter[Ballot] = Counter()
    for ballot, weight in groups:
        tidy[ballot] += weight
    return tuple(tidy.items())


Clean = Callable[[Ballot], tuple[Ballot, str]]
"""The ballot as it should be, and in which way it was written; "" where two ways may have become equal."""


def _ranks(count: int, _most: int) -> Clean:
    rank_of = [(option,) for option in range(count)]
    flat, everybody = set(range(count)), set(rank_of)
    tidy: dict[Any, tuple[int, ...]] = {}  # each rank that was seen, as it should be

    def clean(ballot: Ballot) -> tuple[Ballot, str]:
        once = set(ballot)
        if len(once) == len(ballot) and once <= everybody:
            return ballot, "ranks"
        if len(once) == len(ballot) and once <= flat:
            return tuple(map(rank_of.__getitem__, ballot)), "flat"
        return tidied(ballot)

    def tidied(ballot: Ballot) -> tuple[Ballot, str]:
        try:
            ranking = tuple([tidy[rank] for rank in ballot])
        except KeyError:
            for rank in ballot:
                tidy[rank] = tuple(sorted(rank)) if isinstance(rank, tuple) else (rank,)
                _known(tidy[rank], count, ballot)
            return tidied(ballot)
        ranked = list(chain.from_iterable(ranking))
        if len(set(ranked)) != len(ranked):
            raise BadBallot(ballot, "option-twice")
        return (ballot, "ranks") if ranking == ballot else (ranking, "")

    return clean


def _marks(count: int, _most: int) -> Clean:
    def clean(ballot: Ballot) -> tuple[Ballot, str]:
        _known(ballot, count, ballot)
        return tuple(sorted(ballot)), ""

    return clean


def _scores(count: int, most: int) -> Clean:
    valid = {None, *range(most + 1)}

    def clean(ballot: Ballot) -> tuple[Ballot, str]:
        if len(ballot) != count:
            raise BadBallot(ballot, "length")
        if not valid.issuperset(ballot):
            raise BadBallot(ballot, "bad-score")
        return ballot, "scores"

    return clean


def _known(marked: Iterable[Any], count: int, ballot: Ballot) -> None:
    options = list(marked)
    if not all(isinstance(option, int) and 0 <= option < count for option in options):
        raise BadBallot(ballot, "unknown-option")
    if len(set(options)) != len(options):
        raise BadBallot(ballot, "option-twice")


_CLEAN: Mapping[Form, Callable[[int, int], Clean]] = {
    Form.RANKS: _ranks,
    Form.MARKS: _marks,
    Form.SCORES: _scores,
}
