"""What a count takes and what it gives: ballots grouped, policies spelled out, a result that a sceptic can retrace.

Options are known by their position (0 for the first); their names stand in the profile alone, so that a name can never
change a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

Number = int | Fraction
Ranking = tuple[tuple[int, ...], ...]
"""A ranked ballot: groups of options ranked equal, best first. An empty group is a rank that was skipped."""
Approvals = tuple[int, ...]
"""A ballot of marks: the positions of the marked options, ascending. Also of a single mark."""
Scores = tuple[int | None, ...]
"""A scored ballot: a score for each option, None where it was left out."""


class Form(StrEnum):
    """The form of a profile's ballots."""

    MARKS = "marks"
    RANKS = "ranks"
    SCORES = "scores"


class Unranked(StrEnum):
    """What an option that a ballot leaves out is to that ballot: below all it ranks, or not compared at all."""

    BELOW = "below"
    NO_OPINION = "no-opinion"


class Overvote(StrEnum):
    """What an equal rank is to a method that hears one option at a time: the ballot's end, or a rank to skip."""

    EXHAUST = "exhaust"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Policies:
    """What a count decides where ballots leave it open. `max_skips` None: any number of skipped ranks is passed over.

    `seed` draws lots where a tie has to be broken and nothing in the ballots breaks it; without one, the tie stands.
    `threshold` is the share of the marks for and against that the first option of a motion must exceed (or reach,
    when `threshold_reached`), `quorum` the least number of ballots.
    """

    unranked: Unranked = Unranked.BELOW
    overvote: Overvote = Overvote.EXHAUST
    max_skips: int | None = None
    seed: str | None = None
    threshold: Fraction = Fraction(1, 2)
    threshold_reached: bool = False
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """All ballots of a count, equal ones together: (ballot, weight), the weight being how many cast it.

    `groups` is ordered in no particular way and no result may depend on its order. `most` is the highest score that
    could be given. `seats` is what a file says, 1 where it says nothing; `fixed` are the
    policies that the record of a poll says it was counted by. `people` cast the ballots, where weights make them more.
    """

    options: tuple[str, ...]
    form: Form
    groups: tuple[tuple[Ranking | Approvals | Scores, Number], ...]
    most: int = 5
    seats: int = 1
    fixed: Policies | None = None
    people: int | None = None

    @property
    def ballots(self) -> Number:
        """How many ballots there are, weights added up."""
        return sum((weight for _, weight in self.groups), start=0)


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it stood before anybody was elected or eliminated by it. Options by position.

    `transfers` says where the votes went that this round set free: {from: {to: votes}}, to None for exhausted.
    `broken` tells how a tie of this round was broken: "earlier-rounds", "head-to-head", "higher-score", "five-stars",
    "lot"; "together" where all who were tied left at once, "agreed" where it was left open because every way of
    breaking it elects the same (the rounds after it are those of one way); empty where there was none, or it stands.
    """

    tallies: Mapping[int, Number]
    elected: tuple[int, ...] = ()
    eliminated: tuple[int, ...] = ()
    exhausted: Number = 0
    transfers: Mapping[int, Mapping[int | None, Number]] = field(default_factory=dict)
    tied: tuple[int, ...] = ()
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What a method found. `winners` is empty where a tie stands: then `tied` says between whom.

    With several seats, `winners` are then those who are elected whatever comes of the tie.

    `order` is best first, options that share a place together, where the method gives an order. `pairwise[a][b]` is
    how many ballots prefer a to b. `margin` is by how many ballots (votes, points for scores) the last winner was ahead
    of the best who did not win, None where the method gives none. `facts` holds what else a method says of itself
    (a quota, a variant, the finalists), ready to be printed: `margin-of` what the margin is of, `tie` "open", "lot" or
    "agreed", `tied-are` "possible-winners", "tied-for-last" or "at-most" (these and nobody else, perhaps not all).
    """

    method: str
    policies: Policies
    options: tuple[str, ...]
    ballots: Number
    winners: tuple[int, ...]
    tied: tuple[tuple[int, ...], ...] = ()
    order: tuple[tuple[int, ...], ...] = ()
    rounds: tuple[Round, ...] = ()
    pairwise: tuple[tuple[Number, ...], ...] = ()
    condorcet_winner: int | None = None
    smith_set: tuple[int, ...] = ()
    margin: Number | None = None
    seats: int = 1
    facts: Mapping[str, str] = field(default_factory=dict)
