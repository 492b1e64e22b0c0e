"""Methods that add up points: score and Borda."""

from __future__ import annotations

from fractions import Fraction

from bot.core.counting.case import Case, Finding, as_ranking
from bot.core.counting.leading import leading
from bot.core.counting.pairwise import plain
from bot.core.counting.values import Form, Number, Ranking

BORDA = "n-1 to 0, equal ranks share the mean, unranked 0"


def score(case: Case, seats: int) -> Finding:
    """The most points win. A score left out adds nothing, whatever the policy for what is unranked."""
    return leading(case, "score", seats, totals(case), {"margin-of": "points", "left-out": "0"})


def totals(case: Case) -> dict[int, Number]:
    """The points of each option."""
    found: dict[int, Number] = dict.fromkeys(case.everybody, 0)
    for scores, weight in case.scored:
        for option, given in enumerate(scores):
            if given:
                found[option] += given * weight
    return found


def borda(case: Case, seats: int) -> Finding:
    """The best of n options on a ballot gets n-1 points, the next n-2, and so on.

    Options ranked equal share the mean of the points of the ranks they take up; what a ballot leaves out gets none from
    it (the pessimistic way). Skipped ranks are closed up. In a scored ballot, options of one score are ranked equal.
    """
    count = len(case.profile.options)
    points: dict[int, Number] = dict.fromkeys(case.everybody, 0)
    halves = [0] * count  # int alone, in half points, while the weights are whole
    for ranks, weight in _ballots(case):
        best = count - 1
        for rank in ranks:
            share = (2 * best - len(rank) + 1) * weight
            best -= len(rank)
            for option in rank:
                halves[option] += share  # type: ignore[assignment]  # because a weight may be a Fraction
    points = {option: plain(Fraction(half, 2)) for option, half in enumerate(halves)}
    return leading(case, "borda", seats, points, {"margin-of": "points", "variant": BORDA})


def _ballots(case: Case) -> tuple[tuple[Ranking, Number], ...]:
    if case.profile.form is Form.RANKS:
        return case.ranked
    return tuple((as_ranking(scores, None), weight) for scores, weight in case.scored)
