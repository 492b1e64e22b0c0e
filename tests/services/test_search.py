"""Search finds words wherever the article says them, and leads there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.card import Option
from tests.support import Table, a_desk, actions, maria, said, sam, tom

BARGAIN = "us-mexico-bargain"


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        yield table


async def test_accents_and_case_do_not_matter(table: Table) -> None:
    """Whoever types without accents finds what is written with them, in bold."""
    card = await table.card(maria, i.SearchArticle(words="SOBERANIA"))
    found = [block.text for block in card.blocks if isinstance(block, Option)]
    assert found
    assert all("**soberanía" in text.lower() or "**soberanías" in text.lower() for text in found)


async def test_a_hit_leads_to_where_it_stands(table: Table) -> None:
    """Every button opens a card that has the words."""
    card = await table.card(tom, i.SearchArticle(words="fentanyl"))
    for option in [block for block in card.blocks if isinstance(block, Option)]:
        assert option.action.intent is not None
        assert "fentanyl" in said(await table.card(tom, option.action.intent)).lower()


async def test_items_are_found_too(table: Table) -> None:
    """A hit in an item leads to the card that answers it."""
    card = await table.card(tom, i.SearchArticle(words="black market permission"))
    assert i.AnswerItems(BARGAIN, "c-empowerment") in [a.intent for a in actions(card)]


async def test_words_that_never_stand_together(table: Table) -> None:
    """No passage has both: those with one are shown, and it says so."""
    assert "these have some" in said(await table.card(tom, i.SearchArticle(words="fentanyl diplomatic")))


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "?!", "\u202e"])
async def test_nothing_to_look_for(table: Table, typed: str) -> None:
    """Empty words are refused with an example."""
    show = await table.ask(tom, i.SearchArticle(words=typed))
    assert show.refused
    assert "/search" in said(show)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("soveregnty", "sovereignty", id="a slip"),
        pytest.param("xylophone", "", id="nothing like it"),
        pytest.param("zz" * 3000, "", id="a wall of text"),
    ],
)
async def test_nothing_found(table: Table, typed: str, meant: str) -> None:
    """It says that the article doesn't say it, and which of its words may have been meant."""
    show = await table.ask(tom, i.SearchArticle(words=typed))
    assert show.refused
    assert ("Did you mean" in said(show)) == bool(meant)
    assert meant in said(show)


async def test_what_is_searched_for_cannot_write_on_the_card(table: Table) -> None:
    """Markup and mentions come back as typed."""
    show = await table.ask(tom, i.SearchArticle(words="**demand** @everyone"))
    assert "**demand** @everyone" in said(show)
