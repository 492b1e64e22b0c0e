"""A new deadline is said back as a moment before it counts, whether it was typed or came from a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.intents import DraftPoll, ExtendPoll, Intent, ShowPanel
from bot.core.poll.values import Poll
from bot.core.rich import moment
from tests.integrity.polls import kept, open_poll
from tests.support import DAY, HOUR, NOON, Table, a_desk, actions, said, sam, tom

DRAFT = DraftPoll(question="What first?", options="Parks | Buses", closes="2 days")


def confirmed(intents: list[Intent]) -> ExtendPoll:
    """The one press that moves the deadline."""
    (found,) = [intent for intent in intents if isinstance(intent, ExtendPoll) and intent.until_ms]
    return found


async def asked(table: Table, poll: Poll, until: str, revision: int = 0) -> list[Intent]:
    """What the answer to a typed deadline offers."""
    card = await table.card(sam, ExtendPoll(poll.id, revision, until))
    return [action.intent for action in actions(card) if action.intent]


@pytest.mark.parametrize("form", [pytest.param(False, id="typed"), pytest.param(True, id="form")])
async def test_counts_once_confirmed(tmp_path: Path, form: bool) -> None:
    """Typing moves nothing; the press that carries the moment does, to the same moment also later."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DRAFT)
        offered = await asked(table, poll, "in 3 days", poll.revision if form else 0)
        assert (await kept(table, poll.id)).closes_ms == NOON + 2 * DAY
        assert ShowPanel(poll.id) in offered
        table.clock.now += HOUR
        await table.card(sam, confirmed(offered))
        assert (await kept(table, poll.id)).closes_ms == NOON + 3 * DAY


async def test_names_both_moments(tmp_path: Path) -> None:
    """The question names the new moment and the one it replaces, and says so where the new one is sooner."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DRAFT)
        card = await table.card(sam, ExtendPoll(poll.id, until="3h"))
        assert [block.text.count("<t:") for block in card.blocks if hasattr(block, "text")] == [3]
        assert all(moment(ms, "F") in str(card.blocks) for ms in (NOON + 3 * HOUR, NOON + 2 * DAY))
        assert actions(card)[0].label == "Close sooner"


async def test_faster_moderator(tmp_path: Path) -> None:
    """A form from before another's change gets the panel as it stands, and so does a press."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DRAFT)
        mine = confirmed(await asked(table, poll, "in 3 days"))
        await table.card(sam, confirmed(await asked(table, poll, "in 5 days")))
        assert "was faster" in said(await table.ask(sam, mine))
        assert "was faster" in said(await table.ask(sam, ExtendPoll(poll.id, poll.revision, "in 3 days")))
        assert (await kept(table, poll.id)).closes_ms == NOON + 5 * DAY


@pytest.mark.parametrize(
    ("until_ms", "why"),
    [
        pytest.param(NOON, "has passed already", id="past"),
        pytest.param(NOON + 400 * DAY, "366 days at most", id="far"),
        pytest.param(-1, "has passed already", id="negative"),
    ],
)
async def test_forged_moment(tmp_path: Path, until_ms: int, why: str) -> None:
    """A moment that no typed deadline could have become is refused, and one that waited too long."""
    async with a_desk(tmp_path) as table:
        poll = await open_poll(table, DRAFT)
        show = await table.ask(sam, ExtendPoll(poll.id, until_ms=until_ms))
        assert show.refused
        assert why in said(show)
        assert (await table.ask(tom, ExtendPoll(poll.id, until_ms=NOON + DAY))).refused
        assert (await kept(table, poll.id)).closes_ms == NOON + 2 * DAY
