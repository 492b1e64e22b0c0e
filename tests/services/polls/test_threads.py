"""A poll's thread follows the poll: opened once the board stands, locked with the result, told where it can't be."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.intents import (
    ChangeRules,
    ClosePoll,
    DraftPoll,
    ErasePoll,
    ExportRecord,
    ReopenPoll,
    ShowLog,
)
from bot.core.poll.values import Poll
from bot.core.record import Line
from bot.i18n import words
from bot.services import closing
from bot.services.board_cards import card_of
from bot.services.polls import threads
from bot.services.polls.ending import close_one
from bot.services.polls.sealing import seal
from bot.services.reach import OutOfReach
from bot.services.stage import SlowDown
from bot.storage import polls, posts, timers
from tests.integrity.polls import kept
from tests.services.polls.acting import close, drafted, start, votes
from tests.services.polls.arm import Arm, arm_at, reach
from tests.support import HOUR, NOON, Table, a_desk, said, sam

DRAFT = DraftPoll(question="Which street first?", options="Oak | Elm | Ash", closes="2 days", ballots="named")


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made


async def a_poll(table: Table, draft: DraftPoll = DRAFT, *, wants: bool = True, posted: bool = True) -> Poll:
    """An open poll that wants a thread, its board posted."""
    poll = await drafted(table, draft)
    if wants:
        await table.card(sam, ChangeRules(poll.id, "thread", "yes"))
    await start(table, poll)
    if posted:
        await post(table, poll)
    return await kept(table, poll.id)


async def post(table: Table, poll: Poll) -> None:
    """The board is posted."""
    shown = {post.subject: post for post in await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))}
    board = shown[f"poll:{poll.id}"]
    await table.desk.db.write(lambda tx: posts.shown(tx, board.id, "message-1", board.revision))


async def log(table: Table) -> str:
    return said(await table.card(sam, ShowLog()))


async def board(table: Table, poll: Poll) -> str:
    """What the poll's board would show now, once it is behind."""
    behind = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
    shown = next(post for post in behind if post.subject == f"poll:{poll.id}")
    card = await card_of(table.desk, shown)
    assert card is not None
    return repr(card)


async def test_a_thread_is_opened_once_and_the_board_leads_there(table: Table) -> None:
    """In the poll's channel, under its number and question; it leads to the board, and says that it is public."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    (thread,) = arm.threads.values()
    assert (thread.channel, thread.title) == ("square", "1 · Which street first?")
    assert "public" in thread.said[0] and "its board" in thread.said[0]
    assert (await kept(table, poll.id)).thread == "thread-1"
    assert "https://chat.example/town/thread-1" in await board(table, poll)
    await reach(table, HOUR)
    assert len(arm.threads) == 1 and len(thread.said) == 1


async def test_it_waits_for_the_board(table: Table) -> None:
    """A thread about nothing that one can see helps nobody."""
    arm = arm_at(table)
    poll = await a_poll(table, posted=False)
    assert await reach(table) == 2.0
    assert not arm.threads
    await post(table, poll)
    await reach(table, 2_000)
    assert len(arm.threads) == 1


async def test_a_poll_without_the_rule_has_none(table: Table) -> None:
    """Nothing is asked of the platform, at opening or at close."""
    arm = arm_at(table)
    arm.trouble = [AssertionError("asked")]
    poll = await a_poll(table, wants=False)
    await reach(table)
    await close(table, poll)
    await reach(table)
    assert arm.trouble and not arm.threads


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        pytest.param(OutOfReach("rights"), "Create Public Threads", id="no right"),
        pytest.param(OutOfReach("full"), "too many open threads", id="full"),
        pytest.param(None, "no threads in this channel", id="none here"),
    ],
)
async def test_what_the_platform_refuses_is_told_once(table: Table, trouble: OutOfReach | None, why: str) -> None:
    """To the moderators, with the reason; the poll goes on."""
    arm = arm_at(table)
    arm.trouble, arm.has_threads = [trouble] if trouble else [], trouble is not None
    poll = await a_poll(table)
    for _ in range(3):
        await reach(table, HOUR)
    assert (await log(table)).count("has no thread") == 1
    assert why in await log(table)
    await close(table, poll)
    await reach(table)
    assert not arm.threads


async def test_a_platform_that_asks_for_patience_gets_it(table: Table) -> None:
    """Nothing is logged, and it is done after that long."""
    arm = arm_at(table)
    arm.trouble = [SlowDown(30.0)]
    await a_poll(table)
    assert await reach(table) == 30.0
    await reach(table, 29_000)
    assert not arm.threads
    await reach(table, 1_000)
    assert len(arm.threads) == 1 and "thread" not in await log(table)


async def test_a_crash_before_we_noted_the_thread_makes_no_second(table: Table) -> None:
    """The thread is found again by its title."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    await table.desk.db.write(lambda tx: polls.set_thread(tx, poll.id, None))  # type: ignore[arg-type]
    await table.desk.db.write(lambda tx: threads.wake(tx, poll.id, NOON))
    await reach(table)
    assert len(arm.threads) == 1 and (await kept(table, poll.id)).thread == "thread-1"


