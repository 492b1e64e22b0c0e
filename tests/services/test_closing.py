"""The closing loop: on time, across restarts, whatever goes wrong; keys and old things go with it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.intents import DraftPoll, PressOption
from bot.core.poll.values import State
from bot.services import closing
from bot.storage import events
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, behind, drafted, of_state
from tests.support import DAY, HOUR, NOON, a_desk, tom


async def test_every_due_poll_is_closed_at_its_deadline(tmp_path: Path) -> None:
    """However late the loop comes by, and no other; boards ring and keys go."""
    async with a_desk(tmp_path) as table:
        due = [await a_poll(table, closes=closes) for closes in ("1 hour", "2h", "2h")]
        left = [await a_poll(table, closes="2 days"), await a_poll(table)]
        ticket = table.desk.boards.ticket()
        table.clock.now += 3 * HOUR
        assert await closing.step(table.desk) == closing.LONGEST_SLEEP_S
        ends = [await kept(table, poll.id) for poll in due]
        assert [poll.state for poll in ends] == [State.CLOSED] * 3
        assert [poll.closed_ms for poll in ends] == [NOON + HOUR, NOON + 2 * HOUR, NOON + 2 * HOUR]
        assert {poll.closed_by for poll in ends} == {None}
        assert set(table.desk.keys.kept()) == {poll.id for poll in left}
        assert table.desk.boards.ticket() != ticket
        shown = await behind(table)
        assert [shown[f"poll:{poll.id}"] for poll in due] == [2, 2, 2]


async def test_the_pause_reaches_to_the_nearest_deadline(tmp_path: Path) -> None:
    """And no further than five minutes, so that a clock that was set is noticed."""
    async with a_desk(tmp_path) as table:
        assert await closing.step(table.desk) == closing.LONGEST_SLEEP_S
        await a_poll(table, closes="2 minutes")
        await a_poll(table, closes="1 hour")
        assert await closing.step(table.desk) == 120.0
        table.clock.now += 119_999
        assert await closing.step(table.desk) == 0.001


async def test_a_poll_that_cannot_be_read_keeps_no_other_open(tmp_path: Path) -> None:
    """Closing needs no more than an id and a deadline."""
    async with a_desk(tmp_path) as table:
        broken = await a_poll(table, closes="1 hour")
        fine = await a_poll(table, closes="2h")
        await table.desk.db.write(lambda tx: tx.run("UPDATE polls SET rules = '{' WHERE poll_id = ?", broken.id))
        table.clock.now += 3 * HOUR
        await closing.step(table.desk)
        assert (await kept(table, fine.id)).state is State.CLOSED


async def test_keys_that_a_crash_left_are_destroyed(tmp_path: Path) -> None:
    """Those of closed polls and of none; those of open polls and of drafts stay."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        draft = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        for name in (draft.id, "of-nothing"):
            table.desk.keys.create(name)
        await closing.seal_left(table.desk)
        assert set(table.desk.keys.kept()) == {poll.id, draft.id}


async def test_old_events_and_drafts_are_forgotten(tmp_path: Path) -> None:
    """Events after two days, drafts after a week; nothing younger."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.ask(tom, PressOption(poll.id, "a"), event="old")
        await drafted(table, DraftPoll(question="Q?", options="A | B"))
        table.clock.now += 6 * DAY
        young = await drafted(table, DraftPoll(question="Q?", options="A | B"))
        await closing.tidy(table.desk)
        assert len(await of_state(table, State.DRAFT)) == 2
        table.clock.now += 2 * DAY
        await closing.tidy(table.desk)
        assert [draft.id for draft in await of_state(table, State.DRAFT)] == [young.id]
        old = table.desk.keys.event("old")
        assert await table.desk.db.write(lambda tx: events.first_time(tx, old, table.clock.now))


async def test_the_loop_survives_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is logged and tried again; what was due is closed as soon as it can be."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        table.clock.now += HOUR
        troubles = iter([OSError("a disk"), ValueError("a bug")])
        honest = closing.step

        async def ill(desk: object) -> float:
            for trouble in troubles:
                raise trouble
            return await honest(desk)  # type: ignore[arg-type]

        monkeypatch.setattr(closing, "step", ill)
        loop = asyncio.create_task(closing.run(table.desk))
        while (await kept(table, poll.id)).state is not State.CLOSED:
            assert not loop.done()
            table.desk.deadlines.ring()
            await asyncio.sleep(0)
        loop.cancel()


async def test_a_new_deadline_wakes_the_loop(tmp_path: Path) -> None:
    """A poll that opens while the loop sleeps for long closes on time all the same."""
    async with a_desk(tmp_path) as table:
        loop = asyncio.create_task(closing.run(table.desk))
        poll = await a_poll(table, closes="1 hour")
        table.clock.now += HOUR
        table.desk.deadlines.ring()
        while (await kept(table, poll.id)).state is not State.CLOSED:
            assert not loop.done()
            await asyncio.sleep(0)
        loop.cancel()


async def test_a_vote_and_the_deadline_at_once(tmp_path: Path) -> None:
    """The last millisecond counts, the next doesn't."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        table.clock.now += HOUR - 1
        assert not (await table.ask(tom, PressOption(poll.id, "a"))).refused
        table.clock.now += 1
        assert (await table.ask(replace(tom, id="test:bea"), PressOption(poll.id, "a"))).refused
