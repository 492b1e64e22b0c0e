"""The board loop: paced by channel, fair, patient, and in step in the end. Time is a number that tests add to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.core.card import Card
from bot.core.intents import PressOption, RepostBoard, ShowPanel
from bot.core.poll.values import Poll
from bot.services.bell import Bell
from bot.services.boards import BACK_OFF_S, Boards
from bot.services.stage import PostGone, Slot, SlowDown
from bot.storage import posts
from tests.services.polls.acting import a_poll
from tests.support import NOON, SPOT, Seeing, Table, a_desk, crowd, said, sam, tom

PACE_S = 2.0
HALL = replace(SPOT, channel="hall")


@dataclass
class Stage:
    """A platform's channels. `troubles` are raised, one a call, before anything is shown."""

    now: Callable[[], float]
    name: str = "test"
    forgets: bool = False
    pace_s: float = PACE_S
    troubles: list[Exception] = field(default_factory=list)
    sent: list[tuple[float, str, str | None, str]] = field(default_factory=list)

    async def show(self, slot: Slot, card: Card) -> str:
        """Post or edit."""
        if self.troubles:
            raise self.troubles.pop(0)
        self.sent.append((self.now(), slot.channel, slot.message, said(card)))
        return slot.message or f"m{len(self.sent)}"

    def times(self, channel: str = "square") -> list[float]:
        """When something was shown in a channel."""
        return [at for at, where, *_ in self.sent if where == channel]


@dataclass
class Loop:
    """The loop with its time in our hands."""

    boards: Boards
    stage: Stage
    seconds: list[float]

    async def run(self, until: float | None = None) -> None:
        """Step, and let the time pass that the loop would sleep, until all is shown or the time has come."""
        while until is None or self.seconds[0] < until:
            pause = await self.boards.step()
            if pause is None:
                break
            self.seconds[0] += pause if until is None else min(pause, until - self.seconds[0])
        if until is not None:
            self.seconds[0] = max(until, self.seconds[0])


def loop_of(table: Table, *, forgets: bool = False) -> Loop:
    """A loop that just started."""
    seconds = [100.0]
    stage = Stage(lambda: seconds[0], forgets=forgets)
    return Loop(Boards(table.desk, {"test": stage}, lambda: seconds[0]), stage, seconds)


async def live(table: Table) -> Poll:
    """A poll whose board changes at every vote."""
    return await a_poll(table, results="live")


async def press(table: Table, poll: Poll, who: int = 0, option: str = "a") -> None:
    """Somebody votes."""
    await table.card(crowd(who + 1)[who], PressOption(poll.id, option))


async def test_a_board_is_posted_then_edited(tmp_path: Path) -> None:
    """Once; and when nothing changes, nothing is sent."""
    async with a_desk(tmp_path) as table:
        poll, loop = await live(table), loop_of(table)
        await loop.run()
        await loop.run()
        assert [message for _, _, message, _ in loop.stage.sent] == [None]
        await press(table, poll)
        await loop.run()
        assert loop.stage.sent[-1][2] == "m1" and "1 vote" in loop.stage.sent[-1][3]
        assert len(loop.stage.sent) == 2


async def test_a_storm_costs_an_edit_every_two_seconds(tmp_path: Path) -> None:
    """The first vote is shown at once, the last one in the end, and never two edits in less than the pace."""
    async with a_desk(tmp_path) as table:
        poll, loop = await live(table), loop_of(table)
        await loop.run()
        for second in range(20):
            for n in range(3):
                await press(table, poll, second * 3 + n)
            await loop.run(until=loop.seconds[0] + 1.0)
        await loop.run()
        times = loop.stage.times()
        assert all(later - earlier >= PACE_S for earlier, later in pairwise(times))
        assert len(times) <= 13 and "60 votes" in loop.stage.sent[-1][3]


async def test_what_changes_while_it_is_shown_is_shown_after(tmp_path: Path) -> None:
    """A vote during the edit makes the post behind again: the trailing edit is always sent."""
    async with a_desk(tmp_path) as table:
        poll, loop = await live(table), loop_of(table)
        honest = loop.stage.show

        async def slow(slot: Slot, card: Card) -> str:
            if not loop.stage.sent:
                await press(table, poll)
            return await honest(slot, card)

        loop.stage.show = slow  # type: ignore[method-assign]
        await loop.run()
        assert len(loop.stage.sent) == 2 and "1 vote" in loop.stage.sent[-1][3]


