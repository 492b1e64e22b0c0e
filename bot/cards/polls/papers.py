"""What every ballot paper has: a title with the poll's number, a reason where there are reasons, a way back to it."""

from __future__ import annotations

from bot.cards.polls.wording import heading, lettered
from bot.core.card import Action, Block, Card, Choice, FieldKind, Form, FormField
from bot.core.intents import CastBallot, OpenBallot
from bot.core.poll.values import LONGEST_REASON, Ballot, Poll
from bot.core.text import cut
from bot.i18n import Words

TITLE = 45  # units of a dialog's title, and of a field's label


def title(t: Words, poll: Poll) -> str:
    """The dialog's title."""
    return cut(heading(t, poll), TITLE)


def paper_with(
    t: Words, poll: Poll, mine: Ballot | None, field: FormField, blocks: tuple[Block, ...], instead: Card | None = None
) -> Card:
    """A paper with one field for the marks; `instead` is another way for platforms that can't draw it."""
    fields = (field, reason_field(t, mine)) if poll.rules.reasons else (field,)
    form = Form(title(t, poll), CastBallot(poll.id, asked=True), fields, t.plain("poll.action.cast"), instead)
    again = ((Action(t.plain("poll.action.vote"), OpenBallot(poll.id)),),)
    return Card(heading(t, poll), blocks, again, form=form, locale=t.locale)


def reason_field(t: Words, mine: Ballot | None) -> FormField:
    """A line for the reason, with mine in it."""
    value = (mine.reason if mine else None) or ""
    hint, label = t.plain("poll.reason_hint"), t.plain("poll.reason_label")
    return FormField("reason", label, FieldKind.TEXT, hint, False, value, most=LONGEST_REASON)


def choices(t: Words, poll: Poll) -> tuple[Choice, ...]:
    """The options by their letters, as `Kind.write` writes them."""
    return tuple(Choice(poll.letter(option.id).lower(), lettered(t, poll, option)) for option in poll.options)
