"""Polls, ballots, posts, places, packs and events as they are kept: each noun's promises, on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.ctx import EventId, Spot
from bot.core.logbook import Entry
from bot.core.place import PlaceSettings, Reader, Scope
from bot.core.poll.values import Ballot, Poll, PollOption, Results, Rules, State, Wording
from bot.storage import ballots, events, logbook, packs, places, polls, posts
from bot.storage.days import DAY_MS
from bot.storage.errors import ConstraintBroken, StorageUnavailable
from bot.storage.packs import KeptPack
from bot.storage.port import Database
from bot.storage.sqlite.database import open_database

TOWN = Spot("test", "test:town", "square", "Town", "es", 312)
FULL = Poll(
    id="p1",
    place=TOWN.place,
    question="¿Qué? 🗳️",
    kind="multiple",
    options=(PollOption("a", "A | «b»"), PollOption("o-x", "")),
    wordings={"es": Wording("¿Qué?", ("A", "X")), "en": Wording("What?", ("A", "X"))},
    rules=Rules(1, 2, Results.CLOSE, True, ("1",), ("Crew",), True, 30),
    named=True,
    article="x",
    item="a-1",
    pack_version="v1",
    item_version="i1",
    channel="square",
    electorate=312,
    created_by="test:sam",
    created_ms=5,
    closes_ms=900,
    revision=3,
)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with one place."""
    async with await open_database(tmp_path / "t.db") as opened:
        await opened.write(lambda tx: places.ensure(tx, TOWN, 1))
        yield opened


async def put(db: Database, poll: Poll) -> None:
    await db.write(lambda tx: polls.add(tx, poll))


async def test_a_poll_is_read_as_it_was_kept(db: Database) -> None:
    """Every field of it, in any state."""
    for n, state in enumerate(State):
        poll = replace(FULL, id=f"p{n}", state=state, number=n + 1, opened_ms=7, closed_ms=8, closed_by="test:sam")
        await put(db, poll)
        assert await db.read(lambda tx, name=poll.id: polls.get(tx, name)) == poll


FOUND = [
    ("1", True),
    ("#1", True),
    (" 1 ", True),
    ("p1", True),
    ("2", False),
    ("P1", False),
    ("1.0", False),
    ("-1", False),
]


@pytest.mark.parametrize(("typed", "found"), [*FOUND, ("", False), ("9" * 30, False), ("١", True)])
async def test_a_poll_is_found(db: Database, typed: str, found: bool) -> None:
    """By its number or id, in its own place."""
    await put(db, replace(FULL, state=State.OPEN, number=1))
    assert (await db.read(lambda tx: polls.find(tx, TOWN.place, typed)) is not None) is found
    assert await db.read(lambda tx: polls.find(tx, "test:elsewhere", typed)) is None


CONDITIONAL: list[Any] = [
    pytest.param(State.DRAFT, lambda tx: polls.open_(tx, replace(FULL, number=1, opened_ms=9)), id="open"),
    pytest.param(State.DRAFT, lambda tx: polls.rewrite(tx, replace(FULL, revision=4)), id="rewrite"),
    pytest.param(State.DRAFT, lambda tx: polls.discard(tx, TOWN.place, "p1"), id="discard"),
    pytest.param(State.OPEN, lambda tx: polls.close(tx, "p1", 9, None), id="close"),
    pytest.param(State.OPEN, lambda tx: polls.extend(tx, "p1", 2000, 10), id="extend"),
]


@pytest.mark.parametrize(("needed", "change"), CONDITIONAL)
@pytest.mark.parametrize("state", State)
async def test_a_change_asks_for_its_state(
    db: Database, state: State, needed: State, change: Callable[..., Awaitable[int]]
) -> None:
    """It is done in the state it needs, and in no other; how many rows it was is said."""
    await put(db, replace(FULL, state=state, number=None if state is State.DRAFT else 7))
    before = await db.read(lambda tx: polls.get(tx, "p1"))
    done = await db.write(change)
    assert done == (1 if state is needed else 0)
    assert (await db.read(lambda tx: polls.get(tx, "p1")) == before) is (state is not needed)


