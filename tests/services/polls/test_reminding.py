"""Reminders: asked for by each person, in private, once a poll, for who may vote and has not; nobody learns who."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Link
from bot.core.ctx import Actor
from bot.core.intents import (
    ClosePoll,
    EraseMyData,
    ExportMyData,
    ExtendPoll,
    PressOption,
    ReopenPoll,
    RetractBallot,
    SetReminders,
    ShowLog,
    ShowPoll,
)
from bot.core.poll.values import Poll
from bot.services.polls import reminding
from bot.services.stage import SlowDown
from bot.storage import timers
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, close
from tests.services.polls.arm import Arm, arm_at, reach
from tests.support import DAY, HOUR, NOON, Table, a_desk, actions, crowd, maria, said, sam, tom

TO_THE_MOMENT = 3 * DAY - 18 * HOUR  # of a poll of three days: a quarter of its length before the end


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made


async def asked(table: Table, *people: Actor) -> Arm:
    """These people asked for reminders, and the platform knows them."""
    arm = arm_at(table)
    arm.knows(people)
    for person in people:
        await table.card(person, SetReminders("on"))
    return arm


async def opened(table: Table, ballots: str = "named", closes: str = "3 days", **more: object) -> Poll:
    return await a_poll(table, ballots=ballots, closes=closes, **more)


async def come_by(table: Table, ms: int = 0) -> None:
    """Let time pass, and the loop go on as long as something is due."""
    table.clock.now += ms
    while await reach(table) == 0:
        pass


async def moments(table: Table) -> list[int]:
    """When reminders are set for."""
    every = await table.desk.db.read(lambda tx: timers.due(tx, NOON + 1000 * DAY, reach=True))
    return [due for act, _, due in every if act == reminding.REMIND]


async def test_only_who_asked_is_reminded_and_once(table: Table) -> None:
    """At the moment and not before; María in Spanish, as she reads here; nothing after that."""
    arm = await asked(table, maria)
    await opened(table)
    await come_by(table, TO_THE_MOMENT - 1)
    assert arm.told == []
    await come_by(table, 1)
    await come_by(table, HOUR)
    assert arm.told == [maria.id]


async def test_a_reminder_says_what_one_needs(table: Table) -> None:
    """The poll, until when, a way there, and how to end it; in the language that the person chose."""
    arm = await asked(table, replace(maria, locale="es"))
    poll = await opened(table)
    await table.card(maria, SetReminders("on"))
    await come_by(table, TO_THE_MOMENT)
    ((_, card),) = arm.whispers
    assert "1 · What first?" in said(card) and f"<t:{(poll.closes_ms or 0) // 1000}:R>" in said(card)
    assert "/poll remind" in said(card) or "/consulta recordar" in said(card)
    ((link,),) = card.actions
    assert isinstance(link, Link) and link.url.startswith("https://chat.example/town/square")


async def test_where_nothing_has_an_address_there_is_a_button(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """It opens the poll."""
    arm = await asked(table, tom)
    monkeypatch.setattr(arm, "address", lambda *given: "")
    poll = await opened(table)
    await come_by(table, TO_THE_MOMENT)
    assert [action.intent for action in actions(arm.whispers[0][1])] == [ShowPoll(poll.id)]


@pytest.mark.parametrize("ballots", ["named", "anonymous"])
async def test_who_has_voted_is_left_alone(table: Table, ballots: str) -> None:
    """In a poll of either sort; whoever took their vote back has not voted."""
    arm = await asked(table, *crowd(3))
    poll = await opened(table, ballots)
    voted, retracted, _ = crowd(3)
    await table.card(voted, PressOption(poll.id, "a"))
    for act in (PressOption(poll.id, "a"), RetractBallot(poll.id)):
        await table.card(retracted, act)
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == ["test:p1", "test:p2"]


async def test_without_its_key_nobody_can_say_who_has_voted(table: Table) -> None:
    """So nobody is reminded."""
    arm = await asked(table, tom)
    poll = await opened(table, "anonymous")
    table.desk.keys.destroy(poll.id)
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == []


async def test_who_may_not_vote_now_is_left_alone(table: Table) -> None:
    """By the roles that they have at this moment, and only who is still here."""
    allowed = replace(tom, id="test:allowed", roles=frozenset({"7"}))
    lost = replace(tom, id="test:lost", roles=frozenset({"7"}))
    gone = replace(allowed, id="test:gone")
    arm = await asked(table, allowed, lost, gone)
    arm.knows([replace(lost, roles=frozenset())])
    del arm.people[gone.id]
    await opened(table, role="7|Readers")
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == [allowed.id]


async def test_turned_off_is_off(table: Table) -> None:
    """Even between the round's beginning and their turn."""
    first, second = crowd(2)
    arm = await asked(table, first, second)
    await opened(table)
    await reach(table, TO_THE_MOMENT)
    await table.card(second, SetReminders("off"))
    await come_by(table)
    assert arm.told == [first.id]


