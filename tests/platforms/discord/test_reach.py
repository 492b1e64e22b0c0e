"""Discord's long arm, over the wire: people one by one, direct messages, threads opened, locked, read back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from bot.core.card import Card, Link, Small, Text
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.reach import MOST_REFUSED, DiscordReach
from bot.platforms.discord.stage import DiscordStage
from bot.services import reaching
from bot.services.boards import Boards
from bot.services.reach import OutOfReach
from bot.services.stage import SlowDown
from tests.loopback.messages import words
from tests.loopback.people import MODERATOR, Channel, Guild, User
from tests.loopback.server import MARIA, LoopbackDiscord
from tests.spec.parts import walk
from tests.support import Table

PLACE, ROOM = "discord:4001", "500"
ANA, TOM = User("ana", permissions=MODERATOR), User("tom", nick="Tom *the* reader")
FIRST, LAST = Card(blocks=(Text("Talk here."), Small("It is public."))), Card(blocks=(Text("It has closed."),))
LINKED = Card(blocks=(Text("Not voted yet."),), actions=((Link("To the poll", "https://example.org/1"),),))


@pytest.fixture
def arm(table: Table, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch) -> DiscordReach:
    """The arm of a bot that is ready, in a hurry."""
    monkeypatch.setattr(DiscordReach, "pace_s", 0.0)
    found = table.desk.reach["discord"]
    assert isinstance(found, DiscordReach)
    return found


# People


async def test_a_member_is_who_the_gate_would_say(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Name, roles, since when; without a language, which only their own presses tell."""
    joined = datetime(2024, 5, 1, tzinfo=UTC)
    discord_.join(replace(TOM, roles=(7, 8), joined_at=joined))
    person = await arm.person(PLACE, f"discord:{TOM.id}")
    assert person is not None
    assert (person.id, person.name, person.locale) == (f"discord:{TOM.id}", "Tom *the* reader", "")
    assert person.roles == {"7", "8"} and person.joined_ms == int(joined.timestamp() * 1000)
    assert person.created_ms is not None and not person.manages


async def test_who_left_is_nobody(arm: DiscordReach) -> None:
    """Discord's 10007; and nobody is known of a server that we aren't in."""
    assert await arm.person(PLACE, "discord:12345") is None
    assert await arm.person("discord:999", f"discord:{TOM.id}") is None