async def test_of_many_hands_one_closes(db: Database) -> None:
    """However many try at once."""
    await put(db, replace(FULL, state=State.OPEN, number=1))
    ends = await asyncio.gather(*(db.write(lambda tx, n=n: polls.close(tx, "p1", n, f"m{n}")) for n in range(20)))
    assert sum(ends) == 1


async def test_a_stale_draft_is_not_rewritten_or_opened(db: Database) -> None:
    """The revision decides."""
    await put(db, FULL)
    assert await db.write(lambda tx: polls.rewrite(tx, replace(FULL, revision=5))) == 0
    assert await db.write(lambda tx: polls.open_(tx, replace(FULL, revision=2, number=1))) == 0


async def test_extending_asks_for_the_time(db: Database) -> None:
    """A deadline that has passed isn't moved; a poll without one gets one."""
    await put(db, replace(FULL, state=State.OPEN, number=1))
    assert await db.write(lambda tx: polls.extend(tx, "p1", 2000, 900)) == 0
    assert await db.write(lambda tx: polls.extend(tx, "p1", None, 899)) == 1
    assert await db.write(lambda tx: polls.extend(tx, "p1", 2000, 5000)) == 1


async def test_what_is_due(db: Database) -> None:
    """The earliest first, with its deadline; the nearest that is still to come."""
    for name, closes, state in (("a", 30, "open"), ("b", 20, "open"), ("c", 10, "closed"), ("d", None, "open")):
        await put(db, replace(FULL, id=name, closes_ms=closes, state=State(state), number=ord(name)))
    assert await db.read(lambda tx: polls.due(tx, 30)) == [("b", 20), ("a", 30)]
    assert await db.read(lambda tx: polls.due(tx, 19)) == []
    assert await db.read(polls.next_deadline) == 20


async def test_numbers_count_up_for_each_place(db: Database) -> None:
    """Without gaps among many hands; one that was undone is given again; a poll's is its own."""
    numbers = await asyncio.gather(*(db.write(lambda tx: places.next_number(tx, TOWN.place)) for _ in range(30)))
    assert sorted(numbers) == list(range(1, 31))

    async def undone(tx: Any) -> None:
        await places.next_number(tx, TOWN.place)
        raise KeyError

    with pytest.raises(KeyError):
        await db.write(undone)
    assert await db.write(lambda tx: places.next_number(tx, TOWN.place)) == 31
    await put(db, replace(FULL, number=5))
    with pytest.raises(ConstraintBroken):
        await put(db, replace(FULL, id="p2", number=5))


async def test_a_voter_has_one_ballot(db: Database) -> None:
    """The second takes the first one's place; of equal ones the count is grouped; taken back it is gone."""
    await put(db, replace(FULL, state=State.OPEN, number=1))
    for voter, marks in (("v1", {"a": 1}), ("v2", {"a": 1}), ("v1", {"o-x": 1, "a": 1})):
        ballot = Ballot(voter, marks, "N", "why", 4)
        await db.write(lambda tx, ballot=ballot: ballots.put(tx, "p1", ballot))
    assert await db.read(lambda tx: ballots.get(tx, "p1", "v1")) == Ballot("v1", {"o-x": 1, "a": 1}, "N", "why", 4)
    assert await db.read(lambda tx: ballots.count(tx, "p1")) == 2
    assert sorted(await db.read(lambda tx: ballots.grouped(tx, "p1")), key=str) == [
        ({"a": 1, "o-x": 1}, 1, 1),
        ({"a": 1}, 1, 1),
    ]
    assert [await db.write(lambda tx: ballots.remove(tx, "p1", "v1")) for _ in range(2)] == [1, 0]
    assert [b.voter for b in await db.read(lambda tx: ballots.page(tx, "p1"))] == ["v2"]
    with pytest.raises(ConstraintBroken):
        await db.write(lambda tx: ballots.put(tx, "nowhere", Ballot("v", {"a": 1})))


