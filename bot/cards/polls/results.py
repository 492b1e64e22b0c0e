"""A poll for one person: their ballot, the counts if they may see them, and what they can do next."""

from __future__ import annotations

from bot.cards.polls import findings
from bot.cards.polls.board import choices, counted
from bot.cards.polls.fit import CARD, taken
from bot.cards.polls.wording import about_blocks, chosen, heading, rules_line
from bot.core.card import Action, Block, Card, Small, Style, Text
from bot.core.intents import OpenBallot, RetractBallot, ShowPoll, ShowResults
from bot.core.poll.drafting import LONGEST_QUESTION
from bot.core.poll.result import Outcome, may_see
from bot.core.poll.values import About, Ballot, Poll, State
from bot.i18n import Words


def private(
    t: Words, poll: Poll, outcome: Outcome, mine: Ballot | None, about: About | None, *, open_now: bool
) -> Card:
    """A poll with my ballot in it, and its options to press while it is open."""
    options, actions = choices(t, poll) if open_now else ((), ())
    my = _my_line(t, poll, mine, open_now=open_now)
    seen = may_see(poll, voted=mine is not None)
    shown = counted(t, poll, outcome, options, *my) if seen else (*options, *my)
    blocks = (*about_blocks(t, about), *shown)
    row = (*actions[:-1], _mine_row(t, poll, mine, open_now=open_now))
    rows = tuple(actions_row for actions_row in row if actions_row)
    return Card(heading(t, poll), (*blocks, Small(rules_line(t, poll, outcome.ballots))), rows, locale=t.locale)


def results(t: Words, poll: Poll, outcome: Outcome, reasons: list[Ballot]) -> Card:
    """The results card."""
    blocks: tuple[Block, ...] = counted(t, poll, outcome, ())
    rules = Small(rules_line(t, poll, outcome.ballots))
    left = CARD - taken((*blocks, rules)) - LONGEST_QUESTION
    blocks = (*blocks, *findings.reasons(t, poll, reasons, left), rules)
    again = Action(t.plain("poll.action.refresh"), ShowResults(poll.id))
    rows = ((again, Action(t.plain("poll.action.mine"), ShowPoll(poll.id))),) if poll.state is State.OPEN else ()
    return Card(heading(t, poll), blocks, rows, locale=t.locale)


def _my_line(t: Words, poll: Poll, mine: Ballot | None, *, open_now: bool) -> tuple[Block, ...]:
    if mine is not None:
        return (Text(t("poll.my_ballot", option=chosen(t, poll, mine.marks))),)
    if open_now:
        return (Text(t("poll.not_voted")),)
    return () if poll.named else (Text(t("poll.cannot_tell")),)


def _mine_row(t: Words, poll: Poll, mine: Ballot | None, *, open_now: bool) -> tuple[Action, ...]:
    if not open_now:
        return ()
    form = Action(t.plain("poll.action.paper"), OpenBallot(poll.id), Style.PLAIN)
    if mine is None:
        return (form,)
    return (form, Action(t.plain("poll.action.retract"), RetractBallot(poll.id)))
