"""Sealing: the key goes, the list of who voted goes, and a key that will not go stops nothing and is told."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.core.intents import ClosePoll, ErasePoll, PressOption, ShowLog, ShowPanel
from bot.core.poll.values import Poll, State
from bot.services import closing
from bot.services.polls import sealing
from bot.storage import polls
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, close
from tests.support import HOUR, Table, a_desk, crowd, said, sam, tom

STAYS = "could not be removed"


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made


Stick = Callable[[Poll], Callable[[], None]]


@pytest.fixture(params=["a folder in its place", "refused by the system"])
def stick(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stick:
    """Makes a poll's key stay; what it returns lets it go again."""

    def in_its_place(poll: Poll) -> Callable[[], None]:
        key = tmp_path / "t.db.keys" / f"{poll.id}.key"
        key.unlink()
        key.mkdir()
        return key.rmdir

    def refused(poll: Poll) -> Callable[[], None]:
        honest, path = Path.unlink, tmp_path / "t.db.keys" / f"{poll.id}.key"

        def unlink(self: Path, missing_ok: bool = False) -> None:
            if self == path:
                raise PermissionError(1, "Operation not permitted", str(self))
            honest(self, missing_ok)

        monkeypatch.setattr(Path, "unlink", unlink)
        return lambda: monkeypatch.setattr(Path, "unlink", honest)

    return in_its_place if request.param == "a folder in its place" else refused


async def voted_in(table: Table) -> set[str]:
    """The polls of which it is still kept who voted."""
    return {row[0] for row in await table.desk.db.read(lambda tx: tx.all("SELECT DISTINCT poll_id FROM voted"))}


async def log_of(table: Table) -> str:
    return said(await table.card(sam, ShowLog()))


async def test_who_voted_goes_with_the_poll(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the poll that closed, a few at a time if they are many; those of an open one stay, to spare them reminders."""
    monkeypatch.setattr(sealing, "FORGOTTEN", 3)
    over, running = await a_poll(table), await a_poll(table)
    for poll in (over, running):
        for person in crowd(8):
            await table.card(person, PressOption(poll.id, "a"))
    assert await voted_in(table) == {over.id, running.id}
    await close(table, over)
    assert await voted_in(table) == {running.id}


async def test_who_voted_goes_after_a_crash_too(table: Table) -> None:
    """Between the close and the sealing: the next start finds the list, even where the key is gone already."""
    poll = await a_poll(table)
    await table.card(tom, PressOption(poll.id, "a"))
    await table.desk.db.write(lambda tx: polls.close(tx, poll.id, table.clock.now, None))
    await table.desk.db.write(lambda tx: polls.set_root(tx, poll.id, "root"))
    table.desk.keys.destroy(poll.id)
    await closing.seal_left(table.desk)
    assert await voted_in(table) == set()


async def test_a_key_that_stays_stops_neither_the_close_nor_other_polls(
    table: Table, stick: Stick, caplog: pytest.LogCaptureFixture
) -> None:
    """The moderator reads what happened, the operator too; the poll is closed and has its root, others are sealed."""
    stuck, other = await a_poll(table, closes="1 hour"), await a_poll(table, closes="1 hour")
    for person in crowd(6):
        for poll in (stuck, other):
            await table.card(person, PressOption(poll.id, "a"))
    stick(stuck)
    table.clock.now += HOUR
    await closing.step(table.desk)
    for poll in (stuck, other):
        ended = await kept(table, poll.id)
        assert ended.state is State.CLOSED and ended.root
    assert await voted_in(table) == set() and table.desk.keys.kept() == (stuck.id,)
    assert [(r.levelno, r.poll) for r in caplog.records if r.message == "key not removed"] == [  # type: ignore[attr-defined]
        (logging.ERROR, stuck.id)
    ]
    assert STAYS in said(await table.card(sam, ShowPanel(stuck.id)))
    assert STAYS not in said(await table.card(sam, ShowPanel(other.id)))
    assert f"the key of poll {stuck.number} {STAYS}" in await log_of(table)


async def test_whoever_closes_it_reads_it_at_once(table: Table, stick: Stick) -> None:
    """On the card that answers the press, which is no refusal; the same for an erasure."""
    first, second = await a_poll(table), await a_poll(table)
    stick(first)
    assert STAYS not in said(await table.card(sam, ShowPanel(first.id)))
    show = await table.ask(sam, ClosePoll(first.id, sure=True))
    assert not show.refused and STAYS in said(show)
    stick(second)
    show = await table.ask(sam, ErasePoll(second.id, sure=True))
    assert not show.refused and STAYS in said(show)


async def test_it_is_tried_again_and_told_once(table: Table, stick: Stick) -> None:
    """Hour after hour the log has one line; when the key is gone at last it has one more, and the panel none."""
    poll = await a_poll(table)
    let_go = stick(poll)
    await close(table, poll)
    for _ in range(3):
        await closing.seal_left(table.desk)
    assert (await log_of(table)).count(STAYS) == 1
    let_go()
    await closing.seal_left(table.desk)
    assert table.desk.keys.kept() == () and "is gone" in await log_of(table)
    assert STAYS not in said(await table.card(sam, ShowPanel(poll.id)))
    await closing.seal_left(table.desk)
    assert (await log_of(table)).count("is gone") == 1


async def test_a_key_that_stays_is_used_no_more(table: Table, stick: Stick, tmp_path: Path) -> None:
    """The program itself can't tell any more whose ballot is whose; where the file can be written, it is emptied."""
    poll = await a_poll(table)
    await table.card(tom, PressOption(poll.id, "a"))
    stick(poll)
    await close(table, poll)
    assert table.desk.keys.ballot_id(poll.id, tom.id) is None
    file = tmp_path / "t.db.keys" / f"{poll.id}.key"
    assert file.is_dir() or not any(file.read_bytes())
