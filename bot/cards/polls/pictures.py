"""The card around a poll's picture, and the button that leads to it."""

from __future__ import annotations

from bot.charts.setting import installed
from bot.core.card import Action, Card, Picture, Small, Text
from bot.core.chart import Chart
from bot.core.intents import ShowPicture, ShowResults
from bot.core.poll.values import Poll, State
from bot.i18n import Words


def picture_action(t: Words, poll: Poll) -> Action | None:
    """The button below a result; None where there is nothing to draw with, or nothing to draw."""
    if not installed() or poll.state in (State.DRAFT, State.ERASED):
        return None
    return Action(t.plain("chart.action"), ShowPicture(poll.id))


def pictured(t: Words, poll: Poll, chart: Chart, picture: Picture | None, view: str, views: tuple[str, ...]) -> Card:
    """The picture of a view, with the way to the other `views`; its words alone where there is no picture."""
    title = t.plain("chart.title", number=poll.number or 0, view=t.plain(f"chart.view.{view}"))
    words = () if picture else (Text(chart.alt), Small(t("chart.no_picture")))
    others = tuple(Action(t.plain(f"chart.view.{one}"), ShowPicture(poll.id, one)) for one in views if one != view)
    text = Action(t.plain("chart.as_text"), ShowResults(poll.id))
    return Card(title, words, ((*others, text),), locale=t.locale, pictures=(picture,) if picture else ())
