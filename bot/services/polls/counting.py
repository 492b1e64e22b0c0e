"""A poll's outcome as its ballots stand: all of it for those who count, and what may be told for the cards."""

from __future__ import annotations

from dataclasses import replace

from bot.core.counting.methods import others
from bot.core.poll.counted import outcome_of, policies_of, profile_of
from bot.core.poll.decision import Status, decision
from bot.core.poll.result import Outcome, withheld
from bot.core.poll.values import Ballot, Poll, State
from bot.storage import boxes
from bot.storage.ballots import Group
from bot.storage.port import Tx

MOST_COMPARED = 20_000  # different ballots that other methods count too: what a card may take while people wait


async def outcome(tx: Tx, poll: Poll) -> Outcome:
    """Count the ballots, equal ones together."""
    box = boxes.of(poll)
    return outcome_of(poll, await box.grouped(tx, poll.id), await box.voided(tx, poll.id))


async def told(tx: Tx, poll: Poll) -> Outcome:
    """What cards are made of: of a secret poll that is open, or whose result is withheld, only how many voted.

    A closed ranked or scored poll comes with what other methods say.
    """
    box = boxes.of(poll)
    cast = await box.count(tx, poll.id)
    if untold(poll, cast):
        return Outcome({option.id: 0 for option in poll.options}, cast, poll.electorate, of_voters=False)
    groups = await box.grouped(tx, poll.id)
    found = outcome_of(poll, groups, await box.voided(tx, poll.id))
    return found if poll.state is State.OPEN else compared(poll, groups, found)


async def reasons(tx: Tx, poll: Poll, cast: int, most: int) -> list[Ballot]:
    """Ballots whose reason may be told with the result: none where the result may not be told itself."""
    if not poll.rules.reasons or untold(poll, cast):
        return []
    return await boxes.of(poll).reasons(tx, poll.id, most)


def untold(poll: Poll, cast: int) -> bool:
    """Whether no count of this poll may leave the box now, whoever asks."""
    return withheld(poll, cast) or (poll.secret and poll.state is not State.CLOSED)


def compared(poll: Poll, groups: list[Group], found: Outcome) -> Outcome:
    """With what other methods that elect one say; not where nothing was decided, or by seats."""
    status = decision(poll, found).status
    if poll.rules.seats > 1 or status not in (Status.DECIDED, Status.TIE) or len(groups) > MOST_COMPARED:
        return found
    said = others(profile_of(poll, groups), policies_of(poll), poll.method)
    return replace(found, others=said)
