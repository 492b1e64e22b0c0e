"""Reading: the article's card, sections by any name, the place that is remembered, both sides alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.card import Audience, Card, Sides, Text
from tests.support import Table, a_desk, actions, crowd, labelled, maria, said, sam, tom

BARGAIN, STREET = "us-mexico-bargain", "weekend-main-street"


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        yield table


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        pytest.param("background", "Background: how the pressure built up", id="id"),
        pytest.param("2", "Background: how the pressure built up", id="number"),
        pytest.param(" 3. ", "The mechanics of pressure", id="number with a full stop"),
        pytest.param("THE MECHANICS", "The mechanics of pressure", id="how the title begins"),
        pytest.param("steep drop", "Outlook: at the edge of a steep drop", id="words of the title"),
        pytest.param("mecanica", "The mechanics of pressure", id="a title in the other language"),
    ],
)
async def test_a_section_is_found_by_whatever_one_calls_it(table: Table, typed: str, title: str) -> None:
    """Id, number, and title in any language, without caring for case and accents."""
    assert (await table.card(tom, i.ReadSection(section=typed))).title == title


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        pytest.param("mechanisms", "Did you mean The mechanics of pressure?", id="nearly right"),
        pytest.param("qqqq", "", id="nothing like it"),
        pytest.param("0", "", id="zero"),
        pytest.param("8", "", id="one too many"),
        pytest.param("9" * 400, "", id="a number without end"),
        pytest.param("²", "", id="a digit that is no number"),
    ],
)
async def test_an_unknown_section_is_answered_kindly(table: Table, typed: str, suggestion: str) -> None:
    """What there is not is said, with what may have been meant; the place stays remembered."""
    await table.card(tom, i.ReadSection(section="3"))
    show = await table.ask(tom, i.ReadSection(section=typed))
    assert show.refused
    assert "There is no section" in said(show)
    assert suggestion in said(show)
    assert (await table.card(tom, i.ReadSection())).title == "The mechanics of pressure"


async def test_reading_goes_on_where_one_left_off(table: Table) -> None:
    """The first time it is the beginning, later the last section read, and it says so."""
    first = await table.card(tom, i.ReadSection())
    assert "Section 1 of 7" in said(first)
    assert "left off" not in said(first)
    await table.card(tom, i.ReadSection(section="4"))
    again = await table.card(tom, i.ReadSection())
    assert "Section 4 of 7" in said(again)
    assert "You left off here." in said(again)
    assert "Section 1 of 7" in said(await table.card(crowd(1)[0], i.ReadSection()))


async def test_next_leads_through_the_whole_article_and_previous_back(table: Table) -> None:
    """Every paragraph and item is met once on the way; going back meets the same pages."""
    pages = [await table.card(tom, i.ReadSection(section="1"))]
    while (on := _action(pages[-1], "Next")) is not None:
        pages.append(await table.card(tom, on))
    read = " ".join(said(page) for page in pages)
    article = table.desk.shelf.built_in[BARGAIN].article("en")
    assert all(item.text in read for item in article.items)
    assert all(read.count(section.title) == 1 or section.title in read for section in article.sections)
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = await table.card(tom, labelled(back, "Previous"))
        assert said(back) == said(page)
    assert _action(back, "Previous") is None


async def test_reading_is_in_the_readers_language(table: Table) -> None:
    """The same section, by the same id, in each reader's own language."""
    assert (await table.card(maria, i.ReadSection(section="mechanics"))).title == "La mecánica de la presión"
    assert (await table.card(maria, i.ReadSection(section="mechanics"))).locale == "es"


async def test_the_article_card_says_what_it_is(table: Table) -> None:
    """Kind, length, cited source and contents with minutes; only moderators are offered to put another on."""
    card = await table.card(tom, i.OpenArticle())
    assert "opinion article about a possible future" in said(card)
    assert "7 sections, about 10 minutes" in said(card)
    assert "Politico.com" in said(card)
    assert [option.detail for option in card.picks[0].options][:2] == ["1 minute", "2 minutes"]
    assert [action.label for action in card.actions[0]] == ["Read", "Answer", "Polls"]
    other = await table.card(tom, i.OpenArticle(STREET))
    assert _action(other, "Put it on here") is None
    other = await table.card(sam, i.OpenArticle(STREET))
    assert labelled(other, "Put it on here") == i.UseArticle(STREET)


async def test_a_chosen_article_stays_chosen_for_this_reader_alone(table: Table) -> None:
    """One reader's choice holds for what they ask next, and for nobody else; back on the place's, they follow it."""
    await table.card(tom, i.ReadSection(section="5"))
    await table.card(tom, i.OpenArticle("give marrowby"))
    card = await table.card(tom, i.ReadSection())
    assert card.title == "The proposal"
    assert "left off" not in said(card)
    assert "On here now" in said(await table.card(tom, i.OpenArticle()))
    assert (await table.card(maria, i.ReadSection(section="1"))).title != "La propuesta"
    await table.card(tom, i.OpenArticle(BARGAIN))
    await table.card(sam, i.UseArticle(STREET))
    assert (await table.card(tom, i.ReadSection(section="1"))).title == "The proposal"


