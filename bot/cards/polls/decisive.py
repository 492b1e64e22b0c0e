"""The numbers that decided: counts where the most win, the last round where options leave, duels where all compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from bot.cards.polls.decided import letters
from bot.cards.polls.fit import each, short
from bot.cards.polls.numbers import number, points, votes, with_share
from bot.cards.polls.wording import bars, option_text
from bot.core.card import Bar, Bars, Block, Small, Text
from bot.core.counting.pairwise import plain
from bot.core.counting.values import Count, Number, Round
from bot.core.poll.decision import Status, decision
from bot.core.poll.result import Outcome
from bot.core.poll.values import BEST_SCORE, Poll, State
from bot.core.rich import Rich, bold, join, rich
from bot.i18n import Words

IN_ROUNDS = frozenset({"irv", "stv"})
COMPARING = frozenset({"schulze", "ranked-pairs", "minimax"})
MOST_DUELS = 4  # comparisons on a card where there is no single decisive one; the details have all


def decisive(t: Words, poll: Poll, outcome: Outcome, room: int) -> tuple[Block, ...]:
    """What decided, or decides so far. `room` is for the labels of all bars."""
    counted, status = outcome.count, decision(poll, outcome).status
    if counted is None or poll.kind not in ("ranked", "score"):
        return (bars(t, poll, outcome, room),)
    if status is Status.QUORUM_MISSED and poll.state is State.CLOSED and poll.kind == "ranked":
        return (Small(t("result.first_choices")), bars(t, poll, outcome, room))
    if counted.method in IN_ROUNDS:
        return last_round(t, poll, outcome, counted, room)
    if counted.method in COMPARING:
        return _compared(t, poll, outcome, counted, room)
    return (point_bars(t, poll, counted, room), *_runoff(t, poll, counted))


def bars_all(poll: Poll, outcome: Outcome) -> bool:
    """Whether every option has a bar in what decided, so that a list of them says nothing new."""
    return outcome.count is None or outcome.count.method not in IN_ROUNDS | COMPARING


def legend(t: Words, poll: Poll, shown: Iterable[Block], room: int) -> tuple[Block, ...]:
    """What the letters stand for that have no bar in what is shown; `room` is for all their texts."""
    barred = {bar.mark for block in shown if isinstance(block, Bars) for bar in block.bars}
    left = [option for option in poll.options if poll.letter(option.id) not in barred]
    label = each(room, len(left))
    lines = [f"{poll.letter(option.id)}, {short(option_text(t, option), label)}" for option in left]
    return (Small(join([*lines], " · ")),) if lines else ()


def last_round(t: Words, poll: Poll, outcome: Outcome, counted: Count, room: int) -> tuple[Block, ...]:
    """The last round, where its votes came from, and how many went to nobody."""
    rounds = counted.rounds
    title = Text(t("result.last_round", n=len(rounds), of=len(rounds)))
    said = [Small(one) for one in moves(t, poll, counted, len(rounds) - 2)] if len(rounds) > 1 else []
    return (title, tally_bars(t, poll, outcome, counted, rounds[-1], room), *said, *gone(t, poll, rounds[-1]))


def tally_bars(t: Words, poll: Poll, outcome: Outcome, counted: Count, one: Round, room: int) -> Bars:
    """A round's tallies, the most first."""
    label = each(room, len(one.tallies))
    order = sorted(one.tallies, key=lambda option: (-one.tallies[option], option))
    return Bars(tuple(_tally(t, poll, outcome, counted, option, one.tallies[option], label) for option in order))


def point_bars(t: Words, poll: Poll, counted: Count, room: int) -> Bars:
    """The points of each option, of all that there could be."""
    return Bars(tuple(_points(t, poll, counted, option, room) for option in range(len(poll.options))))


def moves(t: Words, poll: Poll, counted: Count, number_: int) -> list[Rich]:
    """Where the votes went that a round set free, a line for each option they were with."""
    one = counted.rounds[number_]
    return [
        t(
            "result.transfers" if option in one.eliminated else "result.surplus",
            option=poll.letter(counted.options[option]),
            round=number_ + 1,
            moves=t.listed(_went(t, poll, counted, went)),
        )
        for option, went in one.transfers.items()
        if any(to is not None or tells(n) for to, n in went.items())
    ]


def gone(t: Words, poll: Poll, one: Round) -> tuple[Small, ...]:
    """How much of the votes is with nobody."""
    return (Small(t("result.exhausted", n=votes(t, poll, plain(one.exhausted)))),) if tells(one.exhausted) else ()


def tells(n: Number) -> bool:
    """Whether a part of a vote is large enough to be told: Scottish STV leaves hundred-thousandths over."""
    return bool(round(float(n), 2))


