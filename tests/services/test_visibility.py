"""A poll belongs to its channel: who can't view that finds it nowhere, and is refused as if there were no such poll.

Every intent and every source of suggestions is tried, so that a new one can't forget it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import fields, replace
from importlib import resources
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.card import Facts, Show
from bot.core.codec import shapes
from bot.core.ctx import Actor, Ctx
from bot.core.intents import Intent
from bot.core.place import Scope
from bot.core.poll.values import Poll, State
from bot.services.suggestions import SOURCES
from bot.storage import places, polls
from bot.storage.migrate import migrate_file
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, close, drafted, of_kind, start
from tests.services.polls.arm import arm_at, reach
from tests.services.test_authorisation import PEOPLE, STATES, TABLE, make
from tests.support import DAY, SPOT, Seeing, Table, a_desk, crowd, said, sam, tom

LOBBY = replace(SPOT, channel="lobby")  # where people are who can't view the square, where the polls are
QUESTION = "Ban Tom?"
EVERYWHERE = Seeing("square", "lobby")


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A place with an article on, whose role 42 moderates."""
    async with a_desk(tmp_path) as made:
        await made.card(sam, i.UseArticle("us-mexico-bargain"))
        await made.desk.db.write(lambda tx: places.change_settings(tx, SPOT.place, moderators=("42",)))
        yield made


@pytest.fixture(scope="module")
def refusals() -> Iterator[list[str]]:
    """The refusals that the desk gave, by their keys."""
    found: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(str(getattr(record, "why", record.msg)))

    ear, log = Ear(), logging.getLogger("tertulia.desk")
    before = log.level
    log.addHandler(ear)
    log.setLevel(logging.INFO)
    yield found
    log.removeHandler(ear)
    log.setLevel(before)


async def from_lobby(table: Table, actor: Actor, intent: Intent, access: Seeing | None = None) -> Show:
    """What somebody in the lobby gets; without an access, they can view the lobby alone."""
    return await table.ask(actor, intent, LOBBY, access=access)


def about_a_poll() -> list[type[Intent]]:
    """Every intent that names a poll."""
    return [s.kind for s in shapes().values() if any(f.name == "poll" for f in fields(s.kind))]


def test_every_intent_about_a_poll_is_tried() -> None:
    """The table below is the table of who may do what."""
    assert set(about_a_poll()) == set(TABLE)


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
async def test_a_hidden_poll_is_no_poll(table: Table, refusals: list[str], kind: type[Intent]) -> None:
    """By id and by number, in every state, for every role: word for word what one gets of a poll that never was."""
    for state in STATES:
        poll = await make(table, state)
        names = [poll.id] + ([str(poll.number)] if poll.number else [])
        for who, actor in PEOPLE.items():
            for name in names:
                intent = replace(TABLE[kind].make(poll), poll=name)  # type: ignore[call-arg]
                refusals.clear()
                hidden = await from_lobby(table, actor, intent)
                why = refusals[:]
                refusals.clear()
                never = await from_lobby(table, actor, replace(intent, poll="9" * len(name)))  # type: ignore[call-arg]
                assert hidden.refused, (state, who, name)
                assert why == refusals, (state, who, name)
                assert said(hidden).replace(name, "9" * len(name)) == said(never), (state, who, name)
        assert await kept(table, poll.id) == poll


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
async def test_who_can_view_the_channel_is_refused_nothing_more(
    table: Table, refusals: list[str], kind: type[Intent]
) -> None:
    """From another channel, whether it is known at once or only after asking the platform."""
    for access in (EVERYWHERE, Seeing("square", asked_first=["square"])):
        for state in STATES:
            poll = await make(table, state)
            intent = TABLE[kind].make(poll)
            refusals.clear()
            await table.ask(PEOPLE["moderator"], intent, LOBBY, access=access)
            there = refusals[:]
            again = await make(table, state)
            refusals.clear()
            await table.ask(PEOPLE["moderator"], TABLE[kind].make(again))
            assert there == refusals, (state, access)
            assert "unknown_poll" not in there and "poll_discarded" not in there


