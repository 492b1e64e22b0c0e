"""Evidence as people see it: the receipt of a ballot, the root of a poll, whether a ballot counts, what that proves."""

from __future__ import annotations

from bot.cards.polls.wording import heading
from bot.core.card import Action, Block, Card, Form, FormField, Small, Text
from bot.core.intents import ShowPoll, VerifyReceipt
from bot.core.poll.result import withheld
from bot.core.poll.values import Poll, State
from bot.core.text import cut
from bot.i18n import Words

TITLE = 45  # units of a dialog's title
LONGEST = 120  # characters of a typed receipt, its spaces and a few words around it


def receipt_lines(t: Words, receipt: str) -> tuple[Block, ...]:
    """My receipt, beside the answer to a vote; only where nobody else sees it."""
    return (Small(t("evidence.receipt", receipt=receipt)),)


def root_line(t: Words, poll: Poll, ballots: int) -> Small | None:
    """The root of a closed poll over so many ballots that count; None before it is there."""
    return Small(t("evidence.root", root=poll.root, n=ballots)) if poll.root else None


def claim(t: Words, poll: Poll) -> Small:
    """What may be promised of a poll's ballots, and nothing more."""
    return Small(t("evidence.claim" if poll.secret else "evidence.claim_named"))


def verified(t: Words, poll: Poll, ballots: int, counted: bool) -> Card:
    """Whether a receipt stands for one of the ballots: of my own while the poll is open, of all once it has closed."""
    if poll.state is not State.CLOSED:
        said = t("evidence.mine" if counted else "evidence.not_mine", number=poll.number)
        return _card(t, poll, Text(said))
    said = t("evidence.counted" if counted else "evidence.not_counted", number=poll.number, n=ballots)
    return _card(t, poll, Text(said), *_sealed(t, poll, ballots))


def mine(t: Words, poll: Poll, receipt: str) -> Card:
    """My receipt in an open poll."""
    return _card(t, poll, *receipt_lines(t, receipt))


def ask(t: Words, poll: Poll, ballots: int) -> Card:
    """A closed poll's root, and the form for a receipt."""
    field = FormField("receipt", t.plain("evidence.field"), hint=t.plain("evidence.hint"), most=LONGEST)
    title = cut(t.plain("evidence.title", poll=heading(t, poll)), TITLE)
    form = Form(title, VerifyReceipt(poll.id), (field,), submit=t.plain("evidence.action.check"))
    again = ((Action(t.plain("evidence.action.check"), VerifyReceipt(poll.id)),),)
    return Card(title, (*_sealed(t, poll, ballots), claim(t, poll)), again, form=form, locale=t.locale)


def changed(t: Words, poll: Poll) -> Card:
    """The ballots that are kept aren't those of the posted root."""
    return _card(t, poll, Text(t("evidence.changed", root=poll.root)))


def _sealed(t: Words, poll: Poll, ballots: int) -> tuple[Block, ...]:
    """What binds the ballots of a closed poll, and how to do without our word."""
    if poll.root is None:
        return (Small(t("evidence.root_soon")),)
    last = t("evidence.withheld", n=ballots) if withheld(poll, ballots) else t("evidence.recount")
    return (Small(t("evidence.root", root=poll.root, n=ballots)), Small(last))


def _card(t: Words, poll: Poll, *blocks: Block) -> Card:
    title = t.plain("evidence.title", poll=cut(heading(t, poll), 80))
    actions = (
        (
            Action(
                t.plain("poll.action.results" if poll.state is State.CLOSED else "poll.action.vote"), ShowPoll(poll.id)
            ),
        ),
    )
    return Card(title, (*blocks, claim(t, poll)), actions, locale=t.locale)
