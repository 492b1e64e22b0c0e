"""Scottish STV: the single transferable vote as Scotland counts it (weighted inclusive Gregory, five decimals).

After the Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52. Quota: floor(valid / (seats + 1))
+ 1. Whoever has at least the quota is elected. The largest surplus goes first, every paper of the pile with it, at its
value times surplus / votes, to five decimals, the rest cut off. Where there is no surplus the last is excluded, and its
papers go on at the value they came with. As soon as no more are left than seats, they are elected.

Ties (which surplus first, who is excluded): the most recent earlier stage in which they differ, the larger surplus
first, the fewer votes excluded; then the lot `stv/STAGE`: of surpluses the luckiest's first, excluded is who comes
last. Options without any vote that are all to go, go together. Without a seed a tie that nothing breaks ends the count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import places
from bot.core.counting.pairwise import plain
from bot.core.counting.single_voice import Line
from bot.core.counting.values import Number, Round

UNIT = 100_000
"""Five decimals: all votes are counted in hundred-thousandths."""
Transfers = Mapping[int, Mapping[int | None, Number]]
Paper = tuple[Line, Number, int]
"""(whom it speaks for, how many ballots, the value of each in units)."""


@dataclass(slots=True)
class Table:
    """The counting table: piles of papers, and who is what. Votes in units."""

    seats: int
    quota: int
    piles: dict[int, list[Paper]]
    votes: dict[int, Number]
    elected: list[tuple[int, ...]] = field(default_factory=list)
    hopeful: set[int] = field(default_factory=set)
    surplus: set[int] = field(default_factory=set)
    past: list[dict[int, Number]] = field(default_factory=list)

    @property
    def vacancies(self) -> int:
        """Seats still to be filled."""
        return self.seats - sum(len(stage) for stage in self.elected)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is to be dealt with next: more than one only where all of them go together, or a tie stands."""

    options: tuple[int, ...]
    tied: tuple[int, ...] = ()
    broken: str = ""

    @property
    def open(self) -> bool:
        """Whether a tie stands."""
        return bool(self.tied) and not self.broken


def stv(case: Case, seats: int) -> Finding:
    """See the module. Rounds are the stages. `exhausted` is all that is with nobody: papers that are not transferable,
    and what was cut off after five decimals. `margin`: in the last stage in which somebody lost, the votes of the last
    who stayed less the most that a loser had."""
    table, valid = _laid(case, seats)
    rounds: list[Round] = []
    choice = Choice(())
    while True:
        newly = _elect(table)
        done = not table.vacancies or not table.hopeful
        choice = Choice(()) if done else _next(case, table, len(rounds) + 1)
        stage = _stage(case, table, newly, choice)
        table.past.append(dict(table.votes))
        if done or choice.open:
            rounds.append(stage({}))
            return _ended(case, table, rounds, choice, valid)
        rounds.append(stage(_transfer(table, choice)))


