"""Two servers, one bot: whoever moderates one of them can't make it write into the other, by whatever id they give."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.core.card import Card, Text
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.discord.reach import DiscordReach
from bot.platforms.discord.stage import DiscordStage
from bot.services.boards import Boards
from bot.services.ids import new_id
from bot.services.reach import OutOfReach
from bot.services.stage import PostGone, Slot
from bot.storage import places, posts
from tests.loopback.asks import Answer
from tests.loopback.people import ADMINISTRATOR, Channel, Guild, Role, User
from tests.loopback.server import LoopbackDiscord
from tests.spec.gate import violations
from tests.spec.parts import walk
from tests.support import Table

MALLORY, TOM = User("mallory", permissions=ADMINISTRATOR), User("tom")
OURS, THEIRS = "discord:4001", "discord:4002"
ROOM, CATEGORY, NO_WRITING, FOREIGN, FOREIGN_THREAD = 900000000000000500, 900000000000000501, 900000000000000502, \
    900000000000000600, 900000000000000601  # fmt: skip
CREW, STRANGERS = Role("Crew", 900000000000000071), Role("Strangers", 900000000000000072)
SEND = 1 << 11
CARD = Card(blocks=(Text("Buy now!"),))


@pytest.fixture
async def discord_() -> AsyncIterator[LoopbackDiscord]:
    """Mallory's own server, and one that she has no business in."""
    mine = Guild(
        "Mallory's", 4001,
        (Channel("talk", ROOM), Channel("Topics", CATEGORY, type=4), Channel("rules", NO_WRITING, denied=SEND)),
        (CREW,),
    )  # fmt: skip
    theirs = Guild("Town hall", 4002, (Channel("announcements", FOREIGN),), (STRANGERS,))
    async with LoopbackDiscord([mine, theirs], judge=violations) as place:
        place.world.threads[FOREIGN_THREAD] = (
            Channel("old thread", FOREIGN_THREAD, type=11, parent_id=FOREIGN),
            theirs,
        )
        yield place