@pytest.mark.parametrize("by", ["a moderator", "its deadline"])
async def test_at_close_the_result_is_said_and_the_thread_locked(table: Table, by: str) -> None:
    """Once, and the board leads there still."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    await votes(table, poll, 3, 1)
    if by == "its deadline":
        table.clock.now += 48 * HOUR
        await closing.step(table.desk)
    else:
        await close(table, poll)
    await reach(table, 2_000)
    await reach(table, HOUR)
    thread = arm.threads["thread-1"]
    assert thread.locked and len(thread.said) == 2
    assert "Oak" in thread.said[1] and "3 of 4" in thread.said[1]
    assert "https://chat.example/town/thread-1" in await board(table, poll)


async def test_a_withheld_result_is_withheld_there_too(table: Table) -> None:
    """A secret poll of three ballots says so, and no count."""
    arm = arm_at(table)
    poll = await a_poll(table, DraftPoll(question="Who?", options="Ana | Bo", ballots="anonymous"))
    await reach(table)
    await votes(table, poll, 2, 1)
    await close(table, poll)
    await reach(table, 2_000)
    assert "withheld" in arm.threads["thread-1"].said[1] and "Ana" not in arm.threads["thread-1"].said[1]


async def test_a_thread_that_cannot_be_locked_is_told(table: Table) -> None:
    """The right to manage threads is missing."""
    arm = arm_at(table)
    arm.may_lock = False
    poll = await a_poll(table)
    await reach(table)
    await close(table, poll)
    await reach(table, 2_000)
    assert "the thread of poll 1 could not be brought up to date" in await log(table)


async def test_a_poll_opened_again_opens_its_thread(table: Table) -> None:
    """And is locked at its second close."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    for locked in (True, False, True):
        sure = ReopenPoll(poll.id, until_ms=NOON + 90 * HOUR, sure=True)
        await table.card(sam, ClosePoll(poll.id, sure=True) if locked else sure)
        await reach(table, 2_000)
        assert arm.threads["thread-1"].locked is locked


async def test_an_erased_poll_leaves_no_words_of_ours(table: Table) -> None:
    """Neither the question in the title nor the result; the thread says that it stays, and is locked."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    await votes(table, poll, 3, 1)
    await close(table, poll)
    await reach(table, 2_000)
    await table.card(sam, ErasePoll(poll.id, sure=True))
    await reach(table)
    thread = arm.threads["thread-1"]
    assert thread.locked and thread.title == "1 · erased"
    assert "was erased" in thread.said[0] and "Oak" not in repr(thread)


async def test_while_its_platform_is_away_nothing_is_lost(table: Table) -> None:
    """The timer waits."""
    await a_poll(table)
    await reach(table)
    arm = arm_at(table)
    await reach(table, HOUR)
    assert len(arm.threads) == 1


# The record


async def exported(table: Table, poll: Poll) -> list[dict[str, str]]:
    """The transcript in the poll's JSON."""
    card = await table.card(sam, ExportRecord(poll.id, "json"))
    file = next(file for file in card.files if file.name.endswith(".json"))
    found: list[dict[str, str]] = json.loads(file.data)["transcript"]
    return found


