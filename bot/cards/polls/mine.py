"""My ballots: what I marked, where anybody can still tell."""

from __future__ import annotations

from bot.cards.polls.fit import CARD, each, fitting, short
from bot.cards.polls.lists import LABELS, MOST
from bot.cards.polls.wording import chosen, heading
from bot.core.card import Action, Block, Bullets, Card, Pick, PickOption, Small, Text
from bot.core.intents import ListPolls, ShowPoll
from bot.core.poll.values import Ballot, Poll, State
from bot.core.rich import Rich, rich
from bot.core.text import cut
from bot.i18n import Words

SHOWN = 20


def ballots(t: Words, mine: list[tuple[Poll, Ballot]], unlinked: int) -> Card:
    """My ballots, newest poll first; and how many closed anonymous polls can't be linked to anybody."""
    lines = fitting([_line(t, poll, ballot) for poll, ballot in mine[:SHOWN]], CARD)
    blocks: list[Block] = [Bullets(lines)] if lines else [Text(t("poll.mine_none"))]
    if len(mine) > len(lines):
        blocks.append(Small(t("poll.mine_more", n=len(mine) - len(lines))))
    if unlinked:
        blocks.append(Small(t("poll.mine_unlinked", n=unlinked)))
    return Card(t.plain("poll.mine_title"), tuple(blocks), _ways(t), _change(t, mine), locale=t.locale)


def _ways(t: Words) -> tuple[tuple[Action, ...], ...]:
    return ((Action(t.plain("action.polls"), ListPolls()),),)


def _change(t: Words, mine: list[tuple[Poll, Ballot]]) -> tuple[Pick, ...]:
    """The votes that still can be changed."""
    polls = [poll for poll, _ in mine if poll.state is State.OPEN][:MOST]
    room = each(LABELS, max(1, len(polls)))
    options = tuple(PickOption(short(heading(t, poll), room), ShowPoll(poll.id)) for poll in polls)
    return (Pick(t.plain("poll.pick_change"), options),) if options else ()


def my_marks(t: Words, poll: Poll, ballot: Ballot) -> Rich:
    """What I marked, and why it doesn't count where it was voided."""
    marked = chosen(t, poll, ballot.marks)
    return marked if ballot.void is None else t("result.mine_void", ballot=marked, reason=ballot.void)


def _line(t: Words, poll: Poll, ballot: Ballot) -> Rich:
    return Rich(f"{rich(cut(heading(t, poll), 80))}: {my_marks(t, poll, ballot)}")
