"""Every card that anybody can reach, in the worst world there can be, drawn for Discord and held to its schema."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.core.card import Audience, Card, Show
from bot.core.ctx import Actor
from bot.core.intents import (
    CastBallot,
    ClosePoll,
    DraftPoll,
    DraftPollSet,
    ErasePoll,
    ExportRecord,
    Intent,
    OpenBallot,
    PressOption,
    SearchArticle,
    ShowPanel,
    ShowPicture,
    ShowPoll,
    ShowResults,
    StartPoll,
    UseArticle,
)
from bot.platforms.discord.draw import draw, layout_of
from bot.platforms.discord.forms import modal, unfolded
from bot.platforms.discord.reply import _edited, _sent
from bot.services.board_cards import card_of
from bot.services.shelf import Shelf
from bot.storage import posts
from tests.integrity.polls import box, open_polls
from tests.spec.crawl import Crawl, commands
from tests.spec.gate import over_budget, violations
from tests.spec.parts import EPHEMERAL, V2_FLAG
from tests.support import NOON, Table, a_desk, actions, crowd, maria, said, sam
from tests.worst import filled, worst_pack

TEXTS = {
    "words": "palabra ",
    "marks": "*_`~> [](#) <@1> ",
    "wide": "ñandú 🗳️ 漢字 ",
    "right to left": "עברית ‏مرحبا ",
    "one long word": "x",
}
LONGEST_NAME = 64


def drafts(text: str) -> list[DraftPoll]:
    """Polls at every edge: few and many options, short and long, each kind, each way of showing results."""
    short = " | ".join("ABCDE")
    ten = " | ".join(f"{n} {filled(text, 92)}" for n in range(10))
    most = " | ".join(f"{n} {filled(text, 92)}" for n in range(25))
    ask = filled(text, 200)
    return [
        DraftPoll(question=ask, options=short, results="live", reasons=True, ballots="named"),
        DraftPoll(question=ask, options=ten, kind="multiple", results="live", reasons=True),
        DraftPoll(question=ask, options=most, kind="multiple", maximum=25, results="voted", closes="3 days"),
        DraftPoll(question=ask, options=most, kind="multiple", minimum=3, maximum=25, results="close"),
        DraftPoll(question=ask, options=most, kind="single", results="live", reasons=True, account_days=3650),
        DraftPoll(question=ask, kind="support", results="live", reasons=True),
        DraftPoll(question=ask, options=short, role=f"123456789012345678|{filled(text, 100)}", joined_before=True),
    ]


@asynccontextmanager
async def worst_world(folder: Path, text: str) -> AsyncIterator[Table]:
    """A place with the largest article on, a poll of each sort, and people with long names who gave long reasons."""
    async with a_desk(folder) as made:
        pack = worst_pack(text)
        table = Table(replace(made.desk, shelf=Shelf({pack.id: pack})), made.clock)
        await table.card(sam, UseArticle(pack.id))
        for draft in drafts(text):
            card = await table.card(sam, draft)
            await table.card(sam, next(a.intent for a in actions(card) if isinstance(a.intent, StartPoll)))
        await _votes(table, text)
        yield table


async def _votes(table: Table, text: str) -> None:
    for poll in await open_polls(table):
        for number, person in enumerate(crowd(12)):
            voter = replace(person, name=filled(text, LONGEST_NAME), roles=frozenset({"123456789012345678"}))
            count = max(poll.rules.minimum, poll.rules.maximum if poll.kind == "multiple" else 1)
            marks = ",".join(option.id for option in (poll.options * 2)[number % 5 :][:count])
            reason = filled(text, 300) if poll.rules.reasons else ""
            old = replace(voter, created_ms=NOON - 12 * 366 * 86_400_000)
            show = await table.ask(old, CastBallot(poll.id, marks=marks, reason=reason))
            assert not show.refused, said(show)


class Judge:
    """Draws every answer in each way that it may have to be drawn, and keeps what Discord would say against it."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self._judged: set[str] = set()

    def answer(self, actor: Actor, intent: Intent, show: Show) -> None:
        """A private answer: a first one, an edit of a private card, one that follows a delay."""
        where = f"{intent!r:.200} for {actor.locale}"
        if "Referenc" in said(show):
            self._keep(where, ["broke: " + said(show)])
        card, form = show.card, show.card.form
        if form is not None:
            self._judge(where, dict(modal(card, form).to_dict()), "modal")
            card = unfolded(card, form)
        hidden = 0 if show.audience is Audience.PUBLIC else EPHEMERAL
        self._judge(where, {"type": 4, "data": _body(_sent(draw(card)), hidden)}, "callback")
        self._judge(where, {"type": 7, "data": _body(_edited(draw(card, layout=True)), 0)}, "callback")
        self._judge(where, _body(_edited(draw(card)), 0), "original")

    def board(self, subject: str, card: Card) -> None:
        """A public card: posted, and edited."""
        view = layout_of(card)
        body = {"components": view.to_components(), "flags": V2_FLAG, "allowed_mentions": {"parse": []}}
        self._judge(subject, body, "message")
        self._judge(subject, body, "edit")

    def _judge(self, where: str, payload: dict[str, Any], kind: Any) -> None:
        told = f"{kind} {payload}"
        if told not in self._judged:
            self._judged.add(told)
            self._keep(f"{where} as {kind}", [*violations(payload, kind), *over_budget(payload)])

    def _keep(self, where: str, faults: list[str]) -> None:
        for fault in faults:
            self.faults.setdefault(fault, where)


