"""A poll whose rules say so ends in the very vote that settles it; and while people talk first, none counts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Card
from bot.core.intents import (
    CastBallot,
    ChangeRules,
    ClosePoll,
    DraftPoll,
    EditPoll,
    PressOption,
    ShowPanel,
    ShowResults,
    StartPoll,
)
from bot.core.poll.values import Poll, State
from bot.services import closing
from bot.services.board_cards import card_of
from bot.storage import posts
from tests.integrity.polls import kept, tally
from tests.services.polls.acting import behind, drafted, start
from tests.support import HOUR, NOON, SPOT, Table, a_desk, actions, crowd, said, sam, tom

FEW = replace(SPOT, members=7)


async def opened(table: Table, draft: DraftPoll, members: int | None = 7, **rules: str) -> Poll:
    """A poll with these rules, opened in a place of so many people."""
    poll = await drafted(table, draft)
    for rule, value in rules.items():
        await table.card(sam, ChangeRules(poll.id, rule, value))
    revision = (await kept(table, poll.id)).revision
    show = await table.ask(sam, StartPoll(poll.id, revision), replace(SPOT, members=members))
    assert not show.refused, said(show)
    return await kept(table, poll.id)


async def the_board(table: Table, poll: Poll) -> Card:
    """The poll's board as it stands."""
    found = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
    card = await card_of(table.desk, next(post for post in found if post.subject == f"poll:{poll.id}"))
    assert card is not None
    return card


NAMED = DraftPoll(question="Q?", options="A | B | C", ballots="named", closes="2 hours")
SECRET = replace(NAMED, ballots="anonymous")
ENDS = [
    pytest.param(NAMED, 7, ["a"] * 4, id="more than half"),
    pytest.param(SECRET, 5, list("aabbb"), id="a secret one once everybody has voted"),
    pytest.param(replace(NAMED, kind="ranked"), 3, list("aab"), id="a ranking once everybody has voted"),
    pytest.param(replace(NAMED, options="", kind="motion"), 7, ["no"] * 4, id="a motion that can't pass"),
]


@pytest.mark.parametrize(("draft", "members", "marks"), ENDS)
async def test_it_ends_with_the_vote_that_settles_it(
    tmp_path: Path, draft: DraftPoll, members: int, marks: list[str]
) -> None:
    """Not one vote before; sealed like any other close, and said to be certain."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, draft, members, early_end="yes")
        for voter, mark in zip(crowd(len(marks)), marks, strict=True):
            assert (await kept(table, poll.id)).state is State.OPEN
            answer = said(await table.card(voter, CastBallot(poll.id, marks=mark)))
        after = await kept(table, poll.id)
        assert (after.state, after.closed_ms, after.closed_by) == (State.CLOSED, NOON, None)
        assert after.root and poll.id not in table.desk.keys.kept()
        assert "ended early: the outcome was certain" in said(await the_board(table, poll))
        assert "has closed; it can't be changed" in answer
        late = await table.ask(tom, CastBallot(poll.id, marks=marks[0]))
        assert late.refused and "closed" in said(late)


STAYS = [
    pytest.param(NAMED, 7, "no", id="the rules don't say so"),
    pytest.param(NAMED, None, "yes", id="nobody knows how many may vote"),
    pytest.param(SECRET, 7, "yes", id="a secret one"),
]


@pytest.mark.parametrize(("draft", "members", "early"), STAYS)
async def test_it_stays_open(tmp_path: Path, draft: DraftPoll, members: int | None, early: str) -> None:
    """Also where more than half say the same: an end would tell something, or nothing is certain."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, draft, members, early_end=early)
        for voter in crowd(6):
            await table.card(voter, PressOption(poll.id, "a"))
        assert (await kept(table, poll.id)).state is State.OPEN


