"""Reports reach the moderators and nobody else, and are settled once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cards import log
from bot.core import intents as i
from bot.core.codec import decode, encode
from tests.support import Table, a_desk, labelled, said, sam, tom

BARGAIN = "us-mexico-bargain"


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        yield table


async def test_an_item_is_reported_with_a_reason(table: Table) -> None:
    """A form asks why; nothing is kept before it is sent; then it stands in the log under no name."""
    form = (await table.card(tom, i.ReportItem(BARGAIN, "c-ethics"))).form
    assert form is not None
    assert form.intent == i.ReportItem(BARGAIN, "c-ethics")
    assert "No open reports" in said(await table.card(sam, i.ShowLog()))
    await table.card(tom, i.ReportItem(BARGAIN, "c-ethics", "Too **harsh**"))
    shown = said(await table.card(sam, i.ShowLog()))
    assert "Too **harsh**" in shown
    assert "Principles given up" in shown
    assert "Tom" not in shown


async def test_a_message_is_reported_with_its_text(table: Table) -> None:
    """The form carries the message's text as a field, because a button can't; its ids travel in the intent."""
    asked = i.ReportMessage("1234567890123456789", "9876543210987654321", "You are @everyone's fool")
    form = (await table.card(tom, asked)).form
    assert form is not None
    assert decode(encode(form.intent)) == i.ReportMessage(asked.message, asked.author)
    assert [field.value for field in form.fields if field.name == "excerpt"] == [asked.excerpt]
    await table.card(tom, i.ReportMessage(asked.message, asked.author, asked.excerpt, "An insult"))
    assert "You are @everyone's fool" in said(await table.card(sam, i.ShowLog()))


async def test_a_form_sent_twice_is_one_report(table: Table) -> None:
    """The platform's retry of the same event adds nothing."""
    for _ in range(2):
        await table.ask(tom, i.ReportItem(BARGAIN, "c-ethics", "Harsh"), event="same")
    assert "One open report" in said(await table.card(sam, i.ShowLog()))


@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b\u202e"])
async def test_an_empty_reason_asks_again(table: Table, reason: str) -> None:
    """Nothing visible is no reason."""
    assert (await table.card(tom, i.ReportItem(BARGAIN, "c-ethics", reason))).form is not None


async def test_settling_takes_a_report_off_the_list_and_into_the_log(table: Table) -> None:
    """Two presses settle it once; the log says who did it."""
    await table.card(tom, i.ReportItem(BARGAIN, "c-ethics", "Harsh"))
    settle = labelled(await table.card(sam, i.ShowLog()), "Done")
    for _ in range(2):
        shown = said(await table.card(sam, settle))
    assert "No open reports" in shown
    assert shown.count("Sam · marked a report as dealt with") == 1


@pytest.mark.parametrize("intent", [i.ShowLog(), i.SettleReport("any")])
async def test_only_moderators_see_or_settle(table: Table, intent: i.Intent) -> None:
    """A member's typed command and forged button are refused alike."""
    assert (await table.ask(tom, intent)).refused


async def test_the_log_is_paged(table: Table) -> None:
    """Older acts are a press away, and every act has its words."""
    for n in range(log.ENTRIES + 3):
        await table.card(tom, i.ReportItem(BARGAIN, "c-ethics", f"Reason {n}"))
        await table.card(sam, labelled(await table.card(sam, i.ShowLog()), "Done"))
    first = await table.card(sam, i.ShowLog())
    older = await table.card(sam, labelled(first, "Older"))
    assert said(first).count("Sam") == log.ENTRIES
    assert said(older).count("Sam") == 4  # three settlings and the article put on
    assert said(await table.card(sam, labelled(older, "Newer"))) == said(first)
