"""Schulze's method by winning votes: the strongest chain of defeats decides between any two."""

from __future__ import annotations

from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import told
from bot.core.counting.pairwise import Matrix, closest_head_to_head, condorcet_winner
from bot.core.counting.values import Number


def schulze(case: Case, _seats: int) -> Finding:
    """Whoever has, to every other option, a chain of defeats at least as strong as that option's chain back.

    A chain is as strong as its weakest defeat. Of two defeats the one with more winning votes is stronger, where these
    are equal the one with fewer votes against: the relation that Schulze calls "winning votes" (2011, "A new monotonic,
    clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method"). Who compares the
    winning votes alone finds the same winner, or a tie that has ours in it. `margin` is the winner's closest
    head-to-head, or, where it loses one, the least by which its chains have more winning votes than the chains back.
    """
    strengths = _strengths(case.pairs)
    paths = strongest_paths(case.pairs, strengths)
    order = places_by(paths)
    best = order[0]
    drawn = case.lot("schulze", best) if len(best) > 1 else None
    winner = drawn[0] if drawn else best[0] if len(best) == 1 else None
    facts = {"variant": "winning-votes"} | told(best if len(best) > 1 else (), bool(drawn))
    if winner is None:
        return Finding((), (best,), order, facts=facts)
    margin, of = _margin(case.pairs, paths, [0, *(votes for votes, _ in strengths)], winner)
    return Finding((winner,), (), order, margin=margin, facts=facts if margin is None else facts | {"margin-of": of})


Strength = tuple[Number, Number]
"""(votes for the winner, minus those against it)."""


def _strengths(pairs: Matrix) -> list[Strength]:
    """The strengths that defeats have, the weakest first."""
    size = range(len(pairs))
    return sorted({(pairs[a][b], -pairs[b][a]) for a in size for b in size if pairs[a][b] > pairs[b][a]})


def strongest_paths(pairs: Matrix, strengths: list[Strength]) -> list[list[int]]:
    """`[a][b]`: the place (from 1) that the strongest chain from a to b has among the strengths, 0 where there is none.

    Floyd and Warshall's algorithm.
    """
    place = {strength: number for number, strength in enumerate(strengths, 1)}
    size = range(len(pairs))
    paths = [[place.get((pairs[a][b], -pairs[b][a]), 0) for b in size] for a in size]
    for through, onward in enumerate(paths):
        for start, row in enumerate(paths):
            first = row[through]
            if first and start != through:
                links = [min(first, rest) for rest in onward]
                paths[start] = [max(strength, link) for strength, link in zip(row, links, strict=True)]
    return paths


def places_by(paths: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """Options that no other is stronger than, then those that only these are stronger than, and so on."""
    left, order = list(range(len(paths))), []
    while left:
        best = tuple(a for a in left if not any(paths[b][a] > paths[a][b] for b in left))
        order.append(best)
        left = [option for option in left if option not in best]
    return tuple(order)


def _margin(pairs: Matrix, paths: list[list[int]], votes: list[Number], winner: int) -> tuple[Number | None, str]:
    if condorcet_winner(pairs) == winner:
        return closest_head_to_head(pairs, winner), "closest-head-to-head"
    rivals = [option for option in range(len(paths)) if option != winner]
    leads = [votes[paths[winner][rival]] - votes[paths[rival][winner]] for rival in rivals]
    return min(leads), "strongest-paths"