async def test_when_nothing_is_on_the_shelf_is_shown(tmp_path: Path) -> None:
    """A member can read any article; a moderator is one press from putting one on."""
    async with a_desk(tmp_path) as table:
        member = await table.card(tom, i.OpenArticle())
        assert {a.intent for a in actions(member)} == {i.OpenArticle(BARGAIN), i.OpenArticle(STREET)}
        moderator = await table.card(sam, i.OpenArticle())
        assert {a.intent for a in actions(moderator)} == {i.UseArticle(BARGAIN), i.UseArticle(STREET)}
        assert (await table.ask(tom, i.ReadSection())).refused
        assert (await table.card(tom, i.ReadSection(BARGAIN, "2"))).title.startswith("Background")


async def test_takeaways_and_calls_to_action_lead_to_answering(table: Table) -> None:
    """Each item has its button; only moderators are offered to start a poll about one."""
    takeaways = await table.card(tom, i.ShowTakeaways())
    assert [a.intent for a in actions(takeaways)][:1] == [i.AnswerItems(BARGAIN, "t-leverage")]
    member, moderator = await table.card(tom, i.ShowActions()), await table.card(sam, i.ShowActions())
    assert len([a for a in actions(member) if a.intent and getattr(a.intent, "item", "")]) == 5
    assert not member.picks
    assert moderator.picks[0].options[0].intent == i.DraftPoll(item="a-demand")


async def test_open_polls_about_the_calls_to_action_are_named(table: Table) -> None:
    """Who reads a call to action sees that a poll about one is open."""
    await table.card(sam, i.DraftPollSet(sure=True))
    card = await table.card(tom, i.ShowActions())
    assert len(card.picks[0].options) == 6
    assert all(isinstance(option.intent, i.ShowPoll) for option in card.picks[0].options)


async def test_for_and_against_weigh_the_same(table: Table) -> None:
    """Which side stands first is the reader's own and stays; over many both come first; both layouts say the same."""
    firsts = {}
    for reader in crowd(24):
        card = await table.card(reader, i.ShowProsCons())
        firsts[reader.id] = _first_side(card)
        assert _first_side(await table.card(reader, i.ShowProsCons())) == firsts[reader.id]
    assert set(firsts.values()) == {"For", "Against"}
    assert await _all_pages(table, "paired") == await _all_pages(table, "sides")


async def test_pairs_stand_across_from_each_other(table: Table) -> None:
    """Side by side, the n-th text of one side is the counterpart of the other side's n-th."""
    card = await table.card(tom, i.ShowProsCons(layout="sides"))
    sides = next(block for block in card.blocks if isinstance(block, Sides))
    left_is_for = sides.left.heading == "For"
    pros, cons = (sides.left, sides.right) if left_is_for else (sides.right, sides.left)
    assert pros.texts[0].startswith("**Fewer overdose deaths")
    assert cons.texts[0].startswith("**More violence and instability")


async def test_reading_is_turned_like_a_page(table: Table) -> None:
    """Reading replaces the private card that was pressed and is best seen by one person."""
    for intent in (i.OpenArticle(), i.ReadSection(), i.ShowTakeaways(), i.ShowActions(), i.ShowProsCons()):
        show = await table.ask(tom, intent)
        assert (show.audience, show.replace) == (Audience.PREFER_PRIVATE, True)


async def test_parts_out_of_range_are_the_last_or_first(table: Table) -> None:
    """A button of an article that has become shorter still works."""
    last = await table.card(tom, i.ReadSection(section="pros-cons", part=99))
    assert "part 2 of 2" in said(last)
    assert said(await table.card(tom, i.ShowProsCons(part=99))) == said(await table.card(tom, i.ShowProsCons(part=1)))


async def test_a_member_named_like_markup_cannot_write_on_a_card(table: Table) -> None:
    """What is typed comes back as typed: no bold, no link, no mention is made of it."""
    nasty = replace(tom, id="test:nasty", name="**@everyone**")
    show = await table.ask(nasty, i.ReadSection(section="**x** [a](https://b.example) <t:1:R>"))
    assert "**x** [a](https://b.example) <t:1:R>" in said(show)


def _action(card: Card, label: str) -> i.Intent | None:
    return next((a.intent for a in actions(card) if a.label.startswith(label)), None)


def _first_side(card: Card) -> str:
    text = next(block.text for block in card.blocks if isinstance(block, Text))
    return text.removeprefix("**").split(" ·")[0]


async def _all_pages(table: Table, layout: str) -> set[str]:
    """The items that are named over all pages of a layout."""
    pages = [said(await table.card(tom, i.ShowProsCons(layout=layout, part=n))) for n in range(3)]
    items = table.desk.shelf.built_in[BARGAIN].article("en").items
    return {item.id for item in items if item.kind in ("pro", "con") and item.text in "\n".join(pages)}
