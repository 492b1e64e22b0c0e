"""Who is preferred to whom by how many: the pairwise matrix, and what it says before any method does.

The matrix is filled a whole row at a time: the options below the one at hand are lanes of one long integer, so that a
ballot of twenty ranks costs twenty additions instead of a hundred and ninety.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from bot.core.counting.values import Number, Ranking, Unranked

Matrix = tuple[tuple[Number, ...], ...]
Ballots = Sequence[tuple[Ranking, Number]]

SPLIT = (4, 10)
"""With so many options, halves of rankings come up often enough to be counted for themselves."""


def matrix(ballots: Ballots, options: int, unranked: Unranked) -> Matrix:
    """`[a][b]`: the weight of the ballots that prefer a to b. Equal ranks prefer neither.

    What a ballot leaves out is below all it ranks, or (NO_OPINION) not compared with anything by that ballot.
    """
    scale = lcm(*{weight.denominator for _, weight in ballots})
    if {type(weight) for _, weight in ballots} <= {int}:
        whole = ballots
    else:  # fractions, some of them perhaps whole
        whole = [(ranking, int(weight * scale)) for ranking, weight in ballots]
    width = int(sum([weight for _, weight in whole])).bit_length() + 1
    lanes = [1 << (option * width) for option in range(options)]
    everybody = sum(lanes)
    rows = [0] * options
    if SPLIT[0] <= options <= SPLIT[1]:
        heads, tails, whole = _halves(whole, options)
        _add(rows, heads, lanes, everybody)
        _add(rows, tails, lanes, None)
    _add(rows, whole, lanes, everybody if unranked is Unranked.BELOW else None)
    mask = (1 << width) - 1
    return tuple(
        tuple([_unscaled((row >> (option * width)) & mask, scale) for option in range(options)]) for row in rows
    )


def _halves(ballots: Ballots, options: int) -> tuple[Ballots, Ballots, Ballots]:
    """Upper halves and lower halves of the ballots that rank every option, equal ones together; the other ballots.

    What the upper half is preferred to is known without the lower one's order, and there are far fewer halves.
    """
    heads: defaultdict[Ranking, Number] = defaultdict(int)
    tails: defaultdict[Ranking, Number] = defaultdict(int)
    rest: list[tuple[Ranking, Number]] = []
    middle = options // 2
    for ballot in ballots:
        ranking, weight = ballot
        if sum(map(len, ranking)) == options:
            heads[ranking[:middle]] += weight
            tails[ranking[middle:]] += weight
        else:
            rest.append(ballot)
    return list(heads.items()), list(tails.items()), rest


def _add(rows: list[int], ballots: Ballots, lanes: Sequence[int], everybody: int | None) -> None:
    """To each option's row, in the lane of each other one, how many prefer it to that one."""
    for ranking, weight in ballots:
        below = everybody if everybody is not None else sum([lanes[option] for rank in ranking for option in rank])
        for rank in ranking:
            if len(rank) == 1:
                (option,) = rank
                below -= lanes[option]
                rows[option] += weight * below  # type: ignore[assignment]  # because the weights are whole by now
            else:
                below -= sum([lanes[option] for option in rank])
                for option in rank:
                    rows[option] += weight * below  # type: ignore[assignment]  # the same


def _unscaled(value: int, scale: int) -> Number:
    return value if scale == 1 else plain(Fraction(value, scale))


def plain(value: Number) -> Number:
    """An int where the number is whole."""
    return int(value) if value.denominator == 1 else value


def winning_votes(pairs: Matrix) -> list[list[Number]]:
    """`[a][b]`: the votes for a over b where more prefer a to b than b to a, else 0."""
    everybody = range(len(pairs))
    return [[pairs[a][b] if pairs[a][b] > pairs[b][a] else 0 for b in everybody] for a in everybody]


def condorcet_winner(pairs: Matrix) -> int | None:
    """Who beats every other option head to head."""
    everybody = range(len(pairs))
    for a in everybody:
        if all(a == b or pairs[a][b] > pairs[b][a] for b in everybody):
            return a
    return None


def smith_set(pairs: Matrix) -> tuple[int, ...]:
    """The smallest group whose every member beats every option outside it.

    Those from whom every option can be reached by steps from one to another that it beats or ties with.
    """
    everybody = range(len(pairs))
    reach = [sum(1 << b for b in everybody if a == b or pairs[a][b] >= pairs[b][a]) for a in everybody]
    reach = closed(reach)
    return tuple(a for a in everybody if reach[a] == (1 << len(pairs)) - 1)


def closed(reach: Sequence[int]) -> list[int]:
    """The transitive closure of a relation: for each option a bit mask of those it reaches."""
    found = list(reach)
    for through in range(len(found)):
        bit, further = 1 << through, found[through]
        for option, mask in enumerate(found):
            if mask & bit:
                found[option] = mask | further
    return found


def closest_head_to_head(pairs: Matrix, winner: int) -> Number | None:
    """By how many ballots the winner beats whoever comes nearest; None if there is nobody else."""
    return min((plain(pairs[winner][b] - pairs[b][winner]) for b in range(len(pairs)) if b != winner), default=None)