@pytest.fixture
async def loop(table: Table, bot: DiscordPlatform, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The loop that shows boards and reports, in a hurry."""
    monkeypatch.setattr(DiscordStage, "pace_s", 0.02)
    running = asyncio.create_task(Boards(table.desk, {"discord": bot.stage}, time.monotonic).run())
    yield
    running.cancel()


async def _settings(place: LoopbackDiscord, name: str, value: str) -> Answer:
    return await place.slash("moderate settings", {"name": name, "value": value}, user=MALLORY, channel=ROOM)


async def _by_form(place: LoopbackDiscord, name: str, value: str) -> Answer:
    """Even if a client sent a select's value that its picker doesn't offer."""
    form = await place.slash("moderate settings", {"name": name}, user=MALLORY, channel=ROOM)
    return await place.submit(form, {"value": [word.strip("<@&#>") for word in value.split()]}, user=MALLORY)


WAYS: dict[str, Callable[[LoopbackDiscord, str, str], Any]] = {"typed": _settings, "by the form": _by_form}
ATTACKS = [
    pytest.param("reports", f"<#{FOREIGN}>", "There is no channel", id="another server's channel, mentioned"),
    pytest.param("reports", f"{FOREIGN}", "There is no channel", id="another server's channel, by its id"),
    pytest.param("reports", f"{FOREIGN_THREAD}", "There is no channel", id="another server's thread"),
    pytest.param("reports", "900000000000000999", "There is no channel", id="nobody's channel"),
    pytest.param("reports", f"{CATEGORY}", "holds no messages", id="a category of ours"),
    pytest.param("reports", f"{NO_WRITING}", "Send Messages", id="a channel of ours that the bot can't write in"),
    pytest.param("moderators", f"<@&{STRANGERS.id}>", "There is no role", id="another server's role"),
    pytest.param("moderators", f"{CREW.id} {STRANGERS.id}", "There is no role", id="another server's among ours"),
    pytest.param("moderators", "900000000000004001", "There is no role", id="nobody's role"),
]


@pytest.mark.usefixtures("loop")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "value", "words"), ATTACKS)
async def test_an_id_of_another_server_is_refused(
    table: Table, discord_: LoopbackDiscord, way: str, name: str, value: str, words: str
) -> None:
    """In a sentence; and then a report is sent: nothing of it arrives in any channel."""
    answer = await WAYS[way](discord_, name, value)
    assert words in answer.words
    bad = discord_.say(ROOM, TOM, "Buy now!")
    form = await discord_.menu("Report to moderators", bad, user=MALLORY)
    await discord_.submit(form, {"reason": "Spam"}, user=MALLORY)
    place = await table.desk.db.read(lambda tx: places.place(tx, OURS))
    assert (place.settings.reports, place.settings.moderators) == ("", ())
    assert discord_.messages(FOREIGN) == discord_.messages(FOREIGN_THREAD) == []


@pytest.mark.usefixtures("loop")
async def test_our_own_channel_and_role_are_taken(table: Table, discord_: LoopbackDiscord) -> None:
    """What the checks are not for."""
    assert "Changed" in (await _settings(discord_, "reports", f"<#{ROOM}>")).words
    assert "Changed" in (await _settings(discord_, "moderators", f"<@&{CREW.id}>")).words
    form = await discord_.menu("Report to moderators", discord_.say(ROOM, TOM, "Buy now!"), user=MALLORY)
    await discord_.submit(form, {"reason": "Spam"}, user=MALLORY)
    await discord_.until(lambda: any("Spam" in str(message) for message in discord_.messages(ROOM)))


@pytest.mark.usefixtures("loop")
async def test_roles_and_channels_are_picked_natively(table: Table, discord_: LoopbackDiscord) -> None:
    """By typed options, and by selects in a dialog that hold what is set; shown as mentions that ping nobody."""
    by_option = await discord_.slash("moderate settings", {"channel": discord_.world.guilds[0].channels[0]},
                                     user=MALLORY, channel=ROOM)  # fmt: skip
    assert f"<#{ROOM}>" in by_option.words
    by_role = await discord_.slash("moderate settings", {"role": CREW}, user=MALLORY, channel=ROOM)
    assert f"<@&{CREW.id}>" in by_role.words and "Integrations" in by_role.words
    assert by_role.data["allowed_mentions"] == {"parse": []}
    form = await discord_.slash("moderate settings", {"name": "moderators"}, user=MALLORY, channel=ROOM)
    (select,) = [part for part in walk(form.data) if part.get("custom_id") == "value"]
    assert (select["type"], select["default_values"]) == (6, [{"id": str(CREW.id), "type": "role"}])
    cleared = await discord_.submit(form, {"value": []}, user=MALLORY)
    assert f"<@&{CREW.id}>" not in cleared.words
    form = await discord_.slash("moderate settings", {"name": "reports"}, user=MALLORY, channel=ROOM)
    (select,) = [part for part in walk(form.data) if part.get("custom_id") == "value"]
    assert (select["type"], select["default_values"]) == (8, [{"id": str(ROOM), "type": "channel"}])
    assert 4 not in select["channel_types"] and 15 not in select["channel_types"]  # neither categories nor forums


# The last line: whatever got into the database, by an older version or by hand, nothing is written elsewhere.


@pytest.mark.usefixtures("loop")
async def test_a_report_channel_that_was_settled_before_is_refused_at_the_publisher(
    table: Table, discord_: LoopbackDiscord
) -> None:
    """Version 0.2.0 kept any id. The post dies with a reason, and stays in the moderators' log."""
    await _settings(discord_, "language", "en")  # the server has its row from now on
    await table.desk.db.write(lambda tx: places.change_settings(tx, OURS, reports=str(FOREIGN)))
    form = await discord_.menu("Report to moderators", discord_.say(ROOM, TOM, "Buy now!"), user=MALLORY)
    await discord_.submit(form, {"reason": "Spam"}, user=MALLORY)

    async def died() -> bool:
        rows = await table.desk.db.read(lambda tx: tx.all("SELECT state, note FROM posts"))
        return [(row[0], "another server" in (row[1] or "")) for row in rows] == [("dead", True)]

    async with asyncio.timeout(10):
        while not await died():
            await asyncio.sleep(0.02)
    assert discord_.messages(FOREIGN) == []
    assert "Spam" in (await discord_.slash("moderate log", user=MALLORY, channel=ROOM)).words


@pytest.mark.parametrize("channel", [FOREIGN, FOREIGN_THREAD], ids=["in the cache", "asked of Discord"])
@pytest.mark.parametrize("message", [None, "77"], ids=["posted", "edited"])
async def test_the_publisher_writes_into_its_place_alone(
    discord_: LoopbackDiscord, bot: DiscordPlatform, channel: int, message: str | None
) -> None:
    """A new message and an edit alike."""
    with pytest.raises(PostGone) as gone:
        await bot.stage.show(Slot("p", OURS, str(channel), message), CARD)
    assert "another server" in gone.value.why
    assert await bot.stage.show(Slot("p", THEIRS, str(channel), None), CARD)
    assert [call.path for call in discord_.calls("PATCH")] == []
    assert len(discord_.messages(channel)) == 1


THREAD_ACTS: dict[str, Callable[[DiscordReach, str], Any]] = {
    "open": lambda arm, channel: arm.open_thread(OURS, channel, "A title", CARD),
    "lock": lambda arm, channel: arm.lock_thread(OURS, channel, CARD),
    "unlock": lambda arm, channel: arm.unlock_thread(OURS, channel, CARD),
    "wipe": lambda arm, channel: arm.wipe_thread(OURS, channel, "Erased", CARD),
    "read": lambda arm, channel: arm.read_thread(OURS, channel, 10),
}


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("act", THREAD_ACTS)
async def test_no_thread_of_another_server_is_touched(table: Table, discord_: LoopbackDiscord, act: str) -> None:
    """Neither opened, locked, opened again, wiped nor read."""
    arm: Any = table.desk.reach["discord"]
    before = discord_.threads()
    with pytest.raises(OutOfReach):
        await THREAD_ACTS[act](arm, str(FOREIGN if act == "open" else FOREIGN_THREAD))
    assert discord_.threads() == before
    assert discord_.messages(FOREIGN_THREAD) == []
    assert discord_.calls("GET", "/messages") == []


@pytest.mark.usefixtures("loop")
async def test_a_board_in_another_server_s_channel_is_never_shown(table: Table, discord_: LoopbackDiscord) -> None:
    """Not by the loop either: a post of ours that names their channel."""
    await discord_.slash("moderate article use", {"article": "us-mexico-bargain"}, user=MALLORY, channel=ROOM)
    subject = "article:us-mexico-bargain"
    await table.desk.db.write(lambda tx: posts.add(tx, new_id(), OURS, str(FOREIGN), subject, 1))
    await discord_.until(lambda: len(discord_.messages(ROOM)) == 1)
    table.desk.boards.ring()
    await asyncio.sleep(0.3)
    assert discord_.messages(FOREIGN) == []
