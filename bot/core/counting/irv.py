"""Instant runoff: the last leaves, its ballots go on to their next choice, until one has more than half.

Ties for last are where counts differ silently, so here is all of it. Options tied for last that have fewer votes
together than the next one leave together: whoever went first, the others would follow. Otherwise the most recent
earlier round in which they differ decides: who had fewest then leaves. Otherwise the lot `irv/ROUND` with a seed (who
comes last in it leaves); without one every way of breaking the tie is followed. Where all elect the same option, that
is the winner, and the rounds shown are those of one way; else nobody is, and `tied` says who could be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.counting.branches import Outcome, outcomes
from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import places
from bot.core.counting.lots import drawn
from bot.core.counting.single_voice import Line, first_choices, projected
from bot.core.counting.values import Number, Round

Standing = tuple[tuple[int, int], ...]
"""(option, place) for each that is still in, 0 the lowest: by the latest round, where equal there by the one before."""
Piles = dict[int, list[tuple[Line, Number]]]

WORK = 1_000_000
"""Ballot groups that may be looked at for open ties, all ways together."""
STATES = 20_000


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
    piles: Piles = {option: [] for option in case.everybody}
    tallies: dict[int, Number] = dict.fromkeys(case.everybody, 0)
    _deal(case.lines, piles, tallies)
    before: dict[int, int] = dict.fromkeys(case.everybody, 0)
    rounds: list[Round] = []
    while True:
        said = verdict(tallies, before)
        if said.tied and not said.leaving:
            said = _broken(case, len(rounds) + 1, said, tallies, before)
        idle = case.ballots - sum(tallies.values())
        if not said.leaving:
            elected = () if said.elected is None else (said.elected,)
            rounds.append(Round(tallies, elected, exhausted=idle, tied=said.tied))
            return _ended(case, rounds, before)
        before = dict(standing(tallies, before, said.leaving))
        taken = {option: piles.pop(option) for option in said.leaving}
        after = {option: tallies[option] for option in piles}
        moved = {option: _deal(pile, piles, after) for option, pile in taken.items()}
        rounds.append(Round(tallies, (), said.leaving, idle, moved, said.tied, said.broken))
        tallies = after


def _deal(ballots: list[tuple[Line, Number]], piles: Piles, tallies: dict[int, Number]) -> dict[int | None, Number]:
    """Each ballot onto the pile of its next choice that has one; how many went where, None for nowhere."""
    went: dict[int | None, Number] = dict.fromkeys(piles, 0)
    nowhere: Number = 0
    for ballot in ballots:
        for option in ballot[0]:
            if option in piles:
                piles[option].append(ballot)
                went[option] += ballot[1]
                break
        else:
            nowhere += ballot[1]
    for option in piles:
        tallies[option] += went[option]
    return {option: votes for option, votes in went.items() if votes} | ({None: nowhere} if nowhere else {})


def _broken(
    case: Case, number: int, said: Verdict, tallies: Mapping[int, Number], before: Mapping[int, int]
) -> Verdict:
    lot = case.lot(f"irv/{number}", said.tied)
    if lot:
        return Verdict(leaving=lot[-1:], tied=said.tied, broken="lot")
    if len(_possible(case, tallies, before)) == 1:
        return Verdict(leaving=drawn("", f"irv/{number}", said.tied)[-1:], tied=said.tied, broken="agreed")
    return said


def _possible(case: Case, tallies: Mapping[int, Number], before: Mapping[int, int]) -> tuple[int, ...]:
    """Who can win, following every way of breaking this tie and the later ones; nobody where that is too much."""
    ballots = projected(case.lines, tallies)
    known: dict[frozenset[int], dict[int, Number]] = {}

    def step(state: Standing) -> Outcome | list[Standing]:
        places_before = dict(state)
        remaining = frozenset(places_before)
        if remaining not in known:
            known[remaining] = first_choices(ballots, remaining)
        said = verdict(known[remaining], places_before)
        if said.elected is not None:
            return frozenset({said.elected})
        ways = [said.leaving] if said.leaving else [(option,) for option in said.tied]
        return [standing(known[remaining], places_before, way) for way in ways]

    bound = min(STATES, max(32, WORK // (len(ballots) or 1)))
    ends = outcomes(tuple(sorted(before.items())), step, bound)
    return () if ends is None else tuple(sorted(frozenset().union(*ends)))


def _ended(case: Case, rounds: list[Round], before: Mapping[int, int]) -> Finding:
    last = rounds[-1]
    ties = [kept.broken for kept in rounds if kept.broken in ("lot", "agreed")]
    if not last.elected:
        possible = _possible(case, last.tallies, before)
        facts = {"tie": "open", "tied-are": "possible-winners" if possible else "tied-for-last"}
        return Finding((), (possible or last.tied,), (), tuple(rounds), None, facts)
    winner = last.elected[0]
    rest = {option: tally for option, tally in last.tallies.items() if option != winner}
    gone = [kept.eliminated for kept in reversed(rounds) if kept.eliminated]
    facts = {"margin-of": "final-round"} if len(case.everybody) > 1 else {}
    return Finding(
        winners=last.elected,
        order=((winner,), *places(rest), *gone),
        rounds=tuple(rounds),
        margin=last.tallies[winner] - max(rest.values()) if rest else 0 if facts else None,
        facts=facts | ({"tie": ties[-1]} if ties else {}),
    )
