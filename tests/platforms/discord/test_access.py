"""Who finds a poll on Discord, over the wire: by the channels and roles that Discord sent, and asked about threads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import orjson
import pytest

from bot.core.intents import PressOption
from bot.platforms.discord.platform import DiscordPlatform
from bot.storage import ballots, polls
from tests.loopback.asks import Answer
from tests.loopback.people import ADMINISTRATOR, MANAGE_GUILD, MEMBER, VIEW, Channel, Guild, Role, User
from tests.loopback.server import LoopbackDiscord
from tests.spec.gate import violations
from tests.support import Table

SQUARE, MODS_ONLY, THREAD, OLD_THREAD, PRIVATE = 500, 501, 502, 503, 504
MODS = Role("Mods", 71)
TOM, BEA = User("tom"), User("bea", roles=(71,))
ANA = User("ana", roles=(71,), permissions=MEMBER | MANAGE_GUILD)
GRACE = User("grace", permissions=MEMBER | MANAGE_GUILD)  # manages the server, and can't view the channel
ADMIN = User("ada", permissions=ADMINISTRATOR)
HOST = User("olga", id=900)
QUESTION = "Ban Tom?"


@pytest.fixture
async def discord_() -> AsyncIterator[LoopbackDiscord]:
    """A server with a square for everybody and a channel for the moderators, with threads in both."""
    mods_only = Channel("mods-only", MODS_ONLY, denied=VIEW, overwrites=((MODS.id, 0, VIEW, 0),))
    guild = Guild("Town", 4001, (Channel("square", SQUARE), mods_only), (MODS,), owner_id=HOST.id)
    async with LoopbackDiscord([guild], judge=violations) as place:
        place.join(TOM, BEA, ANA, GRACE, ADMIN, HOST)
        for thread in (
            Channel("talk", THREAD, type=11, parent_id=MODS_ONLY),
            Channel("old talk", OLD_THREAD, type=11, parent_id=SQUARE, archived=True),
            Channel("secret", PRIVATE, type=12, parent_id=SQUARE),
        ):
            place.world.threads[thread.id] = (thread, guild)
        yield place


async def start(place: LoopbackDiscord, channel: int = MODS_ONLY, user: User = ANA) -> str:
    """A named poll with live results, opened in a channel; its number."""
    given = {"question": QUESTION, "options": "Yes | No", "ballots": "named", "results": "live"}
    draft = await place.slash("moderate poll start", given, user=user, channel=channel)
    assert draft.message is not None
    started = await place.click("Start", draft.message, user=user)
    assert "Started" in started.words
    return "1"


async def asked(place: LoopbackDiscord, user: User, channel: int = SQUARE) -> dict[str, bool]:
    """By each of the five ways, whether somebody is told of the poll."""

    async def slash(line: str, **options: str) -> Answer:
        return await place.slash(line, options, user=user, channel=channel)

    suggested = await place.suggest("poll show", {"poll": ""}, "poll", user=user, channel=channel)
    return {
        "list": QUESTION in str((await slash("poll list")).data),
        "suggestion": QUESTION in str(suggested),
        "show": QUESTION in (await slash("poll show", poll="1")).words,
        "results": QUESTION in (await slash("poll results", poll="1")).words,
        "vote": "Recorded" in (await slash("poll vote", poll="1", marks="b")).words,
    }


def nowhere(found: dict[str, bool]) -> bool:
    return not any(found.values())


WHO = [
    pytest.param(TOM, False, id="a member"),
    pytest.param(GRACE, False, id="who manages the server, but can't view the channel"),
    pytest.param(BEA, True, id="a role that may view it"),
    pytest.param(ADMIN, True, id="an administrator"),
    pytest.param(HOST, True, id="the owner"),
]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(("user", "finds"), WHO)
async def test_a_poll_of_a_private_channel(table: Table, discord_: LoopbackDiscord, user: User, finds: bool) -> None:
    """From the square: whoever can't view the channel is told of no such poll by any of five ways; the count stays."""
    await start(discord_)
    found = await asked(discord_, user)
    assert all(found.values()) if finds else nowhere(found)
    poll = await table.desk.db.read(lambda tx: polls.find(tx, "discord:4001", "1"))
    assert poll is not None
    assert await table.desk.db.read(lambda tx: ballots.get(tx, poll.id, f"discord:{user.id}")) is not None or not finds
    assert discord_.calls("GET", "/channels") == []  # everything was known


@pytest.mark.usefixtures("bot")
async def test_a_moderator_who_can_not_view_it_finds_nothing_to_moderate(discord_: LoopbackDiscord) -> None:
    """Neither in the panel nor in the log; and no poll of that number can be closed, exported or edited."""
    await start(discord_)
    for line, options in (
        ("moderate poll panel", {}),
        ("moderate log", {}),
        ("moderate poll planned", {}),
        ("moderate poll panel", {"poll": "1"}),
        ("moderate poll close", {"poll": "1"}),
        ("moderate poll export", {"poll": "1"}),
        ("moderate poll edit", {"poll": "1", "question": "Other?"}),
    ):
        answer = await discord_.slash(line, options, user=GRACE, channel=SQUARE)
        assert QUESTION not in str(answer.data) and "started poll 1" not in answer.words, line
        assert not options or "There is no poll" in answer.words, line


