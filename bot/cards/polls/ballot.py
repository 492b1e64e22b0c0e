"""My ballot: the paper to fill in, and the answer to a vote. The answer is one line: it is drawn for every click."""

from __future__ import annotations

from typing import Protocol

from bot.cards.polls.wording import chosen, heading, lettered, marks_allowed
from bot.core.card import Action, Card, Choice, FieldKind, Form, FormField, Small, Text
from bot.core.intents import CastBallot, GiveReason, OpenBallot
from bot.core.poll.kinds import limits
from bot.core.poll.values import Ballot, Poll
from bot.core.rich import Rich, moment
from bot.core.text import cut
from bot.i18n import Words

TITLE = 45  # units of a dialog's title


class Vote(Protocol):
    """A poll with a voter's ballot before and after."""

    @property
    def poll(self) -> Poll: ...
    @property
    def before(self) -> Ballot | None: ...
    @property
    def after(self) -> Ballot | None: ...


def recorded(t: Words, vote: Vote) -> Card:
    """What became of a vote: recorded, taken back; and until when it can be changed."""
    poll = vote.poll
    if vote.after is None:
        return Card(blocks=(Text(t("poll.taken_back", number=poll.number)),), locale=t.locale)
    text = t("poll.recorded", option=chosen(t, poll, vote.after.marks), until=_until(t, poll))
    actions: tuple[tuple[Action, ...], ...] = ()
    if poll.rules.reasons:
        label = "poll.action.change_reason" if vote.after.reason else "poll.action.add_reason"
        actions = ((Action(t.plain(label), GiveReason(poll.id)),),)
    return Card(blocks=(Text(text),), actions=actions, locale=t.locale)


def paper(t: Words, poll: Poll, mine: Ballot | None) -> Card:
    """The ballot paper: nothing is marked but what I marked before."""
    least, most = limits(poll)
    marked = mine.marks if mine else {}
    options = tuple(Choice(o.id, lettered(t, poll, o), chosen=o.id in marked) for o in poll.options)
    kind = FieldKind.ONE if most == 1 else FieldKind.MANY
    label = t.plain("poll.paper_one") if most == 1 else cut(t.plain("poll.paper_many", least=least, most=most), TITLE)
    fields = [FormField("marks", label, kind, least=least, most=most, choices=options)]
    if poll.rules.reasons:
        fields.append(_reason_field(t, mine, 300))
    form = Form(
        cut(heading(t, poll), TITLE), CastBallot(poll.id, asked=True), tuple(fields), submit=t.plain("poll.action.cast")
    )
    blocks = (Small(marks_allowed(t, poll)),) if most > 1 else ()
    again = ((Action(t.plain("poll.action.vote"), OpenBallot(poll.id)),),)
    return Card(heading(t, poll), blocks, again, form=form, locale=t.locale)


def reason_form(t: Words, poll: Poll, mine: Ballot, longest: int) -> Card:
    """The form for a reason. Sending it empty takes the reason away."""
    form = Form(
        cut(t.plain("poll.reason_title"), TITLE),
        GiveReason(poll.id, asked=True),
        (_reason_field(t, mine, longest),),
        submit=t.plain("poll.action.send"),
    )
    again = ((Action(t.plain("poll.action.add_reason"), GiveReason(poll.id)),),)
    return Card(
        heading(t, poll), (Text(t("poll.reason_shown" if poll.named else "poll.reason_shown_bare")),), again, form=form
    )


def _reason_field(t: Words, mine: Ballot | None, longest: int) -> FormField:
    hint = t.plain("poll.reason_hint")
    value = (mine.reason if mine else None) or ""
    return FormField("reason", t.plain("poll.reason_label"), FieldKind.TEXT, hint, False, value, most=longest)


def _until(t: Words, poll: Poll) -> Rich:
    return t("poll.until", when=moment(poll.closes_ms)) if poll.closes_ms else t("poll.until_closed")
