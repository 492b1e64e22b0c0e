"""The polls of a place to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards.pages import page_note, turns
from bot.cards.polls.fit import each, short
from bot.cards.polls.wording import heading
from bot.core.card import Action, Block, Bullets, Card, Pick, PickOption, Text
from bot.core.intents import DraftPoll, ListPolls, ShowMyBallots, ShowPanel, ShowPoll, ShowResults
from bot.core.poll.values import Poll, State
from bot.core.rich import join, moment, rich
from bot.i18n import Words

SHOWN = 10  # polls written out; the picks offer all of a page
MOST = 25  # of each state to a page
LABELS = 2_500  # weight of all picks' labels: a whole answer stays under Discord's 8 kB


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of polls by state, newest first, and how many there are in all. `part` of `last`, from 0."""

    polls: Mapping[State, Sequence[Poll]]
    totals: Mapping[State, int]
    part: int = 0
    last: int = 0


def polls(t: Words, listed: Listed, *, moderator: bool) -> Card:
    """Open polls first, then closed ones; what one can do with each is one choice away."""
    open_, closed = listed.polls[State.OPEN], listed.polls[State.CLOSED]
    n_open, n_closed = listed.totals[State.OPEN], listed.totals[State.CLOSED]
    blocks: list[Block] = [Text(t("poll.list_open", n=n_open) if n_open else t("poll.list_none"))]
    if open_:
        blocks.append(Bullets(tuple(_line(t, poll) for poll in open_[:SHOWN])))
    if n_closed:
        blocks.append(Text(t("poll.list_closed", n=n_closed)))
    picks, room = [], each(LABELS, len(open_) + len(closed))
    if open_:
        chosen = tuple(_option(poll, ShowPoll(poll.id), room) for poll in open_)
        picks.append(Pick(t.plain("poll.pick_open"), chosen))
    if closed:
        chosen = tuple(_option(poll, ShowResults(poll.id), room) for poll in closed)
        picks.append(Pick(t.plain("poll.pick_closed"), chosen))
    row = [Action(t.plain("poll.action.all_mine"), ShowMyBallots())] if n_open or n_closed else []
    if moderator:
        row += [
            Action(t.plain("poll.action.start_new"), DraftPoll()),
            Action(t.plain("poll.action.panel"), ShowPanel()),
        ]
    rows = (turns(t, listed.part, listed.last, ListPolls), tuple(row))
    shown = (*blocks, *page_note(t, listed.part, listed.last))
    return Card(t.plain("poll.list_title"), shown, tuple(r for r in rows if r), tuple(picks), locale=t.locale)


def _line(t: Words, poll: Poll) -> str:
    name = rich(short(heading(t, poll), 150))
    if poll.closes_ms is None:
        return name
    return join([name, t("poll.closes_in", left=moment(poll.closes_ms, "R"))], " · ")


def _option(poll: Poll, intent: ShowPoll | ShowResults, room: int) -> PickOption:
    return PickOption(short(f"{poll.number} · {poll.question}", room), intent)
