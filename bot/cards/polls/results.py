"""A poll for one person: their ballot, the counts if they may see them, and what they can do next."""

from __future__ import annotations

from bot.cards.polls import findings
from bot.cards.polls.board import choices, counted, further, relisted
from bot.cards.polls.evidence import root_line
from bot.cards.polls.fit import CARD, taken
from bot.cards.polls.mine import my_marks
from bot.cards.polls.wording import about_blocks, heading, rules_line
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
    rules = Small(rules_line(t, poll, outcome.ballots))
    options = relisted(t, poll, options, (*about_blocks(t, about, (*options, *my, rules)), *my, rules))
    said = about_blocks(t, about, (*options, *my, rules))
    if poll.state is State.CLOSED:
        shown = (*findings.result(t, poll, outcome, (*said, *my, rules), alone=True), *my)
    else:
        shown = counted(t, poll, outcome, options, *my, beside=(*said, rules)) if seen else (*options, *my)
    blocks = (*shown, *said, rules) if poll.state is State.CLOSED else (*said, *shown, rules)
    ways = further(t, poll, outcome) if poll.state is State.CLOSED else ()
    rows = (*actions[:-1], _mine_row(t, poll, mine, open_now=open_now), *ways)
    return Card(heading(t, poll), blocks, tuple(row for row in rows if row), locale=t.locale)


def results(t: Words, poll: Poll, outcome: Outcome, reasons: list[Ballot]) -> Card:
    """The results card, with the ways to the details and the picture."""
    sealed = root_line(t, poll, outcome.ballots)
    foot: tuple[Block, ...] = (*([sealed] if sealed else []), Small(rules_line(t, poll, outcome.ballots)))
    blocks = findings.result(t, poll, outcome, foot, alone=True)
    given = findings.reasons(t, poll, reasons, CARD - taken((*blocks, *foot)) - LONGEST_QUESTION)
    again = (
        Action(t.plain("poll.action.refresh"), ShowResults(poll.id)),
        Action(t.plain("poll.action.mine"), ShowPoll(poll.id)),
    )
    rows = (again, *further(t, poll, outcome)) if poll.state is State.OPEN else further(t, poll, outcome)
    return Card(heading(t, poll), (*blocks, *given, *foot), rows, locale=t.locale)


def _my_line(t: Words, poll: Poll, mine: Ballot | None, *, open_now: bool) -> tuple[Block, ...]:
    if mine is not None:
        return (Text(t("poll.my_ballot", option=my_marks(t, poll, mine))),)
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
