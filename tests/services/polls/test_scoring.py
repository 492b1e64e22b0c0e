"""Scoring through the desk: typed, by form and five at a time; nothing is kept before it is cast, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Card, FieldKind
from bot.core.intents import CastBallot, FillBallot, OpenBallot
from bot.core.poll.values import Poll
from tests.integrity.polls import box
from tests.services.polls.acting import a_poll, close
from tests.support import Table, a_desk, actions, labelled, maria, said, tom

OPTIONS = "Parks | Buses | Books | Bees"
TWELVE = " | ".join(f"Option number {n}" for n in range(12))


async def scored(table: Table, options: str = OPTIONS, **given: object) -> Poll:
    """An open poll that scores, counted by STAR unless told otherwise."""
    return await a_poll(table, options, kind="score", **given)


async def marks(table: Table, poll: Poll) -> list[dict[str, int]]:
    """What each ballot marks."""
    return [ballot.marks for ballot in await box(table, poll)]


TYPED = [
    pytest.param("a=5,b=0", {"a": 5, "b": 0}, "A 5, B 0", id="with signs"),
    pytest.param("a=5 b=0", {"a": 5, "b": 0}, "A 5, B 0", id="with spaces"),
    pytest.param("b0 a5 d3", {"a": 5, "b": 0, "d": 3}, "A 5, B 0, D 3", id="short"),
    pytest.param("Parks 5, Bees: 1", {"a": 5, "d": 1}, "A 5, D 1", id="by their words"),
    pytest.param("c 4", {"c": 4}, "C 4", id="one alone"),
]


@pytest.mark.parametrize(("typed", "expected", "receipt"), TYPED)
async def test_scores_are_typed(tmp_path: Path, typed: str, expected: dict[str, int], receipt: str) -> None:
    """The answer says them back, in both languages."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table)
        assert f"Recorded: {receipt}." in said(await table.card(tom, CastBallot(poll.id, marks=typed)))
        assert f"Registrado: {receipt}." in said(await table.card(maria, CastBallot(poll.id, marks=typed)))
        assert await marks(table, poll) == [expected, expected]


REFUSED = [
    pytest.param("a=6", "Scores go from 0 to 5", "", id="too high"),
    pytest.param("a=5, b=-1", "Scores go from 0 to 5", "A 5", id="below zero"),
    pytest.param("a=5, a=4", "stands in your ballot twice", "A 5", id="twice"),
    pytest.param("a=5, b", "I can't read “b” as a score", "A 5", id="no number"),
    pytest.param("a=5, beez=2", "Did you mean Bees?", "A 5", id="unknown"),
]


@pytest.mark.parametrize(("typed", "why", "kept"), REFUSED)
async def test_a_slip_costs_nothing(tmp_path: Path, typed: str, why: str, kept: str) -> None:
    """The refusal says what it is, shows what could be read, and leads on from there."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table)
        show = await table.ask(tom, CastBallot(poll.id, marks=typed))
        assert show.refused and why in said(show)
        assert (f"not counted: {kept}." in said(show)) == bool(kept)
        if kept:
            assert "A · Parks · 5" in said(await table.card(tom, labelled(show.card, "Go on from there")))
        assert await marks(table, poll) == []


async def test_the_paper_holds_my_scores(tmp_path: Path) -> None:
    """Empty before I voted; then as I scored, what I left out left out."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table)
        form = (await table.card(tom, OpenBallot(poll.id))).form
        assert form is not None
        [field] = form.fields
        assert (field.kind, field.value, field.most, field.example) == (FieldKind.SCORES, "", 5, "a=5 b=0 c=3")
        await table.card(tom, replace(form.intent, marks="a=5,c=0"))  # type: ignore[call-arg]
        again = (await table.card(tom, OpenBallot(poll.id))).form
        assert again is not None and again.fields[0].value == "a=5,c=0"


def sent(card: Card, typed: str) -> FillBallot:
    """A page, filled in."""
    assert card.form is not None and isinstance(card.form.intent, FillBallot)
    return replace(card.form.intent, marks=typed)


