"""Instant runoff: the last leaves, its ballots go on to their next choice, until one has more than half.

Ties for last are where counts differ silently, so here is all of it. Options tied for last that have fewer votes
together than the next one leave together: whoever went first, the others would follow. Otherwise the most recent
earlier round in which they differ decides: who had fewest then leaves. Otherwise the lot `irv/ROUND` with a seed (who
comes last in it leaves); without one every way of breaking the tie is followed. Where all elect the same option, that
is the winner, and the rounds shown are those of one way; else nobody is, and `tied` says who could be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from bot.core.counting.branches import Outcome, outcomes
from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import places
from bot.core.counting.lots import drawn
from bot.core.counting.single_voice import Line
from bot.core.counting.values import Number, Round

Standing = tuple[tuple[int, int], ...]
"""(option, place) for each that is still in, 0 the lowest: by the latest round, where equal there by the one before."""
Paper = tuple[Line, Number]
Transfers = dict[int, dict[int | None, Number]]


@dataclass(frozen=True, slots=True)
class Board:
    """Who is still in: the votes of each, and the papers, in as many heaps as they came in."""

    tallies: Mapping[int, Number]
    heaps: Mapping[int, tuple[list[Paper], ...]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a round says: who has won, who leaves, or who is tied for leaving."""

    elected: int | None = None
    leaving: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    broken: str = ""


def verdict(tallies: Mapping[int, Number], before: Mapping[int, int]) -> Verdict:
    """By this round's tallies and the places of the round before."""
    leader = max(tallies, key=lambda option: tallies[option])
    if len(tallies) == 1 or 2 * tallies[leader] > sum(tallies.values()):
        return Verdict(elected=leader)
    *_, above, last = ((), *places(tallies))
    if len(last) == 1:
        return Verdict(leaving=last)
    if above and sum(tallies[option] for option in last) < tallies[above[0]]:
        return Verdict(leaving=last, tied=last, broken="together")
    lowest = min(before[option] for option in last)
    still = tuple(option for option in last if before[option] == lowest)
    if len(still) == 1:
        return Verdict(leaving=still, tied=last, broken="earlier-rounds")
    return Verdict(tied=still)


def standing(tallies: Mapping[int, Number], before: Mapping[int, int], leaving: tuple[int, ...]) -> Standing:
    """The places of those who stay: by this round, where equal in it by the rounds before."""
    keys = {option: (tally, before[option]) for option, tally in tallies.items() if option not in leaving}
    place = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    return tuple(sorted((option, place[key]) for option, key in keys.items()))


def irv(case: Case, _seats: int) -> Finding:
    """See the module. `margin` is the winner's lead over the next in the last round, 0 where a tie decided that."""
    board = _dealt(case)
    before: dict[int, int] = dict.fromkeys(case.everybody, 0)
    rounds: list[Round] = []
    while True:
        said = verdict(board.tallies, before)
        possible: tuple[int, ...] = ()
        if said.tied and not said.leaving:
            said, possible = _broken(case, len(rounds) + 1, said, board, before)
        idle = case.ballots - sum(board.tallies.values())
        if said.elected is not None:
            return _elected(case, [*rounds, Round(board.tallies, (said.elected,), exhausted=idle)], said.elected)
        if not said.leaving:
            return _tied([*rounds, Round(board.tallies, exhausted=idle, tied=said.tied)], possible)
        before = dict(standing(board.tallies, before, said.leaving))
        after, moved = without(board, said.leaving)
        rounds.append(Round(board.tallies, (), said.leaving, idle, moved, said.tied, said.broken))
        board = after


def _dealt(case: Case) -> Board:
    """Every ballot with its first choice."""
    heirs = _heirs([case.lines], frozenset(case.everybody))
    tallies = {option: sum([weight for _, weight in heirs.get(option, ())]) for option in case.everybody}
    return Board(tallies, {option: (heirs[option],) if option in heirs else () for option in case.everybody})