async def test_what_cast_ballots_are_taken_for_is_said_before(tmp_path: Path) -> None:
    """On the preview's line of rules and on the board's."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, NAMED, early_end="yes")
        assert "votes cast are taken to stand" in said(await the_board(table, poll))
        secret = await opened(table, SECRET, early_end="yes")
        assert "once everybody has voted" in said(await the_board(table, secret))


async def test_all_vote_at_once(tmp_path: Path) -> None:
    """It ends once; every ballot that was recorded is in the root, later ones were refused."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, NAMED, early_end="yes")
        shows = await asyncio.gather(*(table.ask(voter, PressOption(poll.id, "a")) for voter in crowd(7)))
        recorded = sum(not show.refused for show in shows)
        after = await kept(table, poll.id)
        assert recorded == 4 == (await tally(table, after)).ballots
        assert after.state is State.CLOSED and after.root


async def test_a_panel_of_a_poll_that_ended_early(tmp_path: Path) -> None:
    """Says that it ended by itself, not that somebody was faster."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, NAMED, early_end="yes")
        for voter in crowd(4):
            await table.card(voter, PressOption(poll.id, "a"))
        show = await table.ask(sam, ClosePoll(poll.id, poll.revision, sure=True))
        assert "its outcome was certain" in said(show)
        assert not (await table.ask(tom, ShowResults(poll.id))).refused


async def test_talk_first(tmp_path: Path) -> None:
    """The board has nothing to press and says from when votes count; at that moment it changes by itself."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, NAMED, talk="60")
        before = await the_board(table, poll)
        assert not [a for a in actions(before) if isinstance(a.intent, PressOption)]
        assert "time to talk" in said(before) and "A · A" in said(before)
        show = await table.ask(tom, PressOption(poll.id, "a"))
        assert show.refused and f"<t:{(NOON + HOUR) // 1000}:f>" in said(show)
        shown = (await behind(table))[f"poll:{poll.id}"]
        assert await closing.step(table.desk) <= 3600
        table.clock.now += HOUR
        ticket = table.desk.boards.ticket()
        await closing.step(table.desk)
        assert (await behind(table))[f"poll:{poll.id}"] == shown + 1 and table.desk.boards.ticket() != ticket
        after = await the_board(table, poll)
        assert [a for a in actions(after) if isinstance(a.intent, PressOption)] and "time to talk" not in said(after)
        await table.card(tom, PressOption(poll.id, "a"))


async def test_the_loop_wakes_when_votes_begin_to_count(tmp_path: Path) -> None:
    """A poll without a deadline too."""
    async with a_desk(tmp_path) as table:
        await opened(table, replace(NAMED, closes=""), talk="2")
        assert await closing.step(table.desk) == 120.0


async def test_a_poll_that_would_close_before_votes_count_does_not_open(tmp_path: Path) -> None:
    """It says both moments; the draft stays."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, replace(NAMED, closes="1 hour"))
        await table.card(sam, ChangeRules(poll.id, "talk", "60"))
        revision = (await kept(table, poll.id)).revision
        show = await table.ask(sam, StartPoll(poll.id, revision))
        assert show.refused and "Votes would count from" in said(show)
        await table.card(sam, ChangeRules(poll.id, "talk", "59"))
        await start(table, poll)


async def test_panels_offer_what_can_be_done(tmp_path: Path) -> None:
    """An open named poll can be edited and its ballots voided; a secret one can't; no row has more than five."""
    async with a_desk(tmp_path) as table:
        for draft, kinds in ((NAMED, {"EditPoll", "VoidBallot", "ClosePoll"}), (SECRET, {"EditPoll", "ClosePoll"})):
            poll = await opened(table, draft)
            card = await table.card(sam, ShowPanel(poll.id))
            offered = {type(a.intent).__name__ for a in actions(card)}
            assert kinds <= offered and ("VoidBallot" in offered) == poll.named
            assert len(card.actions) <= 5 and max(map(len, card.actions)) <= 5
            assert EditPoll(poll.id, poll.revision) in [a.intent for a in actions(card)]
            await table.card(sam, ClosePoll(poll.id, sure=True))
            closed = {type(a.intent).__name__ for a in actions(await table.card(sam, ShowPanel(poll.id)))}
            assert ("ReopenPoll" in closed) == poll.named and "EditPoll" not in closed
