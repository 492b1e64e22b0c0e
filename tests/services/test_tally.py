"""The tally: counts of what they are of, hidden until one has answered, percentages only where they mean something."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core import intents as i
from tests.support import a_desk, actions, crowd, maria, said, sam, tom

BARGAIN = "us-mexico-bargain"


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        pytest.param(9, "9 agree · 0 disagree · 0 pass · 9 people", id="too few for percentages"),
        pytest.param(10, "10 agree (100%) · 0 disagree (0%) · 0 pass (0%) · 10 people", id="enough"),
    ],
)
async def test_percentages_from_ten_answers_on(tmp_path: Path, people: int, expected: str) -> None:
    """Counts always come first; below ten answers they stand alone, and it says why."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        for person in (tom, *crowd(people - 1)):
            await table.card(person, i.TakeStance(BARGAIN, "a-demand", "agree"))
        card = said(await table.card(tom, i.ShowTally(kind="action")))
        assert expected in card
        assert ("too few for percentages" in card) == (people < 10)


async def test_hidden_until_answered_for_members_and_moderators_alike(tmp_path: Path) -> None:
    """How many answered is shown, how they did only to those who answered too."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        await table.card(maria, i.TakeStance(BARGAIN, "a-demand", "disagree"))
        for person in (tom, sam):
            card = said(await table.card(person, i.ShowTally(kind="action")))
            assert "1 person has answered; you see how once you have." in card
            assert "1 disagree" not in card
        await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "pass"))
        assert "0 agree · 1 disagree · 1 pass" in said(await table.card(tom, i.ShowTally(kind="action")))


async def test_people_polls_and_ballots_are_counted_each_once(tmp_path: Path) -> None:
    """Somebody who took a stance and voted by name is one person; anonymous ballots are counted by themselves."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))
        for ballots in ("named", "anonymous"):
            draft = await table.card(sam, i.DraftPoll(item="a-demand", ballots=ballots))
            start = next(a.intent for a in actions(draft) if isinstance(a.intent, i.StartPoll))
            await table.card(sam, start)
        for person in (tom, maria):
            await table.card(person, i.CastBallot("1", "a"))
        await table.card(maria, i.CastBallot("2", "b"))
        card = said(await table.card(tom, i.ShowTally()))
        assert "People who took part\n2" in card
        assert "Polls about it\n2" in card
        assert "Ballots cast\n3, 1 of them anonymous" in card


async def test_every_item_is_on_some_page(tmp_path: Path) -> None:
    """Next leads through all of them, and each kind can be looked at alone."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        items = table.desk.shelf.built_in[BARGAIN].article("en").items
        pages = "\n".join([said(await table.card(tom, i.ShowTally(part=n))) for n in range(4)])
        assert all(item.title in pages for item in items)
        pros = said(await table.card(tom, i.ShowTally(kind="pro")))
        assert [item.kind for item in items if item.title in pros] == ["pro"] * 4
