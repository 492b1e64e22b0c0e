"""Polls made from polls: copies and templates have the question, options and rules, never the votes."""

from __future__ import annotations

from pathlib import Path

from bot.core.intents import CopyPoll, DropTemplate, PressOption, SaveTemplate, StartPoll, UseTemplate
from bot.core.poll.values import State
from bot.storage import boxes, templates
from tests.integrity.polls import kept
from tests.services.polls.acting import a_poll, of_kind, of_state
from tests.support import DAY, HOUR, SPOT, a_desk, said, sam, tom


async def test_a_copy_is_a_draft_without_votes(tmp_path: Path) -> None:
    """Same rules, open for as long from now on, under a number of its own once it starts."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind="ranked", method="irv", ballots="named", closes="2 days", reasons=True)
        await table.ask(tom, PressOption(poll.id, "a"))
        table.clock.now += 5 * DAY
        drafted = of_kind(await table.card(sam, CopyPoll("1")), StartPoll)
        copied = await kept(table, drafted.poll)  # type: ignore[attr-defined]
        same = ("question", "options", "kind", "named", "rules", "wordings", "method")
        assert [getattr(copied, name) for name in same] == [getattr(poll, name) for name in same]
        assert (copied.state, copied.closes_ms) == (State.DRAFT, table.clock.now + 2 * DAY)
        await table.card(sam, drafted)
        assert await table.desk.db.read(lambda tx: boxes.of(copied).count(tx, copied.id)) == 0
        assert (await kept(table, copied.id)).number == 2


async def test_a_template_outlives_its_poll(tmp_path: Path) -> None:
    """Found by its name with or without capitals, by its place in the menu, nearly by a slip."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, closes="1 day")
        await table.card(sam, SaveTemplate(poll.id, "Weekly Street"))
        table.clock.now += 30 * DAY + HOUR
        for ask in (UseTemplate(name="weekly street"), UseTemplate(name="WEEKLY STREET"), UseTemplate(1)):
            assert poll.question in said(await table.card(sam, ask))
        assert len(await of_state(table, State.DRAFT)) == 3
        lost = await table.ask(sam, UseTemplate(name="weekly stret"))
        assert lost.refused and "Weekly Street" in said(lost)


async def test_a_name_taken_twice_is_said(tmp_path: Path) -> None:
    """The newer one takes the place of the older."""
    async with a_desk(tmp_path) as table:
        for n, options in enumerate(("Oak | Elm", "Ash | Yew")):
            poll = await a_poll(table, options)
            told = said(await table.card(sam, SaveTemplate(poll.id, "Street")))
            assert ("in the place of" in told) is bool(n)
        plan = await table.desk.db.read(lambda tx: templates.get(tx, SPOT.place, "street"))
        assert plan is not None and [text for _, text in plan["options"]] == ["Ash", "Yew"]


async def test_a_template_is_thrown_away_once_sure(tmp_path: Path) -> None:
    """Asked first; then the list is shown without it."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        await table.card(sam, SaveTemplate(poll.id, "Street"))
        sure = of_kind(await table.card(sam, DropTemplate(1)), DropTemplate)
        assert "no templates" in said(await table.card(sam, sure))
        assert (await table.ask(sam, UseTemplate(name="street"))).refused


async def test_a_form_asks_for_the_name(tmp_path: Path) -> None:
    """And an overlong one is refused."""
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table)
        assert (await table.card(sam, SaveTemplate(poll.id))).form is not None
        assert (await table.ask(sam, SaveTemplate(poll.id, "x" * 61))).refused
