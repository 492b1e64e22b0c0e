"""Ballots of a named poll, to void one for a reason or to count it again. What they mark is not told here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.picks import MOST, Line, pick
from bot.cards.polls.wording import heading
from bot.core.card import Action, Card, Form, FormField, Small, Style, Text
from bot.core.intents import CountAgain, ShowPanel, VoidBallot
from bot.core.poll.values import Ballot, Poll
from bot.core.text import cut
from bot.i18n import Words

LONGEST_REASON = 200


def token(voter: str) -> str:
    """A voter's id as a button carries it."""
    return voter.replace(":", ".", 1)


def ballots(t: Words, poll: Poll, found: Sequence[Ballot], part: int, *, more: bool, name: str) -> Card:
    """A page of ballots by name. `more`: there are others after these."""
    counted = [Line(_name(each), VoidBallot(poll.id, token(each.voter))) for each in found if each.void is None]
    voided = [
        Line(_name(each), CountAgain(poll.id, token(each.voter)), detail=each.void) for each in found if each.void
    ]
    picks = (*pick(t, "void.pick", counted), *pick(t, "void.pick_again", voided))
    said = t("void.none_named", name=cut(name, 100)) if name else t("void.none")
    turn = [Action(t.plain("void.action.find"), VoidBallot(poll.id, find=True))]
    turn += [Action(t.plain("void.action.earlier"), VoidBallot(poll.id, part=part - 1))] if part and not name else []
    turn += [Action(t.plain("void.action.later"), VoidBallot(poll.id, part=part + 1))] if more and not name else []
    back = Action(t.plain("void.action.back"), ShowPanel(poll.id))
    blocks = (Text(t("void.choose") if picks else said), Small(t("void.hint")))
    return Card(heading(t, poll), blocks, ((*turn, back),), picks, locale=t.locale)


def find_form(t: Words, poll: Poll) -> Card:
    """The form to look for a voter."""
    field = FormField("name", t.plain("void.name"), hint=t.plain("void.name_hint"), most=100)
    form = Form(cut(t.plain("void.action.find"), 45), VoidBallot(poll.id), (field,), submit=t.plain("void.action.find"))
    again = ((Action(t.plain("void.action.find"), VoidBallot(poll.id, find=True)),),)
    return Card(heading(t, poll), (), again, form=form, locale=t.locale)


def reason_form(t: Words, poll: Poll, ballot: Ballot) -> Card:
    """The form for the reason: sending it voids the ballot."""
    field = FormField("reason", t.plain("void.reason"), hint=t.plain("void.reason_hint"), most=LONGEST_REASON)
    intent = VoidBallot(poll.id, token(ballot.voter), asked=True)
    form = Form(cut(t.plain("void.title"), 45), intent, (field,), submit=t.plain("void.action.void"))
    again = ((Action(t.plain("void.title"), VoidBallot(poll.id, token(ballot.voter)), Style.DANGER),),)
    said = Text(t("void.sure", name=cut(ballot.name or "?", 80)))
    return Card(heading(t, poll), (said,), again, form=form, locale=t.locale)


def _name(ballot: Ballot) -> str:
    return ballot.name or ballot.voter


PAGE = MOST
