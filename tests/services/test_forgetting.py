"""What went for good is gone from the bytes within a stated time, across crashes, stops and trouble."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.app import open_app
from bot.core import intents as i
from bot.services import closing, forgetting
from bot.storage.errors import StorageUnavailable
from bot.storage.port import Tx
from tests.services.polls.acting import a_poll, close
from tests.support import NOON, Table, a_desk, crowd, sam, tom
from tests.test_app import settings

ARTICLE = "us-mexico-bargain"


class Rebuilds:
    """How often the database was written anew; `trouble` is raised in its place."""

    def __init__(self, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.trouble, self._honest = 0, list[Exception](), table.desk.db.rebuild
        monkeypatch.setattr(table.desk.db, "rebuild", self.rebuild)

    async def rebuild(self) -> None:
        if self.trouble:
            raise self.trouble.pop()
        self.count += 1
        await self._honest()


async def due(table: Table) -> int | None:
    """How long until the database is written anew; None where nobody asked for it."""
    found = await table.desk.db.read(forgetting.due_ms)
    return None if found is None else found - table.clock.now


async def come_by(table: Table, ms: int) -> None:
    """Let time pass, and the loop look once."""
    table.clock.now += ms
    await closing.step(table.desk)


@pytest.mark.parametrize("ballots", ["named", "anonymous"])
async def test_after_a_close_it_is_half_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ballots: str) -> None:
    """And not before; polls that close meanwhile share it; and then nothing is due any more."""
    async with a_desk(tmp_path) as table:
        rebuilds = Rebuilds(table, monkeypatch)
        polls = [await a_poll(table, ballots=ballots) for _ in range(3)]
        for poll in polls:
            await close(table, poll)
            await come_by(table, 9_000)
        assert rebuilds.count == 0
        await come_by(table, 3_000)
        assert rebuilds.count == 1 and await due(table) is None


async def test_a_deadline_that_passed_while_nothing_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The half minute has passed too."""
    async with a_desk(tmp_path) as table:
        rebuilds = Rebuilds(table, monkeypatch)
        await a_poll(table, closes="1 hour")
        await come_by(table, 3 * 3_600_000)
        assert rebuilds.count == 1


@pytest.mark.parametrize(
    ("act", "ms"),
    [
        pytest.param(i.EraseMyData(sure=True), forgetting.SOON_MS, id="a person"),
        pytest.param(i.ErasePoll("1", sure=True), forgetting.SOON_MS, id="a poll"),
        pytest.param(i.RetractBallot("1"), forgetting.HALF_AN_HOUR_MS, id="a vote"),
        pytest.param(i.CastBallot("1", marks="b"), forgetting.HALF_AN_HOUR_MS, id="a changed vote"),
        pytest.param(i.TakeStance(ARTICLE, "a-demand", "none"), forgetting.HALF_AN_HOUR_MS, id="a stance"),
        pytest.param(i.TakeStance(ARTICLE, "a-demand", "pass"), forgetting.HALF_AN_HOUR_MS, id="a changed stance"),
    ],
)
async def test_what_is_erased_is_gone_in_time(tmp_path: Path, act: i.Intent, ms: int) -> None:
    """Half a minute after an erasure; by the half hour what a person merely changed, which hides when they did."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(ARTICLE))
        await a_poll(table)
        await table.card(tom, i.PressOption("1", "a"))
        await table.card(tom, i.TakeStance(ARTICLE, "a-demand", "agree"))
        assert await due(table) is None
        await table.ask(sam if isinstance(act, i.ErasePoll) else tom, act)
        assert await due(table) == ms and NOON % forgetting.HALF_AN_HOUR_MS == 0


async def test_an_erasure_does_not_wait_for_the_half_hour(tmp_path: Path) -> None:
    """Whatever was asked for before; and what comes later puts nothing off."""
    async with a_desk(tmp_path) as table:
        await a_poll(table)
        await table.card(tom, i.PressOption("1", "a"))
        await table.card(tom, i.RetractBallot("1"))
        await table.card(tom, i.SetReminders("on"))
        await table.card(tom, i.EraseMyData(sure=True))
        table.clock.now += 10_000
        await table.card(sam, i.ErasePoll("1", sure=True))
        assert await due(table) == forgetting.SOON_MS - 10_000


async def test_nothing_erased_costs_nothing(tmp_path: Path) -> None:
    """Whoever erases nothing, again and again, has nobody wait."""
    async with a_desk(tmp_path) as table:
        for _ in range(3):
            await table.card(tom, i.EraseMyData(sure=True))
        assert await due(table) is None


async def test_what_comes_while_it_is_under_way_gets_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Erased in the very moment of a rebuild, which may have passed it by."""
    async with a_desk(tmp_path) as table:
        rebuilds = Rebuilds(table, monkeypatch)
        first, second = await a_poll(table), await a_poll(table)
        await close(table, first)
        honest = rebuilds.rebuild

        async def meanwhile() -> None:
            monkeypatch.setattr(table.desk.db, "rebuild", honest)
            await honest()
            await close(table, second)

        monkeypatch.setattr(table.desk.db, "rebuild", meanwhile)
        await come_by(table, forgetting.SOON_MS)
        assert rebuilds.count == 1 and await due(table) == forgetting.SOON_MS
        await come_by(table, forgetting.SOON_MS)
        assert rebuilds.count == 2 and await due(table) is None


async def test_trouble_is_told_and_it_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Every minute until it works; nothing else stands still for it."""
    async with a_desk(tmp_path) as table:
        rebuilds = Rebuilds(table, monkeypatch)
        rebuilds.trouble = [StorageUnavailable("the disk is full") for _ in range(2)]
        await close(table, await a_poll(table))
        await come_by(table, forgetting.SOON_MS)
        assert [r.levelno for r in caplog.records if "not rebuilt" in r.message] == [logging.ERROR]
        await come_by(table, forgetting.AGAIN_MS)
        assert rebuilds.count == 0
        await come_by(table, forgetting.AGAIN_MS)
        assert rebuilds.count == 1 and await due(table) is None


async def test_after_a_crash_the_next_start_makes_it_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the close and the rebuild, or in the middle of it: at once, not after half a minute."""
    for crash in (_nothing, _begun):
        async with a_desk(tmp_path) as table:
            await close(table, await a_poll(table))
            await crash(table)
        async with a_desk(tmp_path) as table:
            rebuilds = Rebuilds(table, monkeypatch)
            await forgetting.finish(table.desk)
            assert rebuilds.count == 1 and await due(table) is None


async def _nothing(table: Table) -> None:
    """The program ends here."""


async def _begun(table: Table) -> None:
    """The program ends within the rebuild."""

    async def work(tx: Tx) -> None:
        await forgetting._begin(tx, table.clock.now)

    await table.desk.db.write(work)


async def test_a_clean_stop_leaves_nothing_to_do(tmp_path: Path) -> None:
    """What was erased a second before the stop is gone from the file that lies there afterwards."""
    people = crowd(60)
    async with open_app(settings(tmp_path)) as app:
        table = Table(app.desk, clock=None)  # type: ignore[arg-type]
        poll = await a_poll(table, reasons=True)
        for person in people:
            await table.card(person, i.CastBallot(poll.id, "a", reason=f"token-{person.name}-"))
        for person in people[::2]:
            await table.card(person, i.EraseMyData(sure=True))
        assert await app.db.read(forgetting.due_ms)
    left = (tmp_path / "t.db").read_bytes()
    assert [person.name for person in people if f"token-{person.name}-".encode() in left] == [
        person.name for person in people[1::2]
    ]
    async with a_desk(tmp_path) as table:
        assert await due(table) is None
