"""What a crowd does to a poll all at once, where other bots store two votes for one person or votes after the close."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.card import Show
from bot.core.ctx import Actor
from bot.core.intents import CastBallot, ClosePoll, DraftPoll, Intent, PressOption, RetractBallot
from bot.core.poll.result import Outcome
from bot.core.poll.values import Poll, State
from bot.services import closing
from tests.integrity.polls import OPTIONS, box, check_sound, kept, open_poll, presses, tally
from tests.support import HOUR, Table, a_desk, crowd, said, sam

VARIANTS = pytest.mark.parametrize("ballots", ["anonymous", "named"])


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made


async def all_at_once(table: Table, acts: list[tuple[Actor, Intent]]) -> list[Show]:
    """Everything in flight together, in an order that favours nobody."""
    random.Random(7).shuffle(acts)
    return await asyncio.gather(*(table.ask(actor, intent) for actor, intent in acts))


@VARIANTS
async def test_four_options_clicked_at_once_leave_one_vote(table: Table, ballots: str) -> None:
    """150 people each click all four options in the same moment: each ends with one ballot of one mark."""
    poll = await open_poll(table, DraftPoll(question="What first?", options=OPTIONS, ballots=ballots))
    people = crowd(150)
    shows = await all_at_once(table, [(person, press) for person in people for press in presses(poll)])
    assert not any(show.refused for show in shows)
    assert (await check_sound(table, poll, most=1)).ballots == 150


@VARIANTS
async def test_a_limit_holds_under_concurrency(table: Table, ballots: str) -> None:
    """150 people each click four options where two are allowed: two are stored, two are refused, none more."""
    draft = DraftPoll(question="Which two?", options=OPTIONS, kind="multiple", maximum=2, ballots=ballots)
    poll = await open_poll(table, draft)
    people = crowd(150)
    shows = await all_at_once(table, [(person, press) for person in people for press in presses(poll)])
    assert sum(show.refused for show in shows) == 300
    assert {len(ballot.marks) for ballot in await box(table, poll)} == {2}
    assert (await check_sound(table, poll, most=2)).ballots == 150


async def test_forms_and_presses_of_one_person_at_once_leave_one_ballot(table: Table) -> None:
    """Whatever way the votes come in, and from a second device too: one ballot, or none after a retraction."""
    poll = await open_poll(table)
    acts: list[tuple[Actor, Intent]] = []
    for person in crowd(60):
        acts += [(person, press) for press in presses(poll)]
        acts += [(person, CastBallot(poll.id, marks=letter)) for letter in "abcd"]
        acts += [(person, RetractBallot(poll.id))]
    await all_at_once(table, acts)
    assert (await check_sound(table, poll, most=1)).ballots <= 60


async def test_a_replayed_event_is_one_vote(table: Table) -> None:
    """The same press delivered four times at once marks an option; it does not take it back again."""
    poll = await open_poll(table)
    people = crowd(40)
    acts = [
        table.ask(person, PressOption(poll.id, poll.options[0].id), event=f"press:{person.id}") for person in people * 4
    ]
    shows = await asyncio.gather(*acts)
    assert not any(show.refused for show in shows)
    counted = await check_sound(table, poll, most=1)
    assert (counted.ballots, counted.leaders) == (40, (poll.options[0].id,))


async def close_in_the_middle(table: Table, poll: Poll, how: str) -> tuple[list[Show], Outcome]:
    """1,500 presses with a close among them; the answers and the outcome at the moment the close was answered."""

    async def close() -> Outcome:
        if how == "by a moderator":
            assert not (await table.ask(sam, ClosePoll(poll.id, sure=True))).refused
        else:
            table.clock.now += 2 * HOUR
            await closing.step(table.desk)
        return await tally(table, poll)

    people = crowd(1500)
    acts = [table.ask(person, PressOption(poll.id, poll.options[k % 4].id)) for k, person in enumerate(people)]
    before, after = acts[:700], acts[700:]
    first = [asyncio.ensure_future(act) for act in before]
    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    shows = await asyncio.gather(close(), *first, *after)
    outcome: Outcome = shows[0]
    return list(shows[1:]), outcome


@pytest.mark.parametrize("how", ["by a moderator", "at its deadline"])
async def test_nothing_is_stored_after_a_close_in_the_middle_of_a_storm(table: Table, how: str) -> None:
    """1,500 clicks in flight: each answer is true. Recorded means counted, refused means not, for good."""
    draft = DraftPoll(question="What first?", options=OPTIONS, closes="1 hour", ballots="named")
    poll = await open_poll(table, draft)
    shows, at_close = await close_in_the_middle(table, poll, how)
    closed = await kept(table, poll.id)
    assert closed.state is State.CLOSED
    cast = {ballot.voter for ballot in await box(table, poll)}
    recorded = {person.id for person, show in zip(crowd(1500), shows, strict=True) if not show.refused}
    assert cast == recorded
    assert 0 < len(recorded) < 1500
    assert all("Recorded" in said(show) or show.refused for show in shows)
    assert await check_sound(table, closed, most=1) == at_close


async def test_after_the_close_no_way_in_is_left(table: Table) -> None:
    """Press, form, retraction: each is refused, and the outcome stays what it was."""
    poll = await open_poll(table)
    voters = crowd(20)
    await all_at_once(table, [(person, PressOption(poll.id, poll.options[1].id)) for person in voters])
    await table.ask(sam, ClosePoll(poll.id, sure=True))
    before = await tally(table, poll)
    late = [CastBallot(poll.id, marks="a"), RetractBallot(poll.id), *presses(poll)]
    shows = await all_at_once(table, [(person, intent) for person in crowd(40) for intent in late])
    assert all(show.refused for show in shows)
    assert await tally(table, poll) == before


async def test_a_deadline_counts_before_the_loop_comes_by(table: Table) -> None:
    """A press after the deadline is refused although nothing has closed the poll yet."""
    poll = await open_poll(table, DraftPoll(question="Now?", options="Yes | No", closes="1 hour"))
    table.clock.now += HOUR
    shows = await all_at_once(table, [(person, presses(poll)[0]) for person in crowd(30)])
    assert all(show.refused for show in shows)
    assert (await kept(table, poll.id)).state is State.OPEN
    assert (await tally(table, poll)).ballots == 0
