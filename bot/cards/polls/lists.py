"""The polls of a place to choose from."""

from __future__ import annotations

from bot.cards.polls.fit import each, short
from bot.cards.polls.wording import heading
from bot.core.card import Action, Block, Bullets, Card, Pick, PickOption, Text
from bot.core.intents import DraftPoll, ShowMyBallots, ShowPanel, ShowPoll, ShowResults
from bot.core.poll.values import Poll
from bot.core.rich import join, moment, rich
from bot.i18n import Words

SHOWN = 10  # polls written out; the picks offer up to 25
MOST = 25
LABELS = 2_500  # weight of all picks' labels: a whole answer stays under Discord's 8 kB


def polls(t: Words, open_: list[Poll], closed: list[Poll], closed_in_all: int, *, moderator: bool) -> Card:
    """Open polls first, then closed ones; what one can do with each is one choice away.

    `closed` are the newest of the `closed_in_all` closed ones.
    """
    blocks: list[Block] = []
    if open_:
        blocks += [Text(t("poll.list_open", n=len(open_))), Bullets(tuple(_line(t, poll) for poll in open_[:SHOWN]))]
    else:
        blocks.append(Text(t("poll.list_none")))
    if closed:
        blocks.append(Text(t("poll.list_closed", n=closed_in_all)))
    picks, room = [], each(LABELS, len(open_[:MOST]) + len(closed[:MOST]))
    if open_:
        chosen = tuple(_option(poll, ShowPoll(poll.id), room) for poll in open_[:MOST])
        picks.append(Pick(t.plain("poll.pick_open"), chosen))
    if closed:
        chosen = tuple(_option(poll, ShowResults(poll.id), room) for poll in closed[:MOST])
        picks.append(Pick(t.plain("poll.pick_closed"), chosen))
    row = [Action(t.plain("poll.action.all_mine"), ShowMyBallots())] if open_ or closed else []
    if moderator:
        row += [
            Action(t.plain("poll.action.start_new"), DraftPoll()),
            Action(t.plain("poll.action.panel"), ShowPanel()),
        ]
    return Card(t.plain("poll.list_title"), tuple(blocks), (tuple(row),) if row else (), tuple(picks), locale=t.locale)


def _line(t: Words, poll: Poll) -> str:
    name = rich(short(heading(t, poll), 150))
    if poll.closes_ms is None:
        return name
    return join([name, t("poll.closes_in", left=moment(poll.closes_ms, "R"))], " · ")


def _option(poll: Poll, intent: ShowPoll | ShowResults, room: int) -> PickOption:
    return PickOption(short(f"{poll.number} · {poll.question}", room), intent)
