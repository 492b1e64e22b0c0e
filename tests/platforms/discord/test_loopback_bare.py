"""The loopback Discord is only worth something if real discord.py takes it for Discord; here a bare bot does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import discord
import pytest

from tests.loopback.asks import Answer, Ask
from tests.loopback.bare import Bare, running
from tests.loopback.calls import Call, Refusal, busiest
from tests.loopback.demo import Demo
from tests.loopback.people import MODERATOR, Attachment, Channel, Guild, Role, User, snowflake
from tests.loopback.remote import LoopbackProcess
from tests.loopback.server import MARIA, LoopbackDiscord
from tests.spec.gate import violations

ANA = User("ana", permissions=MODERATOR, locale="es-ES", roles=(77,))
JOINED = datetime(2025, 5, 6, tzinfo=UTC)
NEW = User("nuevo", id=snowflake(datetime(2026, 1, 2, tzinfo=UTC)), joined_at=JOINED)


@pytest.fixture
async def place() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord([Guild(channels=(Channel("reading", 500), Channel("talk", 501)))]) as discord_:
        yield discord_


@pytest.fixture
async def demo(place: LoopbackDiscord) -> AsyncIterator[Demo]:
    client = Demo()
    async with running(client, place.api_base, place.token):
        yield client


async def test_a_bare_bot_answers_a_command_a_click_and_a_form_and_comes_back_after_a_drop() -> None:
    """Real discord.py logs in, gets READY, answers all three kinds, and resumes after the line was cut."""
    async with LoopbackDiscord() as place, running(Bare(), place.api_base, place.token):
        assert place.gateway.logins == 1
        assert (await place.slash("section", {"title": "one"})).words == "ok"
        click = await place.ask(Ask(3, {"custom_id": "vote", "component_type": 2}, MARIA))
        assert (click.type, click.private, click.words) == (4, True, "ok")
        sent = await place.ask(Ask(5, {"custom_id": "f", "components": []}, MARIA))
        assert sent.words == "ok"
        await place.gateway.drop()
        await place.until(lambda: place.gateway.resumes == 1)
        assert (await place.slash("section", {"title": "two"})).words == "ok"
        assert place.gateway.logins == 1


async def test_what_is_asked_while_the_line_is_cut_is_answered_after_it(place: LoopbackDiscord, demo: Demo) -> None:
    """A RESUME replays the events that were missed."""
    await place.gateway.drop()
    assert (await place.slash("read", {"title": "x"})).private
    assert (place.gateway.resumes, place.gateway.logins) == (1, 1)


async def test_a_forgotten_session_logs_in_anew(place: LoopbackDiscord, demo: Demo) -> None:
    """INVALID_SESSION makes discord.py identify again, at the same gateway."""
    await place.gateway.drop(resumable=False)
    await place.until(lambda: place.gateway.logins == 2)
    assert (await place.slash("read", {"title": "x"})).private


@pytest.mark.parametrize("cut", ["reconnect", "close"], ids=["RECONNECT", "close code"])
async def test_polite_cuts_are_resumed(place: LoopbackDiscord, demo: Demo, cut: str) -> None:
    """RECONNECT and a resumable close code lead to RESUME."""
    await (place.gateway.ask_to_reconnect() if cut == "reconnect" else place.gateway.drop(code=4000))
    await place.until(lambda: place.gateway.resumes == 1)


async def test_the_commands_are_registered_once_and_pass_the_gate(place: LoopbackDiscord, demo: Demo) -> None:
    """A bulk overwrite is counted and kept."""
    sent = place.calls("PUT", "/commands")[0].json
    assert place.world.command_writes == 1
    assert violations(sent, "commands") == []


async def test_a_person_is_known_by_name_roles_dates_and_locale(place: LoopbackDiscord, demo: Demo) -> None:
    """What eligibility rules need stands in the interaction itself."""
    words = (await place.slash("read", {"title": "t", "page": 2}, user=NEW)).words
    assert all(fact in words for fact in ("'t', 2, 'nuevo'", "2025, 5, 6", "en-US", "2026, 1, 2"))
    assert "es-ES" in (await place.slash("read", {"title": "t"}, user=ANA)).words


async def test_suggestions_come_while_typing(place: LoopbackDiscord, demo: Demo) -> None:
    """Autocomplete answers with choices."""
    assert await place.suggest("read", {"title": "war"}, "title") == [{"name": "About war", "value": "war"}]


async def test_a_command_is_hidden_from_who_may_not_use_it(place: LoopbackDiscord, demo: Demo) -> None:
    """Discord doesn't show a moderators' command to members; subcommands and named people arrive resolved."""
    with pytest.raises(PermissionError):
        await place.slash("moderate poll close", {"member": ANA})
    options: Any = {"member": ANA, "role": Role("readers", 77)}
    assert (await place.slash("moderate poll close", options, user=ANA)).words == "closed by ana for readers"


WRONG: list[Any] = [
    pytest.param("nothing", {}, LookupError, id="no such command"),
    pytest.param("read", {"titel": "t"}, LookupError, id="no such option"),
    pytest.param("read", {}, ValueError, id="a required option missing"),
]


@pytest.mark.parametrize(("line", "options", "error"), WRONG)
async def test_what_discords_client_would_not_send(
    place: LoopbackDiscord, demo: Demo, line: str, options: Any, error: type[Exception]
) -> None:
    """A typo in a test is told at once."""
    with pytest.raises(error):
        await place.slash(line, options)


async def test_a_board_is_pressed_and_changes_in_place(place: LoopbackDiscord, demo: Demo) -> None:
    """A press edits the message it sits on; a choice too; what isn't there can't be pressed."""
    first = await place.slash("board")
    assert first.message is not None
    assert "0 votes" in first.words
    assert "1 vote" in (await place.click("Vote", first.message)).words
    assert "chose ['2']" in (await place.choose("contents", ["2"], first.message)).words
    assert "chose" in str(place.messages(500)[0]["components"])
    with pytest.raises(LookupError):
        await place.click("gone", first.message)
    with pytest.raises(ValueError, match="not offered"):
        await place.choose("contents", ["9"], first.message)


async def test_a_form_arrives_field_by_field(place: LoopbackDiscord, demo: Demo) -> None:
    """Radio buttons, checkboxes, text and files have the shapes that discord.py reads."""
    opened = await place.slash("form")
    filled: Any = {"mark": "b", "tags": ["x", "z"], "reason": "Because.", "file": [Attachment("a.txt", b"body")]}
    said = (await place.submit(opened, filled)).words
    assert all(piece in said for piece in ("'value': 'b'", "['x', 'z']", "Because."))
    assert await demo.http.get_from_cdn(_attachment(demo)["url"]) == b"body"
    with pytest.raises(ValueError, match="required"):
        await place.submit(opened, {})


def _attachment(demo: Demo) -> Any:
    return next(iter(demo.seen[-1].data["resolved"]["attachments"].values()))


async def test_a_file_goes_in_and_comes_out(place: LoopbackDiscord, demo: Demo) -> None:
    """A deferred answer, a download, a follow-up with a file, an edit of the original."""
    answer = await place.slash("export", {"file": Attachment("pros.csv", b"a;b")})
    assert (answer.type, answer.private) == (5, True)
    followed = await place.after(answer)
    assert followed["attachments"][0]["filename"] == "pros.csv"
    assert place.calls("POST", "/webhooks")[0].files[0].data == b"a;b"
    assert (await place.after(answer, 2))["content"] == "Done."
    assert place.messages(500, user=MARIA)[0]["content"] == "Done."
    assert all(message["content"] != "Done." for message in place.messages(500))


async def test_a_message_menu_names_its_message(place: LoopbackDiscord, demo: Demo) -> None:
    """The message arrives resolved."""
    shown = (await place.slash("board")).message
    assert shown is not None
    assert (await place.menu("Report to moderators", shown)).words == f"reported {shown['id']}"


async def test_too_late_is_unknown_and_twice_is_acknowledged(place: LoopbackDiscord, demo: Demo) -> None:
    """10062 after the time to answer, 40060 for a second answer."""
    await place.slash("twice")
    await place.until(lambda: 40060 in demo.seen)
    place.world.patience = 0.1
    with pytest.raises(TimeoutError):
        await place.slash("slow")
    await place.until(lambda: any(call.status == 404 for call in place.calls("POST", "/callback")))


async def test_a_judge_refuses_what_discord_would(place: LoopbackDiscord, demo: Demo) -> None:
    """With the spec gate as judge, a label of 81 gets Discord's 400, and the test hears why."""
    place.world.judge = violations
    with pytest.raises(Refusal) as refused:
        await place.slash("late")
    assert any("81 characters" in fault for fault in refused.value.details)


