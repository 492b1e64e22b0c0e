"""A running poll is reworded without losing a vote, after its moderator saw what would change; everybody is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Card
from bot.core.intents import CastBallot, EditPoll, ErasePoll, ShowLog, ShowPoll, UseArticle
from bot.core.poll.values import Poll
from bot.services.board_cards import card_of
from bot.storage import posts
from tests.integrity.polls import kept, tally
from tests.services.polls.acting import a_poll, behind, close, votes
from tests.support import HOUR, Table, a_desk, aiko, labelled, maria, said, sam, tom

ana = replace(sam, id="test:ana", name="Ana")


async def look(table: Table, poll: Poll, *options: str, question: str = "") -> Card:
    """What an edit would change, said back."""
    form = (await table.card(sam, EditPoll(poll.id))).form
    assert form is not None
    sent = {field.name: field.value for field in form.fields}
    sent |= {"options": "\n".join(options)} if options else {}
    sent |= {"question": question} if question else {}
    return await table.card(sam, replace(form.intent, **sent))  # type: ignore[arg-type]


async def edit(table: Table, poll: Poll, *options: str, question: str = "") -> None:
    """Edit it, sure."""
    await table.card(sam, labelled(await look(table, poll, *options, question=question), "Edit it"))


async def the_board(table: Table) -> str:
    """What the one board says now."""
    found = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
    card = await card_of(table.desk, next(post for post in found if post.subject.startswith("poll:")))
    assert card is not None
    return said(card)


@pytest.mark.parametrize("ballots", ["named", "anonymous"])
async def test_votes_follow_their_option(tmp_path: Path, ballots: str) -> None:
    """Reworded, added to and retyped in another order: each vote stays where it was."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=ballots)
        await votes(table, poll, 3, 2, 1)
        await edit(table, poll, "Books", "Night buses", "Parks", "Bread")
        after = await kept(table, poll.id)
        assert [(o.id, o.text) for o in after.options] == [
            ("a", "Parks"), ("b", "Night buses"), ("c", "Books"), ("d", "Bread")
        ]  # fmt: skip
        assert dict((await tally(table, after)).counts) == {"a": 3, "b": 2, "c": 1, "d": 0}


async def test_it_is_said_back_before_it_counts(tmp_path: Path) -> None:
    """Old and new beside each other; until the yes, nothing has changed."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        card = await look(table, poll, "Parks", "Night buses", "Books", "Bread", question="What next?")
        assert "B: “Buses” → “Night buses”; votes for it stay" in said(card)
        assert "D is new: “Bread”" in said(card) and "“What first?” → “What next?”" in said(card)
        assert await kept(table, poll.id) == poll
        await table.card(sam, labelled(card, "Edit it"))
        after = await kept(table, poll.id)
        assert (after.question, after.revision) == ("What next?", poll.revision + 1)


async def test_everybody_is_told(tmp_path: Path) -> None:
    """On the board, with what stood there; and in the moderators' log, which keeps none of the words."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await edit(table, poll, "Parks", "Night buses", "Books")
        assert (await behind(table))[f"poll:{poll.id}"] == 1
        assert "option B read “Buses” until" in await the_board(table)
        log = said(await table.card(sam, ShowLog()))
        assert "edited poll 1 while it ran (options B)" in log and "buses" not in log.lower()


NOTHING = [
    pytest.param(("Parks", "Buses"), "", "would go", id="an option less"),
    pytest.param(("Parks", "Buses", "Books"), "", "as it did before", id="nothing changed"),
    pytest.param(("Books", "Buses", "Parks"), "", "order of a running poll can't be changed", id="another order"),
    pytest.param(("Parks", "Buses", "Buses\u200d"), "", "say the same", id="two that say the same"),
    pytest.param((), "x" * 201, "201 characters", id="a long question"),
]