def _heirs(heaps: Iterable[list[Paper]], remaining: Container[int]) -> dict[int | None, list[Paper]]:
    """The papers by their next choice among the remaining, None for those without one."""
    heirs: defaultdict[int | None, list[Paper]] = defaultdict(list)
    stays = remaining.__contains__
    for heap in heaps:
        for paper in heap:
            heirs[next(filter(stays, paper[0]), None)].append(paper)
    return heirs


def without(board: Board, leaving: tuple[int, ...]) -> tuple[Board, Transfers]:
    """The board once these have left, and who got their votes. The board given stays as it is."""
    tallies = {option: votes for option, votes in board.tallies.items() if option not in leaving}
    heaps = {option: board.heaps[option] for option in tallies}
    moved: Transfers = {}
    for gone in leaving:
        went: dict[int | None, Number] = {}
        for heir, papers in _heirs(board.heaps[gone], heaps).items():
            went[heir] = sum([weight for _, weight in papers])
            if heir is not None:
                tallies[heir] += went[heir]
                heaps[heir] += (papers,)
        moved[gone] = went
    return Board(tallies, heaps), moved


def _broken(
    case: Case, number: int, said: Verdict, board: Board, before: Mapping[int, int]
) -> tuple[Verdict, tuple[int, ...]]:
    """The tie broken by lot, or as it comes where that changes nothing; otherwise as it is, and who could win."""
    lot = case.lot(f"irv/{number}", said.tied)
    if lot:
        return Verdict(leaving=lot[-1:], tied=said.tied, broken="lot"), ()
    possible = _possible(board, before, min(5_000, max(300, WORK // (len(case.lines) or 1))))
    if len(possible) == 1:
        return Verdict(leaving=drawn("", f"irv/{number}", said.tied)[-1:], tied=said.tied, broken="agreed"), possible
    return said, possible


WORK = 5_000_000
"""Open ties are followed into so many states divided by the ballot groups, but into 300 at least, 5,000 at most."""


def _possible(board: Board, before: Mapping[int, int], most: int) -> tuple[int, ...]:
    """Who can win, following every way of breaking this tie and the later ones; nobody where that is too much."""
    boards = {frozenset(before): board}

    def step(state: Standing) -> Outcome | list[Standing]:
        places_before = dict(state)
        now = boards[frozenset(places_before)]
        said = verdict(now.tallies, places_before)
        if said.elected is not None:
            return frozenset({said.elected})
        ways = [said.leaving] if said.leaving else [(option,) for option in said.tied]
        for way in ways:
            left = frozenset(places_before).difference(way)
            if left not in boards:
                boards[left], _ = without(now, way)
        return [standing(now.tallies, places_before, way) for way in ways]

    ends = outcomes(tuple(sorted(before.items())), step, most)
    return () if ends is None else tuple(sorted(frozenset().union(*ends)))


def _tied(rounds: list[Round], possible: tuple[int, ...]) -> Finding:
    facts = {"tie": "open", "tied-are": "possible-winners" if possible else "tied-for-last"}
    return Finding((), (possible or rounds[-1].tied,), (), tuple(rounds), None, facts)


def _elected(case: Case, rounds: list[Round], winner: int) -> Finding:
    last = rounds[-1].tallies
    ties = [kept.broken for kept in rounds if kept.broken in ("lot", "agreed")]
    rest = {option: tally for option, tally in last.items() if option != winner}
    gone = [kept.eliminated for kept in reversed(rounds) if kept.eliminated]
    facts = {"margin-of": "final-round"} if len(case.everybody) > 1 else {}
    return Finding(
        winners=(winner,),
        order=((winner,), *places(rest), *gone),
        rounds=tuple(rounds),
        margin=last[winner] - max(rest.values()) if rest else 0 if facts else None,
        facts=facts | ({"tie": ties[-1]} if ties else {}),
    )