async def test_messages_are_posted_once_edited_and_gone(place: LoopbackDiscord, demo: Demo) -> None:
    """A nonce posts once; a deleted message is 10008; counts of members come when asked for."""
    channel = demo.get_partial_messageable(500)
    one, two = [await channel.send("hello", nonce="board-1") for _ in range(2)]
    assert one.id == two.id
    await one.edit(content="there")
    assert [message["content"] for message in place.messages(500)] == ["there"]
    place.delete(place.messages(500)[0])
    with pytest.raises(discord.NotFound) as gone:
        await one.edit(content="again")
    assert gone.value.code == 10008
    guild = await demo.fetch_guild(place.world.guilds[0].id)
    assert guild.approximate_member_count == 312


BARRED = [pytest.param(50001, id="missing access"), pytest.param(50013, id="missing permissions")]


@pytest.mark.parametrize("code", BARRED)
async def test_a_barred_channel_refuses(place: LoopbackDiscord, demo: Demo, code: int) -> None:
    """A channel can be taken from the bot."""
    place.bar(501, code)
    with pytest.raises(discord.Forbidden) as refused:
        await demo.get_partial_messageable(501).send("hello")
    assert refused.value.code == code


async def test_edits_are_counted_and_limited(place: LoopbackDiscord, demo: Demo) -> None:
    """Three edits of an old message in six seconds, then 429 with 30046 and when to come again."""
    message = await demo.get_partial_messageable(500).send("board")
    place.world.limits = True
    place.age(place.messages(500)[0])
    demo.http.max_ratelimit_timeout = 0.01
    for number in range(3):
        assert (await place_edit(place, message.id, number)) == (200, 0)
    assert await place_edit(place, message.id, 4) == (429, 30046)
    assert busiest(place.calls("PATCH"), 6.0) == 4


