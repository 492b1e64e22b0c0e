"""A closed named poll opens again, noted for everybody; a secret one never does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.core.intents import PressOption, ReopenPoll, ShowLog
from bot.core.poll.values import State
from bot.services import closing
from tests.integrity.polls import kept, tally
from tests.services.polls.acting import a_poll, behind, close, votes
from tests.services.polls.test_editing import the_board
from tests.support import HOUR, NOON, a_desk, aiko, labelled, said, sam

ana = replace(sam, id="test:ana", name="Ana")


async def test_a_named_poll_opens_again(tmp_path: Path) -> None:
    """With a new deadline, said back first; its ballots are there still, its root is made anew at the next close."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named", closes="1 hour")
        await votes(table, poll, 2, 1)
        await close(table, poll)
        root = (await kept(table, poll.id)).root
        assert root
        form = (await table.card(sam, ReopenPoll(poll.id))).form
        assert form is not None
        ask = await table.card(sam, replace(form.intent, until="3 hours"))  # type: ignore[call-arg]
        assert (await kept(table, poll.id)).state is State.CLOSED
        await table.card(sam, labelled(ask, "Open it again"))
        again = await kept(table, poll.id)
        assert (again.state, again.closes_ms, again.root, again.closed_by) == (
            State.OPEN, NOON + 3 * HOUR, None, None
        )  # fmt: skip
        await table.card(aiko, PressOption(poll.id, "b"))
        assert dict((await tally(table, again)).counts) == {"a": 2, "b": 2, "c": 0}
        table.clock.now += 3 * HOUR
        await closing.step(table.desk)
        after = await kept(table, poll.id)
        assert after.state is State.CLOSED and after.root and after.root != root


async def test_everybody_is_told(tmp_path: Path) -> None:
    """On the board and in the log; an empty deadline is none."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named", results="live")
        await close(table, poll)
        ask = await table.card(sam, ReopenPoll(poll.id, asked=True))
        assert "without a deadline" in said(ask)
        await table.card(sam, labelled(ask, "Open it again"))
        assert (await kept(table, poll.id)).closes_ms is None
        assert f"poll:{poll.id}" in await behind(table) and "Opened again" in await the_board(table)
        assert "opened poll 1 again" in said(await table.card(sam, ShowLog()))


async def test_what_stays_as_it_is(tmp_path: Path) -> None:
    """An open poll, a secret one whose key is gone, one with too few ballots, a moment that has passed."""
    async with a_desk(tmp_path) as table:
        open_, secret, named = await a_poll(table), await a_poll(table), await a_poll(table, ballots="named")
        await votes(table, secret, 2)
        for poll in (secret, named):
            await close(table, poll)
        for poll, until, words in (
            (open_, "", "is open"),
            (secret, "", "key that told who had voted is destroyed"),
            (named, "2020-01-01 10:00", "passed already"),
        ):
            for sure in (False, True):
                past = NOON - HOUR if until else 0
                show = await table.ask(sam, ReopenPoll(poll.id, sure=sure, until="" if sure else until, until_ms=past))
                assert show.refused and words in said(show)
        assert [(await kept(table, poll.id)).state for poll in (open_, secret, named)] == [
            State.OPEN, State.CLOSED, State.CLOSED
        ]  # fmt: skip


async def test_two_moderators_open_it_at_once(tmp_path: Path) -> None:
    """It opens once; the other sees who was faster."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await close(table, poll)
        yes = labelled(await table.card(sam, ReopenPoll(poll.id, asked=True)), "Open it again")
        shows = await asyncio.gather(table.ask(sam, yes), table.ask(ana, yes))
        assert sum("was faster" in said(show) for show in shows) == 1
        assert len((await kept(table, poll.id)).edits) == 1


async def test_at_its_deadline_before_the_loop_came_by(tmp_path: Path) -> None:
    """It was closed, so it can be opened again; the loop that comes by then leaves it open."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named", closes="1 hour")
        table.clock.now += HOUR + 1
        ask = await table.card(sam, ReopenPoll(poll.id, until="2 hours"))
        await table.card(sam, labelled(ask, "Open it again"))
        await closing.step(table.desk)
        assert (await kept(table, poll.id)).state is State.OPEN
