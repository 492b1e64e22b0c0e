"""Behaviour in a simulated Discord (SimCord): who sees what, what is allowed, and that errors never pass in silence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.core.card import Show
from bot.core.ctx import Ctx
from bot.core.intents import Intent
from bot.platforms.discord.client import TertuliaClient
from bot.platforms.discord.door import Door
from bot.platforms.discord.platform import COMMANDS_FILE
from bot.services.desk import Desk
from tests.spec.parts import walk
from tests.support import Table, a_desk

ARTICLE = "us-mexico-bargain"


def client(desk: Desk, folder: Path) -> TertuliaClient:
    """A client whose files lie in `folder`."""
    return TertuliaClient(Door(desk, 8 * 1024 * 1024), folder / COMMANDS_FILE)


class Town:
    """A server with a member, a moderator and a channel."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        self.guild = env.create_guild("Town")
        self.channel = self.guild.create_text_channel("square")
        rights = discord.Permissions(manage_guild=True)
        self.moderators = self.guild.create_role("Moderators", permissions=rights)
        self.maria = self.guild.add_member(env.create_user("maria"))
        self.tom = self.guild.add_member(env.create_user("tom"))
        self.sam = self.guild.add_member(env.create_user("sam"), roles=[self.moderators])


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The town, with a bot in it."""
    async with a_desk(tmp_path) as table:
        env = simcord.Env(client(table.desk, tmp_path))
        await env.start()
        yield Town(env)
        await env.shutdown()
        env.raise_errors()


def shown(result: simcord.InteractionResult) -> str:
    """All that the answer says, and its labels."""
    assert result.response is not None
    parts = list(walk({"components": result.response.components}))
    said = [str(part.get("content") or part.get("label") or "") for part in parts]
    return "\n".join([result.response.content, *said])


async def test_an_answer_is_seen_by_one_person(town: Town) -> None:
    """Ephemeral, and nothing stands in the channel."""
    result = await town.maria.slash(town.channel, "section", section="2", article=ARTICLE)
    assert result.ephemeral
    assert "Section 2 of 7" in shown(result)
    assert town.channel.last_message is None


async def test_pressing_through_the_article(town: Town) -> None:
    """Buttons and the contents turn the reader's own message."""
    first = await town.maria.slash(town.channel, "section", section="1", article=ARTICLE)
    assert first.response is not None
    await town.maria.click(first.response.message, label="Next")
    assert "Section 2 of 7" in shown(first)
    await town.maria.select(first.response.message, [f"1:section:{ARTICLE}:mechanics"])
    assert "Section 3 of 7" in shown(first)


async def test_suggestions_come_while_typing(town: Town) -> None:
    """By title, and only what fits."""
    [offered] = await town.maria.autocomplete(town.channel, "section", "section", "mechan", article=ARTICLE)
    assert offered["name"] == "3. The mechanics of pressure"


async def test_members_are_not_shown_the_moderators_command(town: Town) -> None:
    """Discord hides it by the permission that we registered; moderators have it."""
    assert not any(name.startswith("moderate") for name in town.maria.available_commands(town.channel))
    assert "moderate poll start" in town.sam.available_commands(town.channel)
    assert "section" in town.maria.available_commands(town.channel)


async def test_a_poll_is_drafted_in_a_form_and_seen_before_anyone_else_does(town: Town) -> None:
    """The form, then the board as it will look, to the moderator alone."""
    await town.sam.slash(town.channel, "moderate article use", article=ARTICLE)
    form = await town.sam.slash(town.channel, "moderate poll start")
    assert form.modal is not None
    fields = {"question": "Open on Sundays?", "options": "Yes\nNo", "kind": "single"}
    draft = await town.sam.submit_modal(form, fields)
    assert draft.ephemeral
    assert "Open on Sundays?" in shown(draft)


async def test_a_voter_presses_a_board_that_others_see_too(town: Town) -> None:
    """Each gets a private line of their own."""
    pass_on = {"question": "Sundays?", "options": "Yes | No", "kind": "single", "closes": "2h"}
    draft = await town.sam.slash(town.channel, "moderate poll start", **pass_on)
    assert draft.response is not None
    await town.sam.click(draft.response.message, label="Start")
    poll = await town.maria.slash(town.channel, "poll show", poll="1")
    assert poll.response is not None
    parts = walk({"components": poll.response.components})
    presses = [part["custom_id"] for part in parts if ":press:" in str(part.get("custom_id"))]
    voted = await town.maria.click(poll.response.message, custom_id=presses[0])
    assert voted.ephemeral
    assert "Recorded" in shown(voted)


async def test_my_data_is_a_private_file(town: Town) -> None:
    """Announced, then a classic message with the file."""
    result = await town.maria.slash(town.channel, "privacy export")
    assert result.response is not None
    assert result.response.ephemeral
    assert len(result.response.attachments) == 1


async def test_a_button_pressed_after_a_restart_works(tmp_path: Path) -> None:
    """Nothing about a card is kept in memory."""
    async with a_desk(tmp_path) as table, simcord.run(client(table.desk, tmp_path)) as env:
        town = Town(env)
        first = await town.maria.slash(town.channel, "section", section="1", article=ARTICLE)
        await env.restart_bot(client(table.desk, tmp_path))
        assert first.response is not None
        await town.maria.click(first.response.message, label="Next")
        assert "Section 2 of 7" in shown(first)


class Broken(Desk):
    """A desk with a fault of ours that even the desk doesn't catch."""

    async def answer(self, ctx: Ctx, intent: Intent) -> Show:
        raise RuntimeError("a secret detail")


async def test_a_fault_of_ours_is_said_with_the_reference_that_the_log_has(
    table: Table, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Private, in words; the detail stays in the log."""
    broken = Broken(**{field.name: getattr(table.desk, field.name) for field in fields(table.desk)})
    async with simcord.run(client(broken, tmp_path)) as env:
        town = Town(env)
        result = await town.maria.slash(town.channel, "help")
        assert result.ephemeral
        [record] = [r for r in caplog.records if r.message == "broken"]
        ref: Any = vars(record)["ref"]
        assert ref in shown(result)
        assert "secret" not in shown(result)


async def test_nothing_is_kept_of_what_was_drawn(town: Town) -> None:
    """No view of ours is in discord.py's store, whatever was shown."""
    await town.maria.slash(town.channel, "section", section="1", article=ARTICLE)
    await town.maria.slash(town.channel, "proscons", layout="sides")
    await town.sam.slash(town.channel, "moderate poll start")
    store = town.env.bot._connection._view_store
    assert (store._views, store._synced_message_views, store._modals) == ({}, {}, {})
