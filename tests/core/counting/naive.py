"""The methods once more, as slowly and plainly as they can be written: what the real ones are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from itertools import permutations, product

from bot.core.counting.values import Number, Profile, Ranking

Pairs = Sequence[Sequence[Number]]
Lines = list[list[int]]


def one_by_one(profile: Profile) -> list[Ranking]:
    """Every ballot for itself."""
    return [ballot for ballot, weight in profile.groups for _ in range(int(weight))]  # type: ignore[misc]


def pairs(profile: Profile, *, below: bool = True) -> list[list[int]]:
    """The pairwise matrix by looking up two places on each ballot."""
    count = len(profile.options)
    table = [[0] * count for _ in range(count)]
    for ballot in one_by_one(profile):
        place = {option: number for number, rank in enumerate(ballot) for option in rank}
        for a, b in permutations(range(count), 2):
            if below:
                table[a][b] += place.get(a, 99) < place.get(b, 99)
            elif a in place and b in place:
                table[a][b] += place[a] < place[b]
    return table


def schulze(table: Pairs) -> set[int]:
    """Who has no stronger chain against it, all chains being walked."""
    options = range(len(table))

    def strength(a: int, b: int, seen: frozenset[int]) -> tuple[Number, Number]:
        best: tuple[Number, Number] = (0, 0)
        for step in options:
            if step in seen or table[a][step] <= table[step][a]:
                continue
            link = (table[a][step], -table[step][a])
            best = max(best, link if step == b else min(link, strength(step, b, seen | {step})))
        return best

    chains = {(a, b): strength(a, b, frozenset({a})) for a, b in permutations(options, 2)}
    return {a for a in options if all(chains[a, b] >= chains[b, a] for b in options if a != b)}


def smith(table: Pairs) -> set[int]:
    """The smallest set that beats everybody outside it, by trying sets of growing size."""
    options = range(len(table))
    groups = sorted(product((False, True), repeat=len(table)), key=sum)
    for chosen in groups[1:]:
        inside = [option for option in options if chosen[option]]
        outside = [option for option in options if not chosen[option]]
        if all(table[a][b] > table[b][a] for a in inside for b in outside):
            return set(inside)
    raise AssertionError


def ranked_pairs(table: Pairs) -> set[int] | None:
    """Whom some order of the equal defeats leaves on top; None where there are too many orders to try."""
    options = range(len(table))
    classes: dict[tuple[Number, Number], list[tuple[int, int]]] = {}
    for a, b in permutations(options, 2):
        if table[a][b] > table[b][a]:
            classes.setdefault((-table[a][b], table[b][a]), []).append((a, b))
    ordered = [classes[key] for key in sorted(classes)]
    if max(map(len, ordered), default=0) > 5:
        return None
    found: set[int] = set()
    for orders in product(*(list(permutations(equal)) for equal in ordered)):
        locked: set[tuple[int, int]] = set()
        for equal in orders:
            for a, b in equal:
                if not _leads(locked, b, a):
                    locked.add((a, b))
        found |= {option for option in options if not any(b == option for _, b in locked)}
    return found


def _leads(locked: set[tuple[int, int]], start: int, end: int) -> bool:
    return start == end or any(_leads(locked, b, end) for a, b in locked if a == start)


def irv_any(lines: Lines, options: frozenset[int]) -> set[int]:
    """Who can win where each tie for last may be broken either way, whatever earlier rounds said."""
    tallies = _firsts(lines, options)
    leader = max(tallies, key=lambda option: tallies[option])
    if len(options) == 1 or 2 * tallies[leader] > sum(tallies.values()):
        return {leader}
    last = min(tallies.values())
    return set().union(*(irv_any(lines, options - {out}) for out in options if tallies[out] == last))


def irv(lines: Lines, options: frozenset[int], past: tuple[dict[int, int], ...] = ()) -> set[int]:
    """Who can win where earlier rounds break ties, and options that can only go together do."""
    tallies = _firsts(lines, options)
    leader = max(tallies, key=lambda option: tallies[option])
    if len(options) == 1 or 2 * tallies[leader] > sum(tallies.values()):
        return {leader}
    last = [option for option in options if tallies[option] == min(tallies.values())]
    others = [tallies[option] for option in options if option not in last]
    now = (*past, tallies)
    if len(last) > 1 and others and sum(tallies[option] for option in last) < min(others):
        return irv(lines, options - set(last), now)
    for earlier in reversed(past):
        fewest = min(earlier[option] for option in last)
        last = [option for option in last if earlier[option] == fewest]
    return set().union(*(irv(lines, options - {out}, now) for out in last))


def _firsts(lines: Lines, options: frozenset[int]) -> dict[int, int]:
    tallies = dict.fromkeys(options, 0)
    for line in lines:
        first = next((option for option in line if option in options), None)
        if first is not None:
            tallies[first] += 1
    return tallies


FIVE = Decimal("0.00001")
Stages = list[dict[int, Decimal]]


def stv(lines: Lines, count: int, seats: int) -> tuple[list[int], Stages] | None:
    """The winners and all stages by Scotland's rules, paper by paper; None as soon as there is any tie."""
    held: dict[int, list[list]] = {option: [] for option in range(count)}
    for line in filter(None, lines):
        held[line[0]].append([line, Decimal(1)])
    votes = {option: Decimal(len(pile)) for option, pile in held.items()}
    quota = int(sum(votes.values())) // (seats + 1) + 1
    hopeful, surplus, winners, stages = set(range(count)), set(), [], []
    while True:
        stages.append(dict(votes))
        newly = {option for option in hopeful if votes[option] >= quota or len(hopeful) <= seats - len(winners)}
        winners += newly
        hopeful -= newly
        surplus |= {option for option in newly if votes[option] > quota}
        if len(winners) >= seats or not hopeful:
            return winners, stages
        pool = surplus or hopeful
        giver = _only([votes[option] for option in pool], pool, max if surplus else min)
        if giver is None:
            return None
        if surplus:
            _cheapen(held[giver], votes[giver] - quota, votes[giver])
            votes[giver] = Decimal(quota)
            surplus.discard(giver)
        else:
            hopeful.discard(giver)
            del votes[giver]
        _hand_on(held.pop(giver), held, votes, hopeful)


def _only(tallies: list[Decimal], pool: set[int], pick: Callable[[list[Decimal]], Decimal]) -> int | None:
    """Whose tally is the greatest or the least, if it is one alone."""
    return dict(zip(tallies, pool, strict=True))[pick(tallies)] if tallies.count(pick(tallies)) == 1 else None


def _cheapen(pile: list[list], over: Decimal, total: Decimal) -> None:
    for paper in pile:
        paper[1] = (over * paper[1] / total).quantize(FIVE, ROUND_DOWN)


def _hand_on(pile: list[list], held: dict[int, list[list]], votes: dict[int, Decimal], hopeful: set[int]) -> None:
    for paper in pile:
        heir = next((option for option in paper[0] if option in hopeful), None)
        if heir is not None:
            held[heir].append(paper)
            votes[heir] += paper[1]


def lines_of(profile: Profile) -> Lines:
    """Strict ballots as lists of options."""
    return [[option for rank in ballot for option in rank] for ballot in one_by_one(profile)]


def relabelled(profile: Profile, order: Sequence[int]) -> Iterator[tuple[Ranking, Number]]:
    """The same ballots where option i stands at position `order[i]`."""
    for ballot, weight in profile.groups:
        yield tuple(tuple(sorted(order[option] for option in rank)) for rank in ballot), weight  # type: ignore[misc]