async def test_a_walk_over_the_pages(tmp_path: Path) -> None:
    """Five options a page, each followed by all scores so far and the way on; one page again, then cast."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table, TWELVE)
        paper = (await table.card(tom, OpenBallot(poll.id))).form
        assert paper is not None and paper.instead is not None
        first = paper.instead
        assert [choice.value for choice in first.form.fields[0].choices] == list("abcde")  # type: ignore[union-attr]
        card = await table.card(tom, sent(first, "a=5,b=0"))
        assert "Option number 1 · 0" in said(card) and "Option number 2 · –" in said(card)
        second = await table.card(tom, labelled(card, "Continue: F to J"))
        card = await table.card(tom, sent(second, "f=3"))
        last = await table.card(tom, labelled(card, "Continue: K to L"))
        card = await table.card(tom, sent(last, ""))
        assert not [action for action in actions(card) if action.label.startswith("Continue")]
        again = await table.card(tom, labelled(card, "A to E"))
        assert again.form is not None and again.form.fields[0].value == "a=5,b=0"
        card = await table.card(tom, sent(again, "a=4"))
        assert await marks(table, poll) == []  # nothing is kept until it is cast
        show = await table.ask(tom, labelled(card, "Cast"))
        assert show.replace and "Recorded: A 4, F 3." in said(show)
        assert await marks(table, poll) == [{"a": 4, "f": 3}]


async def test_pages_begin_with_my_ballot(tmp_path: Path) -> None:
    """Who has voted sees all their scores first, and changes a page of them."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table, TWELVE)
        await table.card(tom, CastBallot(poll.id, marks="a=5 l=1"))
        paper = (await table.card(tom, OpenBallot(poll.id))).form
        assert paper is not None and paper.instead is not None and paper.instead.form is None
        page = await table.card(tom, labelled(paper.instead, "K to L"))
        card = await table.card(tom, sent(page, "k=2"))
        await table.card(tom, labelled(card, "Cast"))
        assert await marks(table, poll) == [{"a": 5, "k": 2}]
        fresh = await table.card(tom, labelled(card, "Start again"))
        assert "· 5" not in said(fresh)


async def test_one_page_is_the_whole_ballot(tmp_path: Path) -> None:
    """Where reasons leave no room for five rows, they come in a dialog of their own, which casts."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table, "A1 | B1 | C1 | D1 | E1", reasons=True)
        paper = (await table.card(tom, OpenBallot(poll.id))).form
        assert paper is not None and paper.instead is not None
        assert "Recorded: A 5, E 0." in said(await table.card(tom, sent(paper.instead, "a=5,e=0")))
        assert (await table.ask(tom, sent(paper.instead, ""))).refused
        assert await marks(table, poll) == [{"a": 5, "e": 0}]


@pytest.mark.parametrize("filled", ["6", "5" * 13, "a=5", "b", "50x"])
@pytest.mark.parametrize("page", [0, 1, 3, 4, 9, -1])
async def test_a_bent_sheet_is_refused(tmp_path: Path, filled: str, page: int) -> None:
    """A sentence, and the way to a fresh paper; nothing is recorded."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table, TWELVE)
        for cast in (False, True):
            show = await table.ask(tom, FillBallot(poll.id, filled, page, cast=cast))
            assert show.refused and "does not fit the poll" in said(show)
        assert await marks(table, poll) == []


@pytest.mark.parametrize("page", [4, 9, -1])
async def test_a_page_that_there_is_not(tmp_path: Path, page: int) -> None:
    """Asked for by a bent button: refused, and a form of it changes nothing."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table, TWELVE)
        for asked in (False, True):
            show = await table.ask(tom, FillBallot(poll.id, "50", page, asked=asked, marks="a=3" if asked else ""))
            assert show.refused and "does not fit the poll" in said(show)


async def test_who_comes_too_late_has_their_scores_still(tmp_path: Path) -> None:
    """The poll closed between two pages: both pages' scores stand in the answer."""
    async with a_desk(tmp_path) as table:
        poll = await scored(table, TWELVE)
        await close(table, poll)
        show = await table.ask(tom, FillBallot(poll.id, "50-3", 2, asked=True, marks="f=1,g=2"))
        assert show.refused and "This poll closed" in said(show)
        assert "not counted: A 5, B 0, D 3, F 1, G 2." in said(show)
