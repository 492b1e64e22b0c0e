"""Closing, a burst of votes, edits, voids, wishes and reopening at once: whatever the order, one consistent result."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.card import Card
from bot.core.evidence.checking import check
from bot.core.evidence.reading import loads
from bot.core.intents import (
    CastBallot,
    ChangeRules,
    ClosePoll,
    CountAgain,
    DraftPoll,
    EditPoll,
    ExportRecord,
    ExtendPoll,
    Intent,
    ProposeOption,
    ReopenPoll,
    RetractBallot,
    SettleProposal,
    StartPoll,
    VoidBallot,
)
from bot.core.poll.values import Ballot, Poll, State
from bot.services import closing
from bot.services.polls import sealing
from bot.storage import boxes, polls, proposals
from bot.storage.port import Tx
from tests.integrity.polls import kept, tally
from tests.support import DAY, HOUR, NOON, Table, a_desk, actions, aiko, crowd, labelled, said, sam

VOTERS = crowd(60)
EARLY, LATE = VOTERS[:20], VOTERS[20:]
KINDS = {"single": "abcd", "ranked": ["a>b", "b>c=a", "c", "d>a>b>c"], "approval": ["a", "a,b", "c,d", "b"]}
ana = replace(sam, id="test:ana", name="Ana")


async def opened(table: Table, kind: str, *, named: bool) -> Poll:
    """An open poll of this kind, with a first third of its votes, a wish and an edit that wait."""
    draft = DraftPoll(
        question="What first?", options="Parks | Buses | Books | Bread", kind=kind, ballots="named" if named else ""
    )
    begin = next(a.intent for a in actions(await table.card(sam, draft)) if isinstance(a.intent, StartPoll))
    await table.card(sam, ChangeRules(begin.poll, "additions", "yes"))
    await table.card(sam, replace(begin, revision=begin.revision + 1))
    poll = await kept(table, begin.poll)
    for n, voter in enumerate(EARLY):
        await table.card(voter, CastBallot(poll.id, marks=KINDS[kind][n % 4]))
    await table.card(aiko, ProposeOption(poll.id, text="A night bus"))
    return poll


async def waiting(table: Table, poll: Poll) -> list[Intent]:
    """What the moderators are about to press: two edits that were said back, and a wish to take in."""
    edits = []
    for text in ("Night parks", "Small parks"):
        card: Card = await table.card(sam, EditPoll(poll.id, options=f"{text} | Buses | Books | Bread"))
        edits.append(labelled(card, "Edit it"))
    wish = (await table.desk.db.read(lambda tx: proposals.waiting(tx, poll.id, 1)))[0]
    return [*edits, SettleProposal(poll.id, wish.id, "take", asked=True)]


async def storm(table: Table, poll: Poll, kind: str, order: random.Random) -> dict[str, bool]:
    """Everything at once, in some order; whether each late voter was told that their vote was recorded."""
    moderating: list[Intent] = [
        *await waiting(table, poll),
        ClosePoll(poll.id, sure=True),
        ReopenPoll(poll.id, sure=True, until_ms=NOON + DAY),
        ClosePoll(poll.id, sure=True),
        ReopenPoll(poll.id, sure=True),
        ExtendPoll(poll.id, until_ms=NOON + HOUR),
        *(VoidBallot(poll.id, voter=f"test.p{n}", asked=True, reason="Twice") for n in range(6)),
        *(CountAgain(poll.id, f"test.p{n}") for n in range(3)),
    ]
    acts = [(sam if n % 2 else ana, act) for n, act in enumerate(moderating)]
    acts += [(voter, CastBallot(poll.id, marks=KINDS[kind][n % 4])) for n, voter in enumerate(LATE)]
    acts += [(voter, RetractBallot(poll.id)) for voter in EARLY[15:]]
    order.shuffle(acts)
    shows = await asyncio.gather(*(table.ask(who, act) for who, act in acts))
    assert not [said(show) for show in shows if "Reference" in said(show)]
    told = zip(acts, shows, strict=True)
    return {who.id: not show.refused for (who, act), show in told if isinstance(act, CastBallot)}


async def settled(table: Table, poll: Poll) -> Poll:
    """Closed and sealed, as the loop leaves it."""
    await table.ask(sam, ClosePoll(poll.id, sure=True))
    await closing.seal_left(table.desk)
    return await kept(table, poll.id)


async def check_consistent(table: Table, poll: Poll) -> int:
    """The grouped ballots, the exported ones, the root and the result say the same; how many ballots count."""
    box = boxes.of(poll)
    groups = await table.desk.db.read(lambda tx: box.grouped(tx, poll.id))
    counted = await tally(table, poll)
    files = (await table.card(sam, ExportRecord(poll.id, "json"))).files
    record = loads(next(file.data for file in files if file.name.endswith(".json")))
    exported = [ballot for ballot in record["ballots"] if not ballot.get("void")]
    assert sum(n for _, n, _ in groups) == counted.ballots == len(exported) == record["manifest"]["ballots"]
    alike = Counter(tuple(sorted(ballot["marks"].items())) for ballot in exported)
    assert alike == {tuple(sorted(marks.items())): n for marks, n, _ in groups}
    assert poll.root == await recomputed(table, poll)
    assert list(check(record, root=poll.root or ""))  # it raises at the first thing that doesn't agree
    return counted.ballots


async def recomputed(table: Table, poll: Poll) -> str | None:
    """The root of the ballots as they lie there."""

    async def work(tx: Tx) -> str | None:
        await tx.run("UPDATE polls SET root = NULL WHERE poll_id = ?", poll.id)
        found = await sealing.root_of(tx, poll.id)
        await tx.run("UPDATE polls SET root = ? WHERE poll_id = ?", poll.root, poll.id)
        return found

    return await table.desk.db.write(work)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", KINDS)
async def test_a_named_poll_in_a_storm(tmp_path: Path, kind: str, seed: int) -> None:
    """Every vote that was recorded is in the result unless it was voided or taken back, and no other."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, kind, named=True)
        recorded = await storm(table, poll, kind, random.Random(seed))
        after = await settled(table, poll)
        assert after.state is State.CLOSED and after.root
        cast = await table.desk.db.read(lambda tx: boxes.of(poll).page(tx, poll.id))
        lying = {ballot.voter: ballot for ballot in cast}
        assert {voter.id for voter in LATE if voter.id in lying} == {who for who, done in recorded.items() if done}
        assert await check_consistent(table, after) == sum(ballot.void is None for ballot in cast)
        assert len(after.edits) <= 4 and [o.id for o in after.options][:4] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("seed", range(4))
