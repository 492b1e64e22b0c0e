"""Schulze's method by winning votes: the strongest chain of defeats decides between any two."""

from __future__ import annotations

from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import told
from bot.core.counting.pairwise import Matrix, closest_head_to_head, condorcet_winner, plain, winning_votes
from bot.core.counting.values import Number


def schulze(case: Case, _seats: int) -> Finding:
    """Whoever has, to every other option, a chain of defeats at least as strong as that option's chain back.

    A defeat is as strong as its winning votes, a chain as its weakest defeat (Schulze 2011, "A new monotonic,
    clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method"). `margin` is the
    winner's closest head-to-head, or, where it loses one, the least that its chains are stronger than the chains back.
    """
    paths = strongest_paths(case.pairs)
    order = places_by(paths)
    best = order[0]
    drawn = case.lot("schulze", best) if len(best) > 1 else None
    winner = drawn[0] if drawn else best[0] if len(best) == 1 else None
    margin, of = (None, "") if winner is None else _margin(case.pairs, paths, winner)
    facts = {"variant": "winning-votes"} | told(best if len(best) > 1 else (), bool(drawn))
    return Finding(
        winners=() if winner is None else (winner,),
        tied=() if winner is not None else (best,),
        order=order,
        margin=margin,
        facts=facts if margin is None else facts | {"margin-of": of},
    )


def strongest_paths(pairs: Matrix) -> list[list[Number]]:
    """`[a][b]`: the strength of the strongest chain of defeats from a to b, 0 where there is none (Floyd–Warshall)."""
    paths = winning_votes(pairs)
    for through, onward in enumerate(paths):
        for start, row in enumerate(paths):
            first = row[through]
            if first and start != through:
                paths[start] = [
                    strength if strength >= (link := min(rest, first)) else link
                    for strength, rest in zip(row, onward, strict=True)
                ]
    for option, row in enumerate(paths):
        row[option] = 0
    return paths


def places_by(paths: list[list[Number]]) -> tuple[tuple[int, ...], ...]:
    """Options that no other is stronger than, then those that only these are stronger than, and so on."""
    left, order = list(range(len(paths))), []
    while left:
        best = tuple(a for a in left if not any(paths[b][a] > paths[a][b] for b in left))
        order.append(best)
        left = [option for option in left if option not in best]
    return tuple(order)


def _margin(pairs: Matrix, paths: list[list[Number]], winner: int) -> tuple[Number | None, str]:
    if condorcet_winner(pairs) == winner:
        return closest_head_to_head(pairs, winner), "closest-head-to-head"
    rivals = [option for option in range(len(paths)) if option != winner]
    return min(plain(paths[winner][rival] - paths[rival][winner]) for rival in rivals), "strongest-paths"
