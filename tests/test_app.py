"""The app: everything long-lived is built in order and taken down again, and its loops keep what they promise."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.app import App, now_ms, open_app
from bot.core.card import Card
from bot.core.ctx import Ctx
from bot.core.intents import DraftPoll, PressOption, ShowPoll, StartPoll
from bot.core.poll.values import State
from bot.services import heartbeat
from bot.services.stage import Slot
from bot.settings import Settings, load
from bot.storage import polls
from bot.storage.errors import DatabaseInUse, DatabaseReadOnly, StorageError
from bot.storage.sqlite.database import open_database
from tests.services.polls.acting import of_kind
from tests.support import SPOT, said, sam, tom


def settings(folder: Path, **given: str) -> Settings:
    """The settings of a bot whose database is in `folder`."""
    return load({"DATABASE_URL": f"sqlite:///{folder / 't.db'}", **given})


async def opened(app: App) -> str:
    """A poll that was drafted and started; its id."""
    draft = await app.desk.answer(Ctx(sam, SPOT, "e1"), DraftPoll(question="Q?", options="A | B", results="live"))
    start = of_kind(draft.card, StartPoll)
    assert not (await app.desk.answer(Ctx(sam, SPOT, "e2"), start)).refused
    return start.poll  # type: ignore[attr-defined,no-any-return]


async def test_it_is_built_and_taken_down(tmp_path: Path) -> None:
    """With the packs, the ready polls and the defaults of the settings; afterwards the database can be had again."""
    for _ in range(2):
        async with open_app(settings(tmp_path, LOCALE="es", TIMEZONE="Europe/Madrid")) as app:
            assert "us-mexico-bargain" in app.desk.shelf.built_in and app.desk.ready
            assert (app.desk.defaults.locale, app.desk.defaults.timezone) == ("es", "Europe/Madrid")
            with pytest.raises(DatabaseInUse):
                await open_database(tmp_path / "t.db", exclusive=True)
    async with await open_database(tmp_path / "t.db", exclusive=True):
        pass


async def test_it_is_taken_down_when_something_breaks(tmp_path: Path) -> None:
    """Whatever happens inside."""
    with pytest.raises(ZeroDivisionError):
        async with open_app(settings(tmp_path)):
            raise ZeroDivisionError
    async with await open_database(tmp_path / "t.db", exclusive=True):
        pass


async def test_a_relative_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a first start; one with an absolute path may be a volume that isn't mounted, and is told."""
    monkeypatch.chdir(tmp_path)
    async with open_app(load({"DATABASE_URL": "sqlite:///data/deep/t.db"})):
        assert (tmp_path / "data" / "deep" / "t.db").exists()
    with pytest.raises(StorageError, match="volume"):
        async with open_app(settings(tmp_path / "volume")):
            pass
    assert not (tmp_path / "volume").exists()


class Stage:
    """A platform's channel in memory."""

    name = "test"
    forgets = False
    pace_s = 0.0

    def __init__(self) -> None:
        self.shown: asyncio.Queue[Card] = asyncio.Queue()

    async def show(self, slot: Slot, card: Card) -> str:
        """Post or edit."""
        await self.shown.put(card)
        return "m"


async def test_its_loops_show_and_close(tmp_path: Path) -> None:
    """A board is posted, kept in step, and closed when the deadline has passed; a sign of life stands meanwhile."""
    async with open_app(settings(tmp_path)) as app:
        stage = Stage()
        loops = asyncio.create_task(app.loops({"test": stage}))
        poll = await opened(app)
        assert "no votes yet" in said(await stage.shown.get())
        await app.desk.answer(Ctx(tom, SPOT, "e3"), PressOption(poll, "a"))
        assert "1 vote" in said(await stage.shown.get())
        assert heartbeat.alive_file(tmp_path / "t.db").exists()
        await app.db.write(lambda tx: polls.extend(tx, poll, now_ms() + 1, now_ms()))
        app.desk.deadlines.ring()
        while "closed" not in said(await stage.shown.get()):
            pass
        assert (await app.desk.answer(Ctx(tom, SPOT, "e4"), PressOption(poll, "b"))).refused
        assert app.desk.keys.kept() == ()
        loops.cancel()
        with pytest.raises(asyncio.CancelledError):
            await loops
        assert not heartbeat.alive_file(tmp_path / "t.db").exists()


async def test_what_happened_is_there_after_a_restart(tmp_path: Path) -> None:
    """The poll, the vote, and whose it was."""
    async with open_app(settings(tmp_path)) as app:
        poll = await opened(app)
        await app.desk.answer(Ctx(tom, SPOT, "e3"), PressOption(poll, "b"))
    async with open_app(settings(tmp_path)) as app:
        assert "Your vote: B, B" in said(await app.desk.answer(Ctx(tom, SPOT, "e4"), ShowPoll("1")))
        assert await app.db.read(lambda tx: polls.ids_in(tx, State.OPEN)) == {poll}


async def test_a_reader_of_the_database_cannot_scrub_or_rebuild_it(tmp_path: Path) -> None:
    """Commands beside a running bot change nothing."""
    async with open_app(settings(tmp_path)), await open_database(tmp_path / "t.db", readonly=True) as reading:
        for forbidden in (reading.scrub, reading.rebuild):
            with pytest.raises(DatabaseReadOnly):
                await forbidden()
