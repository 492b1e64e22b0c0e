"""The program is killed in the middle of a storm: what it acknowledged is there when it is back, and is there once."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import orjson
import pytest

from bot.core.poll.values import Ballot
from bot.storage import ballots, secret_ballots
from bot.storage.backup import integrity
from bot.storage.sqlite.database import open_database
from tests.integrity.program import (
    acknowledged,
    board_of_a_poll,
    buttons,
    kill,
    people,
    presses,
    recorded,
    tertulia,
)
from tests.loopback.asks import Answer, Pending, envelope, press
from tests.loopback.people import Json
from tests.loopback.server import LoopbackDiscord
from tests.loopback.storm import Storm

DATABASE = "tertulia.db"


async def killed_after(place: LoopbackDiscord, folder: Path, board: Json, votes: int, first: int) -> dict[str, str]:
    """Let a storm of presses rage until so many were answered, then kill; who was told that their vote counts."""
    asks = presses(board, people(votes + 400, first))
    async with tertulia(place, folder) as process:
        pendings = [await place.send(ask) for ask in asks]
        answers = [pending.answer for pending in pendings]
        await place.until(lambda: sum(answer.done() for answer in answers) >= votes, 60)
        await kill(process)
    await asyncio.sleep(0)  # what had arrived before the end is read
    heard: list[Answer | None] = [answer.result() if answer.done() else None for answer in answers]
    return acknowledged(Storm(tuple(heard), 1.0), asks)


async def stored(folder: Path, board: Json) -> list[Ballot]:
    """The ballots in the file that the dead program left, which must be sound."""
    assert integrity(folder / DATABASE) == []
    poll = buttons(board)[0].split(":")[2]
    async with await open_database(folder / DATABASE, exclusive=True) as database:
        named = await database.read(lambda tx: ballots.page(tx, poll))
        return named or await database.read(lambda tx: secret_ballots.page(tx, poll))


def check(heard: dict[str, str], kept: list[Ballot]) -> None:
    """Everybody who was told so has their vote, for what they pressed; nobody has two."""
    found = {ballot.voter: list(ballot.marks) for ballot in kept}
    assert {voter: found.get(voter) for voter in heard} == {voter: [option] for voter, option in heard.items()}
    assert max(Counter(ballot.voter for ballot in kept).values()) == 1


@pytest.mark.parametrize(
    "rounds", [pytest.param([200], id="once"), pytest.param([50, 400, 900, 1, 1500] * 4, marks=pytest.mark.chaos)]
)
@pytest.mark.timeout(600)
async def test_kill_9_in_a_storm_loses_no_acknowledged_vote(tmp_path: Path, rounds: list[int]) -> None:
    """Each round the program starts on what the last one left, and is killed among more presses."""
    async with LoopbackDiscord(patience=60) as place:
        async with tertulia(place, tmp_path):
            board = await board_of_a_poll(place)
        heard: dict[str, str] = {}
        for number, votes in enumerate(rounds):
            told = await killed_after(place, tmp_path, board, votes, first=5000 * number)
            assert told  # not all who were answered: on a busy machine some only heard "thinking" before the end
            heard |= told
            check(heard, await stored(tmp_path, board))


async def test_a_click_works_that_comes_after_the_program_was_killed(tmp_path: Path) -> None:
    """Killed between the posting of a board and a press on it: the press counts, and the same board goes on living."""
    async with LoopbackDiscord() as place:
        async with tertulia(place, tmp_path) as process:
            board = await board_of_a_poll(place, results="live")
            await kill(process)
        (maria,) = people(1)
        async with tertulia(place, tmp_path):
            answer = await place.ask(press(buttons(board)[1], maria, board))
            assert recorded(answer)
            await place.until(lambda: "1 vote" in str(place.message(board["id"])), 10)
        assert len(place.messages()) == 1
        (ballot,) = await stored(tmp_path, board)
        assert ballot.voter == f"discord:{maria.id}"


async def test_a_press_delivered_twice_is_one_vote_across_a_kill(tmp_path: Path) -> None:
    """Discord's event comes again after the restart: it does not take the vote back."""
    async with LoopbackDiscord(patience=60) as place:
        async with tertulia(place, tmp_path):
            board = await board_of_a_poll(place)
            pending = await place.send(presses(board, people(1))[0])
            assert recorded(await pending.answer)
        async with tertulia(place, tmp_path):
            await deliver_again(place, pending)
            await place.until(lambda: len(place.calls("POST", pending.token)) == 2, 10)
        assert len(await stored(tmp_path, board)) == 1


async def deliver_again(place: LoopbackDiscord, sent: Pending) -> None:
    """The same event once more, as a gateway does when a session is resumed."""
    told = envelope(sent, place.world.application, *place.world.place(sent.channel_id), place.world.file_limit)
    await place.gateway.dispatch("INTERACTION_CREATE", orjson.dumps(told))
