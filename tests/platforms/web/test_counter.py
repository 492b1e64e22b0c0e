"""What people do at the console, and what comes of it."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import FormData

from bot.core.card import Audience, Card, Show
from bot.core.codec import encode
from bot.core.intents import OpenArticle, ReadSection, ShowMyBallots
from bot.platforms.web.counter import Act, Counter
from bot.platforms.web.downloads import Downloads
from bot.platforms.web.draw import Draw
from bot.platforms.web.people import BY_ID
from bot.platforms.web.room import Kind, Message, Room

# One loop for the whole module, so that what is slow to start can be shared.
pytestmark = pytest.mark.asyncio(loop_scope="module")

FORGED = [
    "",
    "1",
    "1:",
    "1:nothing",
    "2:article",
    "1:press:p:a:b:c",
    "1:section:x:y:z",
    "1:st:../../x",
    "\x00",
    "1:" + "x" * 500,
]


def text_of(message) -> str:
    return json.dumps(message["body"], ensure_ascii=False)


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_button_gets_a_clear_answer(standing, forged):
    """A string that is no button of ours is answered with a sentence, and nothing breaks."""
    done = await standing.press(forged)
    assert "Este botón" in text_of(done["messages"][0])


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_form_gets_a_clear_answer(standing, forged):
    """The same for a form, whose typed words stay in the dialog."""
    done = await send(standing, forged, {"question": "?"})
    assert done["messages"] == [] and done["refused"]["blocks"]


@pytest.mark.parametrize("fields", [{"poll; DROP": "x"}, {"VERB": "x"}, {"__class__": "x"}])
async def test_a_form_fills_only_its_own_fields(standing, fields):
    """A field that the intent doesn't have is refused."""
    done = await send(standing, "1:draft", fields, "sam")
    assert done["refused"]


async def test_a_line_for_everybody_is_just_text(console):
    """What is no command is said to everybody, as typed, without controls and direction tricks."""
    await console.say("<b>hi</b> \u202e@everyone\x07 **x**", "tom")
    heard = [m for m in await console.seen("aiko") if m["kind"] == "line"]
    assert heard[0]["body"] == {"line": "<b>hi</b> @everyone **x**"}
    assert heard[0]["by"] == "tom"


async def test_a_line_of_nothing_is_nothing(console):
    """Spaces and invisible characters are no line; nobody hears them."""
    done = await console.post("/say", "tom", line=" \u200b\u2060 ")
    assert done["messages"] == []
    assert all(message["kind"] == "board" for message in await console.seen("aiko"))


async def test_an_unknown_command_is_answered_with_the_nearest(console):
    """A slip is answered with what was probably meant."""
    answer = await console.say("/takeawys", "tom")
    assert "takeaways" in text_of(answer)


async def test_a_moderator_s_command_is_refused_to_members(console):
    """The door to moderating is at the desk, not in the page."""
    refused = text_of(await console.say("/moderate log", "tom"))
    assert "Only moderators" in refused
    assert "Only moderators" not in text_of(await console.say("/moderate log", "sam"))


async def test_a_repeated_event_counts_and_shows_once(console):
    """A call that is made again after a lost connection leaves one line and one answer."""
    for _ in range(2):
        await console.say("/takeaways", "tom", event="event-again")
    assert len([m for m in await console.seen("tom") if m["kind"] != "board"]) == 2


async def test_an_answer_stands_below_what_was_pressed(console):
    """The next answer to the same post takes its place; an answer to an answer follows it and leaves with it."""
    board = (await console.seen("tom"))[0]
    first = (await console.press(encode(OpenArticle()), "tom", board["id"]))["messages"][0]
    below = (await console.press(encode(ShowMyBallots()), "tom", first["id"]))["messages"][0]
    assert (first["source"], below["source"]) == (board["id"], first["id"])
    again = (await console.press(encode(ReadSection(section="lead")), "tom", board["id"]))["messages"][0]
    assert again["id"] == first["id"]
    assert [m["id"] for m in await console.seen("tom") if m["kind"] == "card"] == [first["id"]]


async def test_a_public_answer_is_for_everybody(console):
    """A card for everybody becomes a message that nobody's press takes away."""
    room, draw = Room(console.app.desk.clock), Draw(Downloads())
    counter = Counter(console.app.desk, room, draw)
    board = room.put(Message("board", Kind.BOARD, draw.card(Card("b"), None)))
    act = Act(BY_ID["tom"], "tom.event-1", board.id)
    shown = counter.show(act, Show(Card("hello"), Audience.PUBLIC)).messages[0]
    counter.dismiss(Act(BY_ID["tom"], "tom.event-2", shown.id))
    assert [m.id for m in room.since("aiko", 0)] == [board.id, shown.id]


