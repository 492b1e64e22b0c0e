"""Weights decide what a ballot weighs, never how many people came: a quorum is of people, on screens and in files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.evidence.checking import check
from bot.core.intents import CastBallot, ChangeRules, DraftPoll, ExportRecord, ShowResults, StartPoll
from tests.integrity.polls import kept
from tests.services.polls.acting import close, drafted
from tests.support import a_desk, crowd, said, sam


@pytest.mark.parametrize(("voters", "decided"), [(2, "quorum-missed"), (4, "decided")])
async def test_a_quorum_is_of_people(tmp_path: Path, voters: int, decided: str) -> None:
    """Two people of weight 5 are two; the card, the file and the recount of the file agree."""
    async with a_desk(tmp_path) as table:
        poll = await drafted(table, DraftPoll(question="Shall we?", kind="motion", ballots="named", quorum="4"))
        await table.card(sam, ChangeRules(poll.id, "weights", "5", role="crew|Crew"))
        await table.card(sam, StartPoll(poll.id, (await kept(table, poll.id)).revision))
        for person in crowd(voters):
            await table.card(replace(person, roles=frozenset({"crew"})), CastBallot(poll.id, marks="yes"))
        await close(table, poll)
        card = said(await table.card(sam, ShowResults(poll.id)))
        export = await table.card(sam, ExportRecord(poll.id, "json"))
    record = json.loads(next(file.data for file in export.files if file.name.endswith(".json")))
    assert list(check(record))
    assert record["result"]["decided"] == decided
    assert record["result"]["count"]["winners"] == (["yes"] if decided == "decided" else [])
    assert ("quorum missed" in card) is (decided == "quorum-missed")
