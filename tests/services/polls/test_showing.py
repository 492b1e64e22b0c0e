"""What is told of a poll, to whom, and when: the board, the results, my vote, the panel and files keep one secret."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Bars, Card
from bot.core.intents import (
    CastBallot,
    DraftPoll,
    ExportRecord,
    ListPolls,
    PressOption,
    RetractBallot,
    ShowDetails,
    ShowMyBallots,
    ShowPanel,
    ShowPicture,
    ShowPoll,
    ShowResults,
)
from bot.core.poll.values import Poll
from bot.services.board_cards import card_of
from bot.storage import posts
from tests.services.polls.acting import a_poll, close, votes
from tests.support import HOUR, SPOT, Table, a_desk, actions, aiko, crowd, maria, said, sam, tom


async def board(table: Table, poll: Poll) -> Card:
    """The public card as it would be shown now."""
    found = await table.desk.db.read(lambda tx: posts.of_subject(tx, f"poll:{poll.id}"))
    assert found
    post = posts.Post("x", SPOT.place, SPOT.channel, f"poll:{poll.id}", None, 0, -1, 0)
    card = await card_of(table.desk, post)
    assert card is not None
    return card


def counted(card: Card) -> bool:
    """Whether a card tells counts."""
    return any(isinstance(block, Bars) for block in card.blocks)


WHEN = [
    # ballots, results; while open: board, a stranger, who voted, a file
    pytest.param("named", "live", True, True, True, True, id="live"),
    pytest.param("named", "voted", False, False, True, False, id="once voted"),
    pytest.param("named", "close", False, False, False, False, id="at close"),
    pytest.param("anonymous", "live", False, False, False, False, id="secret, whatever was asked for"),
    pytest.param("anonymous", "voted", False, False, False, False, id="secret, once voted"),
    pytest.param("anonymous", "close", False, False, False, False, id="secret, at close"),
]


@pytest.mark.parametrize(("ballots", "results", "on_board", "stranger", "voter", "file"), WHEN)
async def test_who_sees_counts(
    tmp_path: Path, ballots: str, results: str, on_board: bool, stranger: bool, voter: bool, file: bool
) -> None:
    """While the poll is open, each only what the rule says; moderators get no head start; after the close everybody.

    Of a secret poll nobody sees a count before the close, whoever asks.
    """
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, results=results, ballots=ballots)
        await votes(table, poll, 4, 1)
        await table.card(tom, PressOption(poll.id, "a"))
        assert counted(await board(table, poll)) is on_board
        for who, may in ((aiko, stranger), (tom, voter), (sam, stranger)):
            assert counted(await table.card(who, ShowPoll(poll.id))) is may
            for ask in (ShowResults(poll.id), ShowDetails(poll.id)):
                assert (await table.ask(who, ask)).refused is not may
        panel = await table.card(sam, ShowPanel(poll.id))
        assert not counted(panel)
        assert any(isinstance(action.intent, ExportRecord) for action in actions(panel)) is file
        assert (await table.ask(sam, ExportRecord(poll.id))).refused is not file
        await close(table, poll)
        assert counted(await board(table, poll))
        for who in (aiko, tom, sam):
            assert counted(await table.card(who, ShowResults(poll.id)))
            assert not (await table.ask(who, ShowDetails(poll.id))).refused
        assert not (await table.ask(sam, ExportRecord(poll.id))).refused


HIDDEN = [
    pytest.param("named", "voted", "once you have voted", id="once voted"),
    pytest.param("named", "close", "when the poll closes", id="at close"),
    pytest.param("anonymous", "voted", "when the poll closes", id="secret"),
]


@pytest.mark.parametrize(("ballots", "results", "words"), HIDDEN)
async def test_a_hidden_result_says_when_it_will_be_seen(
    tmp_path: Path, ballots: str, results: str, words: str
) -> None:
    """Not that it doesn't exist."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, results=results, ballots=ballots)
        assert words in said(await table.ask(aiko, ShowResults(poll.id)))


async def test_a_taken_back_vote_hides_the_result_again(tmp_path: Path) -> None:
    """Who has no vote sees what somebody sees who never voted."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        for voted in (True, False):
            await table.card(tom, PressOption(poll.id, "a") if voted else RetractBallot(poll.id))
            assert (await table.ask(tom, ShowResults(poll.id))).refused is not voted


async def test_no_name_of_an_anonymous_poll_is_shown(tmp_path: Path) -> None:
    """Not on the board, not in results, not in the panel, not in a file; my own vote is told to me while it is open."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, results="live", reasons=True)
        zoe = replace(tom, id="test:zoe", name="Zoé Quillfeather")
        await table.card(zoe, CastBallot(poll.id, marks="a", reason="Because"))
        await votes(table, poll, 3, 1)
        assert "A, Parks" in said(await table.card(zoe, ShowMyBallots()))
        seen = [await board(table, poll)]
        seen += [await table.card(who, ShowPoll("1")) for who in (aiko, sam)]
        seen += [await table.card(sam, ShowPanel(poll.id))]
        await close(table, poll)
        seen += [await table.card(who, ask) for who in (aiko, sam) for ask in (ShowResults("1"), ShowDetails("1"))]
        files = (await table.card(sam, ExportRecord(poll.id, "json"))).files
        text = "".join(map(said, seen)) + "".join(file.data.decode() for file in files)
        assert "Quillfeather" not in text and zoe.id not in text
        mine = said(await table.card(zoe, ShowMyBallots()))
        assert "can't be linked to anybody" in mine and "Parks" not in mine
        assert "Nobody can tell" in said(await table.card(zoe, ShowPoll("1")))


