"""Ranking and scoring on Discord: places and numbers in a dialog, or step by step; a whole vote by presses alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.core.card import Card, Choice, FieldKind, Form, FormField
from bot.core.intents import CastBallot
from bot.core.poll.values import Poll
from bot.platforms.discord.client import TertuliaClient
from bot.platforms.discord.door import Door
from bot.platforms.discord.forms import drawable, submitted
from bot.platforms.discord.platform import COMMANDS_FILE
from bot.storage import polls
from bot.storage.port import Tx
from tests.integrity.polls import box
from tests.loopback.asks import submission
from tests.platforms.discord.drawn import form, parts
from tests.spec.gate import violations
from tests.spec.parts import LABEL, RADIO_GROUP, STRING_SELECT, walk
from tests.support import Table, a_desk

LONG = "A rather long option, <@1> and **bold**, " * 3


def a_card(kind: FieldKind, value: str = "", *, count: int = 3, ties: bool = True) -> Card:
    """A card whose form asks for a ballot of so many options."""
    choices = tuple(Choice("abcdefg"[n], f"{'ABCDEFG'[n]} · {LONG}"[:100]) for n in range(count))
    field = FormField("marks", "Yours", kind, value=value, most=5, choices=choices, ties=ties)
    return Card(form=Form("What first?", CastBallot("p1"), (field,)))


RANKED = [
    pytest.param({"marks>1": ["b"]}, "b", id="only the best"),
    pytest.param({"marks>1": ["b"], "marks>2": ["a", "c"]}, "b>a=c", id="two share a place"),
    pytest.param({"marks>1": ["b"], "marks>3": ["a"]}, "b>a", id="a place left out"),
]
SCORED = [
    pytest.param({}, "", id="nothing"),
    pytest.param({"marks=a": "5", "marks=c": "0"}, "a=5,c=0", id="one left out"),
    pytest.param({"marks=a": "-", "marks=b": "3"}, "b=3", id="one unpressed"),
]


@pytest.mark.parametrize(("given", "expected"), RANKED)
def test_a_ranking_in_a_dialog(given: dict[str, Any], expected: str) -> None:
    """A select for each place, the best one needed; together they are the ballot as it is typed."""
    body = form(a_card(FieldKind.RANKING))
    assert violations(body, "modal") == []
    drawn = list(parts(body, STRING_SELECT))
    assert [part["max_values"] for part in drawn] == [3, 3, 3]
    assert [part.get("min_values") for part in drawn] == [1, 0, 0]
    assert submitted(submission(body, given)) == {"marks": expected}


@pytest.mark.parametrize(("given", "expected"), SCORED)
def test_scores_in_a_dialog(given: dict[str, Any], expected: str) -> None:
    """A row of numbers for each option, and a way to take one back."""
    body = form(a_card(FieldKind.SCORES))
    assert violations(body, "modal") == []
    assert [len(part["options"]) for part in parts(body, RADIO_GROUP)] == [7, 7, 7]
    assert submitted(submission(body, given)) == {"marks": expected}


def test_what_was_marked_before_is_chosen() -> None:
    """And nothing else."""
    ranked = form(a_card(FieldKind.RANKING, "b>a=c"))
    chosen = [[o["value"] for o in part["options"] if o.get("default")] for part in parts(ranked, STRING_SELECT)]
    assert chosen == [["b"], ["a", "c"], []]
    scored = form(a_card(FieldKind.SCORES, "a=5,c=0"))
    numbers = [[o["value"] for o in part["options"] if o.get("default")] for part in parts(scored, RADIO_GROUP)]
    assert numbers == [["5"], [], ["0"]]


def test_one_at_each_place() -> None:
    """Where the method takes no equal ranks, a place takes one."""
    body = form(a_card(FieldKind.RANKING, ties=False))
    assert {part["max_values"] for part in parts(body, STRING_SELECT)} == {1}


def test_long_options_stand_whole() -> None:
    """A label is short at Discord; what doesn't fit it stands below."""
    [label, *_] = parts(form(a_card(FieldKind.SCORES)), LABEL)
    assert label["description"].startswith("A · A rather long option, <@1> and **bold**")


def test_a_form_without_another_way_is_drawn_as_far_as_it_goes() -> None:
    """Five parts, never a refusal of Discord's."""
    wanted = a_card(FieldKind.SCORES, count=7)
    assert drawable(wanted) is wanted
    assert violations(form(wanted), "modal") == []