async def test_a_vote_in_a_hidden_poll_changes_nothing(table: Table, refusals: list[str]) -> None:
    """Tom, whom the poll is about, knows its number: his vote is refused, and the count stays."""
    poll = await _polls(table)
    before = await table.desk.db.read(lambda tx: tx.all("SELECT voter, marks FROM ballots ORDER BY voter"))
    for intent in (i.CastBallot("1", marks="b"), i.PressOption(poll.id, "b"), i.RetractBallot("1")):
        assert (await from_lobby(table, tom, intent)).refused
        assert refusals[-1] == "unknown_poll"
    after = await table.desk.db.read(lambda tx: tx.all("SELECT voter, marks FROM ballots ORDER BY voter"))
    assert [tuple(row) for row in after] == [tuple(row) for row in before]


async def _polls(table: Table) -> Poll:
    """One open poll on an action of the article, a closed one, a draft, one planned and one that comes again."""
    poll = await a_poll(table, "Yes | No", ballots="named", results="live", closes="3 days")
    await table.desk.db.write(lambda tx: tx.run("UPDATE polls SET question = ?", QUESTION))
    for person in crowd(3):
        await table.card(person, i.PressOption(poll.id, "a"))
    closed = await a_poll(table, "Yes | No", ballots="named")
    await close(table, closed)
    await drafted(table, i.DraftPoll(question=QUESTION, options="Yes | No"))
    planned = await drafted(table, i.DraftPoll(question=QUESTION, options="Yes | No"))
    await table.card(sam, i.SchedulePoll(planned.id, planned.revision, starts_ms=table.clock.now + DAY))
    said_back = await table.card(sam, i.RepeatPoll(poll.id, rhythm="every week", first="tomorrow 18:00"))
    await table.card(sam, of_kind(said_back, i.RepeatPoll))
    await table.desk.db.write(lambda tx: tx.run("UPDATE polls SET question = ?", QUESTION))
    return await kept(table, poll.id)


async def test_no_card_names_a_hidden_poll(table: Table) -> None:
    """Every intent, asked bare by members and moderators who can't view the channel."""
    await _polls(table)
    assert QUESTION in repr(await table.ask(sam, i.ListPolls()))
    for shape in shapes().values():
        for actor in (*PEOPLE.values(), sam):
            show = await from_lobby(table, actor, shape.kind())
            assert QUESTION not in repr(show), (shape.kind, actor.name)
            assert "poll 1" not in said(show).lower(), (shape.kind, actor.name)


@pytest.mark.parametrize("source", SOURCES)
async def test_nothing_suggests_a_hidden_poll(table: Table, source: str) -> None:
    """Nor its options, whatever was typed so far."""
    await _polls(table)
    for actor in (tom, sam):
        for typed in ("", "1", "ban", "a"):
            found = await table.desk.suggest(Ctx(actor, LOBBY, ""), source, typed, {"poll": "1"})
            assert QUESTION not in repr(found), (actor.name, typed)
            assert not (source == "mark" and found)


async def test_lists_and_counts_are_of_what_one_may_see(table: Table) -> None:
    """The same cards for who can view the channel from elsewhere; totals without the others."""
    await _polls(table)
    seen = said(await from_lobby(table, tom, i.ListPolls(), EVERYWHERE))
    assert QUESTION in seen
    hidden = said(await from_lobby(table, tom, i.ListPolls()))
    assert hidden == said(await table.ask(tom, i.ListPolls(), replace(SPOT, place="test:empty")))
    hall = replace(SPOT, channel="hall")
    own = await table.ask(sam, i.DraftPoll(question="Chairs?", options="Yes | No"), hall)
    begin = next(a.intent for row in own.card.actions for a in row if isinstance(a.intent, i.StartPoll))
    await table.ask(sam, begin, hall)
    assert "Chairs?" in said(await table.ask(tom, i.ListPolls(), hall))
    assert QUESTION not in said(await table.ask(tom, i.ListPolls(), hall))
    both = Seeing("hall", "square", asked_first=["square", "hall"])
    listed = said(await from_lobby(table, tom, i.ListPolls(), both))
    assert "Chairs?" in listed and QUESTION in listed


