"""What Discord tells of a moment becomes who asks, where, and by which event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.core import intents as i
from bot.core.ctx import Ctx
from bot.core.errors import Refusal
from bot.core.intents import Intent
from bot.platforms.discord.asked import asked, fetched, typing
from bot.platforms.discord.directory import Directory
from bot.platforms.discord.gate import surroundings
from tests.loopback.asks import COMPONENT, SUBMIT, Ask, Pending, envelope
from tests.loopback.commands import menu, resolved, typed
from tests.loopback.people import ADMINISTRATOR, MANAGE_GUILD, MEMBER, Channel, Guild, Role, User, snowflake

BORN, JOINED = datetime(2025, 3, 1, 12, tzinfo=UTC), datetime(2026, 2, 1, 8, tzinfo=UTC)
MARIA = User("maria", snowflake(BORN), "M\u202earía  Luz", roles=(71, 72), joined_at=JOINED, locale="es-419")
HERE = Guild("Reading circle", 4001, (Channel("reading", 500),), locale="es-ES")


def received(told: dict[str, Any]) -> discord.Interaction[Any]:
    """An interaction as discord.py makes it of Discord's JSON."""
    state = discord.Client(intents=discord.Intents(guilds=True))._connection
    state.user = discord.ClientUser(state=state, data=User("tertulia", 1, bot=True).json())  # type: ignore[arg-type]
    return discord.Interaction(data=told, state=state)  # type: ignore[arg-type]


async def interaction(ask: Ask) -> discord.Interaction[Any]:
    """What somebody does in the reading circle."""
    sent = Pending(123, "token", ask, 500, 0.0, None)  # type: ignore[arg-type]
    return received(envelope(sent, 1, HERE, HERE.channels[0], 10))


def press(user: User = MARIA, custom_id: str = "1:polls") -> Ask:
    """A press on a button."""
    return Ask(COMPONENT, {"custom_id": custom_id, "component_type": 2}, user)


def told(seen: discord.Interaction[Any]) -> Ctx:
    """Its surroundings, where no cache knows of any channel."""
    return surroundings(seen, Directory(seen.client))


async def test_a_moment_as_our_surroundings() -> None:
    """Ids with the platform before them, a clean name, roles that no cache knows, times in ms."""
    ctx = told(await interaction(press()))
    assert (ctx.event, ctx.spot.place, ctx.spot.channel) == ("discord:123", "discord:4001", "500")
    assert (ctx.actor.id, ctx.actor.name, ctx.actor.locale) == (f"discord:{MARIA.id}", "María Luz", "es-419")
    assert ctx.actor.roles == {"71", "72"}
    assert ctx.actor.joined_ms == int(JOINED.timestamp() * 1000)
    assert ctx.actor.created_ms == int(BORN.timestamp() * 1000)
    assert ctx.spot.locale == "es-ES"
    assert not ctx.actor.manages


@pytest.mark.parametrize(
    ("permissions", "manages"), [(MEMBER, False), (MEMBER | MANAGE_GUILD, True), (ADMINISTRATOR, True), (0, False)]
)
async def test_who_may_manage_the_server_moderates(permissions: int, manages: bool) -> None:
    """Read from each interaction."""
    ctx = told(await interaction(press(User("x", permissions=permissions))))
    assert ctx.actor.manages is manages


async def test_private_conversations_are_refused() -> None:
    """There is no place there."""
    bare = {"id": "1", "application_id": "1", "type": 3, "token": "t", "version": 1, "data": press().data}
    private = received(bare | {"user": MARIA.json(), "locale": "en-US", "attachment_size_limit": 1, "channel_id": "9"})
    with pytest.raises(Refusal, match="only_in_a_place"):
        told(private)


EMPTY_PICK = Ask(COMPONENT, {"custom_id": "pick", "component_type": 3, "values": []}, MARIA)
PICK = Ask(COMPONENT, {"custom_id": "pick", "component_type": 3, "values": ["1:section:a:b"]}, MARIA)
FORM = Ask(
    SUBMIT,
    {
        "custom_id": "1:cast:p1#0a1b",
        "components": [
            {"type": 18, "component": {"type": 22, "custom_id": "marks", "values": ["a", "c"]}},
            {"type": 18, "component": {"type": 4, "custom_id": "reason", "value": "Because"}},
        ],
    },
    MARIA,
)
MESSAGE = {"id": "8", "channel_id": "500", "author": {"id": "7"}, "content": "x"}
REPORT = menu([], "Report to moderators", MESSAGE, MARIA)
CHOSEN = {"reasons": True, "minimum": 2, "role": Role("Readers", 9)}
START = typed([], "moderate poll start", CHOSEN, MARIA)
START.data["resolved"] = resolved(CHOSEN.values(), {}, HERE.id)
DONE = [
    pytest.param(typed([], "section", {"section": "2"}, MARIA), i.ReadSection(section="2"), id="an option"),
    pytest.param(typed([], "poll list", {}, MARIA), i.ListPolls(), id="two words"),
    pytest.param(
        START,
        i.DraftPoll(reasons=True, minimum=2, role="9|Readers"),
        id="a switch, a number, a role",
    ),
    pytest.param(typed([], "moderate poll start", {"reasons": False}, MARIA), i.DraftPoll(), id="a switch off"),
    pytest.param(press(custom_id="1:press:p1:b#1"), i.PressOption("p1", "b"), id="a second button of one intent"),
    pytest.param(PICK, i.ReadSection("a", "b"), id="a select"),
    pytest.param(FORM, i.CastBallot("p1", "a,c", "Because"), id="a form"),
    pytest.param(
        menu([], "Report to moderators", MESSAGE, MARIA), i.ReportMessage("8", "7", "x"), id="the message menu"
    ),
]


@pytest.mark.parametrize(("ask", "intent"), DONE)
async def test_what_people_do_is_an_intent(ask: Ask, intent: Intent) -> None:
    """Each field as the type that the intent has."""
    assert await fetched(asked(await interaction(ask)), 0) == intent


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        pytest.param(press(custom_id="off"), "stale_button", id="no intent"),
        pytest.param(EMPTY_PICK, "stale_button", id="nothing chosen"),
        pytest.param(typed([], "vanished", {}, MARIA), "unknown_command", id="a command of an older build"),
    ],
)
async def test_what_can_not_be_read_is_refused(ask: Ask, why: str) -> None:
    """In words, never by an exception of another kind."""
    told = await interaction(ask)
    with pytest.raises(Refusal) as refused:
        asked(told)
    assert refused.value.key == why


async def test_typing_names_the_source_and_what_is_given() -> None:
    """The option with the focus, and the others so far."""
    ask = typed([], "section", {"section": "mech", "article": "a"}, MARIA, "section")
    told = typing(await interaction(ask))
    assert told is not None
    assert (told.source, told.typed, told.given) == ("section", "mech", {"article": "a"})


async def test_typing_without_a_source_offers_nothing() -> None:
    """Free text."""
    assert typing(await interaction(typed([], "search", {"words": "x"}, MARIA, "words"))) is None
