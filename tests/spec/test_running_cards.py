"""What moderators and voters do with a running poll, at its longest, drawn for Discord and held to its schema."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.ctx import Actor
from bot.core.intents import (
    ChangeRules,
    DraftPoll,
    EditPoll,
    Intent,
    PressOption,
    ProposeOption,
    ReopenPoll,
    SettleProposal,
    ShowPanel,
    ShowProposals,
    StartPoll,
    VoidBallot,
)
from bot.core.poll.values import Poll
from bot.storage import proposals
from tests.integrity.polls import kept
from tests.services.polls.acting import close
from tests.spec.test_every_card import LONGEST_NAME, TEXTS, Judge, boards
from tests.support import Table, a_desk, actions, crowd, said, sam
from tests.worst import filled


async def opened(table: Table, text: str) -> Poll:
    """A poll of 22 long options that takes more, with every rule that the line of rules tells."""
    options = " | ".join(f"{n} {filled(text, 92)}" for n in range(22))
    draft = DraftPoll(question=filled(text, 200), options=options, kind="approval", ballots="named", results="live")
    begin = next(a.intent for a in actions(await table.card(sam, draft)) if isinstance(a.intent, StartPoll))
    role = f"{'9' * 20}|{filled(text, 100)}"
    rules = {"additions": "yes", "early_end": "yes", "quorum": "300", "thread": "yes", "seats": "3"}
    for rule, value in rules.items():
        await table.card(sam, ChangeRules(begin.poll, rule, value))
    for n in range(10):
        await table.card(sam, ChangeRules(begin.poll, "weights", "100", role=f"{n}{role}"))
    await table.card(sam, ChangeRules(begin.poll, "breakdown", role=role))
    revision = (await kept(table, begin.poll)).revision
    await table.card(sam, StartPoll(begin.poll, revision))
    return await kept(table, begin.poll)


async def acts(table: Table, poll: Poll, text: str) -> list[tuple[Actor, Intent]]:
    """Everything that asks or answers."""
    voter = replace(crowd(1)[0], name=filled(text, LONGEST_NAME))
    wish = (await table.desk.db.read(lambda tx: proposals.waiting(tx, poll.id, 1)))[0]
    anew = "\n".join(f"{n} anew {filled(text, 80)}" for n in range(25))
    return [
        (sam, ShowPanel(poll.id)),
        (sam, EditPoll(poll.id)),
        (sam, EditPoll(poll.id, asked=True, question=filled("x" + text, 200), options=anew)),
        (sam, VoidBallot(poll.id)),
        (sam, VoidBallot(poll.id, find=True)),
        (sam, VoidBallot(poll.id, name=filled("zz" + text, 100))),
        (sam, VoidBallot(poll.id, voter="test.p1")),
        (sam, VoidBallot(poll.id, voter="test.p2", asked=True, reason=filled(text, 200))),
        (sam, VoidBallot(poll.id)),
        (sam, ShowProposals(poll.id)),
        (sam, SettleProposal(poll.id, wish.id, "take")),
        (sam, SettleProposal(poll.id, wish.id, "refuse")),
        (sam, SettleProposal(poll.id, wish.id, "refuse", asked=True, reason=filled(text, 200))),
        (voter, ProposeOption(poll.id)),
        (voter, ProposeOption(poll.id, text=f"999 {filled(text, 80)}")),
    ]


@pytest.mark.parametrize(("text", "locale"), list(zip(TEXTS.values(), ("en", "es") * 3, strict=False)), ids=TEXTS)
async def test_discord_would_take_what_runs_a_poll(tmp_path: Path, text: str, locale: str) -> None:
    """Forms, questions, lists and boards, with the longest names, options, reasons and wishes."""
    judge = Judge()
    async with a_desk(tmp_path) as table:
        poll = await opened(table, text)
        for n, person in enumerate(crowd(30)):
            voter = replace(person, name=f"{n} {filled(text, LONGEST_NAME - 4)}")
            await table.card(voter, PressOption(poll.id, "a"))
            if n < 15:
                await table.card(voter, ProposeOption(poll.id, text=f"{n * 7919} {filled(text, 80)}"))
        for who, intent in await acts(table, poll, text):
            await _judged(table, judge, replace(who, locale=locale), intent)
        await boards(table, judge)
        await close(table, poll)
        for intent in (ShowPanel(poll.id), ReopenPoll(poll.id), ReopenPoll(poll.id, asked=True)):
            await _judged(table, judge, replace(sam, locale=locale), intent)
        await boards(table, judge)
    assert not judge.faults, "\n".join(f"{fault}\n    {where}" for fault, where in judge.faults.items())


async def _judged(table: Table, judge: Judge, who: Actor, intent: Intent) -> None:
    show = await table.ask(who, intent)
    assert not show.refused, (intent, said(show))
    judge.answer(who, intent, show)
