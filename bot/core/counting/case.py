"""A count at hand: ballots and policies, and what several methods want to know of them, found out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from bot.core.counting import pairwise
from bot.core.counting.lots import drawn
from bot.core.counting.single_voice import Line, spoken
from bot.core.counting.values import Count, Form, Number, Policies, Profile, Ranking, Scores, Unranked


@dataclass(frozen=True)
class Case:
    """Ballots and policies. `zero` tells that a score left out is the lowest, whatever the policy says."""

    profile: Profile
    policies: Policies
    zero: bool = False

    @property
    def everybody(self) -> range:
        """The positions of all options."""
        return range(len(self.profile.options))

    def lot(self, stage: str, options: Sequence[int]) -> tuple[int, ...] | None:
        """The lot's order, the luckiest first; None without a seed."""
        return None if self.policies.seed is None else drawn(self.policies.seed, stage, options)

    def named(self, options: Sequence[int]) -> str:
        """The names of these options, to be printed."""
        return ", ".join(self.profile.options[option] for option in options)

    @cached_property
    def ballots(self) -> Number:
        """How many ballots there are."""
        return self.profile.ballots

    @cached_property
    def marked(self) -> tuple[tuple[tuple[int, ...], Number], ...]:
        """Ballots of marks, with their weights."""
        return cast("tuple[tuple[tuple[int, ...], Number], ...]", self.profile.groups)

    @cached_property
    def scored(self) -> tuple[tuple[Scores, Number], ...]:
        """Scored ballots, with their weights."""
        return cast("tuple[tuple[Scores, Number], ...]", self.profile.groups)

    @cached_property
    def ranked(self) -> tuple[tuple[Ranking, Number], ...]:
        """Ranked ballots, with their weights; a scored ballot ranks options of one score equal."""
        if self.profile.form is Form.RANKS:
            return cast("tuple[tuple[Ranking, Number], ...]", self.profile.groups)
        lowest = 0 if self.zero or self.policies.unranked is Unranked.BELOW else None
        return tuple((as_ranking(scores, lowest), weight) for scores, weight in self.scored)

    @cached_property
    def lines(self) -> list[tuple[Line, Number]]:
        """What each ballot says to a method that hears one option at a time."""
        return [(spoken(ranking, self.policies), weight) for ranking, weight in self.ranked]

    @cached_property
    def pairs(self) -> pairwise.Matrix:
        """The pairwise matrix; empty for ballots of marks, which compare nothing."""
        if self.profile.form is Form.MARKS:
            return ()
        return pairwise.matrix(self.ranked, len(self.profile.options), self.policies.unranked)


def as_ranking(scores: Scores, left_out: int | None) -> Ranking:
    """Scores as ranks. A score left out is `left_out`; None leaves the option unranked."""
    ranks: dict[int, list[int]] = {}
    for option, given in enumerate(scores):
        score = left_out if given is None else given
        if score is not None:
            ranks.setdefault(score, []).append(option)
    return tuple(tuple(ranks[score]) for score in sorted(ranks, reverse=True))


@dataclass(slots=True)
class Finding:
    """What a method says; the rest of a `Count` is the same for all of them."""

    winners: tuple[int, ...]
    tied: tuple[tuple[int, ...], ...] = ()
    order: tuple[tuple[int, ...], ...] = ()
    rounds: tuple[Any, ...] = ()
    margin: Number | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def written(case: Case, method: str, seats: int, found: Finding) -> Count:
    """The finding with all that is told of every count."""
    pairs = case.pairs
    return Count(
        method=method,
        policies=case.policies,
        options=case.profile.options,
        ballots=case.ballots,
        winners=found.winners,
        tied=found.tied,
        order=found.order,
        rounds=found.rounds,
        pairwise=pairs,
        condorcet_winner=pairwise.condorcet_winner(pairs),
        smith_set=pairwise.smith_set(pairs),
        margin=None if found.margin is None else pairwise.plain(found.margin),
        seats=seats,
        facts=found.facts,
    )