async def test_boards_of_a_channel_take_turns(tmp_path: Path) -> None:
    """One that changes all the time doesn't keep the others from being posted and shown."""
    async with a_desk(tmp_path) as table:
        loop, polls = loop_of(table), [await live(table) for _ in range(4)]
        for n in range(12):
            await press(table, polls[0], n)
            await loop.run(until=loop.seconds[0] + PACE_S)
        first = [words.splitlines()[0][0] for *_, words in loop.stage.sent]
        assert set(first[:4]) == {"1", "2", "3", "4"}
        assert len(loop.stage.sent) <= 13


async def test_channels_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """A channel that asks for patience holds back its own boards only."""
    async with a_desk(tmp_path) as table:
        poll, loop = await live(table), loop_of(table)
        await loop.run()
        await press(table, poll)
        loop.stage.troubles = [SlowDown(40.0)]
        pause = await loop.boards.step()
        assert pause == 40.0
        hall = await live(table)
        await table.ask(sam, RepostBoard(hall.id, sure=True), HALL, access=Seeing("square"))
        await loop.boards.step()
        assert loop.stage.times("hall") == [loop.seconds[0]]
        assert len(loop.stage.times()) == 1
        await loop.run()
        assert loop.stage.times()[1] >= 140.0


@pytest.mark.parametrize("asked", [0.3, 5.0, 61.0])
async def test_a_rate_limit_is_waited_for(tmp_path: Path, asked: float) -> None:
    """As long as the platform says, at least the pace; then the last state is shown."""
    async with a_desk(tmp_path) as table:
        _, loop = await live(table), loop_of(table)
        loop.stage.troubles = [SlowDown(asked), SlowDown(asked)]
        await loop.run()
        assert loop.stage.times() == [100.0 + 2 * max(asked, PACE_S)]


async def test_trouble_backs_off(tmp_path: Path) -> None:
    """Longer after each try, up to a minute; shown at last, the count starts anew."""
    async with a_desk(tmp_path) as table:
        poll, loop = await live(table), loop_of(table)
        loop.stage.troubles = [RuntimeError("no") for _ in range(8)]
        await loop.run()
        assert loop.stage.times() == [100.0 + sum(BACK_OFF_S) + 2 * BACK_OFF_S[-1]]
        await press(table, poll)
        loop.stage.troubles = [RuntimeError("no")]
        before = loop.seconds[0]
        await loop.run()
        assert loop.stage.times()[1] - before == BACK_OFF_S[0]


async def test_a_gone_message_is_marked(tmp_path: Path) -> None:
    """It is not tried again; the panel says why and how to mend it; a new post works."""
    async with a_desk(tmp_path) as table:
        poll, loop = await live(table), loop_of(table)
        loop.stage.troubles = [PostGone("403 50013: Missing Permissions")]
        await loop.run()
        await press(table, poll)
        await loop.run()
        assert loop.stage.sent == []
        panel = said(await table.card(sam, ShowPanel(poll.id)))
        assert "Missing Permissions" in panel and "post it again" in panel
        await table.card(sam, RepostBoard(poll.id))
        await loop.run()
        assert len(loop.stage.sent) == 1
        assert "Missing Permissions" not in said(await table.card(sam, ShowPanel(poll.id)))


async def test_a_board_that_cannot_be_drawn_keeps_no_other_back(tmp_path: Path) -> None:
    """A poll that can't be read is tried again later; the boards after it are shown."""
    async with a_desk(tmp_path) as table:
        broken, fine, loop = await live(table), await live(table), loop_of(table)
        await table.desk.db.write(lambda tx: tx.run("UPDATE polls SET rules = '{' WHERE poll_id = ?", broken.id))
        await loop.run(until=130.0)
        assert [words.splitlines()[0] for *_, words in loop.stage.sent] == [f"{fine.number} · {fine.question}"]


async def test_posts_of_other_platforms_are_left_alone(tmp_path: Path) -> None:
    """What an earlier run showed on a platform that isn't there now neither breaks nor fills the loop."""
    async with a_desk(tmp_path) as table:

        async def foreign(tx: object) -> None:
            for n in range(300):
                await posts.add(tx, f"w{n}", "web:demo", "room", f"poll:{n}", NOON - 1)  # type: ignore[arg-type]

        await table.desk.db.write(foreign)
        await live(table)
        loop = loop_of(table)
        await loop.run()
        assert len(loop.stage.sent) == 1


