"""What is due at a moment happens then, once, across restarts; one thing that fails keeps nothing else waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services import closing, timers
from bot.services.desk import Desk
from bot.storage import timers as kept_timers
from tests.support import HOUR, NOON, Table, a_desk


async def left(table: Table) -> list[tuple[str, str, int]]:
    """Every timer that is still set."""
    return await table.desk.db.read(lambda tx: kept_timers.due(tx, NOON + 10_000 * HOUR))


async def set_(table: Table, *all_: tuple[str, str, int]) -> None:
    for timer in all_:
        await table.desk.db.write(lambda tx, timer=timer: kept_timers.set_(tx, *timer))  # type: ignore[misc]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, by acts that a test may use: "note", and "fail", which fails the first time."""
    done: list[str] = []

    async def note(desk: Desk, subject: str) -> None:
        done.append(subject)

    async def fail(desk: Desk, subject: str) -> None:
        if subject not in done:
            done.append(subject)
            raise ValueError(subject)
        done.append(subject + " again")

    monkeypatch.setattr(timers, "ACTS", {**timers.ACTS, "note": note, "fail": fail})
    return done


async def test_what_is_due_is_done_once(tmp_path: Path, done: list[str]) -> None:
    """The oldest first, and nothing before its time; the loop sleeps until the next."""
    async with a_desk(tmp_path) as table:
        await set_(table, ("note", "second", NOON), ("note", "first", NOON - 1), ("note", "later", NOON + 90_000))
        assert await closing.step(table.desk) == 90.0
        assert done == ["first", "second"]
        await closing.step(table.desk)
        table.clock.now += 90_000
        await closing.step(table.desk)
        assert done == ["first", "second", "later"] and await left(table) == []


async def test_what_fails_is_tried_again(tmp_path: Path, done: list[str]) -> None:
    """A minute later; what this build doesn't know waits likewise, and neither keeps the rest waiting."""
    async with a_desk(tmp_path) as table:
        await set_(table, ("fail", "bad", NOON - 2), ("unheard-of", "x", NOON - 1), ("note", "good", NOON))
        await closing.step(table.desk)
        assert done == ["bad", "good"]
        assert {(act, due) for act, _, due in await left(table)} == {
            ("fail", NOON + 60_000),
            ("unheard-of", NOON + 60_000),
        }
        table.clock.now += 60_000
        await closing.step(table.desk)
        assert done == ["bad", "good", "bad again"]


async def test_a_timer_set_again_while_its_act_runs_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What recurs sets its own next moment."""
    async with a_desk(tmp_path) as table:

        async def weekly(desk: Desk, subject: str) -> None:
            await desk.db.write(lambda tx: kept_timers.set_(tx, "weekly", subject, desk.clock() + HOUR))

        monkeypatch.setattr(timers, "ACTS", {"weekly": weekly})
        await set_(table, ("weekly", "x", NOON))
        await closing.step(table.desk)
        assert await left(table) == [("weekly", "x", NOON + HOUR)]