async def test_turned_off_in_the_last_moment_is_off(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the platform is asked who they are."""
    arm = await asked(table, tom)
    await opened(table)

    async def person(place: str, actor_id: str) -> Actor:
        await table.card(tom, SetReminders("off"))
        return tom

    monkeypatch.setattr(arm, "person", person)
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == []


async def test_a_deadline_that_moves_takes_the_reminder_along(table: Table) -> None:
    """Both ways; and once it was given, it is not given again, however far the deadline moves."""
    arm = await asked(table, tom)
    poll = await opened(table)
    await table.card(sam, ExtendPoll(poll.id, until_ms=NOON + 6 * DAY))
    assert await moments(table) == [NOON + 5 * DAY]
    await come_by(table, 5 * DAY)
    assert arm.told == [tom.id]
    await table.card(sam, ExtendPoll(poll.id, until_ms=NOON + 200 * DAY))
    assert await moments(table) == []
    await table.card(sam, ClosePoll(poll.id, sure=True))
    await table.card(sam, ReopenPoll(poll.id, until_ms=NOON + 300 * DAY, sure=True))
    await come_by(table, 293 * DAY)
    assert arm.told == [tom.id]


async def test_a_deadline_that_comes_near_is_told_at_once(table: Table) -> None:
    """The moment has passed already, but there is time to vote."""
    arm = await asked(table, tom)
    poll = await opened(table)
    table.clock.now += 2 * DAY
    await table.card(sam, ExtendPoll(poll.id, until_ms=table.clock.now + HOUR // 2))
    await come_by(table)
    assert arm.told == [tom.id]


@pytest.mark.parametrize(
    ("closes", "set_"),
    [
        pytest.param("", False, id="no deadline"),
        pytest.param("90 minutes", False, id="too short"),
        pytest.param("2 hours", True, id="just long enough"),
    ],
)
async def test_short_polls_have_none(table: Table, closes: str, set_: bool) -> None:
    """Whoever is there has seen it."""
    await opened(table, closes=closes)
    assert bool(await moments(table)) is set_


async def test_a_poll_that_has_closed_reminds_nobody(table: Table) -> None:
    """Nor one whose end is minutes away when the program is back."""
    arm = await asked(table, tom)
    first, second = await opened(table), await opened(table)
    await close(table, first)
    await come_by(table, 3 * DAY - 60_000)
    assert arm.told == [] and second.number == 2


async def test_a_restart_in_the_middle_tells_nobody_twice(tmp_path: Path) -> None:
    """Whoever's turn was to come gets none, since nothing said how far it was; the moderators' log says so, once."""
    people = crowd(4)
    async with a_desk(tmp_path) as table:
        arm = await asked(table, *people)
        await opened(table)
        await reach(table, TO_THE_MOMENT)
        await reach(table)
        told = arm.told
    async with a_desk(tmp_path, now=NOON + TO_THE_MOMENT) as table:
        arm = arm_at(table)
        arm.knows(people)
        for _ in range(2):
            await reminding.tell_cut_short(table.desk)
        await come_by(table, HOUR)
        assert told == ["test:p0", "test:p1"] and arm.told == []
        assert said(await table.card(sam, ShowLog())).count("reminders of poll 1 were cut short") == 1


async def test_a_crash_between_the_note_and_the_first_reminder(tmp_path: Path) -> None:
    """The timer is there again, the note too: the note decides."""
    async with a_desk(tmp_path) as table:
        await asked(table, tom)
        poll = await opened(table)
        await table.desk.db.write(lambda tx: reminding._begin(tx, f"poll:{poll.id}", table.clock.now))
    async with a_desk(tmp_path, now=NOON + TO_THE_MOMENT) as table:
        arm = arm_at(table)
        arm.knows([tom])
        await come_by(table)
        assert arm.told == []


@pytest.mark.parametrize("ballots", ["named", "anonymous"])
async def test_neither_a_person_nor_the_progress_is_on_the_disk(tmp_path: Path, ballots: str) -> None:
    """In the middle of the walk, journal included, the bytes are those of before it, but for two notes on the poll."""
    people = [replace(person, id=f"test:{person.name}-quokka") for person in crowd(9)]
    async with a_desk(tmp_path) as table:
        await asked(table, *people)
        poll = await opened(table, ballots)
        await table.desk.db.rebuild()
        await reach(table, TO_THE_MOMENT)
        before = {path.name: path.read_bytes() for path in tmp_path.glob("t.db*") if path.is_file()}
        for _ in range(3):
            await reach(table)
        assert {path.name: path.read_bytes() for path in tmp_path.glob("t.db*") if path.is_file()} == before
        journal = (tmp_path / "t.db-wal").read_bytes()
        assert poll.id.encode() in journal and b"quokka" not in journal


async def test_two_polls_are_walked_side_by_side(table: Table) -> None:
    """One that rests holds up no other."""
    arm = await asked(table, *crowd(2))
    each = {(await opened(table)).id for _ in range(2)}
    arm.trouble = [SlowDown(60.0)]
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == ["test:p0", "test:p1"] and len(table.desk.walks.keys() & each) == 1
    await come_by(table, 60_000)
    assert arm.told == ["test:p0", "test:p1"] * 2 and not table.desk.walks


async def test_a_walk_waits_for_its_platform(table: Table) -> None:
    """One that went away in the middle of it."""
    arm = await asked(table, *crowd(2))
    await opened(table)
    await reach(table, TO_THE_MOMENT)
    del table.desk.reach["test"]
    assert await reach(table) > 0
    table.desk.reach["test"] = arm
    await come_by(table, reminding.ABSENT_MS)
    assert arm.told == ["test:p0", "test:p1"]


async def test_a_platform_that_asks_for_patience_gets_it(table: Table) -> None:
    """The same person comes again after that long, and the others after them."""
    arm = await asked(table, *crowd(2))
    await opened(table)
    arm.trouble = [SlowDown(60.0)]
    assert await reach(table, TO_THE_MOMENT) == 60.0
    await come_by(table, 60_000)
    assert arm.told == ["test:p0", "test:p1"]


async def test_one_person_s_trouble_keeps_nobody_back(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    """And the log says nothing of who it was."""
    arm = await asked(table, *crowd(3))
    await opened(table)
    arm.trouble = [ValueError("broke")]
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == ["test:p1", "test:p2"]
    assert "test:p" not in caplog.text and not any("test:p" in repr(vars(record)) for record in caplog.records)


@pytest.mark.parametrize(("people", "logged"), [(4, False), (5, True)])
async def test_the_log_says_how_many_where_that_says_nothing_about_anybody(
    table: Table, people: int, logged: bool
) -> None:
    """From five on, and never who."""
    await asked(table, *crowd(people))
    await opened(table)
    await come_by(table, TO_THE_MOMENT)
    log = said(await table.card(sam, ShowLog()))
    assert ("5 people were reminded of poll 1" in log) is logged
    assert "reminded" in log if logged else "reminded" not in log


async def test_who_takes_no_messages_is_not_counted(table: Table) -> None:
    """They were asked once, and not again."""
    arm = await asked(table, *crowd(5))
    arm.deaf = {"test:p3"}
    await opened(table)
    await come_by(table, TO_THE_MOMENT)
    assert len(arm.told) == 4 and "reminded" not in said(await table.card(sam, ShowLog()))


async def test_nothing_is_left_that_says_who_was_reminded(table: Table) -> None:
    """The round leaves one note: that the poll had its reminders."""
    await asked(table, *crowd(6))
    poll = await opened(table)
    await come_by(table, TO_THE_MOMENT)
    left = await table.desk.db.read(lambda tx: timers.due(tx, NOON + 1000 * DAY, reach=True))
    assert [(act, subject) for act, subject, _ in left] == [(reminding.REMINDED, f"poll:{poll.id}")]


async def test_whether_i_want_reminders_is_mine_to_see_and_to_erase(table: Table) -> None:
    """In the file of what is kept; gone with the rest; the other choices of mine stay when it changes."""
    await asked(table, tom)
    mine = json.loads((await table.card(tom, ExportMyData())).files[0].data)
    assert mine["reader"]["remind"] is True
    await table.card(tom, EraseMyData(sure=True))
    assert "**off**" not in said(await table.card(tom, SetReminders()))
    assert "off here" in said(await table.card(tom, SetReminders()))


async def test_asking_says_how_it_stands_and_offers_the_other(table: Table) -> None:
    """A bare command changes nothing."""
    offered = [action.intent for action in actions(await table.card(tom, SetReminders()))]
    assert offered == [SetReminders("on")]
    await table.card(tom, SetReminders("on"))
    assert "on here" in said(await table.card(tom, SetReminders()))
    assert [action.intent for action in actions(await table.card(tom, SetReminders()))] == [SetReminders("off")]


async def test_reminders_of_one_place_are_not_of_another(table: Table) -> None:
    """A person of two servers asked in one."""
    arm = await asked(table, tom)
    poll = await opened(table)
    await table.desk.db.write(lambda tx: tx.run("UPDATE readers SET place_id = 'test:village'"))
    await come_by(table, TO_THE_MOMENT)
    assert arm.told == [] and (await kept(table, poll.id)).place == "test:town"