async def test_a_tally_counts_the_polls_that_one_may_see(table: Table) -> None:
    """Stances are the whole server's; of a hidden poll neither the poll nor its ballots nor its voters are counted."""
    draft = await drafted(table, i.DraftPoll(item="a-demand", ballots="named"))
    await start(table, draft)
    for person in crowd(3):
        await table.card(person, i.PressOption(draft.id, draft.options[0].id))
    counts = []
    for spot in (SPOT, LOBBY):
        show = await table.ask(tom, i.ShowTally(), spot)
        (facts,) = [block for block in show.card.blocks if isinstance(block, Facts)]
        counts.append([value for _, value in facts.pairs])
    assert counts == [["3", "1", "3"], ["0", "0", "0"]]


async def test_the_log_leaves_hidden_polls_out(table: Table) -> None:
    """For moderators who can't view the channel; pages and totals are of what is left."""
    await _polls(table)
    assert "poll 1" in said(await table.ask(sam, i.ShowLog())).lower()
    elsewhere = said(await from_lobby(table, sam, i.ShowLog()))
    assert "poll 1" not in elsewhere.lower() and "put the article" in elsewhere


async def test_a_planned_or_recurring_poll_is_hidden_with_its_channel(table: Table) -> None:
    """And can't be stopped from where it can't be seen."""
    await _polls(table)
    (row,) = await table.desk.db.read(lambda tx: tx.all("SELECT schedule_id FROM schedules"))
    await from_lobby(table, sam, i.StopRepeating(row[0], sure=True))
    assert len(await table.desk.db.read(lambda tx: tx.all("SELECT 1 FROM schedules"))) == 1
    assert QUESTION in repr(await from_lobby(table, sam, i.ShowPlanned(), EVERYWHERE))


async def test_nobody_is_reminded_of_a_poll_that_they_can_not_view(table: Table) -> None:
    """The member is asked for first, then the rule: nothing is known of them beside their roles."""
    arm = arm_at(table)
    people = crowd(2)
    arm.knows(people)
    for person in people:
        await table.card(person, i.SetReminders("on"))
    arm.seen = {people[0].id: Seeing("lobby"), people[1].id: Seeing("square", asked_first=["square"])}
    await a_poll(table, "Yes | No", ballots="named", closes="3 days")
    table.clock.now += 3 * DAY - 1000 * 3600 * 18
    while await reach(table) == 0:
        pass
    assert arm.told == [people[1].id]


async def test_the_platform_is_asked_once_for_an_act(table: Table) -> None:
    """And not at all where it is known."""
    poll = await _polls(table)
    asked_first = Seeing("square", asked_first=["square"])
    assert not (await from_lobby(table, tom, i.CastBallot(poll.id, marks="a"), asked_first)).refused
    assert asked_first.asked == ["square"]
    known = Seeing("square")
    assert not (await from_lobby(table, tom, i.ShowPoll(poll.id), known)).refused
    assert known.asked == []


async def test_what_nobody_can_tell_is_hidden(table: Table) -> None:
    """The platform was asked and said nothing."""
    poll = await _polls(table)
    silent = Seeing(asked_first=["square"])
    assert (await from_lobby(table, sam, i.ShowPoll(poll.id), silent)).refused
    assert QUESTION not in repr(await from_lobby(table, sam, i.ListPolls(), silent))


async def test_ones_own_ballots_stay_ones_own(table: Table) -> None:
    """Who voted and lost the channel afterwards can still take their data away, and erase it."""
    poll = await _polls(table)
    voter = crowd(1)[0]
    export = await from_lobby(table, voter, i.ExportMyData())
    assert poll.id in export.card.files[0].data.decode()
    await from_lobby(table, voter, i.EraseMyData(sure=True))  # type: ignore[call-arg]
    found = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), State.OPEN))
    assert found


# For everybody of the server


