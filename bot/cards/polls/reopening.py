"""Opening a closed poll again: until when, said back before it counts."""

from __future__ import annotations

from bot.cards.polls.wording import heading
from bot.core.card import Action, Card, Form, FormField, Rule, Small, Style, Text
from bot.core.intents import ReopenPoll, ShowPanel
from bot.core.poll.values import Poll
from bot.core.rich import moment
from bot.core.text import cut
from bot.i18n import Words


def reopen_form(t: Words, poll: Poll) -> Card:
    """The form for a new deadline, or none."""
    field = FormField("until", t.plain("panel.until"), hint=t.plain("reopen.until_hint"), required=False)
    intent = ReopenPoll(poll.id, poll.revision, asked=True)
    form = Form(cut(t.plain("reopen.title"), 45), intent, (field,), submit=t.plain("panel.action.reopen"))
    again = ((Action(t.plain("panel.action.reopen"), ReopenPoll(poll.id, poll.revision)),),)
    return Card(heading(t, poll), (Text(t("reopen.intro")),), again, form=form, locale=t.locale)


def sure_to_reopen(t: Words, poll: Poll, until_ms: int | None) -> Card:
    """The new deadline as it was understood; nothing is open yet."""
    asked = t("reopen.sure_never")
    if until_ms:
        asked = t("reopen.sure", until=moment(until_ms, "F"), left=moment(until_ms, "R"))
    intent = ReopenPoll(poll.id, poll.revision, sure=True, until_ms=until_ms or 0)
    yes = Action(t.plain("panel.action.reopen"), intent, Style.MAIN)
    no = Action(t.plain("panel.action.keep"), ShowPanel(poll.id))
    return Card(heading(t, poll), (Text(asked), Small(t("reopen.noted")), Rule()), ((yes, no),), locale=t.locale)
