"""Somebody is erased after the close: their name goes from the record, and the record still fits its posted root."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.evidence.checking import check
from bot.core.intents import CastBallot, EraseMyData, ExportRecord, VerifyReceipt
from bot.services.polls.sealing import seal
from bot.storage import polls
from tests.services.polls.acting import a_poll, close
from tests.support import Table, a_desk, crowd, said, sam


async def exported(table: Table) -> dict[str, object]:
    """The poll's record as JSON."""
    card = await table.card(sam, ExportRecord("1", "json"))
    return json.loads(next(file.data for file in card.files if file.name.endswith(".json")))  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", ["single", "ranked", "score"])
async def test_the_root_still_fits(tmp_path: Path, kind: str) -> None:
    """Whoever erased themselves is under nobody's name; every check of the export agrees."""
    people = crowd(8)
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, kind=kind, ballots="named")
        for n, person in enumerate(people):
            await table.card(person, CastBallot(poll.id, "a=3 b=1" if kind == "score" else "abc"[n % 3]))
        await close(table, poll)
        before = await exported(table)
        await table.card(people[3], EraseMyData(sure=True))
        after = await exported(table)
    assert list(check(before)) and list(check(after))
    assert before["manifest"]["root"] == after["manifest"]["root"]  # type: ignore[index]
    assert people[3].id in json.dumps(before) and people[3].id not in json.dumps(after)


async def test_a_root_that_is_still_to_come_fits_too(tmp_path: Path) -> None:
    """Erased in the moment between the close and the root: the receipts of before stay true."""
    people = crowd(6)
    async with a_desk(tmp_path) as table:
        poll = await a_poll(table, ballots="named")
        for person in people:
            await table.card(person, CastBallot(poll.id, "a"))
        receipt = said(await table.card(people[0], VerifyReceipt(poll.id))).split("receipt: ")[1][:39]
        await table.desk.db.write(lambda tx: polls.close(tx, poll.id, table.clock.now, None))
        await table.card(people[0], EraseMyData(sure=True))
        await seal(table.desk, [poll.id])
        assert list(check(await exported(table), receipt))[-1].about == "receipt"