def _laid(case: Case, seats: int) -> tuple[Table, Number]:
    piles: dict[int, list[Paper]] = {option: [] for option in case.everybody}
    for line, weight in case.lines:
        if line:
            piles[line[0]].append((line, weight, UNIT))
    votes = {option: sum((weight for _, weight, _ in pile), start=0) * UNIT for option, pile in piles.items()}
    valid = plain(Fraction(sum(votes.values())) / UNIT)
    quota = int(valid // (seats + 1) + 1) * UNIT
    return Table(seats, quota, piles, votes, hopeful=set(piles)), valid


def _elect(table: Table) -> tuple[int, ...]:
    """Who has the quota; everybody, where no more are left than seats."""
    if len(table.hopeful) <= table.vacancies:
        newly = set(table.hopeful)
    else:
        newly = {option for option in table.hopeful if table.votes[option] >= table.quota}
    table.hopeful -= newly
    table.surplus |= {option for option in newly if table.votes[option] > table.quota}
    order = places({option: table.votes[option] for option in newly})
    table.elected += order
    return tuple(option for place in order for option in place)


def _next(case: Case, table: Table, number: int) -> Choice:
    stage = f"stv/{number}"
    if table.surplus:
        tied = places({option: table.votes[option] for option in table.surplus})[0]
        return _chosen(case, table, stage, tied, most=True)
    tied = places({option: table.votes[option] for option in table.hopeful})[-1]
    if len(tied) > 1 and not table.votes[tied[0]] and len(table.hopeful) - len(tied) >= table.vacancies:
        return Choice(tied, tied, "together")
    return _chosen(case, table, stage, tied, most=False)


def _chosen(case: Case, table: Table, stage: str, tied: tuple[int, ...], *, most: bool) -> Choice:
    if len(tied) == 1:
        return Choice(tied)
    still = tied
    for votes in reversed(table.past):
        still = places({option: votes[option] for option in still})[0 if most else -1]
        if len(still) == 1:
            return Choice(still, tied, "earlier-rounds")
    lot = case.lot(stage, still)
    if lot:
        return Choice(lot[:1] if most else lot[-1:], tied, "lot")
    return Choice(still, still)


def _transfer(table: Table, choice: Choice) -> dict[int, dict[int | None, Number]]:
    moved = {}
    for option in choice.options:
        if option in table.surplus:
            table.surplus.discard(option)
            moved[option] = _surplus(table, option)
        else:
            table.hopeful.discard(option)
            moved[option] = _deal(table, table.piles[option], table.votes.pop(option))
            table.piles[option] = []
    return moved


def _surplus(table: Table, option: int) -> dict[int | None, Number]:
    votes = table.votes[option]
    over = votes - table.quota
    pile = [(line, weight, int(value * over // votes)) for line, weight, value in table.piles[option]]
    table.votes[option], table.piles[option] = table.quota, []
    return _deal(table, pile, over)


def _deal(table: Table, pile: Sequence[Paper], freed: Number) -> dict[int | None, Number]:
    """The papers to their next choices. What of the freed votes nobody gets goes to None."""
    went: dict[int, Number] = {}
    for paper in pile:
        line, weight, value = paper
        for option in line:
            if option in table.hopeful:
                table.piles[option].append(paper)
                went[option] = went.get(option, 0) + weight * value
                break
    for option, gained in went.items():
        table.votes[option] += gained
    lost = freed - sum(went.values())
    return {option: _votes(gained) for option, gained in went.items()} | ({None: _votes(lost)} if lost else {})


def _votes(units: Number) -> Number:
    return plain(Fraction(units) / UNIT)


def _stage(case: Case, table: Table, newly: tuple[int, ...], choice: Choice) -> Callable[[Transfers], Round]:
    """The stage as it stands, waiting for what is transferred after it."""
    tallies = {option: _votes(votes) for option, votes in table.votes.items()}
    leaving = () if choice.open else tuple(option for option in choice.options if option in table.hopeful)
    idle = plain(case.ballots - sum(tallies.values()))
    return lambda moved: Round(tallies, newly, leaving, idle, moved, choice.tied, choice.broken)


def _ended(case: Case, table: Table, rounds: list[Round], choice: Choice, valid: Number) -> Finding:
    winners = tuple(option for place in table.elected for option in place)
    gone = [stage.eliminated for stage in reversed(rounds) if stage.eliminated]
    facts = {"quota": str(table.quota // UNIT), "valid": str(valid)}
    if choice.open:
        kind = "surplus" if table.surplus else "exclusion"
        return Finding(winners, (choice.options,), (), tuple(rounds), None, facts | {"tie": "open", "tied-for": kind})
    margin = _margin(rounds)
    return Finding(
        winners=winners,
        order=(*table.elected, *places({option: table.votes[option] for option in table.hopeful}), *gone),
        rounds=tuple(rounds),
        margin=margin,
        facts=facts
        | ({} if margin is None else {"margin-of": "last-decision"})
        | ({"tie": "lot"} if any(stage.broken == "lot" for stage in rounds) else {}),
    )


def _margin(rounds: Sequence[Round]) -> Number | None:
    in_before = set(rounds[-1].tallies)
    for number in range(len(rounds) - 1, -1, -1):
        stage = rounds[number]
        elected = {option for earlier in rounds[: number + 1] for option in earlier.elected}
        losers = set(stage.eliminated) or (in_before - elected if number == len(rounds) - 1 else set())
        if losers:
            stayed = set(stage.elected) if not stage.eliminated else set(stage.tallies) - elected - losers
            return min((stage.tallies[option] for option in stayed), default=0) - max(
                stage.tallies[option] for option in losers
            )
    return None
