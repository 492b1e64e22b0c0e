"""What the files on the disk give away, read as bytes: the database, its journal, and what was erased."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.intents import (
    CastBallot,
    EraseMyData,
    ErasePoll,
    GiveReason,
    Intent,
    ListPolls,
    OpenBallot,
    PressOption,
    RetractBallot,
    ShowMyBallots,
    ShowPoll,
    ShowResults,
)
from tests.integrity.polls import box
from tests.services.polls.acting import a_poll, close
from tests.support import Table, a_desk, crowd, sam, tom

ZOE = replace(tom, id="discord:80351110224678912", name="Zoé Quillfeather")


def on_disk(folder: Path) -> bytes:
    """The database and whatever stands beside it, without the keys."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("t.db*")) if path.is_file())


def names(folder: Path) -> bool:
    """Whether anything on the disk names the voter: by id, by its number, by name."""
    data = on_disk(folder)
    return any(word in data for word in (b"discord:8035", b"80351110224678912", b"Quillfeather"))


async def vote(table: Table, poll_id: str) -> None:
    """All that a voter does."""
    steps: list[Intent] = [
        ListPolls(), ShowPoll(poll_id), OpenBallot(poll_id), PressOption(poll_id, "a"), PressOption(poll_id, "b"),
        CastBallot(poll_id, marks="c", reason="Because"), GiveReason(poll_id, reason="Why not"),
        ShowResults(poll_id), ShowMyBallots(), RetractBallot(poll_id), PressOption(poll_id, "b"),
    ]  # fmt: skip
    for n, step in enumerate(steps):
        await table.ask(ZOE, step, event=f"web:{ZOE.id}.{n}")


async def test_an_anonymous_vote_leaves_no_voter_on_the_disk(tmp_path: Path) -> None:
    """Not while the poll is open, journal included, not after the close, not after the program has stopped."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, reasons=True)
        await vote(table, poll.id)
        assert len(await box(table, poll)) == 1 and not names(tmp_path)
        await close(table, poll)
        assert not names(tmp_path)
    assert not names(tmp_path)


async def test_the_same_in_a_named_poll_does(tmp_path: Path) -> None:
    """So that the test above would notice."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await table.card(ZOE, PressOption(poll.id, "a"))
        assert names(tmp_path)


async def test_ballots_of_an_anonymous_poll_say_nothing_of_when(tmp_path: Path) -> None:
    """No time, no name, and an order that is not that of the votes."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        people = crowd(12)
        for person in people:
            table.clock.now += 1000
            await table.card(person, PressOption(poll.id, "a"))
        cast = await box(table, poll)
        assert {(ballot.name, ballot.cast_ms) for ballot in cast} == {(None, None)}
        tags = [table.desk.keys.ballot_id(poll.id, person.id) for person in people]
        assert sorted(tags) == [ballot.voter for ballot in cast] != tags  # type: ignore[type-var]


@pytest.mark.parametrize("ballots", ["named", "anonymous"])
async def test_an_erased_poll_leaves_none_of_its_words(tmp_path: Path, ballots: str) -> None:
    """Question, options, reasons and names are gone from the file and its journal, at once and after a stop."""
    words = [b"Quokka", b"Wombat", b"Numbat", b"Bilby"]

    def left() -> list[bytes]:
        return [word for word in words if word in on_disk(tmp_path)]

    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, "Quokka | Wombat", ballots=ballots, reasons=True)
        voter = replace(tom, name="Numbat") if ballots == "named" else tom
        await table.card(voter, CastBallot(poll.id, marks="a", reason="Bilby"))
        assert set(left()) >= {b"Quokka", b"Wombat", b"Bilby"}
        await table.card(sam, ErasePoll(poll.id, sure=True))
        assert left() == []
    assert left() == []


async def test_a_person_erased_is_gone_from_the_disk(tmp_path: Path) -> None:
    """Their named votes and reasons too, from the file and its journal."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named", reasons=True)
        await table.card(ZOE, CastBallot(poll.id, marks="a", reason="Quillfeather was here"))
        await table.card(ZOE, EraseMyData(sure=True))
        assert not names(tmp_path)
