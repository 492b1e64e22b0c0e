"""Every counting method by its name, and the one way to count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.core.counting.case import Case, Finding, written
from bot.core.counting.equal_shares import equal_shares
from bot.core.counting.irv import irv
from bot.core.counting.marks import approval, plurality
from bot.core.counting.minimax import minimax
from bot.core.counting.motion import motion
from bot.core.counting.ranked_pairs import ranked_pairs
from bot.core.counting.schulze import schulze
from bot.core.counting.scores import borda, score
from bot.core.counting.star import star
from bot.core.counting.stv import stv
from bot.core.counting.values import Count, Form, Policies, Profile

DEFAULT = Policies()
MARKS, RANKS, SCORES = frozenset({Form.MARKS}), frozenset({Form.RANKS}), frozenset({Form.SCORES})


class UnfitBallots(ValueError):
    """The method can't be used on ballots of this form, or over so many options, without making something up."""

    def __init__(self, method: str, form: Form) -> None:
        super().__init__(f"{method} can't count {form}")
        self.method = method
        self.form = form


class UnfitSeats(ValueError):
    """The method can't fill so many seats: it elects one, or there are none to fill."""

    def __init__(self, method: str, seats: int) -> None:
        super().__init__(f"{method} can't fill {seats} seats")
        self.method = method
        self.seats = seats


class UnknownMethod(ValueError):
    """There is no counting method of this name."""

    def __init__(self, method: str) -> None:
        super().__init__(f"no method {method}")
        self.method = method


@dataclass(frozen=True, slots=True)
class Method:
    """A counting method. `zero` tells that a score left out is 0 to it, by its own rule; `sizes` is
    how many options it can decide between."""

    name: str
    forms: frozenset[Form]
    run: Callable[[Case, int], Finding]
    many_seats: bool = False
    zero: bool = False
    sizes: range = range(1, 1_000_000)

    def fits(self, profile: Profile) -> bool:
        """Whether it can count ballots of this form over so many options."""
        return profile.form in self.forms and len(profile.options) in self.sizes

    def count(self, profile: Profile, policies: Policies, seats: int = 1) -> Count:
        """The count of these ballots. Raises UnfitBallots, UnfitSeats."""
        self.check(profile, seats)
        return self.counted(Case(profile, policies, self.zero), seats)

    def counted(self, case: Case, seats: int) -> Count:
        """The count of a case that was checked."""
        return written(case, self.name, seats, self.run(case, seats))

    def check(self, profile: Profile, seats: int) -> None:
        """Raises UnfitBallots, UnfitSeats."""
        if not self.fits(profile):
            raise UnfitBallots(self.name, profile.form)
        if seats < 1 or (seats > 1 and not self.many_seats):
            raise UnfitSeats(self.name, seats)


METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method("plurality", MARKS | RANKS, plurality, many_seats=True),
        Method("approval", MARKS, approval, many_seats=True),
        Method("motion", MARKS, motion, sizes=range(2, 4)),
        Method("score", SCORES, score, many_seats=True, zero=True),
        Method("star", SCORES, star, zero=True),
        Method("borda", RANKS | SCORES, borda, many_seats=True),
        Method("irv", RANKS, irv),
        Method("schulze", RANKS | SCORES, schulze),
        Method("ranked-pairs", RANKS | SCORES, ranked_pairs),
        Method("minimax", RANKS | SCORES, minimax),
        Method("stv", RANKS, stv, many_seats=True),
        Method("equal-shares", MARKS, equal_shares, many_seats=True),
    )
}

SINGLE = ("plurality", "score", "star", "borda", "irv", "schulze", "ranked-pairs", "minimax")
"""Those that elect one from ranked or scored ballots, as `others` tells them."""


def count(profile: Profile, method: str, policies: Policies = DEFAULT, seats: int = 1) -> Count:
    """Count these ballots by a method's name. Raises UnknownMethod, UnfitBallots, UnfitSeats.

    Ballots of another form are accepted where their meaning is exact: scores as rankings with equal ranks by the
    pairwise methods and Borda, rankings by their first rank in plurality.
    """
    if method not in METHODS:
        raise UnknownMethod(method)
    return METHODS[method].count(profile, policies, seats)


def others(profile: Profile, policies: Policies, but: str) -> tuple[Count, ...]:
    """What every other method that elects one from such ballots says; nothing of ballots of marks.

    No lots are drawn: what a lot would say is no opinion of a method. The pairwise matrix is filled once for all.
    """
    if profile.form is Form.MARKS:
        return ()
    unlotted = replace(policies, seed=None)
    fitting = [METHODS[name] for name in SINGLE if name != but and METHODS[name].fits(profile)]
    cases = {zero: Case(profile, unlotted, zero) for zero in {method.zero for method in fitting}}
    return tuple(method.counted(cases[method.zero], 1) for method in fitting)
