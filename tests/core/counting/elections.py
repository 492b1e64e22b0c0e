"""Elections for the tests: written as one would write them on paper, and as Hypothesis makes them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from bot.core.counting.values import Count, Form, Number, Profile, Ranking


def ranks(options: str, ballots: Mapping[str, Number]) -> Profile:
    """`ranks("A B C", {"A>B=C": 5, "C": 2})`: names are separated by spaces, ">>" skips a rank."""
    names = tuple(options.split())
    groups = tuple((_ranking(text, names), weight) for text, weight in ballots.items())
    return Profile(names, Form.RANKS, groups)


def _ranking(text: str, names: tuple[str, ...]) -> Ranking:
    if not text:
        return ()
    return tuple(
        tuple(sorted(names.index(name) for name in rank.split("="))) if rank else () for rank in text.split(">")
    )


def scores(options: str, ballots: Mapping[tuple[int | None, ...], Number]) -> Profile:
    """Scored ballots, each with its weight."""
    return Profile(tuple(options.split()), Form.SCORES, tuple(ballots.items()))


def marks(options: str, ballots: Mapping[str, Number]) -> Profile:
    """`marks("A B C", {"AB": 5, "": 2})`: names of one letter."""
    names = tuple(options.split())
    groups = tuple((tuple(sorted(names.index(name) for name in text)), weight) for text, weight in ballots.items())
    return Profile(names, Form.MARKS, groups)


def names(count: Count, options: tuple[int, ...] | None = None) -> str:
    """The winners' names, or those of other options."""
    return " ".join(count.options[option] for option in (count.winners if options is None else options))


@st.composite
def rankings(draw: st.DrawFn, count: int, *, equal: bool = True, full: bool = False) -> Ranking:
    """A ranking of `count` options or some of them."""
    order = draw(st.permutations(range(count)))
    kept = order if full else order[: draw(st.integers(0, count))]
    ranking: list[list[int]] = []
    for option in kept:
        if ranking and equal and draw(st.booleans()):
            ranking[-1].append(option)
        else:
            ranking.append([option])
    return tuple(tuple(sorted(rank)) for rank in ranking)


@st.composite
def ranked(
    draw: st.DrawFn, *, equal: bool = True, full: bool = False, options: tuple[int, int] = (2, 5), voters: int = 9
) -> Profile:
    """A small ranked electorate; small, so that ties are the rule."""
    count = draw(st.integers(*options))
    ballots = draw(st.lists(rankings(count, equal=equal, full=full), min_size=1, max_size=voters))
    weights = draw(st.lists(st.integers(1, 3), min_size=len(ballots), max_size=len(ballots)))
    merged: dict[Any, Number] = {}
    for ballot, weight in zip(ballots, weights, strict=True):
        merged[ballot] = merged.get(ballot, 0) + weight
    return Profile(tuple("ABCDEFGH"[:count]), Form.RANKS, tuple(merged.items()))


@st.composite
def scored(draw: st.DrawFn, *, most: int = 5, voters: int = 7, left_out: bool = True) -> Profile:
    """A small scored electorate."""
    count = draw(st.integers(2, 5))
    score = st.one_of(st.none(), st.integers(0, most)) if left_out else st.integers(0, most)
    ballots = draw(st.lists(st.tuples(*[score] * count), min_size=1, max_size=voters))
    merged: dict[Any, Number] = {}
    for ballot in ballots:
        merged[ballot] = merged.get(ballot, 0) + 1
    return Profile(tuple("ABCDEFGH"[:count]), Form.SCORES, tuple(merged.items()), most)


@st.composite
def approved(draw: st.DrawFn, *, voters: int = 8) -> Profile:
    """A small electorate that marks."""
    count = draw(st.integers(2, 5))
    ballot = st.sets(st.integers(0, count - 1)).map(lambda chosen: tuple(sorted(chosen)))
    ballots = draw(st.lists(ballot, min_size=1, max_size=voters))
    merged: dict[Any, Number] = {}
    for each in ballots:
        merged[each] = merged.get(each, 0) + 1
    return Profile(tuple("ABCDEFGH"[:count]), Form.MARKS, tuple(merged.items()))