async def test_erasing_a_poll_takes_its_ballots(db: Database) -> None:
    """And leaves its number."""
    await put(db, replace(FULL, state=State.CLOSED, number=1))
    await db.write(lambda tx: ballots.put(tx, "p1", Ballot("v", {"a": 1})))
    assert [await db.write(lambda tx: polls.erase(tx, "p1")) for _ in range(2)] == [1, 0]
    erased = await db.read(lambda tx: polls.get(tx, "p1"))
    assert erased is not None
    assert (erased.state, erased.number, erased.question, erased.options, erased.wordings) == (
        State.ERASED,
        1,
        "",
        (),
        {},
    )
    assert await db.read(lambda tx: ballots.count(tx, "p1")) == 0


async def test_posts_that_are_behind(db: Database) -> None:
    """New ones and changed ones, oldest first; not those shown, dead or retired, nor of busy channels or elsewhere."""

    async def behind(*busy: str) -> list[str]:
        return [post.id for post in await db.read(lambda tx: posts.behind(tx, ("test",), busy))]

    for n, name in enumerate("abcd"):
        await db.write(lambda tx, n=n, name=name: posts.add(tx, name, "test:town", f"c{n % 2}", f"poll:{name}", n))
    await db.write(lambda tx: posts.add(tx, "w", "web:demo", "room", "poll:w", 0))
    assert await behind() == ["a", "b", "c", "d"]
    assert await behind("c0") == ["b", "d"] and await behind("c0", "c1") == []
    await db.write(lambda tx: posts.shown(tx, "a", "m1", 0))
    await db.write(lambda tx: posts.dead(tx, "b", "gone"))
    await db.write(lambda tx: posts.retire(tx, "poll:c"))
    assert await behind() == ["d"]
    for name in "abc":
        await db.write(lambda tx, name=name: posts.bump(tx, f"poll:{name}"))
    assert await behind() == ["a", "d"]
    await db.write(lambda tx: posts.shown(tx, "a", "m1", 0))
    assert "a" in await behind()  # it changed while it was shown
    await db.write(lambda tx: posts.shown(tx, "a", "m1", 1))
    assert await behind() == ["d"]
    await db.write(lambda tx: posts.bump_place(tx, "test:town"))
    assert await behind() == ["a", "d"]
    assert await db.read(lambda tx: posts.of_subject(tx, "poll:b")) == [("c1", "dead", None, "gone")]


async def test_a_platform_that_forgets(db: Database) -> None:
    """Its live posts are behind again and have no message; another platform's are untouched."""
    for name, place in (("a", "test:town"), ("w", "web:demo")):
        await db.write(lambda tx, name=name, place=place: posts.add(tx, name, place, "c", f"poll:{name}", 0))
        await db.write(lambda tx, name=name: posts.shown(tx, name, "m", 0))
    await db.write(lambda tx: posts.forget_shown(tx, "web"))
    found = await db.read(lambda tx: posts.behind(tx, ("test", "web")))
    assert [(post.id, post.message) for post in found] == [("w", None)]


async def test_an_event_counts_once(db: Database) -> None:
    """Among many at once, too; undone with its work; kept to the day, and forgotten after two whole ones."""
    one, other, noon = EventId("one"), EventId("other"), DAY_MS // 2
    ends = await asyncio.gather(*(db.write(lambda tx: events.first_time(tx, one, noon)) for _ in range(10)))
    assert sum(ends) == 1

    async def undone(tx: Any) -> None:
        assert await events.first_time(tx, other, noon)
        raise KeyError

    with pytest.raises(KeyError):
        await db.write(undone)
    assert await db.write(lambda tx: events.first_time(tx, other, noon))
    assert [row[0] for row in await db.read(lambda tx: tx.all("SELECT at_ms FROM events"))] == [0, 0]
    assert await db.write(lambda tx: events.prune(tx, noon + events.KEEP_MS)) == 0
    assert await db.write(lambda tx: events.prune(tx, DAY_MS + events.KEEP_MS)) == 2


