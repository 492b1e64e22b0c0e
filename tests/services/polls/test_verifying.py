"""A receipt is verified against one's own ballot while the poll is open, and against all of them once it has closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.evidence.receipt import receipt
from bot.core.intents import ErasePoll, ExportRecord, PressOption, RetractBallot, VerifyReceipt
from bot.core.poll.values import Ballot, Poll
from bot.services.polls.sealing import seal
from bot.services.polls.verifying import receipt_of
from bot.storage import boxes
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, close, votes
from tests.support import Table, a_desk, aiko, maria, said, sam, tom

NOBODYS = receipt(bytes(20))
each_sort = pytest.mark.parametrize("named", ["anonymous", "named"])


async def box(table: Table, poll: Poll) -> list[Ballot]:
    """Every ballot of a poll."""
    return await table.desk.db.read(lambda tx: boxes.of(poll).page(tx, poll.id))


async def sealed(table: Table, poll: Poll) -> Poll:
    """The poll closed and sealed."""
    await close(table, poll)
    await seal(table.desk, [poll.id])
    return await kept(table, poll.id)


async def mine(table: Table, poll: Poll) -> str:
    """The only ballot's receipt."""
    (ballot,) = await box(table, poll)
    return receipt_of(poll, ballot)


@each_sort
async def test_my_receipt_is_shown_to_me_alone_while_the_poll_is_open(tmp_path: Path, named: str) -> None:
    """It says nothing of what I chose; who hasn't voted has none."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=named)
        await table.card(tom, PressOption(poll.id, "a"))
        show = await table.ask(tom, VerifyReceipt(poll.id))
        assert await mine(table, poll) in said(show)
        assert show.audience == "must_be_private"
        assert "Parks" not in said(show)
        assert "You have no vote in this poll" in said(await table.ask(aiko, VerifyReceipt(poll.id)))


@each_sort
async def test_an_open_poll_tells_nobody_of_others_ballots(tmp_path: Path, named: str) -> None:
    """Whoever got hold of Tom's receipt learns only that it isn't theirs."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=named)
        await table.card(tom, PressOption(poll.id, "a"))
        his = await mine(table, poll)
        assert "has this receipt" in said(await table.ask(tom, VerifyReceipt(poll.id, his.lower())))
        assert (await table.ask(aiko, VerifyReceipt(poll.id, his))).refused
        await table.card(aiko, PressOption(poll.id, "b"))
        others, nobodys = [said(await table.ask(aiko, VerifyReceipt(poll.id, one))) for one in (his, NOBODYS)]
        assert others == nobodys
        assert "another receipt" in others


async def test_a_changed_vote_has_another_receipt_and_the_same_vote_the_same(tmp_path: Path) -> None:
    """Also once it came back to what it was, so that nobody can be shown an old one."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        seen = []
        for option in ("a", "b", "a"):
            await table.card(tom, PressOption(poll.id, option))
            seen.append(await mine(table, poll))
        assert len(set(seen)) == 3
        await table.card(tom, RetractBallot(poll.id))
        assert (await table.ask(tom, VerifyReceipt(poll.id, seen[-1]))).refused


@each_sort
async def test_a_closed_poll_says_whether_any_receipt_counts(tmp_path: Path, named: str) -> None:
    """To anybody, with the root; an older receipt counts no more."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=named)
        await table.card(tom, PressOption(poll.id, "b"))
        older = await mine(table, poll)
        await table.card(tom, PressOption(poll.id, "a"))
        newer = await mine(table, poll)
        await votes(table, poll, 2, 3)
        poll = await sealed(table, poll)
        assert poll.root
        told = said(await table.ask(aiko, VerifyReceipt(poll.id, newer)))
        assert "Counted: a ballot with this receipt is among the 6 ballots" in told
        assert f"Root: {poll.root} over 6 ballots" in told
        assert "Not in this poll: none of the 6 ballots" in said(await table.ask(tom, VerifyReceipt(poll.id, older)))
        assert "no está en esta consulta" in said(await table.ask(maria, VerifyReceipt(poll.id, NOBODYS))).lower()


async def test_without_a_receipt_a_closed_poll_shows_its_root_and_asks_for_one(tmp_path: Path) -> None:
    """In a form."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await votes(table, poll, 3, 3)
        poll = await sealed(table, poll)
        card = await table.card(tom, VerifyReceipt(poll.id))
        assert f"Root: {poll.root} over 6 ballots" in said(card)
        assert card.form is not None
        assert card.form.intent == VerifyReceipt(poll.id)


async def test_a_withheld_result_keeps_its_receipts(tmp_path: Path) -> None:
    """Few ballots count too, and whether they do is all that is told."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(tom, PressOption(poll.id, "a"))
        his = await mine(table, poll)
        poll = await sealed(table, poll)
        told = said(await table.ask(tom, VerifyReceipt(poll.id, his)))
        assert "Counted" in told
        assert "stays withheld" in told


async def test_ballots_that_are_not_those_of_the_root_are_told(tmp_path: Path) -> None:
    """Whoever edits the database after the close is found out by the next who asks."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await votes(table, poll, 3, 3)
        poll = await sealed(table, poll)
        last = (await box(table, poll))[-1]
        forged = "UPDATE secret_ballots SET marks = ? WHERE poll_id = ? AND ballot_id = ?"
        await table.desk.db.write(lambda tx: tx.run(forged, '{"c": 1}', poll.id, last.voter))
        told = said(await table.ask(tom, VerifyReceipt(poll.id, receipt_of(poll, last))))
        assert "lead to another root" in told
        assert str(poll.root) in told


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param("ABCD", "this one has 4", id="short"),
        pytest.param(NOBODYS[:-1] + "1", "A 1 is in none", id="1"),
        pytest.param(NOBODYS[:-1] + "9", "no “9”", id="9"),
    ],
)
async def test_what_is_no_receipt_is_refused(tmp_path: Path, typed: str, why: str) -> None:
    """With what is wrong."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        show = await table.ask(tom, VerifyReceipt(poll.id, typed))
        assert show.refused
        assert why in said(show)


@each_sort
async def test_what_is_exported_after_the_close_can_be_recounted_by_anybody(tmp_path: Path, named: str) -> None:
    """From votes to the verifier that lies beside the export, with the root that was posted and a receipt."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots=named)
        await table.card(tom, PressOption(poll.id, "b"))
        his = await mine(table, poll)
        await votes(table, poll, 2, 3)
        poll = await sealed(table, poll)
        files = (await table.card(sam, ExportRecord(poll.id, "json"))).files
    for file in files:
        (tmp_path / file.name).write_bytes(file.data)
    command = [sys.executable, "-I", "-S", "verify.py", f"poll-{poll.number}.json"]
    asked = [*command, "--root", str(poll.root), "--receipt", his]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "receipt: counted" in done.stdout


async def test_what_is_not_there_is_not_verified(tmp_path: Path) -> None:
    """A poll that nobody opened, and an erased one."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        assert "There is no poll" in said(await table.ask(tom, VerifyReceipt("99", NOBODYS)))
        await table.card(sam, ErasePoll(poll.id, poll.revision, sure=True))
        assert "was erased" in said(await table.ask(tom, VerifyReceipt(poll.id, NOBODYS)))
