"""The open line, the suggestions and the console's beginning and end."""

from __future__ import annotations

import asyncio

import pytest

from bot.platforms.web.server import WebPlatform
from bot.settings import Settings, SettingsError
from tests.platforms.web.conftest import next_event, running

# One loop for the whole module, so that what is slow to start can be shared.
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_page_that_comes_back_gets_what_it_missed(console):
    """By the id of the last event; what it saw is not told again."""
    before = await console.line("tom")
    await console.say("Later", "aiko")
    after = await console.line("tom", before["id"])
    assert not after["fresh"]
    assert [m["body"] for m in after["messages"]] == [{"line": "Later"}]


@pytest.mark.parametrize("after", ["0000.5", "nonsense", "5", "."])
async def test_a_page_of_an_earlier_run_begins_anew(standing, after):
    """Numbers of another run mean nothing: everything is told, and that it is everything."""
    told = await standing.line("tom", after)
    assert told["fresh"] and len(told["messages"]) == 3


async def test_a_vote_moves_the_board_for_everybody(console):
    """One person's press is seen on the others' boards without their asking."""
    async with console.http.get(f"{console.home}/events", params={"as": "tom"}) as response:
        first = await next_event(response)
        poll = next(m for m in first["messages"] if "1 ·" in str(m["body"]["title"]))
        await console.say("/poll vote 1 support", "maria")
        heard = await asyncio.wait_for(next_event(response), 10)
    assert heard["messages"][0]["id"] == poll["id"]
    assert heard["messages"][0]["body"] != poll["body"]


@pytest.mark.parametrize(
    ("who", "line", "first"),
    [
        ("tom", "/se", "/section "),
        ("maria", "/se", "/sección "),
        ("tom", "/section mech", "/section "),
        ("tom", "/poll show ", "/poll show "),
        ("tom", "/proscons ", "/proscons "),
        ("sam", "/moderate poll cl", "/moderate poll close "),
    ],
)
async def test_the_command_line_suggests_how_to_go_on(standing, who, line, first):
    """Names in the reader's language, and values from what is on the table."""
    async with await standing.get("/suggest", line=line, **{"as": who}) as response:
        told = await response.json()
    assert told["items"][0]["line"].startswith(first)
    assert all(item["label"] for item in told["items"])


@pytest.mark.parametrize(("line", "ready"), [("/help", True), ("/poll", False), ("/poll show", False), ("hi", True)])
async def test_the_command_line_knows_when_a_line_is_whole(standing, line, ready):
    """So that Enter sends a whole command and completes a begun one."""
    async with await standing.get("/suggest", line=line, **{"as": "tom"}) as response:
        assert (await response.json())["ready"] is ready


async def test_members_are_not_offered_what_moderators_do(standing):
    """The moderators' commands are suggested to moderators."""
    for who, offered in (("tom", False), ("sam", True)):
        async with await standing.get("/suggest", line="/mod", **{"as": who}) as response:
            items = (await response.json())["items"]
        assert any("moderate" in item["line"] for item in items) is offered


async def test_the_page_follows_the_reader_s_language(console):
    """A chosen language holds for the page's own words too."""
    done = await console.post("/say", "tom", line="/language es")
    assert done["locale"] == "es"
    async with await console.get("/page", **{"as": "tom"}) as response:
        assert (await response.json())["words"]["send"] == "Enviar"


async def test_an_address_in_use_is_said_in_a_sentence(standing):
    """The operator learns which setting to change."""
    port = int(standing.home.rsplit(":")[-1])
    second = WebPlatform(standing.app.desk, Settings(web_port=port))
    with pytest.raises(SettingsError, match=f"WEB_PORT {port}"):
        await second.run()


async def test_boards_come_back_after_a_restart(tmp_path):
    """The channel's memory is lost with the process; its boards are shown anew from the database."""
    seen = []
    for _ in range(2):
        async with running(tmp_path) as page:
            seen.append({str(m["body"]["title"]) for m in await page.seen("tom")})
    assert seen[0] == seen[1] and len(seen[0]) == 3


async def test_open_lines_end_with_the_console(tmp_path):
    """Stopping waits for no page that still listens."""
    async with running(tmp_path) as page:
        response = await page.http.get(f"{page.home}/events", params={"as": "tom"})
        await next_event(response)
        page.platform.close()
        await asyncio.wait_for(response.read(), 5)


async def test_health_is_told_without_a_token(standing):
    """A health check needs no secret, and tells none."""
    async with standing.http.get(standing.home + "/health") as response:
        assert (response.status, await response.text()) == (200, "ok")