async def test_a_place_and_its_settings(db: Database) -> None:
    """Each is changed by itself; the platform's name and language for it are kept as it tells them last."""
    await db.write(lambda tx: places.change_settings(tx, TOWN.place, moderators=("1", "2")))
    await db.write(lambda tx: places.change_settings(tx, TOWN.place, reports="9"))
    await db.write(lambda tx: places.set_column(tx, TOWN.place, "timezone", "Europe/Madrid"))
    await db.write(lambda tx: places.ensure(tx, replace(TOWN, name="City", locale="en-US"), 2))
    kept = await db.read(lambda tx: places.place(tx, TOWN.place))
    assert kept.settings == PlaceSettings(("1", "2"), "9", "voted")
    assert (kept.timezone, kept.locale, kept.platform_locale) == ("Europe/Madrid", None, "en-US")
    with pytest.raises(KeyError):
        await db.write(lambda tx: places.set_column(tx, TOWN.place, "name", "x"))
    assert (await db.read(lambda tx: places.place(tx, "test:never"))).settings == PlaceSettings()


async def test_a_reader(db: Database) -> None:
    """What they chose is theirs in this place alone, and goes when they ask."""
    reader = Reader("es", "x", "s1", "con", 77)
    await db.write(lambda tx: places.remember(tx, TOWN.place, "ana", reader, 1))
    assert await db.read(lambda tx: places.reader(tx, TOWN.place, "ana")) == reader
    assert await db.read(lambda tx: places.reader(tx, "test:elsewhere", "ana")) is None
    assert await db.write(lambda tx: places.forget_reader(tx, TOWN.place, "ana")) == 1


async def test_imported_packs(db: Database) -> None:
    """A preview gives way to a newer one, what is published doesn't; only a preview is thrown away."""
    first, second = KeptPack("x", "v1", "preview", "{}"), KeptPack("x", "v2", "preview", "[]")
    for pack in (first, second):
        await db.write(lambda tx, pack=pack: packs.put(tx, TOWN.place, pack, "sam", 1))
        assert await db.read(lambda tx: packs.get(tx, TOWN.place, "x")) == pack
    assert await db.read(lambda tx: packs.published(tx, TOWN.place)) == []
    await db.write(lambda tx: packs.set_state(tx, TOWN.place, "x", "published"))
    await db.write(lambda tx: packs.put(tx, TOWN.place, first, "sam", 1))
    assert await db.read(lambda tx: packs.published(tx, TOWN.place)) == [("x", "v2")]
    assert await db.write(lambda tx: packs.discard(tx, TOWN.place, "x")) == 0
    assert await db.read(lambda tx: packs.published(tx, "test:elsewhere")) == []


async def test_the_log_only_grows(db: Database) -> None:
    """Newest first, of one subject if asked; nothing of it can be changed or taken away."""
    for n in range(3):
        entry = Entry(n, "test:sam", "Sam", "poll_closed", f"poll:{n % 2}", {"number": n})
        await db.write(lambda tx, n=n, entry=entry: logbook.write(tx, f"l{n}", TOWN.place, entry))
    town = Scope(TOWN.place)
    assert [e.at_ms for e in await db.read(lambda tx: logbook.newest(tx, town, 9))] == [2, 1, 0]
    assert [e.at_ms for e in await db.read(lambda tx: logbook.newest(tx, town, 9, subject="poll:0"))] == [2, 0]
    assert await db.read(lambda tx: logbook.newest(tx, Scope("test:elsewhere"), 9)) == []
    for sql in ("DELETE FROM mod_log", "UPDATE mod_log SET actor_name = 'x'"):
        with pytest.raises(ConstraintBroken):
            await db.write(lambda tx, sql=sql: tx.run(sql))


@pytest.mark.parametrize("act", ["scrub", "rebuild"])
async def test_both_empty_the_journal(tmp_path: Path, db: Database, act: str) -> None:
    """What was there is in the file, the journal holds nothing, and writing goes on meanwhile."""
    writing = [db.write(lambda tx, n=n: events.first_time(tx, EventId(f"e{n}"), n)) for n in range(200)]
    await asyncio.gather(*writing, getattr(db, act)())
    await getattr(db, act)()
    assert (tmp_path / "t.db-wal").stat().st_size == 0
    assert await db.read(lambda tx: tx.one("SELECT count(*) FROM events")) is not None
    async with await open_database(tmp_path / "t.db", readonly=True) as reading:
        with pytest.raises(StorageUnavailable):
            await getattr(reading, act)()