def duel(t: Words, poll: Poll, counted: Count, a: int, b: int, names: Sequence[str]) -> Rich:
    """ "B beats A: 23 ballots to 18, 4 say nothing", whoever of them is ahead; `names` by position."""
    first, second = sorted((a, b), key=lambda option: (-counted.pairwise[option][a + b - option], option))
    more, less = plain(counted.pairwise[first][second]), plain(counted.pairwise[second][first])
    none = plain(counted.ballots - more - less)
    whole = none.denominator == 1
    said = int(none) if whole else number(t, none)
    if more == less:
        key = "result.level" if whole else "result.level_part"
        return t(key, first=names[first], second=names[second], each=votes(t, poll, more), none=said)
    key = "result.duel" if whole else "result.duel_part"
    more_said, less_said = votes(t, poll, more), number(t, less)
    return t(key, winner=names[first], loser=names[second], more=more_said, less=less_said, none=said)


def duels_that_decide(counted: Count) -> list[tuple[int, int]]:
    """The closest comparison of a winner that beats all others; else those within the group that goes in a circle."""
    if counted.condorcet_winner is not None:
        winner = counted.condorcet_winner
        rivals = [option for option in range(len(counted.options)) if option != winner]
        closest = min(rivals, key=lambda rival: _lead(counted, winner, rival), default=None)
        return [] if closest is None else [(winner, closest)]
    group = (*counted.winners, *(option for option in counted.smith_set if option not in counted.winners))
    return list(combinations(group, 2))[:MOST_DUELS]


def _compared(t: Words, poll: Poll, outcome: Outcome, counted: Count, room: int) -> tuple[Block, ...]:
    pairs = duels_that_decide(counted)
    names = [bold(poll.letter(option)) for option in counted.options]
    if counted.condorcet_winner is not None and pairs:
        return _one_duel(t, poll, outcome, counted, pairs[0], room)
    circle = Text(t("result.circle", options=letters(t, poll, tuple(counted.options[n] for n in counted.smith_set))))
    lines = [duel(t, poll, counted, a, b, names) for a, b in pairs]
    return (circle, Text(join([bold(t.plain("result.decisive_many")), *lines])))


def _one_duel(
    t: Words, poll: Poll, outcome: Outcome, counted: Count, pair: tuple[int, int], room: int
) -> tuple[Block, ...]:
    winner, rival = pair
    names = [poll.letter(option) for option in counted.options]
    said = t("result.decisive", duel=duel(t, poll, counted, winner, rival, names))
    both = ((winner, counted.pairwise[winner][rival]), (rival, counted.pairwise[rival][winner]))
    label = each(room, 2)
    return (Text(said), Bars(tuple(_tally(t, poll, outcome, counted, option, n, label) for option, n in both)))


def _tally(t: Words, poll: Poll, outcome: Outcome, counted: Count, option: int, n: Number, room: int) -> Bar:
    share = float(n / counted.ballots) if counted.ballots else 0.0
    return Bar(_label(t, poll, option, room), share, with_share(t, poll, outcome, plain(n)), _letter(poll, option))


def _points(t: Words, poll: Poll, counted: Count, option: int, room: int) -> Bar:
    n = counted.rounds[0].tallies.get(option, 0)
    best = len(poll.options) - 1 if counted.method == "borda" else BEST_SCORE
    label = _label(t, poll, option, each(room, len(poll.options)))
    return Bar(label, float(n / (counted.ballots * best)), points(t, plain(n)), _letter(poll, option))


def _runoff(t: Words, poll: Poll, counted: Count) -> tuple[Block, ...]:
    if counted.method != "star" or len(counted.rounds) < 2:
        return ()
    runoff, names = counted.rounds[1], [bold(poll.letter(option)) for option in counted.options]
    a, b = tuple(runoff.tallies)
    said = Text(t("result.runoff", duel=duel(t, poll, counted, a, b, names)))
    if not runoff.tied:
        return (said,)
    how = t.plain(f"details.broken.{runoff.broken or 'open'}")
    return said, Small(t("details.tie", options=t.listed([poll.letter(counted.options[n]) for n in (a, b)]), how=how))


def _went(t: Words, poll: Poll, counted: Count, went: Mapping[int | None, Number]) -> list[Rich]:
    """The most first, what went to nobody last."""
    told = [to for to in went if to is not None or tells(went[to])]
    order = sorted(told, key=lambda to: (to is None, -went[to], to or 0))
    return [
        t("result.nowhere", n=number(t, went[to]))
        if to is None
        else t("result.move", n=number(t, went[to]), option=poll.letter(counted.options[to]))
        for to in order
    ]


def _lead(counted: Count, winner: int, rival: int) -> tuple[Number, int]:
    return counted.pairwise[winner][rival] - counted.pairwise[rival][winner], rival


def _label(t: Words, poll: Poll, option: int, room: int) -> Rich:
    return rich(short(option_text(t, poll.options[option]), room))


def _letter(poll: Poll, option: int) -> str:
    return poll.letter(poll.options[option].id)