async def test_a_draft_for_the_whole_server_is_found_by_everybody(table: Table) -> None:
    """Once it is started; its board says so; before that it is nobody's but the moderators'."""
    draft = await drafted(table, i.DraftPoll(question=QUESTION, options="Yes | No", ballots="named", results="live"))
    await table.card(sam, i.ChangeRules(draft.id, "audience", "server"))
    assert QUESTION not in repr(await from_lobby(table, tom, i.ListPolls()))
    await start(table, draft)
    assert QUESTION in repr(await from_lobby(table, tom, i.ListPolls()))
    assert not (await from_lobby(table, tom, i.CastBallot("1", marks="b"))).refused
    assert "for everybody in this server" in said(await table.ask(tom, i.ShowPoll("1")))


async def test_a_running_poll_is_published_once_a_moderator_is_sure(table: Table) -> None:
    """It is in the log, a copy and a repetition are for everybody too, and a second press finds it done."""
    poll = await a_poll(table, "Yes | No", ballots="named", results="live")
    ask = await table.card(sam, i.PublishPoll(poll.id))
    assert "can't be taken back" in said(ask) and not (await kept(table, poll.id)).whole_server
    assert (
        await from_lobby(table, sam, i.PublishPoll(poll.id, sure=True))
    ).refused  # who can't view it can't publish it
    await table.card(sam, of_kind(ask, i.PublishPoll))
    assert not (await from_lobby(table, tom, i.CastBallot("1", marks="b"))).refused
    assert "published poll 1 to the whole server" in said(await table.card(sam, i.ShowLog()))
    assert (await table.ask(sam, i.PublishPoll(poll.id, sure=True))).refused
    copy = await table.card(sam, i.CopyPoll(poll.id))
    assert "for everybody in this server" in said(copy)


async def test_a_board_posted_elsewhere_takes_its_poll_along(table: Table) -> None:
    """Asked first, because another channel is another audience; then the poll is where its board is."""
    poll = await a_poll(table, "Yes | No", ballots="named", results="live")
    ask = await from_lobby(table, sam, i.RepostBoard(poll.id), EVERYWHERE)
    assert "belongs to it from then on" in said(ask) and (await kept(table, poll.id)).channel == "square"
    await from_lobby(table, sam, of_kind(ask.card, i.RepostBoard), EVERYWHERE)
    assert (await kept(table, poll.id)).channel == "lobby"
    assert not (await from_lobby(table, tom, i.PressOption(poll.id, "a"))).refused
    assert (await table.ask(tom, i.ShowPoll("1"))).refused
    assert "moved the poll there" in said(await from_lobby(table, sam, i.ShowLog()))


async def test_a_board_of_0_2_0_that_was_posted_elsewhere_belongs_there(tmp_path: Path) -> None:
    """Version 0.2.0 kept the first channel, and people voted where the board was posted again."""
    migration = (resources.files("bot.storage.migrations") / "0005_whole_server.sql").read_text("utf-8")
    path = tmp_path / "old.db"
    migrate_file(path)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO places (place_id, platform, name, created_ms) VALUES ('p', 'p', 'P', 0)")
        for n in (1, 2):
            db.execute(
                "INSERT INTO polls (poll_id, place_id, kind, question, options, rules, state, named, channel_id,"
                " created_by, created_ms) VALUES (?, 'p', 'single', 'Q', '[]', '{}', 'open', 1, 'first', 'x', 0)",
                (f"q{n}",),
            )
        for n, (poll, channel, state) in enumerate((("q1", "first", "done"), ("q1", "second", "live"))):
            db.execute(
                "INSERT INTO posts (post_id, place_id, channel_id, subject, state, created_ms)"
                " VALUES (?, 'p', ?, ?, ?, ?)",
                (f"o{n}", channel, f"poll:{poll}", state, n),
            )
        db.executescript(migration[migration.index("UPDATE") :])
        found = dict(db.execute("SELECT poll_id, channel_id FROM polls"))
    assert found == {"q1": "second", "q2": "first"}
