"""Suggestions: at most 25, the likeliest first, short enough for Discord, and they work when taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.commands import COMMANDS
from bot.core.text import units
from bot.services.suggestions import SOURCES
from tests.support import Table, a_desk, ctx, maria, sam, tom

BARGAIN, STREET = "us-mexico-bargain", "weekend-main-street"


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        await table.card(sam, i.DraftPollSet(sure=True))
        yield table


async def labels(table: Table, source: str, typed: str, **given: str) -> list[str]:
    """What is suggested to Tom."""
    return [found.label for found in await table.desk.suggest(ctx(tom), source, typed, given)]


def test_every_source_in_the_table_of_commands_is_known() -> None:
    """No option completes from a source that nobody fills."""
    assert {option.complete for command in COMMANDS for option in command.options} - {""} <= set(SOURCES)


@pytest.mark.parametrize("typed", ["", "a", "soberania", "zzzz", "🗳️" * 60, "\u202e", "%_'\";--"])
@pytest.mark.parametrize("source", SOURCES)
async def test_suggestions_fit_discord(table: Table, source: str, typed: str) -> None:
    """At most 25 values, value and label of 1 to 100 units, each value once, whatever is typed."""
    found = await table.desk.suggest(ctx(maria), source, typed, {"article": typed})
    assert len(found) <= 25
    assert len({entry.value for entry in found}) == len(found)
    assert all(1 <= units(entry.value) <= 100 and 1 <= units(entry.label) <= 100 for entry in found)


@pytest.mark.parametrize(
    ("source", "typed", "first"),
    [
        pytest.param("article", "marrow", "Give Marrowby Its Main Street Back, Two Days a Week", id="article"),
        pytest.param("section", "mechanics", "3. The mechanics of pressure", id="section"),
        pytest.param("section", "", "1. A concession made under pressure", id="sections in order"),
        pytest.param("item", "", "Call to action · Put reducing US demand first", id="calls to action first"),
        pytest.param("item", "ethics principles", "Against · Principles given up", id="item"),
        pytest.param("poll", "", "6 · ", id="newest poll"),
        pytest.param("record", "", "6 · ", id="newest poll's record"),
        pytest.param("record", "article", "Article · answers to ", id="the article's record"),
        pytest.param("open_poll", "demand", "1 · ", id="poll by question"),
        pytest.param("topic", "vote", "/poll vote · ", id="topic"),
        pytest.param("timezone", "mexico", "America/Mexico_City", id="time zone"),
        pytest.param("timezone", "Madird", "Europe/Madrid", id="a slip"),
    ],
)
async def test_the_likeliest_comes_first(table: Table, source: str, typed: str, first: str) -> None:
    """By the words typed, without caring for accents and case."""
    found = await labels(table, source, typed)
    assert found
    assert found[0].startswith(first)


async def test_sections_follow_the_article_named_in_the_command(table: Table) -> None:
    """The option that stands beside it decides which article's sections are offered."""
    assert (await labels(table, "section", "", article=STREET))[0] == "1. The proposal"
    assert (await labels(table, "section", "", article="no such thing"))[0].startswith("1. A concession")


async def test_ready_polls_of_the_article_on_here_come_first(table: Table) -> None:
    """A moderator most likely wants those."""
    found = await table.desk.suggest(ctx(sam), "ready", "", {})
    by_id = {poll.id: poll.article for poll in table.desk.ready}
    articles = [by_id[entry.value] for entry in found]
    assert articles == sorted(articles, key=lambda article: article != BARGAIN)
    assert STREET in articles


async def test_closed_polls_are_offered_only_where_they_serve(table: Table) -> None:
    """One can look at a closed poll but not vote in it."""
    await table.card(sam, i.ClosePoll("1", sure=True))
    assert any(label.startswith("1 · ") for label in await labels(table, "poll", ""))
    assert not any(label.startswith("1 · ") for label in await labels(table, "open_poll", ""))


async def test_members_are_offered_no_moderators_topics(table: Table) -> None:
    """Nor a nudge towards what would refuse them."""
    assert not any("/moderate" in label for label in await labels(table, "topic", ""))


@pytest.mark.parametrize(
    ("given", "values"),
    [
        pytest.param({"name": "language"}, ["en", "es"], id="language"),
        pytest.param({"name": "results"}, ["voted", "live", "close"], id="results"),
        pytest.param({"name": "moderators"}, [], id="mentions are typed"),
        pytest.param({}, [], id="no setting yet"),
    ],
)
async def test_a_setting_s_values_follow_its_name(table: Table, given: dict[str, str], values: list[str]):
    """What can be chosen depends on the setting named before."""
    found = await table.desk.suggest(ctx(sam), "setting_value", "", given)
    assert [each.value for each in found] == values


async def test_marks_are_the_options_of_the_poll_named_before(table: Table):
    """A poll's options are offered by letter, in the reader's words; an unknown poll offers none."""
    found = await table.desk.suggest(ctx(maria), "mark", "", {"poll": "1"})
    assert [(each.value, each.label) for each in found][:2] == [("a", "A · Muy en contra"), ("b", "B · Algo en contra")]
    assert await table.desk.suggest(ctx(maria), "mark", "", {"poll": "99"}) == ()


async def test_drafts_complete_for_moderators_alone(table: Table):
    """A client may ask for any source: what a moderator prepares is no member's business before it opens."""
    await table.card(sam, i.DraftPoll(question="Shall we close the library?", options="Yes | No"))
    assert "Shall we close the library?" in [
        found.label for found in await table.desk.suggest(ctx(sam), "draft", "", {})
    ]
    assert await labels(table, "draft", "") == []
