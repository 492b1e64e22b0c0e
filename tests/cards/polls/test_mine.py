"""My votes: a vote that still can be changed is one choice away."""

from __future__ import annotations

from pathlib import Path

from bot.core.intents import ClosePoll, DraftPoll, PressOption, ShowMyBallots, ShowPoll
from tests.integrity.polls import open_poll
from tests.support import a_desk, sam, tom


async def test_an_open_poll_can_be_changed_from_my_votes(tmp_path: Path) -> None:
    """The menu has the open polls in which I voted, and no closed one."""
    async with a_desk(tmp_path) as table:
        polls = [await open_poll(table, DraftPoll(question=text, options="A | B", ballots="named")) for text in "PQR"]
        for poll in polls[:2]:
            await table.card(tom, PressOption(poll.id, poll.options[0].id))
        await table.card(sam, ClosePoll(polls[0].id, sure=True))
        (menu,) = (await table.card(tom, ShowMyBallots())).picks
        assert [option.intent for option in menu.options] == [ShowPoll(polls[1].id)]
        assert (await table.card(sam, ShowMyBallots())).picks == ()
