"""My ballots: what I marked, where anybody can still tell."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.polls.fit import CARD, each, fitting, short
from bot.cards.polls.lists import LABELS
from bot.cards.polls.wording import chosen, heading
from bot.core.card import Action, Block, Bullets, Card, Pick, PickOption, Small, Text
from bot.core.intents import ListPolls, ShowMyBallots, ShowPoll
from bot.core.poll.values import Ballot, Poll, State
from bot.core.rich import Rich, rich
from bot.core.text import cut
from bot.i18n import Words

SHOWN = 20  # at most, of those that follow


def ballots(t: Words, mine: Sequence[tuple[Poll, Ballot]], skip: int, total: int, unlinked: int) -> Card:
    """My ballots, newest poll first; and how many closed anonymous polls can't be linked to anybody.

    `mine` are those of `total` that follow behind the first `skip`; as many of them are shown as fit.
    """
    lines = fitting([_line(t, poll, ballot) for poll, ballot in mine], CARD)
    blocks: list[Block] = [Bullets(lines)] if lines else [Text(t("poll.mine_none"))]
    if total > len(lines):
        blocks.append(Small(t("poll.mine_which", first=skip + 1, last=skip + len(lines), total=total)))
    if unlinked:
        blocks.append(Small(t("poll.mine_unlinked", n=unlinked)))
    actions = (*_turns(t, skip, skip + len(lines), total), Action(t.plain("action.polls"), ListPolls()))
    return Card(t.plain("poll.mine_title"), tuple(blocks), (actions,), _change(t, mine[: len(lines)]), locale=t.locale)


def _turns(t: Words, skip: int, shown: int, total: int) -> tuple[Action, ...]:
    """To those that follow behind the `shown` first ones, and back."""
    forward = [Action(t.plain("reader.next"), ShowMyBallots(shown))] if shown < total else []
    back = [Action(t.plain("reader.previous"), ShowMyBallots(max(0, skip - SHOWN)))] if skip else []
    return (*forward, *back)


def _change(t: Words, mine: Sequence[tuple[Poll, Ballot]]) -> tuple[Pick, ...]:
    """The votes that still can be changed."""
    polls = [poll for poll, _ in mine if poll.state is State.OPEN]
    room = each(LABELS, max(1, len(polls)))
    options = tuple(PickOption(short(heading(t, poll), room), ShowPoll(poll.id)) for poll in polls)
    return (Pick(t.plain("poll.pick_change"), options),) if options else ()


def my_marks(t: Words, poll: Poll, ballot: Ballot) -> Rich:
    """What I marked, and why it doesn't count where it was voided."""
    marked = chosen(t, poll, ballot.marks)
    return marked if ballot.void is None else t("result.mine_void", ballot=marked, reason=ballot.void)


def _line(t: Words, poll: Poll, ballot: Ballot) -> Rich:
    return Rich(f"{rich(cut(heading(t, poll), 80))}: {my_marks(t, poll, ballot)}")
