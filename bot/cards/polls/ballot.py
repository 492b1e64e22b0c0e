"""My ballot: the paper to fill in, and the answer to a vote. The answer is one line: it is drawn for every click."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.cards import notices
from bot.cards.polls import ranking, scoring
from bot.cards.polls.evidence import receipt_lines
from bot.cards.polls.papers import TITLE, paper_with, reason_field
from bot.cards.polls.wording import chosen, heading, lettered, marks_allowed
from bot.core.card import Action, Block, Card, Choice, FieldKind, Form, FormField, Small, Text
from bot.core.errors import Refusal
from bot.core.evidence.commitment import commitment
from bot.core.evidence.receipt import receipt
from bot.core.intents import FillBallot, GiveReason, OpenBallot, RetractBallot, UnmarkOption
from bot.core.poll import unfinished
from bot.core.poll.kinds import Marks, limits
from bot.core.poll.values import Ballot, Poll, State
from bot.core.rich import Rich, moment
from bot.core.text import cut
from bot.i18n import Words

ROW = 5  # buttons in a row
BY_STEPS = frozenset({"ranked", "score"})  # kinds of which a half-filled ballot can be gone on with


class Vote(Protocol):
    """A poll with a voter's ballot before and after."""

    @property
    def poll(self) -> Poll: ...
    @property
    def before(self) -> Ballot | None: ...
    @property
    def after(self) -> Ballot | None: ...


def recorded(t: Words, vote: Vote, pressed: str = "") -> Card:
    """What became of a vote: recorded, taken back; until when it can be changed, and how it is taken back.

    `pressed` is the option that a press was on: of several it can be taken back alone.
    """
    poll = vote.poll
    if vote.after is None:
        return Card(blocks=(Text(t("poll.taken_back", number=poll.number)),), locale=t.locale)
    text = t("poll.recorded", option=chosen(t, poll, vote.after.marks), until=_until(t, poll))
    row = _ways_on(t, poll, vote.after, pressed) if poll.state is not State.CLOSED else ()
    rows = (row,) if row else ()
    return Card(blocks=(Text(text), *my_receipt(t, poll, vote.after)), actions=rows, locale=t.locale)


def full(t: Words, refusal: Refusal, vote: Vote) -> Card:
    """An option too many: what is marked, each to be taken back."""
    poll, mine = vote.poll, vote.after
    said = notices.refusal(t, refusal)
    if mine is None:
        return said
    marked = Text(t("ballot.full", option=chosen(t, poll, mine.marks)))
    back = [_back(t, poll, option.id) for option in poll.options if option.id in mine.marks]
    rows = tuple(tuple(back[at : at + ROW]) for at in range(0, len(back), ROW))
    return replace(said, blocks=(*said.blocks, marked), actions=rows)


def _ways_on(t: Words, poll: Poll, mine: Ballot, pressed: str) -> tuple[Action, ...]:
    """Take it back: the option that was pressed, where others are marked too, or the whole; and a reason."""
    one = [_back(t, poll, pressed)] if pressed in mine.marks and len(mine.marks) > 1 else []
    whole = Action(t.plain("poll.action.retract" if one else "poll.action.take_back"), RetractBallot(poll.id))
    label = "poll.action.change_reason" if mine.reason else "poll.action.add_reason"
    reason = [Action(t.plain(label), GiveReason(poll.id))] if poll.rules.reasons else []
    return (*one, whole, *reason)


def _back(t: Words, poll: Poll, option: str) -> Action:
    return Action(t.plain("poll.action.take_one_back", letter=poll.letter(option)), UnmarkOption(poll.id, option))


def my_receipt(t: Words, poll: Poll, ballot: Ballot) -> tuple[Block, ...]:
    """The receipt of my ballot in a secret poll, for my eyes only; nothing in a named one, where it has its name."""
    if not poll.secret or not ballot.nonce:
        return ()
    return receipt_lines(t, receipt(commitment(poll.id, ballot.marks, ballot.nonce, weight=ballot.weight)))


def paper(t: Words, poll: Poll, mine: Ballot | None) -> Card:
    """The ballot paper: nothing is marked but what I marked before."""
    if poll.kind == "ranked":
        return ranking.paper(t, poll, mine)
    return scoring.paper(t, poll, mine) if poll.kind == "score" else _choosing(t, poll, mine)


def kept(t: Words, refusal: Refusal, poll: Poll, marks: Marks, *, go_on: bool) -> Card:
    """A refusal of a ballot with what was marked in it, so that nothing one did is lost, and a way on from it."""
    said = notices.refusal(t, refusal)
    blocks = (*said.blocks, Small(t("ballot.kept", option=chosen(t, poll, marks)))) if marks else said.blocks
    on = FillBallot(poll.id, unfinished.written(marks, poll)) if marks else OpenBallot(poll.id)
    rows = ((Action(t.plain("ballot.action.go_on" if marks else "poll.action.vote"), on),),) if go_on else ()
    return replace(said, blocks=blocks, actions=rows)


def _choosing(t: Words, poll: Poll, mine: Ballot | None) -> Card:
    least, most = limits(poll)
    marked = mine.marks if mine else {}
    options = tuple(Choice(o.id, lettered(t, poll, o), chosen=o.id in marked) for o in poll.options)
    kind = FieldKind.ONE if most == 1 else FieldKind.MANY
    label = t.plain("poll.paper_one") if most == 1 else cut(t.plain("poll.paper_many", least=least, most=most), TITLE)
    blocks = (Small(marks_allowed(t, poll)),) if most > 1 else ()
    return paper_with(t, poll, mine, FormField("marks", label, kind, least=least, most=most, choices=options), blocks)


def reason_form(t: Words, poll: Poll, mine: Ballot) -> Card:
    """The form for a reason. Sending it empty takes the reason away."""
    form = Form(
        cut(t.plain("poll.reason_title"), TITLE),
        GiveReason(poll.id, asked=True),
        (reason_field(t, mine),),
        submit=t.plain("poll.action.send"),
    )
    again = ((Action(t.plain("poll.action.add_reason"), GiveReason(poll.id)),),)
    return Card(
        heading(t, poll), (Text(t("poll.reason_shown" if poll.named else "poll.reason_shown_bare")),), again, form=form
    )


def _until(t: Words, poll: Poll) -> Rich:
    if poll.state is State.CLOSED:
        return t("poll.until_no_more")
    return t("poll.until", when=moment(poll.closes_ms)) if poll.closes_ms else t("poll.until_closed")
