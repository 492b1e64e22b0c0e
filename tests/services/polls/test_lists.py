"""No list leaves anything out in silence: with more polls than a card holds there are true totals, and a way to all."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.core import intents as i
from bot.core.card import Action, Card
from bot.core.intents import Intent
from bot.core.place import Scope
from bot.core.poll.values import Ballot, Poll, PollOption, State
from bot.storage import ballots, places, polls, proposals
from bot.storage.port import Tx
from tests.support import HOUR, NOON, SPOT, Table, a_desk, actions, ctx, said, sam, tom

MANY = 130  # more than any list of a card holds, and than the hundred that lists once ended at
OPTIONS = (PollOption("a", "Parks"), PollOption("b", "Buses"))


def poll(n: int, state: State, *, named: bool = True, **more: object) -> Poll:
    """The poll of this number, in the square."""
    values = {"number": None if state is State.DRAFT else n, "created_by": sam.id, "created_ms": NOON + n} | more
    return Poll(
        f"poll{n}", SPOT.place, f"Question {n:03}?", "single", OPTIONS, state=state, named=named, channel=SPOT.channel,
        **values,
    )  # fmt: skip


async def keep(table: Table, *made: Poll, voted: bool = False) -> None:
    """Keep polls, and Tom's vote in each."""

    async def work(tx: Tx) -> None:
        for one in made:
            await polls.add(tx, one)
            if voted:
                await ballots.put(tx, one.id, Ballot(tom.id, {"a": 1}, name="Tom", cast_ms=NOON))

    await table.desk.db.write(work)


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk in a place that it knows."""
    async with a_desk(tmp_path) as made:
        await made.desk.db.write(lambda tx: places.ensure(tx, SPOT, NOON))
        yield made


def asked_for(card: Card, kind: type[Intent]) -> list[str]:
    """The ids of the polls that a card's menus offer to look at by an intent of this kind."""
    offered = [option.intent for pick in card.picks for option in pick.options]
    return [str(getattr(intent, "poll", "")) for intent in offered if isinstance(intent, kind)]


async def leaf(table: Table, first: Intent, kind: type[Intent], look: Callable[[Card], list[str]]) -> list[str]:
    """What is seen on all pages of a list, turned by its button."""
    found: list[str] = []
    card = await table.card(sam if first.MODERATORS else tom, first)
    for _ in range(MANY):
        found += look(card)
        ahead = next((a.intent for a in actions(card) if isinstance(a, Action) and a.label == "Next"), None)
        if ahead is None:
            return found
        assert isinstance(ahead, kind)
        card = await table.card(sam if first.MODERATORS else tom, ahead)
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
async def test_the_list_of_polls_has_all_and_says_how_many(table: Table, state: State) -> None:
    """On pages that can be turned, each poll once."""
    await keep(table, *(poll(n, state) for n in range(1, MANY + 1)))
    first = said(await table.card(tom, i.ListPolls()))
    assert f"{MANY} polls" in first
    assert "Page 1 of 6" in first
    seen = await leaf(table, i.ListPolls(), i.ListPolls, lambda card: asked_for(card, i.ShowPoll | i.ShowResults))
    assert sorted(seen) == sorted(f"poll{n}" for n in range(1, MANY + 1))


@pytest.mark.parametrize("state", [State.OPEN, State.DRAFT, State.CLOSED])
async def test_the_panel_offers_every_poll(table: Table, state: State) -> None:
    """The oldest too."""
    await keep(table, *(poll(n, state) for n in range(1, MANY + 1)))
    seen = await leaf(table, i.ShowPanel(), i.ShowPanel, lambda card: asked_for(card, i.ShowPanel))
    assert sorted(seen) == sorted(f"poll{n}" for n in range(1, MANY + 1))


async def test_my_votes_are_all_there(table: Table) -> None:
    """Also the one in a poll that a hundred have followed, and each can still be changed."""
    await keep(table, *(poll(n, State.OPEN) for n in range(1, MANY + 1)), voted=True)
    assert f"of your {MANY} votes" in said(await table.card(tom, i.ShowMyBallots()))
    seen = await leaf(table, i.ShowMyBallots(), i.ShowMyBallots, lambda card: asked_for(card, i.ShowPoll))
    assert seen == [f"poll{n}" for n in range(MANY, 0, -1)]


