"""Stances: one for each person and item, changeable, taken back at will, and never shown to anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.article import Pack
from bot.core.card import Audience, Card, Style
from bot.storage import stances
from tests.support import DAY, NOON, Table, a_desk, actions, crowd, labelled, maria, said, sam, tom

BARGAIN = "us-mexico-bargain"


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        yield table


async def kept(table: Table, actor_id: str = tom.id) -> dict[str, str]:
    """A person's stances as they are kept, by item."""
    rows = await table.desk.db.read(lambda tx: stances.mine(tx, "test:town", BARGAIN, actor_id))
    return {item: str(row.stance) for item, row in rows.items()}


def item_of(card: Card) -> str:
    """The item that a card of the stack asks about."""
    return next(a.intent.item for a in actions(card) if isinstance(a.intent, i.TakeStance) and a.label == "Agree")


async def test_the_stack_goes_through_every_item_once(table: Table) -> None:
    """Each card asks about another item, says how far one is, and the last one sums up."""
    card, met = await table.card(tom, i.AnswerItems()), []
    while "answered everything" not in card.title:
        met.append(item_of(card))
        assert f"{len(met)} of 22" in card.title
        card = await table.card(tom, labelled(card, ("Agree", "Disagree", "Pass")[len(met) % 3]))
    assert len(met) == len(set(met)) == 22
    assert set(await kept(table)) == set(met)
    assert "One person has taken part here." in said(card)


async def test_three_equal_answers_and_a_way_out(table: Table) -> None:
    """Agree, disagree and pass look equal; finish and report stand on every card; only I see it."""
    show = await table.ask(tom, i.AnswerItems())
    assert [action.label for action in show.card.actions[0]] == ["Agree", "Disagree", "Pass"]
    assert {action.style for action in show.card.actions[0]} == {Style.PLAIN}
    assert [action.label for action in show.card.actions[1]] == ["Finish", "Report"]
    assert (show.audience, show.replace) == (Audience.MUST_BE_PRIVATE, True)


async def test_a_press_is_recorded_and_can_be_undone(table: Table) -> None:
    """What happened is said first; Undo brings back exactly what stood before."""
    card = await table.card(tom, i.TakeStance(BARGAIN, "c-ethics", "agree"))
    assert "Recorded: agree with “Principles given up”." in said(card)
    card = await table.card(tom, i.TakeStance(BARGAIN, "c-ethics", "disagree"))
    assert await kept(table) == {"c-ethics": "disagree"}
    await table.card(tom, labelled(card, "Undo"))
    assert await kept(table) == {"c-ethics": "agree"}
    card = await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "pass"))
    assert "Recorded: pass on" in said(card)
    card = await table.card(tom, labelled(card, "Undo"))
    assert "Taken back." in said(card)
    assert item_of(card) == "a-demand"
    assert await kept(table) == {"c-ethics": "agree"}


async def test_one_stance_for_each_person_and_item(table: Table) -> None:
    """Thirty presses at once by one person leave one stance; ten people leave ten."""
    presses = [i.TakeStance(BARGAIN, "a-demand", ("agree", "disagree", "pass")[n % 3]) for n in range(30)]
    await asyncio.gather(*(table.card(tom, press) for press in presses))
    assert list(await kept(table)) == ["a-demand"]
    await asyncio.gather(*(table.card(p, i.TakeStance(BARGAIN, "a-demand", "agree")) for p in crowd(10)))
    rows = await table.desk.db.read(lambda tx: stances.of_article(tx, "test:town", BARGAIN))
    assert len(rows) == 11


async def test_a_replayed_event_changes_nothing(table: Table) -> None:
    """The platform's retry of an old press does not undo a newer one, and is answered as if done."""
    press = i.TakeStance(BARGAIN, "a-demand", "agree")
    await table.ask(tom, press, event="one")
    await table.ask(tom, i.TakeStance(BARGAIN, "a-demand", "disagree"), event="two")
    show = await table.ask(tom, press, event="one")
    assert not show.refused
    assert await kept(table) == {"a-demand": "disagree"}