@pytest.mark.parametrize(("options", "question", "words"), NOTHING)
async def test_what_is_refused(tmp_path: Path, options: tuple[str, ...], question: str, words: str) -> None:
    """In a sentence; the poll stays as it was."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        show = await table.ask(sam, EditPoll(poll.id, question=question, options=" | ".join(options)))
        assert show.refused and words in said(show)
        assert await kept(table, poll.id) == poll


async def test_a_typed_edit_leaves_alone_what_it_leaves_out(tmp_path: Path) -> None:
    """A command with a question alone keeps the options; and the other way round."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(sam, labelled(await table.card(sam, EditPoll("1", question="Next?")), "Edit it"))
        typed = await table.card(sam, EditPoll("1", options="Parks | Buses | Books | Bread"))
        await table.card(sam, labelled(typed, "Edit it"))
        after = await kept(table, poll.id)
        assert (after.question, len(after.options)) == ("Next?", 4)


async def test_of_a_scale_only_the_question(tmp_path: Path) -> None:
    """Its options are always the same."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle("us-mexico-bargain"))
        poll = await a_poll(table, options="", item="a-demand", kind="motion")
        form = (await table.card(sam, EditPoll(poll.id))).form
        assert form is not None and [field.name for field in form.fields] == ["question"]
        await edit(table, poll, question="Shall we?")
        after = await kept(table, poll.id)
        assert after.question == "Shall we?" and after.options == poll.options
        assert "Shall we?" in said(
            await table.card(maria, ShowPoll("1"))
        )  # its words in Spanish would say another thing


async def test_two_moderators_edit_at_once(tmp_path: Path) -> None:
    """One edit counts; the other sees who was faster and the panel as it stands."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        both = [labelled(await look(table, poll, "Parks", text, "Books"), "Edit it") for text in ("Trams", "Trains")]
        shows = await asyncio.gather(*(table.ask(who, yes) for who, yes in zip((sam, ana), both, strict=True)))
        assert sum("was faster" in said(show) for show in shows) == 1
        after = await kept(table, poll.id)
        assert len(after.edits) == 1 and after.revision == poll.revision + 1


async def test_an_edit_that_waited_too_long(tmp_path: Path) -> None:
    """After another edit, or once the poll has closed, what was typed is gone."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 hour")
        yes = labelled(await look(table, poll, "Parks", "Trams", "Books"), "Edit it")
        table.clock.now += HOUR
        assert "closed" in said(await table.ask(sam, yes))
        other = await a_poll(table)
        waits = labelled(await look(table, other, "Parks", "Trams", "Books"), "Edit it")
        await table.desk.db.write(lambda tx: tx.run("DELETE FROM pending_edits"))
        show = await table.ask(sam, waits)
        assert show.refused and "a day at most" in said(show)
        assert (await kept(table, other.id)).edits == ()


async def test_closed_polls_are_not_edited_and_erased_ones_leave_no_words(tmp_path: Path) -> None:
    """Neither in the poll nor among what waits."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await edit(table, poll, "Parks", "Trams", "Books")
        await look(table, poll, "Parks", "Trains", "Books")
        await table.card(sam, ErasePoll(poll.id, sure=True))
        rows = await table.desk.db.read(lambda tx: tx.all("SELECT * FROM pending_edits"))
        assert rows == [] and (await kept(table, poll.id)).edits == ()
        closed = await a_poll(table)
        await close(table, closed)
        assert (await table.ask(sam, EditPoll(closed.id))).refused


async def test_a_new_option_can_be_voted_for_at_once(tmp_path: Path) -> None:
    """By its letter, and by the word that everybody reads."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="ranked")
        await table.card(tom, CastBallot(poll.id, marks="b>a"))
        await edit(table, poll, "Parks", "Buses", "Books", "Bread")
        await table.card(aiko, CastBallot(poll.id, marks="d>Buses=a"))
        assert dict((await tally(table, await kept(table, poll.id))).counts) == {"a": 0, "b": 1, "c": 0, "d": 1}
