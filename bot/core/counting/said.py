"""A count as a JSON object: every key always there, every number exact, every policy spelled out.

Whole numbers are numbers; others, and all tallies, are strings: "3", "0.5", or "1/3" where no decimal says it exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.counting.files.numbers import exact
from bot.core.counting.values import Count, Number, Policies, Round


def as_json(count: Count) -> dict[str, Any]:
    """The count with options by name. docs/counting.md says what each key holds.

    Where a method gives none, `pairwise`, `condorcet_winner` and `margin` are None, the others empty.
    """
    return {
        "method": count.method,
        "policies": policies(count.policies),
        "seats": count.seats,
        "ballots": number(count.ballots),
        "winners": _named(count, count.winners),
        "tied": [_named(count, group) for group in count.tied],
        "order": [_named(count, place) for place in count.order],
        "rounds": [_round(count, one) for one in count.rounds],
        "pairwise": _pairwise(count) if count.pairwise else None,
        "condorcet_winner": None if count.condorcet_winner is None else count.options[count.condorcet_winner],
        "smith_set": _named(count, count.smith_set),
        "margin": None if count.margin is None else number(count.margin),
        "facts": dict(count.facts),
    }


def policies(given: Policies) -> dict[str, Any]:
    """Every policy by its name, those left at their default too."""
    return {
        "unranked": str(given.unranked),
        "overvote": str(given.overvote),
        "max_skips": given.max_skips,
        "seed": given.seed,
        "threshold": f"{given.threshold.numerator}/{given.threshold.denominator}",
        "threshold_reached": given.threshold_reached,
        "quorum": given.quorum,
    }


def number(value: Number) -> int | str:
    """A whole number as it is, another as an exact string."""
    return int(value) if value.denominator == 1 else exact(value)


def _named(count: Count, options: Iterable[int]) -> list[str]:
    return [count.options[option] for option in options]


def _round(count: Count, one: Round) -> dict[str, Any]:
    """`transfers`, `tied` and `broken` only where there were any. In the order of options, never in that of ballots."""
    said: dict[str, Any] = {
        "tallies": {count.options[option]: exact(votes) for option, votes in one.tallies.items()},
        "eliminated": _named(count, one.eliminated),
        "elected": _named(count, one.elected),
        "exhausted": exact(one.exhausted),
    }
    if one.transfers:
        said["transfers"] = [
            {"from": count.options[option], "to": None if to is None else count.options[to], "votes": exact(votes)}
            for option, went in sorted(one.transfers.items())
            for to, votes in sorted(went.items(), key=lambda pair: (pair[0] is None, pair[0]))
        ]
    if one.tied:
        said |= {"tied": _named(count, one.tied), "broken": one.broken}
    return said


def _pairwise(count: Count) -> Mapping[str, Mapping[str, int | str]]:
    return {
        count.options[a]: {count.options[b]: number(votes) for b, votes in enumerate(row) if a != b}
        for a, row in enumerate(count.pairwise)
    }