async def test_my_old_vote_is_found_behind_polls_that_i_left_alone(table: Table) -> None:
    """Votes are looked for, not polls."""
    await keep(table, poll(1, State.OPEN), voted=True)
    await keep(table, *(poll(n, State.CLOSED) for n in range(2, MANY + 1)))
    assert "Question 001?" in said(await table.card(tom, i.ShowMyBallots()))


async def test_all_my_votes_are_in_my_data(table: Table) -> None:
    """Those in secret polls that are still open too, however many were opened since."""
    await keep(table, *(poll(n, State.OPEN, named=False) for n in range(1, MANY + 1)))
    table.desk.keys.create("poll1")
    await table.card(tom, i.PressOption("poll1", "b"))
    assert "Question 001?" in said(await table.card(tom, i.ShowMyBallots()))
    data = json.loads((await table.card(tom, i.ExportMyData())).files[0].data)
    assert [one["poll"] for one in data["ballots"]] == ["poll1"]


async def test_what_is_planned_is_all_there(table: Table) -> None:
    """A draft that starts last is on the last page."""
    await keep(table, *(poll(n, State.DRAFT, starts_ms=NOON + n * HOUR) for n in range(1, MANY + 1)))

    def drafts(card: Card) -> list[str]:
        return asked_for(card, i.UnschedulePoll)

    assert await leaf(table, i.ShowPlanned(), i.ShowPlanned, drafts) == [f"poll{n}" for n in range(1, MANY + 1)]


async def test_my_newest_draft_is_found_among_those_of_others(table: Table) -> None:
    """However many others drafted since."""
    await keep(table, poll(1, State.DRAFT))
    await keep(table, *(poll(n, State.DRAFT, created_by="test:other") for n in range(2, MANY + 1)))
    assert (await table.card(sam, i.ChangeRules())).title == "Question 001?"


@pytest.mark.parametrize(
    ("source", "state", "typed", "value"),
    [
        pytest.param("poll", State.OPEN, "question 001", "1", id="by its question"),
        pytest.param("open_poll", State.OPEN, "1 · question 001", "1", id="by its label"),
        pytest.param("poll", State.CLOSED, "qestion 001", "1", id="by a slip"),
        pytest.param("closed_poll", State.CLOSED, "001", "1", id="by a word"),
        pytest.param("record", State.CLOSED, "001", "1", id="for its record"),
        pytest.param("draft", State.DRAFT, "001", "poll1", id="a draft"),
    ],
)
async def test_suggestions_find_the_oldest_poll(
    table: Table, source: str, state: State, typed: str, value: str
) -> None:
    """All polls are searched, not the newest hundred."""
    await keep(table, *(poll(n, state) for n in range(1, MANY + 1)))
    found = await table.desk.suggest(ctx(sam), source, typed, {})
    assert value in [each.value for each in found]


async def test_a_menu_that_cannot_hold_all_says_how_many_there_are(table: Table) -> None:
    """The open polls about an article's calls to action, for one: ten of them, and the list of polls has the rest."""
    await table.card(sam, i.UseArticle("weekend-main-street"))
    about = [poll(n, State.OPEN, article="weekend-main-street", item="close-street") for n in range(1, 13)]
    await keep(table, *about)
    card = await table.card(tom, i.ShowActions())
    assert "Open polls about these (the first 10 of 12)" in [pick.label for pick in card.picks]


async def test_what_i_proposed_before_is_counted(table: Table) -> None:
    """Of more wishes than fit the card, how many there are besides."""
    await keep(table, poll(1, State.OPEN))
    rules = (await table.desk.db.read(lambda tx: polls.get(tx, "poll1"))).rules  # type: ignore[union-attr]
    raw = json.dumps(rules.to_json() | {"additions": True})

    async def work(tx: Tx) -> None:
        await tx.run("UPDATE polls SET rules = ?", raw)
        for n in range(10):
            await proposals.add(tx, proposals.Proposal(f"w{n}", "poll1", f"Wish {n}", "waiting", None), tom.id, NOON)
            await proposals.settle(tx, f"w{n}", "refused", "No.")

    await table.desk.db.write(work)
    assert "And 2 that you asked for before." in said(await table.card(tom, i.ProposeOption("poll1")))


async def test_all_open_polls_of_a_scope_are_read_by_default(table: Table) -> None:
    """What asks for the polls of a place gets all of them: only a page has a limit, and it is named by who asks."""
    await keep(table, *(poll(n, State.OPEN) for n in range(1, MANY + 1)))
    found = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), State.OPEN))
    assert len(found) == MANY
