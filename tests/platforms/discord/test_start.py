"""Starting and stopping on Discord: what is registered when, and a sentence for each way that a start can fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest

from bot.core.card import Show
from bot.core.ctx import Ctx
from bot.core.intents import Intent
from bot.platforms.discord import platform as module
from bot.platforms.discord.platform import COMMANDS_FILE, DiscordPlatform, StartError, run_discord
from bot.platforms.discord.sync import fingerprint, sync
from bot.services.desk import Desk
from bot.settings import Settings
from tests.loopback.bare import pointed_at
from tests.loopback.people import MODERATOR, User
from tests.loopback.server import LoopbackDiscord
from tests.platforms.discord.conftest import Starting
from tests.spec.parts import walk
from tests.support import Table

ANA = User("ana", permissions=MODERATOR)


def settings(place: LoopbackDiscord, tmp_path: Path, token: str = "") -> Settings:
    """Settings that point at a loopback Discord."""
    return Settings(
        discord_token=token or place.token,
        discord_api_base=place.api_base,
        database_url=f"sqlite:///{tmp_path / 't.db'}",
    )


async def test_commands_are_registered_once_and_again_only_after_a_change(
    tmp_path: Path, table: Table, discord_: LoopbackDiscord, starting: Starting
) -> None:
    """A second start sends none; a changed file of what was sent sends them again."""
    for _ in range(2):
        async with starting(table.desk, discord_):
            assert len(discord_.calls("PUT", "/commands")) == 1
    (tmp_path / COMMANDS_FILE).write_text("another build\n", "utf-8")
    async with starting(table.desk, discord_):
        assert len(discord_.calls("PUT", "/commands")) == 2


async def test_a_refused_registration_is_tried_again_at_the_next_start(tmp_path: Path) -> None:
    """The file is written only after Discord took the commands."""
    kept = tmp_path / "kept"

    async def refuse(payload: object) -> None:
        raise OSError("no")

    async def take(payload: object) -> None:
        return None

    with pytest.raises(OSError, match="no"):
        await sync(1, [{"name": "a"}], kept, refuse)
    assert await sync(1, [{"name": "a"}], kept, take)
    assert not await sync(1, [{"name": "a"}], kept, take)
    assert await sync(2, [{"name": "a"}], kept, take)


def test_the_fingerprint_is_of_the_application_and_every_word() -> None:
    """Another bot, another word: another hash; the order of keys counts for nothing."""
    base = fingerprint(1, [{"name": "a", "type": 1}])
    assert base == fingerprint(1, [{"type": 1, "name": "a"}])
    assert len({base, fingerprint(2, [{"name": "a", "type": 1}]), fingerprint(1, [{"name": "b", "type": 1}])}) == 3


async def test_refused_commands_do_not_keep_the_bot_from_starting(
    tmp_path: Path, table: Table, discord_: LoopbackDiscord, starting: Starting
) -> None:
    """Those registered before still work."""
    discord_.fail("PUT", "/applications/.*/commands", 400, 50035)
    async with starting(table.desk, discord_):
        assert not (tmp_path / COMMANDS_FILE).exists()
        assert (await discord_.slash("help")).private


async def test_a_wrong_token_is_one_sentence(tmp_path: Path, table: Table, discord_: LoopbackDiscord) -> None:
    """What to do, and never the token."""
    wrong = "a" * 24 + ".bbbbbb." + "c" * 38
    with pointed_at(discord_.api_base), pytest.raises(StartError) as refused:
        await run_discord(table.desk, settings(discord_, tmp_path, wrong))
    assert "DISCORD_TOKEN" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert wrong not in str(refused.value)


async def test_without_network_it_tries_again_and_says_so(
    tmp_path: Path,
    table: Table,
    discord_: LoopbackDiscord,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Discord comes back, the bot comes up; nobody has to start it again."""
    monkeypatch.setattr(module, "FIRST_WAIT", 0.01)
    discord_.fail("GET", "/users/@me", 503, 0, times=2)
    ready = asyncio.Event()
    with pointed_at(discord_.api_base):
        unreachable = settings(discord_, tmp_path).model_copy(update={"discord_api_base": "http://127.0.0.1:9"})
        away = DiscordPlatform(table.desk, unreachable, ready.set)
        running = asyncio.create_task(away.run())
        await discord_.until(lambda: "out of reach" in caplog.text)
        from discord.http import Route

        Route.BASE = discord_.api_base
        away._settings = settings(discord_, tmp_path)
        await asyncio.wait_for(ready.wait(), 20)
        await away.close()
        await running


async def test_it_stops_when_it_is_told_to(table: Table, discord_: LoopbackDiscord, tmp_path: Path) -> None:
    """Cancelling leaves no session and no task behind; closing makes `run` return."""
    ready = asyncio.Event()
    with pointed_at(discord_.api_base):
        before = asyncio.all_tasks()
        running = asyncio.create_task(run_discord(table.desk, settings(discord_, tmp_path), ready.set))
        await asyncio.wait_for(ready.wait(), 20)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await asyncio.sleep(0.05)
    assert {task for task in asyncio.all_tasks() - before if "discord" in repr(task.get_coro())} == set()


@dataclass(frozen=True)
class SlowDesk(Desk):
    """A desk that answers when it is let go."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, ctx: Ctx, intent: Intent) -> Show:
        self.came.set()
        await self.go.wait()
        return await super().answer(ctx, intent)


@pytest.fixture
def slow(table: Table) -> SlowDesk:
    """A slow desk on a fresh database."""
    desk = table.desk
    return SlowDesk(**{each.name: getattr(desk, each.name) for each in fields(desk)})


async def test_an_answer_under_way_is_finished_before_it_stops(
    slow: SlowDesk, discord_: LoopbackDiscord, starting: Starting
) -> None:
    """A person who pressed gets their answer."""
    async with starting(slow, discord_) as platform:
        asked = asyncio.create_task(discord_.slash("help"))
        await slow.came.wait()
        leaving = asyncio.create_task(platform.close())
        await asyncio.sleep(0.01)
        slow.go.set()
        assert (await asked).private
        await leaving


@pytest.mark.parametrize(
    ("line", "options"),
    [("section", {"section": "2", "article": "us-mexico-bargain"}), ("moderate poll start", {})],
    ids=["a card", "a form"],
)
async def test_a_slow_answer_is_announced_and_follows(
    slow: SlowDesk,
    discord_: LoopbackDiscord,
    starting: Starting,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    options: dict[str, str],
) -> None:
    """Within Discord's three seconds, privately; a form, which can't follow, comes as a button that opens it."""
    async with starting(slow, discord_) as platform:
        platform._client._door._patience = 0.01
        slow.go.set()
        await discord_.slash("moderate article use", {"article": "us-mexico-bargain"}, user=ANA)
        slow.go.clear()
        answer = await discord_.slash(line, options, user=ANA)
        assert (answer.type, answer.private) == (5, True)
        slow.go.set()
        shown = await discord_.after(answer)
        if not options:
            platform._client._door._patience = 2.0
            [opener] = [part for part in walk(shown) if part["type"] == 2]
            assert (await discord_.click(opener["custom_id"], shown, user=ANA)).type == 9
        else:
            assert "Section 2 of 7" in str(shown)
