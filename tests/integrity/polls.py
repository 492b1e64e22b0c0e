"""An open poll to be unfair to: made as a moderator makes one, looked at as it is kept."""

from __future__ import annotations

from collections import Counter

from bot.core.intents import DraftPoll, PressOption, StartPoll
from bot.core.place import Scope
from bot.core.poll.result import Outcome
from bot.core.poll.values import Ballot, Poll, State
from bot.services.polls.counting import outcome
from bot.storage import boxes, polls
from tests.support import SPOT, Table, actions, sam

OPTIONS = "Parks | Buses | Books | Bread"


async def open_poll(table: Table, draft: DraftPoll | None = None) -> Poll:
    """A poll that was drafted and started; four options and one choice unless told otherwise."""
    card = await table.card(sam, draft or DraftPoll(question="What first?", options=OPTIONS, kind="single"))
    start = next(action.intent for action in actions(card) if isinstance(action.intent, StartPoll))
    await table.card(sam, start)
    return await kept(table, start.poll)


async def kept(table: Table, poll_id: str) -> Poll:
    """The poll as it stands now."""
    found = await table.desk.db.read(lambda tx: polls.get(tx, poll_id))
    assert found is not None
    return found


async def box(table: Table, poll: Poll) -> list[Ballot]:
    """Every ballot of the poll."""
    return await table.desk.db.read(lambda tx: boxes.of(poll).page(tx, poll.id))


async def tally(table: Table, poll: Poll) -> Outcome:
    """The poll's outcome, as boards, results and exports count it."""
    return await table.desk.db.read(lambda tx: outcome(tx, poll))


async def check_sound(table: Table, poll: Poll, most: int) -> Outcome:
    """Nobody has two ballots or more than `most` marks, and the tally is what the ballots say."""
    cast = await box(table, poll)
    counted = await tally(table, poll)
    assert max(Counter(ballot.voter for ballot in cast).values(), default=1) == 1
    assert all(1 <= len(ballot.marks) <= most for ballot in cast)
    marks = Counter(option for ballot in cast for option in ballot.marks)
    assert counted.ballots == len(cast)
    assert dict(counted.counts) == {option.id: marks[option.id] for option in poll.options}
    return counted


def presses(poll: Poll) -> list[PressOption]:
    """A press on each option."""
    return [PressOption(poll.id, option.id) for option in poll.options]


async def open_polls(table: Table) -> list[Poll]:
    """The polls that are open here."""
    return await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), State.OPEN))
