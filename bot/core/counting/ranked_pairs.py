"""Ranked pairs (Tideman) by winning votes: the strongest defeats are locked first, one that closes a circle is not.

Defeats are sorted by their winning votes, then by the fewest against. What are equal even so is where counts differ
silently, or never finish. With a seed their order is Zavist and Tideman's: by the winning option's place in the lot
`ranked-pairs`, the luckiest first, then by that of the losing one, the unluckiest first. Without one, whoever could win
by some order of the equal ones is a possible winner, and a single possible winner is the winner. The possible ones are
found without going through the orders wherever two bounds meet: nobody else can win, whom a defeat is locked against in
any order; and who wins when equal defeats are sorted in their favour, can win. Only where the bounds differ, orders are
followed, `STATES` of them at most; beyond that the wider bound is told, and `facts["tied-are"]` says "at-most".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.counting.branches import Outcome, outcomes
from bot.core.counting.case import Case, Finding
from bot.core.counting.pairwise import Matrix, closed, closest_head_to_head, condorcet_winner

Defeat = tuple[int, int]
Reach = tuple[int, ...]
"""For each option a bit mask of those that it is locked above, by whatever steps."""
State = tuple[int, Reach]
"""(classes done, what is locked)."""

STATES = 2_000


def ranked_pairs(case: Case, _seats: int) -> Finding:
    """See the module. `margin` is the closest head-to-head of a winner that beats everybody, else None."""
    classes = ranked_defeats(case.pairs)
    certain = forced(classes, len(case.everybody))
    lot = case.lot("ranked-pairs", case.everybody)
    possible: tuple[int, ...]
    if lot:
        locked = in_order(_by_lot(classes, lot), len(lot))
        tops = sources(locked)
        possible, exact = (min(tops, key=lot.index),), True
    else:
        locked = certain
        possible, exact = _possible(classes, certain)
    return _found(case, possible, exact, _layers(locked, possible), tie=len(sources(certain)) > 1, lot=bool(lot))


def ranked_defeats(pairs: Matrix) -> list[list[Defeat]]:
    """Classes of equally strong defeats (winner, loser), the strongest class first."""
    found: dict[tuple[int, int], list[Defeat]] = {}
    for a, row in enumerate(pairs):
        for b, votes in enumerate(row):
            if votes > pairs[b][a]:
                found.setdefault((votes, -pairs[b][a]), []).append((a, b))  # type: ignore[arg-type]
    return [found[strength] for strength in sorted(found, reverse=True)]


def lock(reach: Sequence[int], defeat: Defeat) -> Reach:
    """With this defeat locked, unless it is already so, or would close a circle."""
    winner, loser = defeat
    if reach[winner] >> loser & 1 or reach[loser] >> winner & 1:
        return tuple(reach)
    gained = reach[loser] | 1 << loser
    return tuple(mask | gained if option == winner or mask >> winner & 1 else mask for option, mask in enumerate(reach))


def in_order(defeats: Iterable[Defeat], options: int) -> Reach:
    """All locked one after the other."""
    reach: Reach = (0,) * options
    for defeat in defeats:
        reach = lock(reach, defeat)
    return reach


def sources(reach: Sequence[int]) -> tuple[int, ...]:
    """Those whom nothing is locked above."""
    below = 0
    for mask in reach:
        below |= mask
    return tuple(option for option in range(len(reach)) if not below >> option & 1)


def forced(classes: Sequence[Sequence[Defeat]], options: int) -> Reach:
    """What is locked in every order: a defeat on no circle with anything that may be locked before or beside it."""
    certain: Reach = (0,) * options
    may: list[Defeat] = []
    for defeats in classes:
        live = [(a, b) for a, b in defeats if not certain[b] >> a & 1]
        may += live
        around = _around(certain, may)
        for a, b in live:
            if not around[b] >> a & 1:
                certain = lock(certain, (a, b))
    return certain


def _around(reach: Sequence[int], defeats: Iterable[Defeat]) -> list[int]:
    wider = list(reach)
    for a, b in defeats:
        wider[a] |= 1 << b
    return closed(wider)


def _possible(classes: list[list[Defeat]], certain: Reach) -> tuple[tuple[int, ...], bool]:
    """Who can win in some order, and whether these are all and nobody else."""
    at_most = sources(certain)
    if len(at_most) == 1 or all(option in sources(_favouring(option, classes, len(certain))) for option in at_most):
        return at_most, True
    ends = outcomes((0, (0,) * len(certain)), lambda state: _ways(state, classes), STATES)
    return (at_most, False) if ends is None else (tuple(sorted(frozenset().union(*ends))), True)


def _favouring(option: int, classes: Sequence[Sequence[Defeat]], options: int) -> Reach:
    """What is locked where, of equal defeats, those come first that the option needs to be above all others."""
    reach: Reach = (0,) * options
    for defeats in classes:
        waiting = list(defeats)
        while helpful := [
            (a, b)
            for a, b in waiting
            if (a == option or reach[option] >> a & 1) and b != option and not reach[option] >> b & 1
        ]:
            reach = lock(reach, helpful[0])
            waiting = [defeat for defeat in waiting if defeat != helpful[0]]
        for defeat in sorted(waiting, key=lambda defeat: defeat[1] == option):
            reach = lock(reach, defeat)
    return reach


def _ways(state: State, classes: list[list[Defeat]]) -> Outcome | list[State]:
    """Every state that one more of the equal defeats leads to; those that no order can keep out go together."""
    done, reach = state
    if done == len(classes):
        return frozenset(sources(reach))
    live = [(a, b) for a, b in classes[done] if not reach[b] >> a & 1 and not reach[a] >> b & 1]
    if not live:
        return [(done + 1, reach)]
    around = _around(reach, live)
    free = [(a, b) for a, b in live if not around[b] >> a & 1]
    if not free:
        return [(done, lock(reach, defeat)) for defeat in live]
    for defeat in free:
        reach = lock(reach, defeat)
    return [(done, reach)]


def _by_lot(classes: Sequence[Sequence[Defeat]], lot: Sequence[int]) -> list[Defeat]:
    place = {option: number for number, option in enumerate(lot)}
    return [
        defeat
        for defeats in classes
        for defeat in sorted(defeats, key=lambda defeat: (place[defeat[0]], -place[defeat[1]]))
    ]


def _layers(reach: Reach, first: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The first ones, then whom nobody who is left is locked above, and so on."""
    order, left = [first], [option for option in range(len(reach)) if option not in first]
    while left:
        best = tuple(option for option in left if not any(reach[other] >> option & 1 for other in left))
        order.append(best)
        left = [option for option in left if option not in best]
    return tuple(order)


def _found(
    case: Case, possible: tuple[int, ...], exact: bool, order: tuple[tuple[int, ...], ...], *, tie: bool, lot: bool
) -> Finding:
    facts = {"variant": "winning-votes"}
    if len(possible) > 1:
        return Finding(
            (),
            (possible,),
            order,
            facts=facts | {"tie": "open", "tied-are": "possible-winners" if exact else "at-most"},
        )
    if tie:
        facts |= {"tie": "lot" if lot else "agreed"}
    winner = possible[0]
    if condorcet_winner(case.pairs) != winner or len(order) == 1:
        return Finding(possible, (), order, facts=facts)
    return Finding(
        possible, (), order, (), closest_head_to_head(case.pairs, winner), facts | {"margin-of": "closest-head-to-head"}
    )
