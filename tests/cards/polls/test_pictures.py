"""The card around a picture, and where its button stands."""

from __future__ import annotations

import pytest

from bot.cards.polls import pictures
from bot.cards.polls.pictures import picture_action, pictured
from bot.charts.results import results
from bot.core.card import Picture
from bot.core.codec import encode
from bot.core.intents import ShowPicture, ShowResults
from bot.core.poll.values import Poll, PollOption, State
from bot.core.text import units
from bot.i18n import LOCALES, words
from tests.charts.subjects import counted, subject
from tests.support import actions, said

VIEWS = ("results", "rounds", "scores", "pairs")
POLL = Poll("p" * 10, "x", "Which?", "ranked", (PollOption("a", "A"), PollOption("b", "B")), state=State.OPEN, number=7)
CHART = results(subject(counted("plurality")))
PICTURE = Picture("poll-7-results.png", b"light", "image/png", CHART.alt, b"dark", (840, 400))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("view", VIEWS)
def test_it_leads_to_the_other_views_and_to_the_words(locale: str, view: str) -> None:
    """Never to itself; labels a phone shows whole."""
    card = pictured(words(locale), POLL, CHART, PICTURE, view, VIEWS)
    others = [ShowPicture(POLL.id, one) for one in VIEWS if one != view]
    assert [action.intent for action in actions(card)] == [*others, ShowResults(POLL.id)]
    assert all(units(action.label) <= 34 and len(encode(action.intent)) <= 64 for action in actions(card))
    assert card.pictures == (PICTURE,) and "7" in card.title


def test_without_a_picture_all_its_words() -> None:
    """And that it couldn't be drawn."""
    card = pictured(words("en"), POLL, CHART, None, "results", ("results",))
    assert card.pictures == ()
    assert CHART.alt.split("\n")[2] in said(card) and "can't be drawn" in said(card)


@pytest.mark.parametrize(
    ("state", "there"),
    [(State.DRAFT, False), (State.OPEN, True), (State.CLOSED, True), (State.ERASED, False)],
)
def test_the_button_is_there_where_there_is_something_to_draw(state: State, there: bool) -> None:
    """Of polls that were opened."""
    from dataclasses import replace

    action = picture_action(words("en"), replace(POLL, state=state))
    assert (action is not None) == there
    assert action is None or action.intent == ShowPicture(POLL.id)


def test_no_button_where_nothing_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without typst."""
    monkeypatch.setattr(pictures, "installed", lambda: False)
    assert picture_action(words("en"), POLL) is None
