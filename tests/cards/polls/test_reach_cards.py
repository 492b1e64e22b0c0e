"""What comes unasked (reminders, a thread's messages) fits a classic message; a board with its thread still fits."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cards.polls import board, reminding, threads
from bot.core.card import Card, Link
from bot.core.poll.values import About, State
from bot.i18n import LOCALES, words
from bot.platforms.discord.draw import plain
from bot.platforms.discord.message import said
from tests.cards.polls.test_fit import a_poll, told
from tests.platforms.discord.drawn import message
from tests.spec.gate import over_budget, violations
from tests.worst import ALPHABETS, filled

ADDRESS = "https://discord.com/channels/" + "/".join(["9" * 19] * 3)


def sent(card: Card) -> dict[str, Any]:
    """The message as discord.py would send it."""
    told_ = said(plain(card), "x")
    view = told_.get("view")
    body = {"content": told_["content"], "nonce": told_["nonce"], "allowed_mentions": {"parse": []}}
    return body | ({"components": view.to_components()} if view else {})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_unasked_messages_fit_a_classic_one(filling: str, locale: str) -> None:
    """Whatever was written in the poll; with content, which is what a notification shows."""
    t, poll = words(locale), a_poll(25, filling)
    closed = a_poll(25, filling, state=State.CLOSED)
    cards = [
        reminding.reminder(t, poll, filled(filling, 300), ADDRESS),
        reminding.reminder(t, poll, "", ""),
        threads.first(t, poll, ADDRESS),
        threads.closed(t, closed, told(closed, filling)[0]),
        threads.open_again(t, poll),
        threads.erased(t, poll),
    ]
    for card in cards:
        body = sent(card)
        assert violations(body, "message") == [] and over_budget(body) == []
        assert body["content"] and "…" not in body["content"][-2:]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
@pytest.mark.parametrize("count", [2, 6, 10, 25])
@pytest.mark.parametrize("filling", ALPHABETS.values(), ids=ALPHABETS)
def test_a_board_leads_to_its_thread(filling: str, count: int, state: State, locale: str) -> None:
    """On the largest board too, open or closed."""
    t, poll = words(locale), a_poll(count, filling, state=state, thread=True)
    outcome, reasons = told(poll, filling)
    about = About(filled(filling, 700), edited=True)
    for open_now in {True, False} if state is State.OPEN else {False}:
        drawn = message(
            board.board(t, poll, outcome, reasons[:5], about, open_now=open_now, thread=ADDRESS), layout=True
        )
        assert over_budget(drawn) == [] and violations(drawn, "message") == []
        assert ADDRESS in str(drawn)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_reminder_names_the_way_out(locale: str) -> None:
    """The command that ends them, and a link where there is an address."""
    t = words(locale)
    card = reminding.reminder(t, a_poll(2, "word "), "The reading room", ADDRESS)
    assert ("The reading room" in str(card.blocks) and "/poll remind" in str(card.blocks)) or locale != "en"
    assert [type(action) for row in card.actions for action in row] == [Link]