async def test_while_discord_is_ill_we_come_again(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Nobody is taken for gone."""
    discord_.join(TOM)
    discord_.fail("GET", ".*/members/.*", 403, 40003)
    with pytest.raises(SlowDown):
        await arm.person(PLACE, f"discord:{TOM.id}")


async def test_before_the_login_we_come_again(table: Table) -> None:
    """The loop runs before Discord has answered."""
    from bot.settings import Settings

    DiscordPlatform(table.desk, Settings())
    for ask in (
        table.desk.reach["discord"].person(PLACE, "discord:1"),
        table.desk.reach["discord"].open_thread(PLACE, ROOM, "x", FIRST),
    ):
        with pytest.raises(SlowDown):
            await ask


@pytest.mark.parametrize(("ill", "members"), [(False, 312), (True, None)])
async def test_a_server_is_counted(
    discord_: LoopbackDiscord, arm: DiscordReach, ill: bool, members: int | None
) -> None:
    """As at the opening of a poll; nothing is known while Discord doesn't say."""
    if ill:
        discord_.fail("GET", "/guilds/4001", 404, 10004)
    assert await arm.members(PLACE) == members


# Direct messages


async def test_a_whisper_is_a_message_with_content(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """A notification shows content and nothing else; links are buttons; nobody is pinged."""
    discord_.join(TOM)
    assert await arm.whisper(PLACE, f"discord:{TOM.id}", LINKED)
    (message,) = discord_.whispers(TOM)
    assert message["content"] == "Not voted yet." and "https://example.org/1" in str(message["components"])
    (sent,) = discord_.calls("POST", "/messages")
    assert sent.json["allowed_mentions"] == {"parse": []}


async def test_the_same_whisper_tried_twice_is_one_message(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """An answer that came too late makes us come again."""
    for _ in range(2):
        assert await arm.whisper(PLACE, f"discord:{TOM.id}", LINKED)
    assert len(discord_.whispers(TOM)) == 1


async def test_closed_doors_stay_closed(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Tried once each, and after many in a row nobody is written to for a while."""
    people = [User(f"p{n}", id=1000 + n) for n in range(MOST_REFUSED + 3)]
    discord_.world.closed |= {user.id for user in people}
    assert [await arm.whisper(PLACE, f"discord:{user.id}", LINKED) for user in people] == [False] * len(people)
    assert len(discord_.calls("POST", "/messages")) == MOST_REFUSED
    assert not await arm.whisper(PLACE, f"discord:{TOM.id}", LINKED)


async def test_an_open_door_between_closed_ones(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Some people take no messages everywhere: that is no reason to stop."""
    people = [User(f"p{n}", id=1000 + n) for n in range(MOST_REFUSED * 2)]
    discord_.world.closed |= {user.id for user in people if user.id % 3}
    told = [await arm.whisper(PLACE, f"discord:{user.id}", LINKED) for user in people]
    assert told == [user.id % 3 == 0 for user in people]


@pytest.mark.parametrize(
    ("code", "status", "retry", "least"),
    [
        pytest.param(40003, 403, None, 3600.0, id="opened too fast"),
        pytest.param(20026, 403, None, 3600.0, id="flagged as spam"),
        pytest.param(0, 429, 7.5, 7.5, id="a limit"),
    ],
)
async def test_discord_asks_for_patience(
    discord_: LoopbackDiscord, arm: DiscordReach, code: int, status: int, retry: float | None, least: float
) -> None:
    """As long as it says; an hour where it takes us for a nuisance."""
    discord_.fail("POST", "/users/@me/channels", status, code, retry_after=retry)
    with pytest.raises(SlowDown) as slow:
        await arm.whisper(PLACE, f"discord:{TOM.id}", LINKED)
    assert slow.value.seconds >= least


async def test_direct_messages_keep_a_pace(
    discord_: LoopbackDiscord, arm: DiscordReach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever asks for them, at once or one after the other."""
    monkeypatch.setattr(DiscordReach, "pace_s", 0.1)
    people = [User(f"p{n}", id=1000 + n) for n in range(4)]
    await asyncio.gather(*(arm.whisper(PLACE, f"discord:{user.id}", LINKED) for user in people))
    at = [call.at for call in discord_.calls("POST", "/messages")]
    assert len(at) == 4 and min(b - a for a, b in pairwise(at)) >= 0.09


# Threads


async def opened(arm: DiscordReach, title: str = "3 · Which street?") -> str:
    thread = await arm.open_thread(PLACE, ROOM, title, FIRST)
    assert thread is not None
    return thread


async def test_a_thread_begins_with_words(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Public, in the channel, of our own message with content: one of a card would have an empty top."""
    thread = await opened(arm, "3 · " + "Which street? " * 20)
    (kept,) = discord_.threads().values()
    assert (str(kept.id), kept.type, kept.parent_id, len(kept.name) <= 100) == (thread, 11, 500, True)
    (first,) = discord_.messages(kept.id)
    assert first["content"] == "Talk here.\n-# It is public." and first["components"] == []


async def test_a_try_that_was_cut_short_is_made_up_for(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Before its first message, or before we noted it: one thread with one message."""
    discord_.fail("POST", r"/channels/\d+/messages", 429, 0, retry_after=9.0)
    with pytest.raises(SlowDown):
        await opened(arm)
    first = await opened(arm)
    discord_.world.messages.nonces.clear()  # which Discord does after some minutes
    assert await opened(arm) == first
    assert len(discord_.threads()) == 1 and len(discord_.messages(next(iter(discord_.threads())))) == 1


async def test_an_announcement_channel_has_threads_of_its_own_kind(table: Table, starting: Any) -> None:
    """And in a thread there is none."""
    guild = Guild("Circle", 4001, (Channel("news", 500, type=5),))
    async with LoopbackDiscord([guild]) as place, starting(table.desk, place):
        arm = table.desk.reach["discord"]
        thread = await arm.open_thread(PLACE, "500", "x", FIRST)
        assert thread and [thread.type for thread in place.threads().values()] == [10]
        assert await arm.open_thread(PLACE, thread, "y", FIRST) is None


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        pytest.param(403, 50013, "rights", id="no permission"),
        pytest.param(403, 50001, "rights", id="no access"),
        pytest.param(400, 160006, "full", id="too many threads"),
        pytest.param(404, 10003, "gone", id="the channel is gone"),
        pytest.param(400, 50024, "nowhere", id="not in this channel"),
        pytest.param(400, 50035, "refused", id="anything else"),
    ],
)
async def test_a_refusal_says_why(
    discord_: LoopbackDiscord, arm: DiscordReach, status: int, code: int, why: str
) -> None:
    """In a word that has its sentence."""
    discord_.fail("POST", "/channels/500/threads", status, code)
    with pytest.raises(OutOfReach) as refused:
        await opened(arm)
    assert refused.value.why == why


async def test_a_thread_is_locked_and_unlocked_once(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Doing it again says nothing more; one that went quiet is locked all the same."""
    thread = await opened(arm)
    discord_.world.threads[int(thread)] = (
        replace(discord_.threads()[int(thread)], archived=True),
        discord_.world.guilds[0],
    )
    for _ in range(2):
        assert await arm.lock_thread(PLACE, thread, LAST)
    kept = discord_.threads()[int(thread)]
    assert kept.locked and kept.archived and len(discord_.messages(kept.id)) == 2
    for _ in range(2):
        await arm.unlock_thread(PLACE, thread, Card(blocks=(Text("Open again."),)))
    kept = discord_.threads()[int(thread)]
    assert not kept.locked and not kept.archived and len(discord_.messages(kept.id)) == 3


async def test_without_the_right_to_lock_it_is_put_away(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Its maker may do that much; False says so."""
    thread = await opened(arm)
    discord_.fail("PATCH", f"/channels/{thread}", 403, 50013)
    assert not await arm.lock_thread(PLACE, thread, LAST)
    kept = discord_.threads()[int(thread)]
    assert kept.archived and not kept.locked


async def test_a_wiped_thread_keeps_what_people_said(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Our words and the title go, even out of a locked one; a second time nothing is done."""
    thread = await opened(arm)
    discord_.say(int(thread), TOM, "Elm first.")
    await arm.lock_thread(PLACE, thread, LAST)
    for _ in range(2):
        await arm.wipe_thread(PLACE, thread, "3 · erased", Card(blocks=(Text("The poll was erased."),)))
    kept = discord_.threads()[int(thread)]
    assert (kept.name, kept.locked, kept.archived) == ("3 · erased", True, True)
    assert [message["content"] for message in discord_.messages(kept.id)] == ["Elm first.", "The poll was erased."]


async def test_a_deleted_thread_is_gone(arm: DiscordReach) -> None:
    """A moderator deleted it."""
    with pytest.raises(OutOfReach) as refused:
        await arm.lock_thread(PLACE, "123456", LAST)
    assert refused.value.why == "gone"


# What was said


async def test_without_the_intent_words_are_kept_back(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Who and when are told; the text is empty, and our own messages are no part of it."""
    thread = await opened(arm)
    discord_.say(int(thread), TOM, "Elm first.")
    lines = await arm.read_thread(PLACE, thread, 100)
    assert lines is not None
    assert [(line.name, line.text) for line in lines] == [("tom", "")] and lines[0].at_ms > 0


async def test_with_the_intent_words_are_read(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Mentions by name, files by theirs; what Discord says itself is left out. The name is the one people chose."""
    discord_.world.reads = True
    thread = await opened(arm)
    discord_.say(int(thread), MARIA, f"<@{TOM.id}> look", mentions=[TOM.json()])
    discord_.say(int(thread), TOM, "", attachments=[{"filename": "map.png"}])
    discord_.say(int(thread), TOM, "renamed", type=4)
    lines = await arm.read_thread(PLACE, thread, 100)
    assert lines is not None
    assert [(line.name, line.text) for line in lines] == [("María", "@tom look"), ("tom", "[map.png]")]


@pytest.mark.parametrize(("said", "most", "kept"), [(250, 1000, 250), (250, 120, 119)], ids=["all", "the first"])
async def test_a_long_thread_is_read_page_by_page(
    discord_: LoopbackDiscord, arm: DiscordReach, said: int, most: int, kept: int
) -> None:
    """From the first message on, a hundred at a time, no more than asked for."""
    discord_.world.reads = True
    thread = await opened(arm)
    for n in range(said):
        discord_.say(int(thread), TOM, f"word {n}")
    lines = await arm.read_thread(PLACE, thread, most)
    assert lines is not None
    assert [line.text for line in lines] == [f"word {n}" for n in range(kept)]


async def test_without_history_nothing_is_read(discord_: LoopbackDiscord, arm: DiscordReach) -> None:
    """Discord answers with an empty page: even our own first message isn't there."""
    thread = await opened(arm)
    discord_.world.messages.kept.clear()
    assert await arm.read_thread(PLACE, thread, 100) is None


def test_an_address_is_discord_s_own(table: Table) -> None:
    """Of a thread, and of a message."""
    arm = DiscordReach(None, None)  # type: ignore[arg-type]
    assert arm.address(PLACE, "500") == "https://discord.com/channels/4001/500"
    assert arm.address(PLACE, "500", "9") == "https://discord.com/channels/4001/500/9"


# All of it


@pytest.fixture
async def running(
    table: Table, bot: DiscordPlatform, arm: DiscordReach, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """The loops of boards and of what waits for Discord, in a hurry."""
    monkeypatch.setattr(DiscordStage, "pace_s", 0.05)
    monkeypatch.setattr(reaching, "BREATH_S", 0.05)
    loops = [
        asyncio.create_task(Boards(table.desk, {"discord": bot.stage}, time.monotonic).run()),
        asyncio.create_task(reaching.run(table.desk)),
    ]
    yield
    for loop in loops:
        loop.cancel()


def later(table: Table, ms: int) -> None:
    """Time passes, and the loops look."""
    table.clock.now += ms
    table.desk.boards.ring()


async def passing(table: Table, true: Callable[[], object]) -> None:
    """Let seconds pass until something is so, at most a few minutes."""
    for _ in range(100):
        if true():
            return
        later(table, 2_000)
        await asyncio.sleep(0.1)
    raise TimeoutError


@pytest.mark.usefixtures("running")
async def test_a_poll_with_a_thread_from_start_to_record(
    table: Table, discord_: LoopbackDiscord, bot: DiscordPlatform
) -> None:
    """Opened, talked in, reminded of, locked; the board leads there, and the record has what was said."""
    told = {"question": "Which street?", "options": "Oak | Elm", "closes": "8 hours", "ballots": "named"}
    draft = await discord_.slash("moderate poll start", told, user=ANA)
    assert draft.message is not None
    await discord_.slash("moderate poll rule", {"rule": "thread", "value": "yes"}, user=ANA)
    await discord_.click("Start", await _fresh(discord_, draft.message), user=ANA)
    await passing(table, lambda: discord_.threads() and discord_.messages(next(iter(discord_.threads()))))
    thread = next(iter(discord_.threads()))
    await discord_.until(lambda: f"/4001/{thread}" in str(discord_.messages(500)))
    discord_.world.reads = True
    discord_.say(thread, MARIA, "Elm first.")

    await discord_.slash("poll remind", {"reminders": "on"}, user=TOM)
    await discord_.slash("poll remind", {"reminders": "on"}, user=MARIA)
    await discord_.slash("poll vote", {"poll": "1", "marks": "a"}, user=MARIA)
    later(table, 6 * 3_600_000)
    await discord_.until(lambda: discord_.whispers(TOM))
    assert "Which street?" in words(discord_.whispers(TOM)[0]) and discord_.whispers(MARIA) == []
    assert "/channels/4001/500/" in str(discord_.whispers(TOM)[0]["components"])

    asked = await discord_.slash("moderate poll close", {"poll": "1"}, user=ANA)
    assert asked.message is not None
    sure = next(part["custom_id"] for part in walk(asked.message) if ":close:" in str(part.get("custom_id")))
    await discord_.click(sure, asked.message, user=ANA)
    await passing(table, lambda: discord_.threads()[thread].locked)
    assert "Oak" in words(discord_.messages(thread)[-1])
    record = await discord_.slash("moderate poll export", {"poll": "1", "format": "json"}, user=ANA)
    message = await discord_.after(record)
    (file,) = [file for file in message["attachments"] if file["filename"].endswith(".json")]
    data = discord_.world.messages.files[file["url"].partition("/cdn")[2]]
    assert b"Elm first." in data and discord_.world.refused == []


async def _fresh(place: LoopbackDiscord, message: dict[str, Any]) -> dict[str, Any]:
    """The draft as it stands after a change: its start button carries the revision."""
    panel = await place.slash("moderate poll panel", user=ANA)
    assert panel.message is not None
    named = next(
        option["value"]
        for part in walk(panel.message)
        for option in part.get("options") or ()
        if "Which street" in option["label"]
    )
    select = next(part["custom_id"] for part in walk(panel.message) if part.get("options"))
    shown = await place.choose(select, [named], panel.message, user=ANA)
    assert shown.message is not None
    return shown.message