async def test_turning_a_page_keeps_its_place(console):
    """A card that asks for it is replaced where it stands."""
    first = await console.say("/section 1", "tom")
    following = next(a["intent"] for row in first["body"]["actions"] for a in row if a["style"] == "main")
    done = await console.press(following, "tom", first["id"])
    assert done["messages"][0]["id"] == first["id"]
    assert done["messages"][0]["body"]["title"] != first["body"]["title"]


async def test_a_typed_form_opens_and_can_be_opened_again(console):
    """A command that needs a form leaves it in the channel, and the form's answer takes its place."""
    done = await console.post("/say", "sam", line="/moderate article import")
    assert done["form"]["form"]["fields"][0]["kind"] == "file"
    assert done["over"] == done["messages"][-1]["id"]


async def test_a_refused_form_stores_nothing(console):
    """The refusal goes back to the dialog, and the channel stays as it was."""
    before = await console.seen("sam")
    done = await send(console, "1:draft", {"question": "x" * 5000, "options": "a|b"}, "sam")
    assert done["refused"]["blocks"]
    assert await console.seen("sam") == before


@pytest.mark.parametrize("header", [True, False], ids=["announced", "unannounced"])
async def test_a_30_mb_upload_is_refused(standing, header):
    """Too much is refused, whether or not the browser says beforehand how much it is."""
    data = FormData()
    for name, value in {"as": "sam", "event": "event-large", "intent": "1:import"}.items():
        data.add_field(name, value)
    data.add_field("field.file", b"x" * 30 * 1024 * 1024, filename="article.txt")
    body = data()
    async with standing.http.post(
        f"{standing.home}/send?as=sam",
        data=body if header else chunks(body),
        headers={"Origin": standing.home, "Content-Type": body.content_type},
    ) as response:
        assert response.status == 413
        assert "8 MB" in json.dumps(await response.json())


async def test_a_large_upload_is_refused_before_it_is_sent(standing):
    """The announced length is enough: the answer comes while not a byte of the file has left."""
    port = int(standing.home.rsplit(":")[-1])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    door = standing.platform.door
    head = [
        "POST /send?as=sam HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: {standing.home}",
        f"Cookie: {door.cookie}={door.session}",
        "Content-Type: multipart/form-data; boundary=b",
        f"Content-Length: {30 * 1024 * 1024}",
    ]
    writer.write("\r\n".join([*head, "", ""]).encode())
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 10)
    writer.close()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"as": 1}', "application/json", 400),
        (b'{"as": "maria"}', "application/json", 400),
        (b'{"as": "maria", "event": "../../etc"}', "application/json", 400),
        (b'{"as": "mallory", "event": "event-1234"}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"as=maria", "application/x-www-form-urlencoded", 415),
        (b" " * 200_000, "application/json", 413),
        (b"nonsense", "multipart/form-data; boundary=b", 400),
        (b"nonsense", "multipart/form-data", 400),
        (b"--b\r\n", "multipart/form-data; boundary=b", 400),
        (b"--b\r\n" + b"X: " + b"x" * 100_000 + b"\r\n\r\n\r\n--b--", "multipart/form-data; boundary=b", 400),
        (b"--b\r\n\r\n\r\n--b--\r\n", "multipart/form-data; boundary=b", 400),
        (
            b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--",
            "multipart/form-data; boundary=b",
            400,
        ),
    ],
)
async def test_a_malformed_call_is_refused(standing, body, content_type, status):
    """Whatever is sent gets an answer, and none is a fault of ours."""
    headers = {"Origin": standing.home, "Content-Type": content_type}
    async with standing.http.post(standing.home + "/say", data=body, headers=headers) as response:
        assert response.status == status


async def chunks(body):
    """The same body without its length."""
    whole = await body.as_bytes()
    for at in range(0, len(whole), 65536):
        yield whole[at : at + 65536]


async def send(console, intent, fields, who="maria"):
    data = FormData()
    texts = {"as": who, "event": f"event-{abs(hash((intent, *fields))):08}", "intent": intent, "message": ""}
    for name, value in {**texts, **{f"field.{name}": value for name, value in fields.items()}}.items():
        data.add_field(name, value, content_type="text/plain")
    url = f"{console.home}/send?as={who}"
    async with console.http.post(url, data=data(), headers={"Origin": console.home}) as response:
        assert response.status == 200, await response.text()
        return await response.json()
