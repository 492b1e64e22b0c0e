"""The support scale on a phone: its steps stand whole on buttons, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cards.polls.board import board
from bot.core.card import Action
from bot.core.intents import DraftPoll
from bot.i18n import LOCALES, words
from tests.integrity.polls import open_poll, tally
from tests.support import a_desk

PHONE = 34  # units of a button's label that a phone shows


@pytest.mark.parametrize("locale", LOCALES)
async def test_no_step_is_cut(tmp_path: Path, locale: str) -> None:
    """Each button says its letter and its whole step."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DraftPoll(question="A park?", kind="support"))
        t = words(locale)
        card = board(t, poll, await tally(table, poll), [], None, open_now=True)
        labels = [action.label for row in card.actions for action in row if isinstance(action, Action)]
        steps = [f"{poll.letter(o.id)} · {t.plain(f'support.{o.id}')}" for o in poll.options]
        assert labels[: len(steps)] == steps
        assert max(len(label.encode("utf-16-le")) // 2 for label in labels) <= PHONE
