"""From ballots one by one to a profile: equal ballots together, and none that its form doesn't allow.

Ten thousand equal ballots cost a count as much as one, so every count begins here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
    tidy: Counter[Ballot] = Counter()
    for ballot, weight in Counter(ballots).items():
        tidy[clean(ballot)] += weight
    return Profile(names, form, tuple(tidy.items()), most, seats)


def _ranks(count: int, _most: int) -> Callable[[Ballot], Ballot]:
    ranks = tuple((option,) for option in range(count))
    single: Mapping[Any, tuple[int, ...]] = {**dict(enumerate(ranks)), **{rank: rank for rank in ranks}}

    def clean(ballot: Ballot) -> Ballot:
        try:
            ranking: Ballot = tuple([single[rank] for rank in ballot])
        except (KeyError, TypeError):  # an equal rank, a skipped one, or a mistake
            ranking = tuple(tuple(sorted(rank)) if isinstance(rank, tuple) else (rank,) for rank in ballot)
            _known([option for rank in ranking for option in rank], count, ballot)
        else:
            if len(set(ranking)) != len(ranking):
                raise BadBallot(ballot, "option-twice")
        return ranking

    return clean


def _marks(count: int, _most: int) -> Callable[[Ballot], Ballot]:
    def clean(ballot: Ballot) -> Ballot:
        _known(ballot, count, ballot)
        return tuple(sorted(ballot))

    return clean


def _scores(count: int, most: int) -> Callable[[Ballot], Ballot]:
    def clean(ballot: Ballot) -> Ballot:
        if len(ballot) != count:
            raise BadBallot(ballot, "length")
        if not all(score is None or (isinstance(score, int) and 0 <= score <= most) for score in ballot):
            raise BadBallot(ballot, "bad-score")
        return ballot

    return clean


def _known(marked: Iterable[Any], count: int, ballot: Ballot) -> None:
    options = list(marked)
    if not all(isinstance(option, int) and 0 <= option < count for option in options):
        raise BadBallot(ballot, "unknown-option")
    if len(set(options)) != len(options):
        raise BadBallot(ballot, "option-twice")


_CLEAN: Mapping[Form, Callable[[int, int], Callable[[Ballot], Ballot]]] = {
    Form.RANKS: _ranks,
    Form.MARKS: _marks,
    Form.SCORES: _scores,
}