async def ended(table: Table) -> tuple[Arm, Poll]:
    """A closed poll with a thread."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    await close(table, poll)
    await reach(table, 2_000)
    return arm, poll


async def test_the_record_holds_what_was_said(table: Table) -> None:
    """With time and name; where the platform keeps a text back, the line says so."""
    arm, poll = await ended(table)
    arm.lines = (Line(NOON, "María", "Elm first."), Line(NOON + 1_000, "Tom", ""))
    lines = await exported(table, poll)
    assert [(line["name"], line["text"]) for line in lines] == [
        ("María", "Elm first."),
        ("Tom", words("en").plain("thread.kept_back")),
    ]


@pytest.mark.parametrize("trouble", [OutOfReach("rights"), SlowDown(5), None], ids=["refused", "later", "nothing"])
async def test_a_thread_that_cannot_be_read_keeps_no_record_back(table: Table, trouble: Exception | None) -> None:
    """The file says that it isn't included."""
    arm, poll = await ended(table)
    arm.trouble, arm.lines = [trouble] if trouble else [], None
    (line,) = await exported(table, poll)
    assert line["name"] == "" and "isn't included" in line["text"]


async def test_a_long_thread_is_cut_and_says_so(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first messages are kept."""
    monkeypatch.setattr(threads, "MOST_LINES", 3)
    arm, poll = await ended(table)
    arm.lines = tuple(Line(NOON + n, "Tom", f"word {n}") for n in range(9))
    lines = await exported(table, poll)
    assert [line["text"] for line in lines[:3]] == ["word 0", "word 1", "word 2"]
    assert len(lines) == 4 and "first 3 messages" in lines[3]["text"]


async def test_a_slow_thread_does_not_keep_a_moderator_waiting(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time the record goes without it."""
    import asyncio

    arm, poll = await ended(table)

    async def never(place: str, thread: str, most: int) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(threads, "READING_S", 0.01)
    monkeypatch.setattr(arm, "read_thread", never)
    (line,) = await exported(table, poll)
    assert "isn't included" in line["text"]


async def test_every_reason_has_its_words(table: Table) -> None:
    """Whatever a platform says."""
    for why in ("nowhere", "rights", "gone", "full", "refused", "no_board"):
        assert all(words(locale).has(f"reach.why.{why}") for locale in ("en", "es"))


async def test_no_timer_is_left_of_a_poll_that_has_ended(table: Table) -> None:
    """The loop sleeps."""
    await ended(table)
    await reach(table)
    left = await table.desk.db.read(lambda tx: timers.due(tx, NOON + 300 * HOUR, reach=True))
    assert [timer for timer in left if timer[0] == threads.KEEP] == []


async def test_the_command_line_has_no_platform_and_says_so(tmp_path: Path, table: Table) -> None:
    """The file of `tertulia export` says that what was said isn't included."""
    import io
    from concurrent.futures import ThreadPoolExecutor

    from bot.cli.export import run

    await ended(table)
    output = tmp_path / "out.json"
    with ThreadPoolExecutor(1) as own:
        given = {"format_": "json", "output": output, "out": io.StringIO(), "err": io.StringIO()}
        assert own.submit(run, tmp_path / "t.db", "1", **given).result() == 0  # type: ignore[arg-type]
    (line,) = json.loads(output.read_bytes())["transcript"]
    assert line["name"] == "" and "isn't included" in line["text"]


@pytest.mark.parametrize("sealed", [True, False], ids=["a root comes", "none comes"])
async def test_the_result_waits_for_the_root_that_draws_its_lots(table: Table, sealed: bool) -> None:
    """For a minute at most."""
    arm = arm_at(table)
    poll = await a_poll(table)
    await reach(table)
    await table.desk.db.write(lambda tx: close_one(tx, poll.id, table.clock.now, None))
    assert await reach(table) == 2.0
    assert not arm.threads["thread-1"].locked
    if sealed:
        await seal(table.desk, [poll.id])
    await reach(table, 2_000 if sealed else 60_000)
    assert arm.threads["thread-1"].locked