class Town:
    """A server with a member and a moderator, who has opened a poll."""

    def __init__(self, table: Table, env: simcord.Env) -> None:
        guild = env.create_guild("Town")
        self.table, self.env = table, env
        self.channel = guild.create_text_channel("square")
        moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        self.tom = guild.add_member(env.create_user("tom"))
        self.sam = guild.add_member(env.create_user("sam"), roles=[moderators])

    async def poll(self, kind: str, count: int, **given: object) -> None:
        """Poll 1, of so many options."""
        options = " | ".join(f"Option {'ABCDEFGHIJKLMNOPQRSTUVWXY'[n]}" for n in range(count))
        draft = await self.sam.slash(
            self.channel, "moderate poll start", question="What first?", options=options, kind=kind, **given
        )
        await self.sam.click(draft.response.message, label="Start")

    async def marks(self) -> list[dict[str, int]]:
        """What the ballots of the poll mark."""

        async def only(tx: Tx) -> Poll:
            row = await tx.one("SELECT poll_id FROM polls")
            found = await polls.get(tx, row["poll_id"] if row else "")
            assert found is not None
            return found

        return [ballot.marks for ballot in await box(self.table, await self.table.desk.db.read(only))]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The town, with a bot in it."""
    async with a_desk(tmp_path) as table:
        env = simcord.Env(TertuliaClient(Door(table.desk, 8 * 1024 * 1024), tmp_path / COMMANDS_FILE))
        await env.start()
        yield Town(table, env)
        await env.shutdown()
        env.raise_errors()


def shown(result: simcord.InteractionResult) -> str:
    """All that the answer says, and its labels."""
    assert result.response is not None
    told = [str(p.get("content") or p.get("label") or "") for p in walk({"components": result.response.components})]
    return "\n".join([result.response.content, *told])


async def test_four_options_are_ranked_in_one_dialog(town: Town) -> None:
    """The dialog comes at once; what is sent from it is the vote."""
    await town.poll("ranked", 4)
    asked = await town.tom.slash(town.channel, "poll vote", poll="1")
    answer = await town.tom.submit_modal(asked, {"marks>1": ["b"], "marks>2": ["a", "d"]})
    assert answer.ephemeral
    assert "Recorded: **B, Option B** \\> **A, Option A** = **D, Option D**" in shown(answer)
    assert await town.marks() == [{"b": 1, "a": 2, "d": 2}]


async def test_an_option_twice_is_gone_on_with(town: Town) -> None:
    """A dialog can't be opened again as it was, so the refusal keeps what was ranked and leads on by taps."""
    await town.poll("ranked", 4)
    asked = await town.tom.slash(town.channel, "poll vote", poll="1")
    answer = await town.tom.submit_modal(asked, {"marks>1": ["b"], "marks>2": ["b", "d"]})
    assert "stands in your ballot twice" in shown(answer)
    message = answer.response.message
    await town.tom.click(message, label="Go on from there")
    assert "Option D" in shown(answer)
    await town.tom.click(message, label="Cast")
    assert await town.marks() == [{"b": 1, "d": 2}]


async def test_twelve_options_are_ranked_by_tapping(town: Town) -> None:
    """One message, replaced at every tap: best first, one beside another, a step back, cast."""
    await town.poll("ranked", 12)
    asked = await town.tom.slash(town.channel, "poll vote", poll="1")
    message = asked.response.message
    for letter in "lk":
        await tap(town, asked, letter)
    await town.tom.click(message, label="Same place as the last")
    for letter in "aj":
        await tap(town, asked, letter)
    await town.tom.click(message, label="Undo")
    assert "Option J" not in shown(asked).split("Options may share")[0]
    await town.tom.click(message, label="Cast")
    assert "Recorded" in shown(asked)
    assert await town.marks() == [{"l": 1, "k": 2, "a": 2}]


async def tap(town: Town, asked: simcord.InteractionResult, letter: str) -> None:
    """Choose an option of the select."""
    [select] = [part for part in walk({"components": asked.response.components}) if part["type"] == STRING_SELECT]
    [value] = [option["value"] for option in select["options"] if option["label"].startswith(letter.upper())]
    await town.tom.select(asked.response.message, [value])


async def test_seven_options_are_scored_on_two_pages(town: Town) -> None:
    """A dialog of five, the scores so far with a way on, a dialog of two, cast."""
    await town.poll("score", 7)
    asked = await town.tom.slash(town.channel, "poll vote", poll="1")
    overview = await town.tom.submit_modal(asked, {"marks=a": "5", "marks=b": "0"})
    message = overview.response.message
    second = await town.tom.click(message, label="Continue: F to G")
    await town.tom.submit_modal(second, {"marks=g": "3"})
    assert "Option G" in shown(overview)
    await town.tom.click(message, label="Cast")
    assert await town.marks() == [{"a": 5, "b": 0, "g": 3}]


async def test_five_options_with_reasons_leave_the_reason_for_later(town: Town) -> None:
    """A dialog has five parts: the places take them all, and the answer offers to add a reason."""
    await town.poll("ranked", 5, reasons=True)
    asked = await town.tom.slash(town.channel, "poll vote", poll="1")
    answer = await town.tom.submit_modal(asked, {"marks>1": ["c"]})
    assert "Recorded: **C, Option C**" in shown(answer) and "Add a reason" in shown(answer)
