"""The line of rules says what one must know before voting."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.intents import DraftPoll, ShowPoll
from tests.integrity.polls import open_poll
from tests.support import a_desk, said, tom


@pytest.mark.parametrize("asked", [pytest.param(True, id="reasons"), pytest.param(False, id="none")])
async def test_reasons_are_announced_where_they_are_taken(tmp_path: Path, asked: bool) -> None:
    """Nobody learns only after voting that they may say why."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DraftPoll(question="What?", options="A | B", reasons=asked))
        assert ("a reason may be added" in said(await table.ask(tom, ShowPoll(poll.id)))) is asked
