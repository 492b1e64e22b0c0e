"""What a restart must not change: deadlines, ballots, boards that were not yet in step."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.card import Card
from bot.core.intents import DraftPoll, PressOption
from bot.core.poll.values import Poll, State
from bot.services import closing
from bot.services.boards import Boards
from bot.services.stage import Slot
from tests.integrity.polls import kept, open_poll, tally
from tests.support import HOUR, NOON, Table, a_desk, crowd, said, tom


class Channel:
    """A stage that remembers what stands on it, as a platform's server does while we are away."""

    name = "test"
    forgets = False
    pace_s = 2.0

    def __init__(self) -> None:
        self.shown: list[tuple[str | None, Card]] = []

    async def show(self, slot: Slot, card: Card) -> str:
        """Post or edit."""
        self.shown.append((slot.message, card))
        return slot.message or f"message{len(self.shown)}"


@pytest.fixture
async def poll_and_folder(tmp_path: Path) -> AsyncIterator[tuple[Poll, Path]]:
    """A program that opened a poll for an hour, took three votes and stopped before it showed anything."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DraftPoll(question="Now?", options="Yes | No", closes="1 hour"))
        for person in crowd(3):
            await table.card(person, PressOption(poll.id, "a"))
    yield poll, tmp_path


async def in_step(table: Table, stage: Channel) -> None:
    """Let the board loop do what there is to do."""
    boards = Boards(table.desk, {"test": stage}, time=lambda: table.clock.now / 1000)
    while (pause := await boards.step()) is not None:
        table.clock.now += int(pause * 1000)


async def test_a_poll_closes_at_its_deadline_while_running(poll_and_folder: tuple[Poll, Path]) -> None:
    """The loop sleeps until the deadline and no longer, and closes the poll at its first look after it."""
    poll, folder = poll_and_folder
    async with a_desk(folder, now=NOON + 10_000) as table:
        assert await closing.step(table.desk) == 300.0
        table.clock.now = NOON + HOUR - 1500
        assert await closing.step(table.desk) == 1.5
        table.clock.now += 1500
        await closing.step(table.desk)
        after = await kept(table, poll.id)
        assert (after.state, after.closed_ms) == (State.CLOSED, NOON + HOUR)


async def test_a_deadline_that_passed_while_we_were_away_counts_as_it_stood(
    poll_and_folder: tuple[Poll, Path],
) -> None:
    """A vote that comes before the loop's first look is refused; the poll then closes at its deadline, not later."""
    poll, folder = poll_and_folder
    async with a_desk(folder, now=NOON + 5 * HOUR) as table:
        assert (await table.ask(tom, PressOption(poll.id, "b"))).refused
        await closing.step(table.desk)
        after = await kept(table, poll.id)
        assert (after.state, after.closed_ms) == (State.CLOSED, NOON + HOUR)
        assert (await tally(table, poll)).counts == {"a": 3, "b": 0}


async def test_an_anonymous_ballot_is_still_mine_after_a_restart(poll_and_folder: tuple[Poll, Path]) -> None:
    """The same person presses again: the vote is changed, not doubled."""
    poll, folder = poll_and_folder
    async with a_desk(folder, now=NOON + 60_000) as table:
        await table.card(crowd(1)[0], PressOption(poll.id, "b"))
        assert (await tally(table, poll)).counts == {"a": 2, "b": 1}


async def test_a_board_that_was_never_posted_is_posted_once(poll_and_folder: tuple[Poll, Path]) -> None:
    """What was behind when the program stopped is shown at the next start, and nothing after it is in step."""
    poll, folder = poll_and_folder
    stage = Channel()
    for moment in (60_000, 120_000):
        async with a_desk(folder, now=NOON + moment) as table:
            await in_step(table, stage)
    assert [message for message, _ in stage.shown] == [None]
    assert poll.question in said(stage.shown[0][1])


async def test_a_board_is_edited_not_posted_again(poll_and_folder: tuple[Poll, Path]) -> None:
    """After a restart the old message goes on: a close is shown in it, without buttons."""
    _, folder = poll_and_folder
    stage = Channel()
    async with a_desk(folder, now=NOON + 60_000) as table:
        await in_step(table, stage)
    async with a_desk(folder, now=NOON + 2 * HOUR) as table:
        await closing.step(table.desk)
        await in_step(table, stage)
    assert [message for message, _ in stage.shown] == [None, "message1"]
    assert not stage.shown[-1][1].actions