async def test_a_secret_poll_in_a_storm(tmp_path: Path, seed: int) -> None:
    """It closes once and stays closed; nobody's ballot is voided; what was recorded is sealed."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, "single", named=False)
        recorded = await storm(table, poll, "single", random.Random(seed))
        after = await settled(table, poll)
        assert after.state is State.CLOSED and after.root and table.desk.keys.kept() == ()
        late = sum(recorded.values())
        assert late + 15 <= await check_consistent(table, after) <= late + len(EARLY)  # five may take theirs back
        assert not [edit for edit in after.edits if edit.reopened]


async def test_a_seal_that_was_overtaken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the counting of a root and its keeping the poll was open again, and a vote came: that root isn't kept."""
    async with a_desk(tmp_path) as table:
        poll = await opened(table, "single", named=True)
        keep, overtaken = sealing._keep, []

        async def late(tx: Tx, poll_id: str, **found: Any) -> None:
            if not overtaken:
                overtaken.append(poll_id)
                await polls.reopen(tx, poll_id, None, "s")
                await boxes.of(poll).put(tx, poll_id, Ballot("test:late", {"d": 1}, "Late"))
                await polls.close(tx, poll_id, NOON, sam.id)
            await keep(tx, poll_id, **found)

        monkeypatch.setattr(sealing, "_keep", late)
        await table.card(sam, ClosePoll(poll.id, sure=True))
        assert overtaken and (await kept(table, poll.id)).root is None
        after = await settled(table, poll)
        assert after.root and await check_consistent(table, after) == len(EARLY) + 1


async def test_the_loop_closes_while_it_is_opened_again(tmp_path: Path) -> None:
    """Seals and reopenings side by side: in the end the root is that of the ballots."""
    async with a_desk(tmp_path) as table:
        for round_ in range(6):
            poll = await opened(table, "single", named=True)
            await table.card(sam, ClosePoll(poll.id, sure=True))
            again = ReopenPoll(poll.id, sure=True)
            await asyncio.gather(
                closing.seal_left(table.desk),
                table.ask(sam, again),
                table.ask(LATE[round_], CastBallot(poll.id, marks="d")),
                table.ask(ana, ClosePoll(poll.id, sure=True)),
                closing.seal_left(table.desk),
            )
            after = await settled(table, poll)
            assert after.root == await recomputed(table, after)
