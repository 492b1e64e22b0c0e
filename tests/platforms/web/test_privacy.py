"""What one person asked for is never told to another, whatever their page sends."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.platforms.web.conftest import next_event

# One loop for the whole module, so that what is slow to start can be shared.
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_answer_reaches_its_reader_alone(console):
    """María's command and its answer are in her line, and in nobody else's."""
    await console.say("/sección 2", "maria")
    assert [m["private"] for m in await console.seen("maria") if m["kind"] != "board"] == [True, True]
    for other in ("tom", "aiko", "sam"):
        assert all(m["kind"] == "board" for m in await console.seen(other))


async def test_an_open_line_stays_silent_about_others(console):
    """While Tom listens, María's answers pass him by, and what is said to everybody reaches him."""
    async with console.http.get(f"{console.home}/events", params={"as": "tom"}) as response:
        await next_event(response)
        await console.say("/privacidad ver", "maria")
        await console.say("Hola a todos", "maria")
        heard = await asyncio.wait_for(next_event(response), 10)
    assert [m["body"] for m in heard["messages"]] == [{"line": "Hola a todos"}]


async def test_pressing_with_another_s_message_changes_nothing_of_theirs(console):
    """Naming María's message, Tom gets his answer in a place of his own."""
    hers = await console.say("/takeaways", "maria")
    done = await console.press("1:takeaways", "tom", hers["id"])
    assert done["messages"][0]["id"] != hers["id"]
    assert done["messages"][0]["source"] == ""
    await console.post("/dismiss", "tom", message=hers["id"])
    assert hers in await console.seen("maria")


async def test_one_can_put_away_only_what_is_private_to_oneself(console):
    """A private answer goes when its reader says so; a board stays."""
    hers = await console.say("/takeaways", "maria")
    board = next(m for m in await console.seen("maria") if m["kind"] == "board")
    for message in (hers, board):
        await console.post("/dismiss", "maria", message=message["id"])
    left = [m["id"] for m in await console.seen("maria")]
    assert hers["id"] not in left and board["id"] in left


async def test_the_same_event_of_two_people_is_two_events(console):
    """An event id that somebody copies doesn't reach into another's messages."""
    hers = await console.say("/takeaways", "maria", event="event-copied")
    his = await console.say("/takeaways", "tom", event="event-copied")
    assert hers["id"] != his["id"]
    assert hers in await console.seen("maria")


async def test_a_file_is_for_the_one_who_asked(console):
    """María's data has a name that nobody guesses, and even with it Tom gets nothing."""
    answer = await console.say("/privacy export", "maria")
    file = answer["body"]["files"][0]
    assert len(file["id"]) >= 24
    async with await console.get(f"/files/{file['id']}", **{"as": "tom"}) as response:
        assert response.status == 404
    async with await console.get(f"/files/{file['id']}", **{"as": "maria"}) as response:
        assert response.status == 200
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert json.loads(await response.text())


async def test_somebody_who_is_not_at_the_table_gets_nothing(console):
    """A made-up name is refused at every address."""
    for path in ("/page", "/events", "/suggest"):
        async with await console.get(path, **{"as": "mallory"}) as response:
            assert response.status == 400
