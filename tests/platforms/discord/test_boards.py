"""Public cards on Discord: posted once, edited after, and the loops learn what happened to them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.card import Action, Card, Text
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.stage import DiscordStage
from bot.services.boards import Boards
from bot.services.stage import PostGone, Slot, SlowDown
from tests.loopback.people import MODERATOR, User
from tests.loopback.server import MARIA, LoopbackDiscord
from tests.platforms.discord.conftest import Starting
from tests.spec.gate import over_budget
from tests.support import Table, a_desk

ANA = User("ana", permissions=MODERATOR)
BOARD = Card("Open on Sundays?", (Text("Press a letter."),), ((Action("A", i.PressOption("p1", "a")),),))
CLOSED = Card("Open on Sundays?", (Text("Closed."),))
NEW = Slot("post-1", "discord:4001", "500", None)


async def test_a_board_is_posted_once_and_edited_after(discord_: LoopbackDiscord, bot: DiscordPlatform) -> None:
    """Components V2, no mentions; a closed board has no buttons left; nothing is fetched."""
    message = await bot.stage.show(NEW, BOARD)
    assert await bot.stage.show(Slot(NEW.post, NEW.place, NEW.channel, message), CLOSED) == message
    [kept] = discord_.messages(500)
    assert "Closed." in str(kept)
    assert "custom_id" not in str(kept)
    assert all(call.json["allowed_mentions"] == {"parse": []} for call in discord_.calls("POST", "/messages"))
    assert discord_.calls("GET", "/messages") == []


async def test_a_post_that_is_tried_again_is_one_message(discord_: LoopbackDiscord, bot: DiscordPlatform) -> None:
    """Its nonce is the same at every try: a crash between Discord's yes and our note makes no second board."""
    assert await bot.stage.show(NEW, BOARD) == await bot.stage.show(NEW, BOARD)
    assert len(discord_.messages(500)) == 1
    sent = discord_.calls("POST", "/channels/500/messages")
    assert {(call.json["enforce_nonce"], len(call.json["nonce"]) <= 25) for call in sent} == {(True, True)}


async def test_a_deleted_board_is_gone(discord_: LoopbackDiscord, bot: DiscordPlatform) -> None:
    """Discord's 10008."""
    message = await bot.stage.show(NEW, BOARD)
    discord_.delete(discord_.message(message))
    with pytest.raises(PostGone):
        await bot.stage.show(Slot(NEW.post, NEW.place, NEW.channel, message), CLOSED)


@pytest.mark.parametrize("code", [50001, 50013], ids=["no access", "no right to write"])
async def test_a_closed_channel_is_gone(discord_: LoopbackDiscord, bot: DiscordPlatform, code: int) -> None:
    """Moderators read why in the panel."""
    discord_.bar(500, code)
    with pytest.raises(PostGone) as gone:
        await bot.stage.show(NEW, BOARD)
    assert str(code) in gone.value.why


@pytest.mark.parametrize(
    ("status", "code", "retry_after", "least"),
    [
        pytest.param(429, 30046, 3.0, 3.0, id="an old message edited too often"),
        pytest.param(429, 20028, 4.5, 4.5, id="a limit"),
        pytest.param(503, 0, None, 5.0, id="Discord is ill"),
        pytest.param(400, 50035, None, 60.0, id="our message is wrong"),
    ],
)
async def test_too_fast_is_said_in_seconds(
    discord_: LoopbackDiscord, bot: DiscordPlatform, status: int, code: int, retry_after: float | None, least: float
) -> None:
    """The loop waits as long as Discord asks, and other channels go on."""
    discord_.fail("POST", "/channels/500/messages", status, code, retry_after=retry_after)
    with pytest.raises(SlowDown) as slow:
        await bot.stage.show(NEW, BOARD)
    assert slow.value.seconds >= least


@pytest.fixture
async def kept_in_step(table: Table, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The loop that shows boards, in a hurry."""
    monkeypatch.setattr(DiscordStage, "pace_s", 0.05)
    loop = asyncio.create_task(Boards(table.desk, {"discord": bot.stage}, time.monotonic).run())
    yield
    loop.cancel()


async def start_poll(place: LoopbackDiscord) -> dict[str, object]:
    """A moderator drafts and starts a poll; its board, as it stands in the channel."""
    await place.slash("moderate article use", {"article": "us-mexico-bargain"}, user=ANA)
    options = {"question": "Open on **Sundays**?", "options": "Yes | No", "kind": "single", "closes": "2h"}
    draft = await place.slash("moderate poll start", options, user=ANA)
    assert draft.message is not None
    await place.click("Start", draft.message, user=ANA)
    await place.until(lambda: any("Sundays" in str(message) for message in place.messages()))
    return next(message for message in place.messages() if "Sundays" in str(message))


def press_of(board: dict[str, object], letter: int = 0) -> str:
    """The custom_id of the board's n-th option."""
    from tests.spec.parts import walk

    return [part["custom_id"] for part in walk(board) if ":press:" in str(part.get("custom_id"))][letter]


@pytest.mark.usefixtures("kept_in_step")
async def test_a_vote_is_confirmed_in_its_own_answer_as_plain_content(discord_: LoopbackDiscord) -> None:
    """Private, one line and a button, no follow-up; the same press again says it again, the button takes it back."""
    board = await start_poll(discord_)
    assert over_budget(board) == []
    voted = await discord_.click(press_of(board), board)
    assert voted.private
    assert voted.data["content"].startswith("Recorded")
    again = await discord_.click(press_of(board), board)
    assert again.data["content"] == voted.data["content"]
    [back] = again.data["components"][0]["components"]
    taken = await discord_.click(back["custom_id"], again.message)
    assert taken.data["content"].startswith("Taken back") and taken.data["components"] == []
    assert discord_.calls("POST", "/webhooks") == []


@pytest.mark.usefixtures("kept_in_step")
async def test_the_board_of_a_poll_follows_its_votes(discord_: LoopbackDiscord) -> None:
    """The first vote shows on the board within the loop's pace."""
    board = await start_poll(discord_)
    await discord_.click(press_of(board), board)
    await discord_.until(lambda: discord_.message(str(board["id"])) != board)


async def test_a_click_after_a_kill_works(
    tmp_path: Path, discord_: LoopbackDiscord, starting: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first program is gone between the board's posting and the click; nothing about the board was in memory."""
    monkeypatch.setattr(DiscordStage, "pace_s", 0.05)
    async with a_desk(tmp_path) as table, starting(table.desk, discord_) as platform:
        loop = asyncio.create_task(Boards(table.desk, {"discord": platform.stage}, time.monotonic).run())
        board = await start_poll(discord_)
        loop.cancel()
    async with a_desk(tmp_path) as table, starting(table.desk, discord_):
        voted = await discord_.click(press_of(board), board, user=MARIA)
        assert voted.data["content"].startswith("Recorded")
