"""A count in rounds: how each stood, who left or was elected, how a tie was broken, whose votes went to whom."""

from __future__ import annotations

from bot.cards.polls.decided import letters
from bot.cards.polls.decisive import gone, moves, point_bars, tally_bars
from bot.core.card import Block, Small, Text
from bot.core.counting.values import Count, Round
from bot.core.poll.decision import named
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll
from bot.core.rich import Rich, bold
from bot.i18n import Words

LABELS = 500  # weight of the labels of a round's bars: 25 options keep 20 each, and a whole round fits a page


def rounds(t: Words, poll: Poll, outcome: Outcome, counted: Count) -> list[tuple[Block, ...]]:
    """Every round in parts that stand together: its bars under its heading, then what it did, line by line."""
    found: list[tuple[Block, ...]] = []
    for n, one in enumerate(counted.rounds):
        points = counted.method == "star" and n == 0
        bars = point_bars(t, poll, counted, LABELS) if points else tally_bars(t, poll, outcome, counted, one, LABELS)
        found.append((Text(bold(title(t, counted, n))), bars))
        found += [(Small(said),) for said in _did(t, poll, counted, n)]
        found += [left] if counted.method != "star" and (left := gone(t, poll, one)) else []
    return found


def title(t: Words, counted: Count, n: int) -> str:
    """What a round is called."""
    if counted.method == "star":
        return t.plain("details.scoring" if n == 0 else "details.runoff")
    if counted.method == "equal-shares":
        return t.plain("details.seat", n=n + 1)
    return t.plain("details.round", n=n + 1, of=len(counted.rounds))


def _did(t: Words, poll: Poll, counted: Count, n: int) -> list[Rich]:
    one = counted.rounds[n]
    said = [_tie(t, poll, counted, one)] if one.tied else []
    if one.elected:
        said.append(t("details.elected", options=letters(t, poll, named(counted, one.elected))))
    if one.eliminated and counted.method != "star":
        said.append(t("details.out", options=letters(t, poll, named(counted, one.eliminated))))
    return [*said, *moves(t, poll, counted, n)]


def _tie(t: Words, poll: Poll, counted: Count, one: Round) -> Rich:
    how = t.plain(f"details.broken.{one.broken or 'open'}")
    return t("details.tie", options=letters(t, poll, named(counted, one.tied)), how=how)