async def place_edit(place: LoopbackDiscord, message: int, number: int) -> tuple[int, int]:
    url, headers = f"{place.api_base}/channels/500/messages/{message}", {"Authorization": f"Bot {place.token}"}
    async with aiohttp.request("PATCH", url, json={"content": str(number)}, headers=headers) as answer:
        told = await answer.json()
        assert answer.status == 200 or (answer.headers["Via"] and told["retry_after"] > 5)
        return answer.status, told.get("code", 0)


async def test_an_arranged_429_is_retried_by_discord_py(place: LoopbackDiscord, demo: Demo) -> None:
    """A rate limit with its headers is waited for, not raised."""
    place.fail("POST", "/channels/500/messages", 429, 20028, retry_after=0.05)
    await demo.get_partial_messageable(500).send("hello")
    assert [call.status for call in place.calls("POST", "/channels/500/messages")] == [429, 200]


WRONG_START: list[Any] = [
    pytest.param("wrong", discord.Intents.none(), discord.LoginFailure, id="wrong token"),
    pytest.param(None, discord.Intents(members=True), discord.PrivilegedIntentsRequired, id="privileged intent"),
]


@pytest.mark.parametrize(("token", "intents", "error"), WRONG_START)
async def test_a_wrong_start_fails_as_at_discord(token: str | None, intents: Any, error: type[Exception]) -> None:
    """A wrong token and an intent that needs permission are refused."""
    client = Bare()
    client._connection._intents = intents
    async with LoopbackDiscord() as place:
        with pytest.raises(error):
            async with running(client, place.api_base, token or place.token):
                pass


async def test_guilds_are_known_when_asked_for() -> None:
    """With the guilds intent a bot knows its guilds and their channels."""
    client = Bare()
    client._connection._intents = discord.Intents(guilds=True)
    guilds = [Guild(f"g{n}", id=n, locale="es-ES") for n in range(1, 4)]
    async with LoopbackDiscord(guilds) as place, running(client, place.api_base, place.token):
        await place.slash("any")
        assert {guild.name for guild in client.guilds} == {"g1", "g2", "g3"}
        assert client.guilds[0].preferred_locale is discord.Locale.spain_spanish


async def test_a_storm_is_answered_in_order_of_its_asks(place: LoopbackDiscord) -> None:
    """A hundred presses, twenty in flight, each with its own answer."""
    asks = [Ask(3, {"custom_id": str(n), "component_type": 2}, MARIA) for n in range(100)]
    async with running(Bare(), place.api_base, place.token):
        result = await place.storm(asks, in_flight=20)
    assert (len(result.answers), result.unanswered) == (100, 0)
    assert result.percentile(0.99) < place.world.patience
    assert len(place.calls("POST", "/callback")) == 100


async def test_an_expired_token_is_refused(place: LoopbackDiscord, demo: Demo) -> None:
    """After fifteen minutes an answer can't be changed any more."""
    answer: Answer = await place.slash("board")
    place.expire(answer)
    interaction = demo.seen[-1]
    with pytest.raises(discord.HTTPException) as refused:
        await interaction.edit_original_response(content="x")
    assert refused.value.code == 50027


def test_the_busiest_window_is_found() -> None:
    """Calls at 0, 1, 2 and 9 seconds: three within five."""
    assert busiest([Call("PATCH", "/x", at=float(at)) for at in (0, 1, 2, 9)], 5.0) == 3


async def test_a_discord_in_its_own_process_takes_the_same_orders() -> None:
    """Started by itself, it lets a bot log in, sends it a storm and counts what came."""
    asks = [Ask(3, {"custom_id": str(n), "component_type": 2}, MARIA) for n in range(50)]
    async with LoopbackProcess() as place, running(Bare(), place.api_base, place.token):
        await place.ready()
        result = await place.storm(asks, in_flight=10)
        assert (len(result.answers), result.unanswered) == (50, 0)
        assert (await place.order("counts"))["calls"]["POST"] == 50
        assert await place.messages() == []
