"""Every card that can be reached by pressing, in every language, is one that Discord takes and a phone shows whole."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.core import intents as i
from bot.core.card import Action, Card, Option
from bot.core.codec import encode
from bot.core.commands import COMMANDS
from bot.core.ctx import Actor
from bot.core.intents import Intent
from bot.i18n import LOCALES
from bot.platforms.discord.forms import drawable
from bot.services.board_cards import card_of
from bot.storage import posts
from tests.platforms.discord.drawn import form, message
from tests.spec.gate import over_budget, violations
from tests.spec.parts import V2_FLAG
from tests.support import Table, a_desk, maria, sam

ENOUGH = 700  # cards of one walk; beyond it they repeat themselves
LONG = "¿Qué haríamos, **todos** <@1>, con «esto»? 🗳️ "
FREE = i.DraftPoll(question=(LONG * 9)[:200], options="\n".join(f"{n} {LONG}"[:60] for n in range(25)), kind="multiple")
SHORT = i.DraftPoll(question="Shall we?", options="Yes | No | Not yet", kind="single", closes="2h", reasons=True)
SCALE = i.DraftPoll(question="How much?", kind="support", closes="2h", results="live")
STEPS = tuple(replace(FREE, kind=kind) for kind in ("ranked", "score"))
ARTICLES = ("us-mexico-bargain", "weekend-main-street")


def starts() -> list[Intent]:
    """What commands make, articles in both packs, polls of every kind."""
    plain = [command.intent(**command.preset) for command in COMMANDS]
    articles = [i.UseArticle(article) for article in ARTICLES]
    return [*articles, SHORT, FREE, SCALE, *STEPS, *plain, i.DraftPollSet(sure=True)]


def leads(card: Card) -> Iterator[Intent]:
    """Where a card leads."""
    for row in card.actions:
        yield from (action.intent for action in row if isinstance(action, Action) and action.intent)
    yield from (block.action.intent for block in card.blocks if isinstance(block, Option) and block.action.intent)
    yield from (option.intent for pick in card.picks for option in pick.options)
    if card.form and card.form.instead:
        yield from leads(card.form.instead)


@pytest.fixture(params=LOCALES)
async def walked(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Table, list[Card]]]:
    """The cards of a walk by a member and a moderator, breadth first, each press once."""
    people = [replace(sam, locale=request.param), replace(maria, locale=request.param)]
    async with a_desk(tmp_path) as table:
        yield table, [card async for card in walk(table, people)]


async def walk(table: Table, people: list[Actor]) -> AsyncIterator[Card]:
    """Press everything."""
    waiting = deque((person, intent) for intent in starts() for person in people)
    pressed: set[tuple[str, str]] = set()
    while waiting and len(pressed) < ENOUGH:
        person, intent = waiting.popleft()
        step = (person.id, repr(intent))
        if step in pressed:
            continue
        pressed.add(step)
        card = (await table.ask(person, intent)).card
        waiting.extend((person, lead) for lead in leads(card))
        yield card


async def test_discord_takes_whatever_is_shown(walked: tuple[Table, list[Card]]) -> None:
    """Each card as a message, in the place of another, and as a form, within our budgets; each board; nothing broke."""
    table, cards = walked
    assert len(cards) > 150
    for card in cards:
        check(card)
    shown = [
        await card_of(table.desk, post) for post in await table.desk.db.read(partial(posts.behind, platforms=["test"]))
    ]
    boards = [card for card in shown if card is not None]
    assert len(boards) > 2
    for board in boards:
        judge(message(board, layout=True) | {"flags": V2_FLAG})


def check(card: Card) -> None:
    """A card that somebody got to see."""
    card = drawable(card)
    judge(message(card))
    judge(message(card, layout=True))
    assert not card.form or violations(form(card), "modal") == []
    assert all(len(encode(lead)) <= 64 for lead in leads(card))
    assert "on our side" not in str(card)
    assert "de nuestro lado" not in str(card)


def judge(body: dict[str, Any]) -> None:
    """Discord takes it, and it keeps within our own budgets."""
    assert violations(body, "message") == []
    assert over_budget(body) == []