def _body(told: dict[str, Any], flags: int) -> dict[str, Any]:
    """What discord.py makes of our arguments, files left out: they travel beside the JSON."""
    view = told.get("view")
    body: dict[str, Any] = {"allowed_mentions": {"parse": []}}
    if told.get("content"):
        body["content"] = told["content"]
    embeds = [told["embed"]] if told.get("embed") else told.get("embeds") or []
    if embeds:
        body["embeds"] = [embed.to_dict() for embed in embeds]
    if view is not None:
        body["components"] = view.to_components()
        flags |= V2_FLAG if view.has_components_v2() else 0
    return body | ({"flags": flags} if flags else {})


async def boards(table: Table, judge: Judge) -> None:
    """Every public card as it stands."""
    for post in await table.desk.db.read(partial(posts.behind, platforms=("test",), limit=1000)):
        card = await card_of(table.desk, post)
        if card is not None:
            judge.board(f"board {post.subject} in {card.locale}", card)


def people(text: str) -> list[Actor]:
    """A member and a moderator in each language, with the longest name."""
    name = filled(text, LONGEST_NAME)
    return [replace(person, name=name, locale=locale) for person in (maria, sam) for locale in ("en", "es")]


async def everything(table: Table, text: str, judge: Judge) -> None:
    """All cards for all people while polls are open; then what ends something; then all cards once more."""
    polls = [poll.id for poll in await open_polls(table)]
    few = people(text)[1:3]  # a Spanish member, an English moderator
    for final in (False, True):
        for actor in people(text) if text == TEXTS["wide"] and not final else few:
            crawl = Crawl(table, actor, text, judge.answer)
            looks = [look(poll) for poll in polls for look in (ShowPoll, ShowResults, OpenBallot, ShowPanel)]
            presses = [PressOption(poll, "a") for poll in polls]
            more = [SearchArticle(words=filled(text, 100)), DraftPollSet(closes="3 days"), *drafts(text)]
            files = [ExportRecord(poll, kind) for poll in polls[:2] for kind in ("", "csv", "xlsx")]
            looks += [ShowPicture(poll) for poll in polls[2:4]]
            await crawl.walk([*looks, *presses, *commands(text), *more, *files])
            for ending in crawl.left if actor.manages and final else ():
                await crawl.ask(ending)
        await boards(table, judge)
        for poll in polls:
            judge.answer(sam, ClosePoll(poll), await table.ask(sam, ClosePoll(poll, sure=True)))


# Signs that grow when they are escaped, and letters that count twice, are the worst; the others run at length.
AT_LENGTH = {"words", "right to left", "one long word"}
EACH = [pytest.param(text, id=name, marks=[pytest.mark.fuzz] * (name in AT_LENGTH)) for name, text in TEXTS.items()]


@pytest.mark.parametrize("text", EACH)
async def test_discord_would_take_every_card(tmp_path: Path, text: str) -> None:
    """Nothing is refused by Discord's schema and sums, nothing leaves our own budgets, nothing breaks."""
    judge = Judge()
    async with worst_world(tmp_path, text) as table:
        await everything(table, text, judge)
        for poll in await open_polls(table):
            await table.ask(sam, ErasePoll(poll.id, sure=True))
            assert await box(table, poll) == []
        await boards(table, judge)
    assert not judge.faults, "\n".join(f"{fault}\n    {where}" for fault, where in judge.faults.items())
