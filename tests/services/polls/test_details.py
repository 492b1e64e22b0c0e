"""Details through the desk: for whoever may see the result; how it is counted, for all; parts only if they hide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Bars, Card
from bot.core.ctx import Actor
from bot.core.intents import CastBallot, ListPolls, PressOption, ShowDetails, ShowMyBallots, ShowPoll, ShowResults
from bot.core.poll.values import Edit, Poll, Rules
from bot.services.polls.counting import outcome, told
from bot.storage import boxes, polls
from tests.services.polls.acting import a_poll, close, votes
from tests.services.polls.test_showing import board
from tests.support import Table, a_desk, actions, aiko, crowd, labelled, said, sam, tom

ROLE = "123456789012345678"


async def cast(table: Table, poll: Poll, *ballots: str) -> None:
    """A ballot of each of so many people."""
    for person, marks in zip(crowd(len(ballots)), ballots, strict=True):
        await table.card(person, CastBallot(poll.id, marks=marks))


async def ruled(table: Table, poll: Poll, **rules: object) -> Poll:
    """The open poll with other rules, as if it had been drafted with them."""
    changed = replace(poll, rules=Rules.from_json(poll.rules.to_json() | rules), revision=poll.revision + 1)
    assert await table.desk.db.write(lambda tx: polls.reword(tx, changed))
    return changed


async def test_details_from_the_results_and_back(tmp_path: Path) -> None:
    """One press leads there, view by view, and back."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="ranked", ballots="named")
        await cast(table, poll, *["a>b>c"] * 5, *["b>a"] * 4, *["c>b"] * 3)
        await close(table, poll)
        card = await table.card(aiko, ShowResults("1"))
        pairs = await table.card(aiko, labelled(card, "Details"))
        assert "B beats A, 7 ballots to 5" in said(pairs) and "A, Parks · B, Buses · C, Books" in said(pairs)
        assert "B Buses beats every other option" in said(pairs)
        rules = await table.card(aiko, labelled(pairs, "How it was counted"))
        assert "Schulze (winning votes)" in said(rules) and "Root of the ballots" in said(rules)
        assert labelled(rules, "Results") == ShowResults(poll.id)
        assert not (await table.ask(aiko, ShowDetails("1"))).replace
        assert (await table.ask(aiko, ShowDetails("1", "rules"))).replace


async def test_rounds_page_by_page(tmp_path: Path) -> None:
    """Each round as it stood, what it did, whose votes went where."""
    async with a_desk(tmp_path) as table:
        poll = await ruled(table, await a_poll(table, kind="ranked", ballots="named"), method="irv")
        await cast(table, poll, *["a"] * 5, *["b>a"] * 4, *["c>b"] * 3)
        await close(table, poll)
        card = said(await table.card(aiko, ShowDetails("1", "rounds")))
        assert "Round 1 of 2" in card and "Out: C." in card and "From C, out in round 1: 3 to B." in card
        assert "Round 2 of 2" in card and "Elected: B." in card


async def test_scores_have_their_spread(tmp_path: Path) -> None:
    """How many gave each score, and how many none."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="score", ballots="named")
        await cast(table, poll, *["a=5,b=2"] * 5, *["a=0,b=4"] * 4)
        await close(table, poll)
        card = said(await table.card(aiko, ShowDetails("1", "scores")))
        assert "B Buses · 26 points · 4: 4, 2: 5" in card and "A Parks · 25 points · 5: 5, 0: 4" in card
        assert "C Books · 0 points · left out: 9" in card


async def test_how_it_is_counted_is_no_secret(tmp_path: Path) -> None:
    """While results are hidden everybody may read the rules and the edits, and nothing that tells a count."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="ranked")
        await cast(table, poll, *["a>b"] * 6)
        edited = replace(poll, edits=(Edit(1, "b", "Trams", "Buses"),), revision=poll.revision + 1)
        await table.desk.db.write(lambda tx: polls.reword(tx, edited))
        for view in ("rules", "edits"):
            card = await table.card(aiko, ShowDetails("1", view))
            assert not any(word in said(card) for word in ("beats", "Condorcet", "6 ballots"))
            assert not any(isinstance(action.intent, ShowResults) for action in actions(card))
        assert "Trams" in said(await table.card(aiko, ShowDetails("1", "edits")))
        for view in ("", "pairs", "rounds", "scores", "breakdown"):
            assert (await table.ask(aiko, ShowDetails("1", view))).refused