async def test_a_crowd_of_busy_channels_keeps_no_channel_back(tmp_path: Path) -> None:
    """More waiting posts than one look can hold: those whose channel is free are shown."""
    async with a_desk(tmp_path) as table:
        loop = loop_of(table)

        async def many(tx: object) -> None:
            for n in range(250):
                await posts.add(tx, f"b{n}", SPOT.place, f"busy{n}", "poll:x", NOON - 1)  # type: ignore[arg-type]

        await table.desk.db.write(many)
        await live(table)
        loop.boards.free_at = {f"busy{n}": 1_000.0 for n in range(250)}
        await loop.boards.step()
        assert len(loop.stage.times()) == 1


async def test_a_stage_that_forgets_is_shown_everything_anew(tmp_path: Path) -> None:
    """After a start its live boards are posted again; a stage that remembers edits its old messages."""
    for forgets, messages in ((False, [None]), (True, [None, None])):
        folder = tmp_path / str(forgets)
        folder.mkdir()
        sent = []
        for _ in range(2):
            async with a_desk(folder) as table:
                if not sent:
                    await live(table)
                loop = loop_of(table, forgets=forgets)
                task = asyncio.create_task(loop.boards.run())
                while not loop.stage.sent and not (sent and not forgets):
                    await asyncio.sleep(0.001)
                task.cancel()
                sent += loop.stage.sent
        assert [message for _, _, message, _ in sent] == messages


async def test_the_loop_hears_the_bell_while_a_channel_waits(tmp_path: Path) -> None:
    """A vote elsewhere is shown at once, not when the slow channel is free again."""
    async with a_desk(tmp_path) as table:
        slow, loop = await live(table), loop_of(table)
        loop.stage.troubles = [SlowDown(3600.0)]
        task = asyncio.create_task(loop.boards.run())
        while loop.stage.troubles:
            await asyncio.sleep(0.001)
        poll = await live(table)
        await table.ask(sam, RepostBoard(poll.id, sure=True), HALL, access=Seeing("square"))
        while not loop.stage.times("hall"):
            assert not task.done()
            await asyncio.sleep(0.001)
        task.cancel()
        assert slow.number == 1


async def test_an_error_of_storage_does_not_end_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is logged, and the board is shown when the storage is well again."""
    monkeypatch.setattr("bot.services.boards.TROUBLE_S", 0.001)
    async with a_desk(tmp_path) as table:
        await live(table)
        loop, ills = loop_of(table), iter([OSError("ill"), OSError("still ill")])
        honest = loop.boards.step

        async def ill() -> float | None:
            for trouble in ills:
                raise trouble
            return await honest()

        monkeypatch.setattr(loop.boards, "step", ill)
        task = asyncio.create_task(loop.boards.run())
        while not loop.stage.sent:
            assert not task.done()
            await asyncio.sleep(0.001)
        task.cancel()


async def test_memory_of_channels_does_not_grow(tmp_path: Path) -> None:
    """What has passed is forgotten."""
    async with a_desk(tmp_path) as table:
        loop = loop_of(table)
        loop.boards.free_at = {f"c{n}": 50.0 for n in range(1000)}
        loop.boards.turns = {f"p{n}": -5000.0 for n in range(1000)}
        await loop.boards.step()
        assert (loop.boards.free_at, loop.boards.turns) == ({}, {})


async def test_a_bell_rung_before_the_wait_is_heard() -> None:
    """Who takes a ticket before looking can't miss a ring, and a ring wakes everybody who waits."""
    bell = Bell()
    ticket = bell.ticket()
    bell.ring()
    await bell.wait(ticket, None)
    ticket = bell.ticket()
    waiting = [asyncio.create_task(bell.wait(ticket, None)) for _ in range(3)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    bell.ring()
    await asyncio.gather(*waiting)
    await bell.wait(bell.ticket(), 0.0)


async def test_votes_ring(tmp_path: Path) -> None:
    """The loop is woken by what changes a board."""
    async with a_desk(tmp_path) as table:
        poll = await live(table)
        ticket = table.desk.boards.ticket()
        await table.card(tom, PressOption(poll.id, "a"))
        assert table.desk.boards.ticket() != ticket
