"""Profiles that a format can hold, for whoever has a round trip to test."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from bot.core.counting.files.numbers import simple
from bot.core.counting.values import Form, Profile

NAME = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters='"\u200b') | st.just(" "), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()))
WHOLE = st.integers(1, 10**6)
WEIGHT = WHOLE | st.builds(Fraction, st.integers(1, 10**6), st.sampled_from((2, 3, 7, 10, 125, 1000))).map(simple)


def names(least: int = 1, most: int = 6) -> st.SearchStrategy[tuple[str, ...]]:
    """Different names, none empty."""
    return st.lists(NAME.filter(bool), min_size=least, max_size=most, unique=True).map(tuple)


@st.composite
def ranking(draw: st.DrawFn, options: int, blank: bool = False, skips: bool = False) -> tuple[tuple[int, ...], ...]:
    """Some of the options in some order, some of them equal; skipped ranks never last."""
    order = draw(st.permutations(range(options)))
    ranked = order[: draw(st.integers(0 if blank else 1, options))]
    groups: list[tuple[int, ...]] = []
    for option in ranked:
        if groups and groups[-1] and draw(st.integers(0, 3)) == 0:
            groups[-1] = (*groups[-1], option)
            continue
        if skips:
            groups += [()] * draw(st.sampled_from((0, 0, 0, 1, 2)))
        groups.append((option,))
    return tuple(tuple(sorted(group)) for group in groups)


@st.composite
def ranked(
    draw: st.DrawFn, weights: st.SearchStrategy[Any] = WHOLE, blank: bool = False, skips: bool = False
) -> Profile:
    """A profile of rankings."""
    options = draw(names())
    kept = st.dictionaries(ranking(len(options), blank, skips), weights, max_size=8)
    return Profile(options, Form.RANKS, tuple(draw(kept).items()))


@st.composite
def marked(draw: st.DrawFn) -> Profile:
    """A profile of marks."""
    options = draw(names())
    ballot = st.sets(st.integers(0, len(options) - 1)).map(lambda marks: tuple(sorted(marks)))
    return Profile(options, Form.MARKS, tuple(draw(st.dictionaries(ballot, WHOLE, max_size=8)).items()))


@st.composite
def scored(draw: st.DrawFn, most: int | None = None) -> Profile:
    """A profile of scores, some left out."""
    options = draw(names())
    highest = most or draw(st.integers(2, 10))
    ballot = st.tuples(*[st.none() | st.integers(0, highest)] * len(options))
    groups = draw(st.dictionaries(ballot, WHOLE, max_size=8))
    return Profile(options, Form.SCORES, tuple(groups.items()), most=highest)


def grouped(profile: Profile) -> Mapping[Any, Any]:
    """The ballots without their order, which says nothing."""
    return dict(profile.groups)