async def test_a_view_or_a_page_that_there_is_not(tmp_path: Path) -> None:
    """The first view instead, the nearest page: never a broken card."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await votes(table, poll, 3)
        await close(table, poll)
        for ask in (ShowDetails("1", "nonsense"), ShowDetails("1", "rules", 99), ShowDetails("1", "rounds", -3)):
            assert "How it was counted" in said(await table.card(tom, ask))


async def by_role(table: Table, inside: tuple[int, int], outside: tuple[int, int]) -> Poll:
    """A closed poll announced to be shown by a role; so many with and without it for A and for B."""
    poll = await ruled(table, await a_poll(table, "Parks | Buses"), breakdown=f"role:{ROLE}", breakdown_name="Council")
    marks = (
        [("a", True)] * inside[0]
        + [("b", True)] * inside[1]
        + [("a", False)] * outside[0]
        + [("b", False)] * outside[1]
    )
    for person, (option, has) in zip(crowd(len(marks)), marks, strict=True):
        await table.card(with_role(person) if has else person, PressOption(poll.id, option))
    assert (await table.ask(tom, ShowDetails(poll.id, "breakdown"))).refused
    await close(table, poll)
    return poll


def with_role(person: Actor) -> Actor:
    """The person with the role."""
    return replace(person, roles=frozenset({ROLE}))


async def test_a_breakdown_has_shares_alone(tmp_path: Path) -> None:
    """Both parts with how many they are, and no count that a single ballot could be worked out from."""
    async with a_desk(tmp_path) as table:
        await by_role(table, (8, 12), (15, 5))
        card = said(await table.card(tom, ShowDetails("1", "breakdown")))
        assert "With the role Council · 20 ballots" in card and "Without the role Council · 20 ballots" in card
        assert "40%" in card and "75%" in card and "15" not in card and "12" not in card


SMALL = [
    pytest.param((8, 4), (15, 5), id="a cell of four"),
    pytest.param((20, 0), (15, 5), id="a part of one mind"),
    pytest.param((0, 0), (15, 5), id="an empty part"),
]


@pytest.mark.parametrize(("inside", "outside"), SMALL)
async def test_a_breakdown_that_would_tell_too_much_is_suppressed(
    tmp_path: Path, inside: tuple[int, int], outside: tuple[int, int]
) -> None:
    """As a whole, with a sentence why; and the parts are not kept."""
    async with a_desk(tmp_path) as table:
        poll = await by_role(table, inside, outside)
        card = said(await table.card(tom, ShowDetails("1", "breakdown")))
        assert "would give single people away" in card and "%" not in card.replace("90%", "")
        parts = await table.desk.db.read(lambda tx: boxes.of(poll).by_part(tx, poll.id))
        assert {part for part, _, _ in parts} == {None}


async def everything(table: Table, poll: Poll) -> list[Card]:
    """All that anybody is shown of a poll."""
    views = ("", "rounds", "pairs", "scores", "rules", "breakdown", "edits")
    asks = [ShowPoll("1"), ShowResults("1"), ListPolls(), ShowMyBallots(), *(ShowDetails("1", view) for view in views)]
    cards = [(await table.ask(who, ask)).card for who in (aiko, crowd(1)[0], sam) for ask in asks]
    return [await board(table, poll), *cards]


@pytest.mark.parametrize("kind", ["single", "ranked", "score", "motion", "approval"])
async def test_a_withheld_result_is_withheld_everywhere(tmp_path: Path, kind: str) -> None:
    """Of four secret ballots nobody learns a count, a winner, a leader or a reason, on no card, open or closed."""
    marks = {"single": "b", "ranked": "b>a", "score": "b=4", "motion": "b", "approval": "b"}[kind]
    options = "" if kind == "motion" else "Parks | Buses | Books"
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, options, kind=kind, reasons=True)
        for person in crowd(4):
            await table.card(person, CastBallot(poll.id, marks=marks, reason="Wombats"))
        for at in ("open", "closed"):
            cards = await everything(table, poll)
            assert not any(isinstance(block, Bars) for card in cards for block in card.blocks)
            seen = "\n".join(map(said, cards))
            for told_ in ("Wombats", "100%", "4 points", "wins", "Most votes", "Ahead", "Passed", "beats"):
                assert told_ not in seen, (at, told_)
            if at == "open":
                await close(table, poll)
        assert "It stays withheld, for everybody and for good." in seen


async def test_no_card_is_made_of_counts_that_may_not_be_told(tmp_path: Path) -> None:
    """What cards are made of has none, while a secret poll is open and where it is withheld: nothing can slip."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await votes(table, poll, 4)
        bare = await table.desk.db.read(lambda tx: told(tx, poll))
        assert bare.ballots == 4 and not any(bare.counts.values()) and bare.count is None
        whole = await table.desk.db.read(lambda tx: outcome(tx, poll))
        assert whole.counts["a"] == 4


async def test_the_list_counts_without_loading(tmp_path: Path) -> None:
    """How many have closed is right however many the menu holds."""
    async with a_desk(tmp_path) as table:
        for _ in range(27):
            await close(table, await a_poll(table))
        card = await table.card(tom, ListPolls())
        assert "27 polls have closed." in said(card) and len(card.picks[0].options) == 25
