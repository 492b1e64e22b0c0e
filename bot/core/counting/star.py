"""STAR: score, then automatic runoff, with its official protocol for ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import cut, places
from bot.core.counting.scores import totals
from bot.core.counting.values import Number, Round

Tallies = Mapping[int, Number]
Breaker = tuple[str, Callable[[tuple[int, ...]], Tallies]]


@dataclass(frozen=True, slots=True)
class Picked:
    """The best of some: those who surely are among them, those tied for the rest, and what broke the last tie."""

    sure: tuple[int, ...]
    tied: tuple[int, ...] = ()
    first_tied: tuple[int, ...] = ()
    broken: str = ""


def star(case: Case, _seats: int) -> Finding:
    """The two options with the most points; of the two, the one that more ballots score higher.

    Ties for the runoff: who more ballots score higher than the others tied (with three or more, the votes of all these
    head-to-heads added up), then who has more of the highest score, then the lot `star/score`. Ties in the runoff: more
    points, then more of the highest score, then the lot `star/runoff`. Without a seed all finalists that a lot could
    draw are tried: where every runoff has the same winner, that is the winner. A score left out is 0.
    """
    points = totals(case)
    if len(points) < 2:
        return Finding(tuple(points), order=places(points), rounds=(Round(points, elected=tuple(points)),))
    scoring = _best(case, "star/score", tuple(points), 2, (("", lambda _: points), _heads(case), _highest(case)))
    runoffs = [_runoff(case, points, pair) for pair in _pairs(scoring)]
    possible = sorted({option for runoff in runoffs for option in runoff.sure + runoff.tied})
    if len(possible) > 1 or len(runoffs) > 1:
        return _several(case, points, scoring, runoffs, possible)
    return _decided(case, points, scoring, runoffs[0])


def _best(case: Case, stage: str, options: tuple[int, ...], needed: int, rules: tuple[Breaker, ...]) -> Picked:
    """The best by the first rule; what is tied for the rest, by the next rule, and by lot in the end."""
    sure: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    tied, broken = options, ""
    for name, tally in rules:
        more, left = cut(places(tally(tied)), needed - len(sure))
        sure, broken = sure + more, name if first else ""
        if not left:
            return Picked(sure, (), first, broken)
        tied, first = left, first or left
    drawn = case.lot(stage, tied)
    if drawn is None:
        return Picked(sure, tied, first)
    return Picked(sure + drawn[: needed - len(sure)], (), first, "lot")


def _pairs(scoring: Picked) -> list[tuple[int, int]]:
    """Every two that may meet in the runoff."""
    return [_two(scoring.sure + more) for more in combinations(scoring.tied, 2 - len(scoring.sure))]


def _two(options: tuple[int, ...]) -> tuple[int, int]:
    first, second = options
    return first, second


def _runoff(case: Case, points: Tallies, pair: tuple[int, int]) -> Picked:
    rules = (_heads(case), ("higher-score", lambda _: {option: points[option] for option in pair}), _highest(case))
    return _best(case, "star/runoff", pair, 1, rules)


def _heads(case: Case) -> Breaker:
    """Votes over the others of a group, head to head."""

    def tally(group: tuple[int, ...]) -> Tallies:
        return {a: sum((case.pairs[a][b] for b in group if b != a), start=0) for a in group}

    return "head-to-head", tally


def _highest(case: Case) -> Breaker:
    """How many ballots give an option the highest score there is."""

    def tally(group: tuple[int, ...]) -> Tallies:
        most = case.profile.most
        return {a: sum((weight for scores, weight in case.scored if scores[a] == most), start=0) for a in group}

    return "five-stars", tally


def _decided(case: Case, points: Tallies, scoring: Picked, runoff: Picked) -> Finding:
    winner = runoff.sure[0]
    loser = next(option for option in scoring.sure if option != winner)
    last = _last(case, scoring, Round({}, (winner,), (loser,), tied=runoff.first_tied, broken=runoff.broken))
    rest = places({option: tally for option, tally in points.items() if option not in last.tallies})
    by_lot = "lot" in (scoring.broken, runoff.broken)
    return Finding(
        winners=(winner,),
        order=((winner,), (loser,), *rest),
        rounds=(_scoring(points, scoring), last),
        margin=last.tallies[winner] - last.tallies[loser],
        facts={"finalists": case.named(scoring.sure), "left-out": "0", "margin-of": "runoff"}
        | ({"tie": "lot"} if by_lot else {}),
    )


def _several(case: Case, points: Tallies, scoring: Picked, runoffs: list[Picked], possible: list[int]) -> Finding:
    """The scoring round left more than one runoff open, or the runoff more than one winner."""
    facts = {"left-out": "0", "tie": "agreed" if len(possible) == 1 else "open"}
    if len(runoffs) == 1:
        last = _last(case, scoring, Round({}, tied=runoffs[0].tied))
        facts["finalists"] = case.named(scoring.sure)
        return Finding((), (tuple(possible),), rounds=(_scoring(points, scoring), last), facts=facts)
    if len(possible) == 1:
        return Finding(tuple(possible), rounds=(Round(points, tied=scoring.tied, broken="agreed"),), facts=facts)
    return Finding((), (tuple(possible),), rounds=(Round(points, tied=scoring.tied),), facts=facts)


def _scoring(points: Tallies, scoring: Picked) -> Round:
    out = tuple(option for option in sorted(points) if option not in scoring.sure)
    return Round(points, eliminated=out, tied=scoring.first_tied, broken=scoring.broken)


def _last(case: Case, scoring: Picked, runoff: Round) -> Round:
    """The runoff with its votes; who scores both finalists the same votes for neither."""
    a, b = scoring.sure
    votes = {a: case.pairs[a][b], b: case.pairs[b][a]}
    return replace(runoff, tallies=votes, exhausted=case.ballots - sum(votes.values()))
