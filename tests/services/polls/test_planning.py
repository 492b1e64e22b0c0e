"""Polls to come: started at their moment by the loop, again and again, across restarts, once each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.ctx import Ctx
from bot.core.intents import (
    DiscardDraft,
    DraftPoll,
    Intent,
    RepeatPoll,
    SchedulePoll,
    ShowLog,
    ShowPlanned,
    StartPoll,
    StopRepeating,
    UnschedulePoll,
)
from bot.core.poll.values import Poll, State
from bot.services import closing, timers
from bot.services.polls import planned
from bot.storage import polls, schedules
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, drafted, of_kind, of_state, start
from tests.support import DAY, HOUR, NOON, SPOT, Table, a_desk, said, sam, tom

DRAFT = DraftPoll(question="Which street first?", options="Oak | Elm | Ash")


async def later(table: Table, poll: Poll, starts: str = "in 3 hours") -> None:
    """Schedule a draft, looking at the moment first as a moderator does."""
    asked = await table.card(sam, SchedulePoll(poll.id, poll.revision, starts=starts))
    await table.card(sam, of_kind(asked, SchedulePoll))


async def pass_time(table: Table, ms: int) -> None:
    """Let time pass and the loop come by."""
    table.clock.now += ms
    await closing.step(table.desk)


async def test_a_draft_starts_at_its_moment(tmp_path: Path) -> None:
    """Not before, once, under a number, in its channel, with the place's name as it was."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DRAFT)
        await later(table, poll)
        assert (await kept(table, poll.id)).starts_ms == NOON + 3 * HOUR
        await pass_time(table, 3 * HOUR - 1)
        assert (await kept(table, poll.id)).state is State.DRAFT
        await pass_time(table, 1)
        await pass_time(table, HOUR)
        opened = await kept(table, poll.id)
        assert (opened.state, opened.number, opened.channel, opened.starts_ms) == (State.OPEN, 1, "square", None)
        assert opened.opened_ms == NOON + 3 * HOUR and opened.salt
        here = await table.desk.here(Ctx(tom, SPOT, ""))
        assert here.spot.name == "Town" and "started poll 1" in said(await table.card(sam, ShowLog()))


async def test_the_moment_is_said_back_before_it_counts(tmp_path: Path) -> None:
    """A typed moment plans nothing; without one there is a form."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DRAFT)
        assert (await table.card(sam, SchedulePoll())).form is not None
        await table.card(sam, SchedulePoll(starts="tomorrow 9:00"))
        assert (await kept(table, poll.id)).starts_ms is None


@pytest.mark.parametrize(
    ("undo", "state"),
    [
        pytest.param(UnschedulePoll, State.DRAFT, id="not later"),
        pytest.param(DiscardDraft, None, id="discarded"),
        pytest.param(None, State.OPEN, id="started by hand"),
    ],
)
async def test_a_plan_that_was_dropped_starts_nothing(
    tmp_path: Path, undo: type[Intent] | None, state: State | None
) -> None:
    """Whatever became of the draft meanwhile, the moment passes it by."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DRAFT)
        await later(table, poll)
        if undo:
            await table.card(sam, undo(poll.id))  # type: ignore[call-arg]
        else:
            await start(table, poll)
        await pass_time(table, 4 * HOUR)
        found = await table.desk.db.read(lambda tx: polls.get(tx, poll.id))
        assert (found.state if found else None) is state
        assert len(await of_state(table, State.OPEN)) == (state is State.OPEN)


async def test_a_plan_outlives_the_program(tmp_path: Path) -> None:
    """The moment may pass while nothing runs: the poll starts when the program is back."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DRAFT)
        await later(table, poll)
    async with a_desk(tmp_path, now=NOON + 2 * DAY) as table:
        await closing.step(table.desk)
        assert (await kept(table, poll.id)).state is State.OPEN


async def test_a_draft_that_waits_is_not_forgotten(tmp_path: Path) -> None:
    """Other drafts go after a week."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DRAFT)
        await later(table, poll, "in 30 days")
        table.clock.now += 20 * DAY
        await closing.tidy(table.desk)
        assert (await kept(table, poll.id)).state is State.DRAFT