@pytest.mark.usefixtures("bot")
async def test_a_thread_follows_its_parent(discord_: LoopbackDiscord) -> None:
    """A public one: known to Discord alone, it is asked about once, and remembered."""
    await start(discord_, THREAD)
    assert nowhere(await asked(discord_, TOM))
    assert all((await asked(discord_, BEA)).values())
    assert [call.path for call in discord_.calls("GET", f"/channels/{THREAD}")] == [f"/channels/{THREAD}"]


@pytest.mark.usefixtures("bot")
async def test_an_archived_thread_is_found_by_who_can_view_its_parent(discord_: LoopbackDiscord) -> None:
    """It is in no list of active threads, so Discord is asked."""
    await start(discord_, OLD_THREAD)
    assert all((await asked(discord_, TOM)).values())


@pytest.mark.usefixtures("bot")
async def test_a_private_thread_is_for_who_is_in_it(discord_: LoopbackDiscord) -> None:
    """And for who may manage threads in its parent; for everybody in the thread itself."""
    await start(discord_, PRIVATE)
    assert nowhere(await asked(discord_, TOM))
    assert all((await asked(discord_, TOM, PRIVATE)).values())
    discord_.world.joined[PRIVATE] = {BEA.id}
    assert all((await asked(discord_, BEA)).values())
    assert nowhere(await asked(discord_, GRACE))
    assert all((await asked(discord_, ADMIN)).values())


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(("status", "code"), [(403, 50001), (404, 10003), (500, 0), (429, 0)])
async def test_what_discord_does_not_tell_is_hidden(discord_: LoopbackDiscord, status: int, code: int) -> None:
    """A thread that the bot lost, or a Discord that is ill: nobody but owner and administrators finds the poll."""
    await start(discord_, THREAD)
    discord_.fail("GET", f".*/channels/{THREAD}", status, code, times=99, retry_after=0.01 if status == 429 else None)
    assert nowhere(await asked(discord_, BEA))
    assert all((await asked(discord_, HOST)).values())


@pytest.mark.usefixtures("bot")
async def test_a_deleted_channel_hides_its_polls_from_all_but_the_owner(discord_: LoopbackDiscord) -> None:
    """Who administers the server can still export the poll, or post it again elsewhere."""
    await start(discord_)
    gone = Channel("mods-only", MODS_ONLY).json(4001)
    await discord_.gateway.dispatch("CHANNEL_DELETE", orjson.dumps(gone))
    discord_.fail("GET", f".*/channels/{MODS_ONLY}", 404, 10003, times=99)
    assert nowhere(await asked(discord_, BEA))
    assert all((await asked(discord_, ADMIN)).values())


@pytest.mark.usefixtures("bot")
async def test_a_change_of_rights_counts_at_the_next_press(discord_: LoopbackDiscord, bot: DiscordPlatform) -> None:
    """Discord tells of changed overwrites and roles; nothing of ours remembers who could view what."""
    await start(discord_)
    assert nowhere(await asked(discord_, TOM))
    opened = Channel("mods-only", MODS_ONLY).json(4001)
    await discord_.gateway.dispatch("CHANNEL_UPDATE", orjson.dumps(opened))
    assert all((await asked(discord_, TOM)).values())
    closed = Channel("mods-only", MODS_ONLY, denied=VIEW).json(4001)
    await discord_.gateway.dispatch("CHANNEL_UPDATE", orjson.dumps(closed))
    assert nowhere(await asked(discord_, TOM))
    role = {"guild_id": "4001", "role": replace(MODS, permissions=ADMINISTRATOR).json()}
    await discord_.gateway.dispatch("GUILD_ROLE_UPDATE", orjson.dumps(role))
    assert all((await asked(discord_, BEA)).values())


@pytest.mark.usefixtures("bot")
async def test_a_button_of_a_hidden_poll_is_refused(table: Table, discord_: LoopbackDiscord) -> None:
    """A card that somebody still has from when they could view the channel."""
    await start(discord_)
    shown = await discord_.slash("poll show", {"poll": "1"}, user=BEA, channel=SQUARE)
    assert shown.message is not None
    poll = await table.desk.db.read(lambda tx: polls.find(tx, "discord:4001", "1"))
    assert poll is not None
    lost = replace(BEA, roles=())
    from bot.core.codec import encode

    answer = await discord_.click(encode(PressOption(poll.id, "a")), shown.message, user=lost)
    assert "There is no poll" in answer.words
    assert await table.desk.db.read(lambda tx: ballots.get(tx, poll.id, f"discord:{BEA.id}")) is None