async def test_a_named_vote_stays_mine_after_the_close(tmp_path: Path) -> None:
    """And is in my list."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await table.card(tom, PressOption(poll.id, "b"))
        await close(table, poll)
        assert "B, Buses" in said(await table.card(tom, ShowPoll("1")))
        assert "B, Buses" in said(await table.card(tom, ShowMyBallots()))
        assert "no vote in any poll" in said(await table.card(aiko, ShowMyBallots()))


TOLD = [
    pytest.param((14, 0, 3), "Most votes: A, Parks, with 14 of 17; 11 votes ahead", None, id="a leader"),
    pytest.param((7, 7, 3), "A tie: A and B, 7 each.", "Most votes", id="a tie"),
    pytest.param((4, 4, 4), "A tie: A, B, and C, 4 each.", "Most votes", id="a tie of all"),
    pytest.param((9, 0, 0), "9 of 312 members voted. It describes these voters only.", "%", id="too few for percent"),
    pytest.param((10, 0, 0), "10 of 312 members voted (3%).", None, id="enough for percent"),
    pytest.param((10, 0, 0), "Percentages are of 10 ballots.", None, id="percent of what"),
    pytest.param((0, 0, 0), "None of 312 members voted.", "%", id="nobody"),
    pytest.param((1, 0, 0), "1 of 312 members voted. It describes this voter only.", "%", id="one"),
]


@pytest.mark.parametrize(("counts", "words", "never"), TOLD)
async def test_a_result_says_what_its_numbers_carry(
    tmp_path: Path, counts: tuple[int, ...], words: str, never: str | None
) -> None:
    """Ties as ties, turnout of whom, percentages of what and not of few; on the board as in the results."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await votes(table, poll, *counts)
        await close(table, poll)
        for card in (await table.card(tom, ShowResults("1")), await board(table, poll)):
            assert words in said(card)
            assert never is None or never not in said(card)


async def test_percentages_of_several_choices_are_of_voters(tmp_path: Path) -> None:
    """They add up to more than a hundred, and the card says why."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="multiple", maximum=2, results="live", ballots="named")
        for person in crowd(10):
            for option in "ab":
                await table.card(person, PressOption(poll.id, option))
        card = await table.card(tom, ShowResults("1"))
        assert "Percentages are of 10 voters, who could choose several options." in said(card)
        bars = next(block for block in card.blocks if isinstance(block, Bars))
        assert [bar.value for bar in bars.bars] == [
            "10 votes · 100%",
            "10 votes · 100%",
            "0 votes · 0%",
        ]


async def test_a_scale_is_summed_up(tmp_path: Path) -> None:
    """How many oppose and support; no opinion stands apart."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, options="", kind="support")
        await votes(table, poll, 1, 2, 3, 4, 5, 6)
        await close(table, poll)
        assert "Oppose 3 · neither 3 · support 9 · no opinion 6" in said(await table.card(tom, ShowResults("1")))


async def test_turnout_without_an_electorate(tmp_path: Path) -> None:
    """Where a rule keeps some out, nobody can say of how many."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, account_days=1)
        await votes(table, poll, 12)
        await close(table, poll)
        words = said(await table.card(tom, ShowResults("1")))
        assert "12 people voted; how many could is not known." in words and "Percentages are of 12 ballots." in words


async def test_nobody_can_vote_on_a_closed_board(tmp_path: Path) -> None:
    """Also between the deadline and the loop; options of an open one look equal. What is left leads to the details."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        await votes(table, poll, 5)
        open_ = [action for action in actions(await board(table, poll)) if isinstance(action.intent, PressOption)]
        assert len({action.style for action in open_}) == 1 and len(open_) == 3
        table.clock.now += HOUR
        assert actions(await board(table, poll)) == []
        await close_by_loop(table)
        left = {type(action.intent) for action in actions(await board(table, poll))}
        assert ShowDetails in left <= {ShowDetails, ShowPicture}


async def close_by_loop(table: Table) -> None:
    """One look of the closing loop."""
    from bot.services import closing

    await closing.step(table.desk)


async def test_the_list(tmp_path: Path) -> None:
    """Open ones first, then closed ones, each one choice away; a moderator also finds Start and the panel."""
    async with a_desk(tmp_path) as table:
        assert "No poll is open now." in said(await table.card(tom, ListPolls()))
        closed = await a_poll(table)
        await close(table, closed)
        poll = await a_poll(table)
        card = await table.card(tom, ListPolls())
        assert [[o.intent for o in pick.options] for pick in card.picks] == [
            [ShowPoll(poll.id)],
            [ShowResults(closed.id)],
        ]
        labels = {action.label for action in actions(card)}
        more = {action.label for action in actions(await table.card(sam, ListPolls()))}
        assert more - labels == {"Start a poll", "Moderators' panel"}


async def test_cards_in_spanish(tmp_path: Path) -> None:
    """A reader's private cards speak their language, with their own signs for numbers."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        assert "Registrado: A, Parks" in said(await table.card(maria, PressOption(poll.id, "a")))
        assert "Retirado" in said(await table.card(maria, RetractBallot(poll.id)))
        assert "Verás el resultado" in said(await table.ask(maria, ShowResults("1")))
        assert "Solo" in said(await table.ask(maria, DraftPoll())) or "moderadores" in said(
            await table.ask(maria, DraftPoll())
        )
