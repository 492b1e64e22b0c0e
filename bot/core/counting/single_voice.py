"""What a ranked ballot says to a method that hears one option at a time: who is first, and who is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.core.counting.values import Number, Overvote, Policies, Ranking

Line = tuple[int, ...]
"""The options that a ballot speaks for one after the other."""


def spoken(ranking: Ranking, policies: Policies) -> Line:
    """The options in the order of their ranks, as far as the policies listen.

    An equal rank of several options ends the ballot or is passed over, whichever of them are still in the count. More
    than `max_skips` skipped ranks in a row end the ballot, at its beginning too; an equal rank that is passed over
    isn't a skipped one.
    """
    try:
        return tuple([option for (option,) in ranking])
    except ValueError:  # an equal rank, or a skipped one
        return _with_care(ranking, policies)


def _with_care(ranking: Ranking, policies: Policies) -> Line:
    line: list[int] = []
    skipped = 0
    for rank in ranking:
        skipped = 0 if rank else skipped + 1
        if policies.max_skips is not None and skipped > policies.max_skips:
            break
        if len(rank) > 1 and policies.overvote is Overvote.EXHAUST:
            break
        if len(rank) == 1:
            line.append(rank[0])
    return tuple(line)


def first_choices(ballots: Iterable[tuple[Line, Number]], remaining: Collection[int]) -> dict[int, Number]:
    """How many ballots each of the remaining options is the first for."""
    tallies: dict[int, Number] = dict.fromkeys(remaining, 0)
    for line, weight in ballots:
        for option in line:
            if option in tallies:
                tallies[option] += weight
                break
    return tallies