async def test_a_poll_that_cannot_start_says_why_in_the_log(tmp_path: Path) -> None:
    """Its deadline has passed while nothing ran, say: it stays a draft."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, replace(DRAFT, closes="in 5 hours"))
        await later(table, poll)
    async with a_desk(tmp_path, now=NOON + DAY) as table:
        await closing.step(table.desk)
        assert (await kept(table, poll.id)).state is State.DRAFT
        assert "did not start" in said(await table.card(sam, ShowLog()))


async def test_a_moderator_who_is_faster_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started by hand in the very moment: it is open once, and the log doesn't say that it failed."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Again?", options="Yes | No"))
        await table.card(sam, SchedulePoll(poll.id, poll.revision, starts_ms=NOON + HOUR))
        table.clock.now = NOON + HOUR
        looked = planned._surroundings

        async def while_it_looked(*given: object) -> object:
            await start(table, poll)
            return await looked(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(planned, "_surroundings", while_it_looked)
        await planned.start_due(table.desk, f"poll:{poll.id}")
        assert (await kept(table, poll.id)).number == 1
        assert "did not start" not in said(await table.card(sam, ShowLog()))


async def test_a_start_after_the_deadline_is_refused(tmp_path: Path) -> None:
    """Before anything is planned."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, replace(DRAFT, closes="in 2 hours"))
        show = await table.ask(sam, SchedulePoll(poll.id, poll.revision, starts="in 3 hours"))
        assert show.refused and "deadline" in said(show)


async def repeated(table: Table, poll: Poll, **typed: str) -> None:
    """Have a poll come again, looking first."""
    asked = await table.card(sam, RepeatPoll(poll.id, **typed))  # type: ignore[arg-type]
    await table.card(sam, of_kind(asked, RepeatPoll))


async def test_a_poll_comes_again(tmp_path: Path) -> None:
    """Each time a poll of its own, open for as long as the first; what was missed is left out; to its end."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="2 days", kind="multiple")
        await repeated(table, poll, rhythm="weekly", until="in 5 weeks")
        await pass_time(table, 7 * DAY)
        await pass_time(table, 0)
        (second,) = await of_state(table, State.OPEN)
        assert (second.number, second.kind, second.question) == (2, "multiple", poll.question)
        assert second.closes_ms == NOON + 9 * DAY and second.id != poll.id and second.options == poll.options
        await pass_time(table, 3 * 7 * DAY)
        assert [p.number for p in await of_state(table, State.OPEN)] == [3]
        await pass_time(table, 30 * DAY)
        await pass_time(table, 30 * DAY)
        assert await table.desk.db.read(lambda tx: schedules.of_place(tx, SPOT.place)) == []
        assert len(await of_state(table, State.CLOSED)) == 4


async def test_a_crash_between_opening_and_advancing_opens_it_once(tmp_path: Path) -> None:
    """The act may run twice for one time; the second time finds its event."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await repeated(table, poll, rhythm="daily")
        (schedule,) = await table.desk.db.read(lambda tx: schedules.of_place(tx, SPOT.place))
        table.clock.now += DAY
        await planned.again_due(table.desk, f"schedule:{schedule.id}")
        again = replace(schedule)
        await table.desk.db.write(lambda tx: schedules.remove(tx, SPOT.place, again.id))
        await table.desk.db.write(lambda tx: schedules.add(tx, again))
        await planned.again_due(table.desk, f"schedule:{schedule.id}")
        assert len(await of_state(table, State.OPEN)) == 2


async def test_a_recurring_poll_is_stopped(tmp_path: Path) -> None:
    """From the list, asked first; another place's can't be."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await repeated(table, poll, rhythm="daily")
        (schedule,) = await table.desk.db.read(lambda tx: schedules.of_place(tx, SPOT.place))
        listed = await table.card(sam, ShowPlanned())
        assert "every day" in said(listed)
        elsewhere = replace(SPOT, place="test:village")
        await table.ask(sam, StopRepeating(schedule.id, sure=True), elsewhere)
        assert len(await table.desk.db.read(lambda tx: schedules.of_place(tx, SPOT.place))) == 1
        sure = of_kind(await table.card(sam, StopRepeating(schedule.id)), StopRepeating)
        await table.card(sam, sure)
        await pass_time(table, 3 * DAY)
        assert len(await of_state(table, State.OPEN)) == 1


async def test_every_act_is_known_to_the_timers() -> None:
    """What is planned can be carried out."""
    assert {planned.START, planned.AGAIN} <= set(timers.ACTS)


async def test_planning_is_for_moderators(tmp_path: Path) -> None:
    """A member learns that, and nothing is planned."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        for intent in (
            SchedulePoll(poll.id),
            RepeatPoll(poll.id, sure=True, every="d1"),
            ShowPlanned(),
            StartPoll("x"),
        ):
            assert (await table.ask(tom, intent)).refused
