"""Edits sent and how stale a board gets in a busy minute: a real desk and loop, the time wound by hand."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.core.card import Card
from bot.core.intents import DraftPoll, PressOption
from bot.platforms.discord.stage import DiscordStage
from bot.services.boards import Boards
from bot.services.stage import Slot
from tests.integrity.polls import OPTIONS, open_poll
from tests.support import Table, a_desk, crowd

VOTES = 3000
SECONDS = 60
TICK_MS = 20
LATENCY_MS = 120  # what an edit takes at Discord: some 100 ms


@dataclass
class Channel:
    """A stage at Discord's pace that counts."""

    table: Table
    name: str = "test"
    forgets: bool = False
    pace_s: float = DiscordStage.pace_s
    edits: int = 0

    async def show(self, slot: Slot, card: Card) -> str:
        """Post or edit: it takes its time."""
        self.edits += slot.message is not None
        self.table.clock.now += LATENCY_MS
        return "message"


async def measure(votes: int = VOTES) -> dict[str, float]:
    """`{votes, seconds, edits, edits_if_one_a_vote, staleness_p50_s, staleness_p95_s}` for a live board."""
    with tempfile.TemporaryDirectory() as folder:
        async with a_desk(Path(folder)) as table:
            return await _minute(table, votes)


async def _minute(table: Table, votes: int) -> dict[str, float]:
    draft = DraftPoll(question="What first?", options=OPTIONS, kind="single", results="live")
    poll = await open_poll(table, draft)
    stage = Channel(table)
    boards = Boards(table.desk, {"test": stage}, partial(_seconds, table))
    await boards.step()
    stale = await _votes_and_edits(table, boards, stage, poll.id, votes)
    return {
        "votes": votes,
        "seconds": SECONDS,
        "edits": stage.edits,
        "edits_if_one_a_vote": votes,
        "staleness_p50_s": stale[len(stale) // 2] / 1000,
        "staleness_p95_s": stale[int(len(stale) * 0.95)] / 1000,
    }


async def _votes_and_edits(table: Table, boards: Boards, stage: Channel, poll: str, votes: int) -> list[int]:
    """Votes come evenly while the loop does its steps; ms until each was seen on the board, sorted."""
    begin, cast, waiting, stale = table.clock.now, 0, [], []
    people = iter(crowd(votes))
    while cast < votes or waiting:
        due = min(votes, (table.clock.now - begin) * votes // (SECONDS * 1000))
        for _ in range(due - cast):
            await table.ask(next(people), PressOption(poll, "abcd"[cast % 4]))
            waiting.append(begin + cast * SECONDS * 1000 // votes)
            cast += 1
        before = stage.edits
        await boards.step()
        if stage.edits > before:  # drawn before the edit took its time, with all votes that waited
            stale += [table.clock.now - at for at in waiting]
            waiting = []
        table.clock.now += TICK_MS
    return sorted(stale)


def _seconds(table: Table) -> float:
    return table.clock.now / 1000
