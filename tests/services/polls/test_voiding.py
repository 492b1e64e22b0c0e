"""A ballot of an open named poll is voided for a reason that its voter reads and the log keeps; it can count again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Card
from bot.core.intents import (
    CastBallot,
    CountAgain,
    EraseMyData,
    Intent,
    PressOption,
    RetractBallot,
    ShowLog,
    ShowPoll,
    VoidBallot,
)
from tests.integrity.polls import box, kept, tally
from tests.services.polls.acting import a_poll, behind, close, votes
from tests.support import Table, a_desk, labelled, maria, said, sam, tom

WHY = "A second account"


def lines(card: Card) -> dict[str, Intent]:
    """What its menus offer, by what stands there."""
    return {option.label: option.intent for pick in card.picks for option in pick.options}


async def void(table: Table, name: str, reason: str = WHY) -> None:
    """Void the ballot of the one so called, in poll 1."""
    await table.card(sam, VoidBallot("1", name=name, reason=reason))


async def test_a_ballot_is_chosen_and_voided(tmp_path: Path) -> None:
    """From the panel: whose it is, never what it marks; then the reason; then it counts no more."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named", results="live")
        await votes(table, poll, 2, 1)
        card = await table.card(sam, VoidBallot(poll.id))
        assert set(lines(card)) == {"P0", "P1", "P2"} and "Parks" not in said(card)
        form = (await table.card(sam, lines(card)["P0"])).form
        assert form is not None
        await table.card(sam, replace(form.intent, reason=WHY))  # type: ignore[call-arg]
        counted = await tally(table, poll)
        assert (dict(counted.counts), counted.ballots, counted.voided) == ({"a": 1, "b": 1, "c": 0}, 2, 1)
        assert (await behind(table))[f"poll:{poll.id}"] > 0


async def test_its_voter_learns_why(tmp_path: Path) -> None:
    """Whatever they do with it: look, press, cast anew, take it back. It stays as it was cast."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await table.card(tom, PressOption(poll.id, "a"))
        await void(table, "tom")
        for again in (PressOption(poll.id, "b"), CastBallot(poll.id, marks="c"), RetractBallot(poll.id)):
            show = await table.ask(tom, again)
            assert show.refused and WHY in said(show)
        assert WHY in said(await table.card(tom, ShowPoll(poll.id)))
        assert [(ballot.marks, ballot.void) for ballot in await box(table, poll)] == [({"a": 1}, WHY)]


async def test_the_log_has_it(tmp_path: Path) -> None:
    """Whose, why and by whom; and that it counts again."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await table.card(tom, PressOption(poll.id, "a"))
        await void(table, "Tom")
        await table.card(sam, lines(await table.card(sam, VoidBallot(poll.id)))["Tom"])
        log = said(await table.card(sam, ShowLog()))
        assert f"Sam · voided Tom’s ballot in poll 1: “{WHY}”" in log
        assert "let Tom’s ballot in poll 1 count again" in log
        assert (await tally(table, poll)).ballots == 1
        assert not (await table.ask(tom, PressOption(poll.id, "b"))).refused


async def test_a_voter_is_looked_for(tmp_path: Path) -> None:
    """By a part of the name; several to choose from, or none; every sign is only a sign."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        for name in ("Ann", "Anna", "50%_Bob"):
            await table.card(replace(tom, id=f"test:{len(name)}", name=name), PressOption(poll.id, "a"))
        form = (await table.card(sam, VoidBallot(poll.id, find=True))).form
        assert form is not None
        found = await table.card(sam, replace(form.intent, name="ANN"))  # type: ignore[call-arg]
        assert set(lines(found)) == {"Ann", "Anna"}
        assert (await table.card(sam, VoidBallot(poll.id, name="%_b"))).form is not None
        assert "Nobody called “Zoe”" in said(await table.card(sam, VoidBallot(poll.id, name="Zoe")))


async def test_many_ballots_are_paged(tmp_path: Path) -> None:
    """25 to a page, each once."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await votes(table, poll, 30)
        first = await table.card(sam, VoidBallot(poll.id))
        second = await table.card(sam, labelled(first, "Next"))
        assert (len(lines(first)), len(lines(second))) == (25, 5)
        assert not set(lines(first)) & set(lines(second))
        assert set(lines(await table.card(sam, labelled(second, "Previous")))) == set(lines(first))


async def test_what_is_refused(tmp_path: Path) -> None:
    """Nobody knows whose a secret ballot is; a closed poll is sealed; a reason is needed, and not a novel."""
    async with a_desk(tmp_path) as table:
        secret, closed, open_ = await a_poll(table), *[await a_poll(table, ballots="named") for _ in "ab"]
        for poll in (secret, closed, open_):
            await table.card(tom, PressOption(poll.id, "a"))
        await close(table, closed)
        for poll, words in ((secret, "nobody can know whose ballot"), (closed, "ballots are sealed")):
            for intent in (
                VoidBallot(poll.id),
                VoidBallot(poll.id, voter="test.tom", asked=True, reason=WHY),
                CountAgain(poll.id, "test.tom"),
            ):
                show = await table.ask(sam, intent)
                assert show.refused and words in said(show)
        for reason, words in (("\u200b", "Give a reason"), ("x" * 201, "201 characters")):
            show = await table.ask(sam, VoidBallot(open_.id, voter="test.tom", asked=True, reason=reason))
            assert show.refused and words in said(show)
        assert (await table.ask(sam, VoidBallot(open_.id, voter="test.nobody", asked=True, reason=WHY))).refused
        assert (await table.ask(sam, CountAgain(open_.id, "test.tom"))).refused
        assert (await table.ask(maria, VoidBallot(open_.id, voter="test.tom", asked=True, reason=WHY))).refused
        for poll in (closed, open_):
            assert [ballot.void for ballot in await box(table, poll)] == [None]


async def test_voided_twice_is_voided_once(tmp_path: Path) -> None:
    """The first reason stands, and the log has one."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await table.card(tom, PressOption(poll.id, "a"))
        await void(table, "Tom")
        show = await table.ask(sam, VoidBallot(poll.id, voter="test.tom", asked=True, reason="Another"))
        assert show.refused
        assert [ballot.void for ballot in await box(table, poll)] == [WHY]
        assert said(await table.card(sam, ShowLog())).count("voided") == 1


@pytest.mark.parametrize("kind", ["single", "ranked"])
async def test_a_voided_ballot_is_not_in_the_root(tmp_path: Path, kind: str) -> None:
    """What doesn't count is not sealed as counted, and the result doesn't hear it."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named", kind=kind)
        other = await a_poll(table, ballots="named", kind=kind)
        for voter in (tom, maria):
            await table.card(voter, CastBallot(poll.id, marks="a"))
        await void(table, "Tom")
        await close(table, poll)
        assert (await tally(table, await kept(table, poll.id))).ballots == 1
        assert (await kept(table, poll.id)).root != (await kept(table, other.id)).root


async def test_erasing_oneself_is_no_way_to_vote_again(tmp_path: Path) -> None:
    """A voided ballot stays voided until its poll closes; then it goes under nobody's name like any other."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        await table.card(tom, PressOption(poll.id, "a"))
        await void(table, "Tom", "twice")
        await table.card(tom, EraseMyData(sure=True))
        again = await table.ask(tom, PressOption(poll.id, "b"))
        assert again.refused and "twice" in said(again)
        await close(table, poll)
        await table.card(tom, EraseMyData(sure=True))
        (left,) = await box(table, poll)
        assert left.voter != tom.id and left.void == "twice"
