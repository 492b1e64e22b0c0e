"""The electorate of a poll: the members that a server has when it opens, not when the bot connected."""

from __future__ import annotations

import pytest

from bot.storage import polls
from tests.loopback.people import Channel, Guild, User
from tests.loopback.server import LoopbackDiscord
from tests.platforms.discord.conftest import Starting
from tests.support import Table

MANAGE_GUILD = 1 << 5


@pytest.mark.parametrize(
    ("ill", "electorate"),
    [
        pytest.param(False, 350, id="asked at opening"),
        pytest.param(True, 312, id="what was known where it can't be asked"),
    ],
)
async def test_the_electorate_is_today_s(table: Table, starting: Starting, ill: bool, electorate: int) -> None:
    """Thirty-eight people joined since the bot connected; without the members intent nobody told it."""
    guild = Guild("Reading circle", 4001, (Channel("reading", 500),), joined=38)
    ana = User("Ana", permissions=MANAGE_GUILD)
    async with LoopbackDiscord([guild]) as place, starting(table.desk, place):
        draft = await place.slash("moderate poll start", {"question": "Now?", "options": "Yes | No"}, user=ana)
        if ill:
            place.fail("GET", "/guilds/4001", 503, 0, times=9)
        assert draft.message is not None
        await place.click("Start", draft.message, user=ana)
        poll = await table.desk.db.read(lambda tx: polls.find(tx, "discord:4001", "1"))
        assert poll is not None
        assert poll.electorate == electorate