async def test_the_latest_counts_and_its_day_is_kept(table: Table) -> None:
    """How often somebody changed their mind is kept nowhere, nor at what hour they did."""
    for stance in ("agree", "agree", "disagree", "disagree", "pass"):
        table.clock.now += 1234
        await table.card(tom, i.TakeStance(BARGAIN, "a-demand", stance))
    row = await table.desk.db.read(lambda tx: tx.one("SELECT * FROM stances"))
    assert row is not None and (row["stance"], row["set_ms"]) == ("pass", NOON // DAY * DAY)
    assert not {"changes", "rowid"} & set(row.keys())


@pytest.mark.parametrize("kind", ["takeaway", "pro", "con", "action"])
async def test_one_kind_first(table: Table, kind: str) -> None:
    """`/stance pro` stays with that kind until it is done, then goes on with the rest."""
    items = [item for item in table.desk.shelf.built_in[BARGAIN].article("en").items if item.kind == kind]
    card, met = await table.card(tom, i.AnswerItems(kind=kind)), []
    for _ in items:
        met.append(item_of(card))
        card = await table.card(tom, labelled(card, "Agree"))
    assert set(met) == {item.id for item in items}
    assert item_of(card) not in met


async def test_the_order_is_each_persons_own_and_stays(table: Table) -> None:
    """People meet the items in different orders; one person always in the same."""
    firsts = [item_of(await table.card(p, i.AnswerItems())) for p in crowd(20)]
    assert len(set(firsts)) > 5
    assert firsts == [item_of(await table.card(p, i.AnswerItems())) for p in crowd(20)]


async def test_an_items_tally_waits_for_ones_own_answer(table: Table) -> None:
    """Whoever has not answered an item sees no counts of it; whoever has does, in the stack and on the summary."""
    for person in crowd(3):
        await table.card(person, i.TakeStance(BARGAIN, "a-demand", "disagree"))
    before = said(await table.card(tom, i.AnswerItems(BARGAIN, "a-demand")))
    assert "disagree" not in before.lower()
    await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))
    assert "1 agree · 3 disagree · 0 pass · 4 people" in said(await table.card(tom, i.AnswerItems(BARGAIN, "a-demand")))
    assert "1 agree · 3 disagree · 0 pass · 4 people" in said(await table.card(tom, i.FinishStances()))


async def test_an_edited_item_says_so_and_asks_again(table: Table) -> None:
    """A stance on an earlier wording counts and is said to be one; the stack offers the new wording at its end."""
    await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))
    edit(table, "a-demand")
    named = await table.card(tom, i.AnswerItems(BARGAIN, "a-demand"))
    assert "The wording has changed since you answered agree" in said(named)
    assert "1 answered an earlier wording" in said(named)
    await table.card(tom, i.AnswerItems(kind="action"))
    for item in table.desk.shelf.built_in[BARGAIN].item_versions:
        if item != "a-demand":
            last = await table.card(tom, i.TakeStance(BARGAIN, item, "pass"))
    assert item_of(last) == "a-demand"
    done = await table.card(tom, labelled(last, "Agree"))
    assert "earlier wording" not in said(done)


async def test_a_removed_item_is_left_out_of_the_summary(table: Table) -> None:
    """A stance on an item that the article no longer has breaks nothing."""
    await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))
    pack = table.desk.shelf.built_in[BARGAIN]
    articles = {
        name: replace(told, items=tuple(item for item in told.items if item.id != "a-demand"))
        for name, told in pack.articles.items()
    }
    put(table, replace(pack, articles=articles))
    assert "agree\n0" in said(await table.card(tom, i.FinishStances()))
    assert (await table.ask(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))).refused


@pytest.mark.parametrize(
    "intent",
    [
        pytest.param(i.TakeStance(BARGAIN, "a-demand", "abstain"), id="a stance that there is not"),
        pytest.param(i.TakeStance(BARGAIN, "nothing-here", "agree"), id="an item that there is not"),
        pytest.param(i.AnswerItems(BARGAIN, kind="section"), id="a kind that there is not"),
        pytest.param(i.TakeStance("of-yore", "a-demand", "agree"), id="an article that there is not"),
    ],
)
async def test_a_button_from_another_time_is_refused(table: Table, intent: i.Intent) -> None:
    """Nothing is stored and it says why."""
    show = await table.ask(tom, intent)
    assert show.refused
    assert said(show).strip()
    assert await kept(table) == {}


async def test_stances_in_both_languages_are_on_the_same_item(table: Table) -> None:
    """One in Spanish and one in English meet in one tally."""
    await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))
    await table.card(maria, i.TakeStance(BARGAIN, "a-demand", "agree"))
    card = await table.card(maria, i.AnswerItems(BARGAIN, "a-demand"))
    assert "2 de acuerdo · 0 en desacuerdo · 0 pasaron · 2 personas" in said(card)


async def test_another_place_keeps_its_own(table: Table) -> None:
    """What is said in one server is neither counted nor shown in another."""
    from tests.support import SPOT

    await table.card(tom, i.TakeStance(BARGAIN, "a-demand", "agree"))
    elsewhere = replace(SPOT, place="test:village")
    show = await table.ask(tom, i.FinishStances(BARGAIN), spot=elsewhere)
    assert "agree\n0" in said(show)
    assert "Nobody has taken part" in said(show)


def edit(table: Table, item_id: str) -> None:
    """Change an item's wording in the pack that the desk reads."""
    pack = table.desk.shelf.built_in[BARGAIN]
    told = pack.articles["en"]
    items = tuple(replace(item, text="Reworded.") if item.id == item_id else item for item in told.items)
    put(table, replace(pack, articles={**pack.articles, "en": replace(told, items=items)}))


def put(table: Table, pack: Pack) -> None:
    """Put a changed pack on the desk's shelf."""
    table.desk.shelf.built_in = {**table.desk.shelf.built_in, pack.id: pack}
