"""Reports that reach the moderators where they are: in a channel they chose, and with the way to the message."""

from __future__ import annotations

from dataclasses import replace

from bot.core.intents import ChangeSetting, ReportMessage, SettleReport, ShowLog
from bot.services.board_cards import card_of
from bot.services.reach import ChannelState
from bot.storage import posts
from tests.services.polls.arm import arm_at
from tests.support import SPOT, Seeing, Table, a_desk, actions, said, sam, tom

CHANNEL = "700000000000000001"
REPORT = ReportMessage("900000000000000001", "800000000000000001", "something rude", "Rude.")


async def _posted(table: Table) -> list[str]:
    """What the posts that are behind would show, each with its channel."""
    behind = await table.desk.db.read(lambda tx: posts.behind(tx, ("test",)))
    cards = [(post.channel, await card_of(table.desk, post)) for post in behind]
    return [f"{channel}: {said(card)}" for channel, card in cards if card]


async def test_a_report_is_shown_in_the_channel_for_reports(tmp_path):
    """With a channel set, a report is posted there; without one, it waits in the log only."""
    async with a_desk(tmp_path) as table:
        await table.card(tom, REPORT)
        assert await _posted(table) == []
        arm_at(table).channels = {CHANNEL: ChannelState("reports")}
        await table.ask(sam, ChangeSetting("reports", CHANNEL), access=Seeing(CHANNEL))
        await table.card(tom, REPORT)
        (shown,) = await _posted(table)
        assert shown.startswith("700000000000000001: ") and "Rude." in shown and "something rude" in shown


async def test_a_settled_report_says_so_where_it_was_posted(tmp_path):
    """Done takes the report off the list, and its card in the channel loses the button."""
    async with a_desk(tmp_path) as table:
        arm_at(table).channels = {CHANNEL: ChannelState("reports")}
        await table.ask(sam, ChangeSetting("reports", CHANNEL), access=Seeing(CHANNEL))
        await table.card(tom, REPORT)
        done = next(a.intent for a in actions(await table.card(sam, ShowLog())) if isinstance(a.intent, SettleReport))
        await table.card(sam, done)
        (shown,) = await _posted(table)
        assert "Dealt with." in shown
        assert not [a for a in actions(await table.card(sam, ShowLog())) if isinstance(a.intent, SettleReport)]


async def test_the_log_leads_to_the_reported_message(tmp_path):
    """Where the platform has addresses, a reported message is one press away."""
    async with a_desk(tmp_path) as table:
        await table.card(tom, REPORT)
        show = await table.ask(sam, ShowLog(), replace(SPOT, address="https://chat.example/town"))
        texts = [str(getattr(block, "text", "")) for block in show.card.blocks]
        assert any("(https://chat.example/town/square/900000000000000001)" in text for text in texts)
