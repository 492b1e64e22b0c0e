"""Templates of polls: named, chosen, thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.picks import Line, pick
from bot.core.card import Action, Card, Form, FormField, Small, Style, Text
from bot.core.intents import DraftPoll, DropTemplate, SaveTemplate, UseTemplate
from bot.core.poll.values import Poll
from bot.core.text import cut
from bot.i18n import Words


def name_form(t: Words, poll: Poll, longest: int) -> Card:
    """Under which name the poll is kept."""
    field = FormField("name", t.plain("template.name"), hint=t.plain("template.name_hint"), most=longest)
    title = cut(t.plain("template.save_title"), 45)
    form = Form(title, SaveTemplate(poll.id), (field,), submit=t.plain("template.action.save"))
    again = Action(t.plain("template.action.save"), SaveTemplate(poll.id))
    return Card(cut(poll.question, 100), (Text(t("template.what")),), ((again,),), form=form, locale=t.locale)


def saved(t: Words, title: str, *, replaced: bool) -> Card:
    """It is kept."""
    said = t("template.replaced" if replaced else "template.saved", name=title)
    return Card(blocks=(Text(said),), actions=((_all(t),),), locale=t.locale)


def choose(t: Words, titles: Sequence[str]) -> Card:
    """The templates there are: one to start from, one to throw away."""
    if not titles:
        row = (Action(t.plain("panel.action.new"), DraftPoll(), Style.MAIN),)
        return Card(t.plain("template.title"), (Text(t("template.none")),), (row,), locale=t.locale)
    uses = [Line(title, UseTemplate(n)) for n, title in enumerate(titles, 1)]
    drops = [Line(title, DropTemplate(n)) for n, title in enumerate(titles, 1)]
    picks = (*pick(t, "template.use", uses), *pick(t, "template.drop", drops))
    return Card(t.plain("template.title"), (Small(t("template.count", n=len(titles))),), picks=picks, locale=t.locale)


def sure_to_drop(t: Words, n: int, title: str) -> Card:
    """Polls made from it stay."""
    yes = Action(t.plain("template.action.drop"), DropTemplate(n, sure=True), Style.DANGER)
    no = Action(t.plain("template.action.keep"), UseTemplate())
    return Card(blocks=(Text(t("template.sure_to_drop", name=title)),), actions=((yes, no),), locale=t.locale)


def _all(t: Words) -> Action:
    return Action(t.plain("template.action.all"), UseTemplate())
