"""The method of equal shares: every ballot holds the same share of the seats and spends it on what it approves.

Peters and Skowron's rule for approval ballots and options of one price ("Proportionality and the limits of welfarism",
2020). A ballot with marks holds 1; a seat costs valid ballots / seats. As long as some option's supporters can pay for
it, the one for which the most that any of them has to pay is the least is elected; each supporter pays that, or all it
has left. Equally dear: the one with more marks first. Seats that nobody can pay for any more go to the options with
the most marks (completion by approval). Ballots without a mark hold nothing.

Ties that this leaves: the lot `equal-shares/SEAT` (1 for the first seat) with a seed, the luckiest first. Without one
every way is followed, `STATES` states of them at most: whoever is elected in each of them is, and `tied` are those who
are elected in some. Beyond that the count ends with the tie itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.core.counting.branches import Outcome, outcomes
from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import places
from bot.core.counting.pairwise import plain
from bot.core.counting.values import Number, Round

STATES = 300
Purse = tuple[tuple[int, ...], Number, Fraction]
"""(marks, weight, what each of these ballots has left)."""
State = tuple[frozenset[int], tuple[Purse, ...]]


@dataclass(frozen=True, slots=True)
class Next:
    """Who is tied for the next seat, at what price for each supporter; None where marks alone decide."""

    options: tuple[int, ...]
    price: Fraction | None
    marks: Mapping[int, Number]


def equal_shares(case: Case, seats: int) -> Finding:
    """See the module. Rounds are the seats, with the marks of those who are still to be had as tallies."""
    seats = min(seats, len(case.everybody))
    purses = _purses(case)
    cost = Fraction(sum(weight for _, weight, _ in purses)) / max(seats, 1)
    state: State = (frozenset(), purses)
    winners: list[int] = []
    rounds: list[Round] = []
    while len(winners) < seats:
        said = _next(case, state, cost)
        lot = case.lot(f"equal-shares/{len(winners) + 1}", said.options) if len(said.options) > 1 else said.options
        tied = said.options if len(said.options) > 1 else ()
        if lot is None:
            return _open(case, state, seats, cost, winners, [*rounds, Round(said.marks, tied=tied)])
        winners.append(lot[0])
        rounds.append(Round(said.marks, lot[:1], tied=tied, broken="lot" if tied else ""))
        state = _bought(state, lot[0], said.price)
    return Finding(tuple(winners), order=tuple((o,) for o in winners), rounds=tuple(rounds), facts=_facts(rounds, cost))


def _purses(case: Case) -> tuple[Purse, ...]:
    return tuple(sorted((marks, weight, Fraction(1)) for marks, weight in case.marked if marks))


def _next(case: Case, state: State, cost: Fraction) -> Next:
    elected, purses = state
    marks: dict[int, Number] = {option: 0 for option in case.everybody if option not in elected}
    supporters: dict[int, list[tuple[Fraction, Number]]] = {option: [] for option in marks}
    for marked, weight, left in purses:
        for option in marked:
            if option in marks:
                marks[option] += weight
                supporters[option].append((left, weight))
    prices = {option: price for option in marks if (price := _price(supporters[option], cost)) is not None}
    lowest = min(prices.values(), default=None)
    able = [option for option in marks if lowest is None or prices.get(option) == lowest]
    return Next(places({option: marks[option] for option in able})[0], lowest, marks)


def _price(supporters: list[tuple[Fraction, Number]], cost: Fraction) -> Fraction | None:
    """The most that any supporter pays when each pays the same, or all it has; None where they can't pay together."""
    owed, heads = cost, sum(weight for _, weight in supporters)
    for left, weight in sorted(supporters):
        if left * heads >= owed:
            return Fraction(owed) / heads if heads else None
        owed -= left * weight
        heads -= weight
    return None


def _bought(state: State, option: int, price: Fraction | None) -> State:
    elected, purses = state
    if price is not None:
        purses = tuple(
            (marks, weight, max(left - price, Fraction(0)) if option in marks else left)
            for marks, weight, left in purses
        )
    return elected | {option}, purses


def _open(case: Case, state: State, seats: int, cost: Fraction, winners: list[int], rounds: list[Round]) -> Finding:
    def step(at: State) -> Outcome | list[State]:
        if len(at[0]) == seats:
            return at[0]
        said = _next(case, at, cost)
        return [_bought(at, option, said.price) for option in said.options]

    ends = outcomes(state, step, STATES)
    facts = _facts(rounds, cost)
    if ends is None:
        return Finding(tuple(winners), (rounds[-1].tied,), rounds=tuple(rounds), facts=facts | {"tie": "open"})
    sure = frozenset.intersection(*ends)
    elected = (*winners, *sorted(sure - set(winners)))
    disputed = tuple(sorted(frozenset.union(*ends) - sure))
    tied, tie = ((disputed,), "open") if disputed else ((), "agreed")
    return Finding(elected, tied, rounds=tuple(rounds), facts=facts | {"tie": tie})


def _facts(rounds: list[Round], cost: Fraction) -> dict[str, str]:
    lot = {"tie": "lot"} if any(kept.broken == "lot" for kept in rounds) else {}
    return {"price": str(plain(cost)), "completion": "most-approved"} | lot
