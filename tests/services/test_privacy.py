"""What is kept about a person is shown to them alone, all of it, and goes when they ask twice."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core import intents as i
from bot.core.card import Audience
from bot.core.ctx import Actor
from tests.support import SPOT, Table, a_desk, actions, labelled, maria, said, sam, tom

BARGAIN = "us-mexico-bargain"
NOTHING: dict[str, Any] = {"reader": None, "stances": [], "ballots": [], "reports": []}


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """Tom did everything that leaves a trace; so did María."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, i.UseArticle(BARGAIN))
        for ballots in ("named", "anonymous"):
            draft = await table.card(sam, i.DraftPoll(item="a-demand", ballots=ballots))
            await table.card(sam, next(a.intent for a in actions(draft) if isinstance(a.intent, i.StartPoll)))
        for person in (tom, maria):
            await table.card(person, i.ReadSection(section="2"))
            await table.card(person, i.TakeStance(BARGAIN, "a-demand", "agree"))
            await table.card(person, i.CastBallot("1", "a"))
            await table.card(person, i.CastBallot("2", "b"))
            await table.card(person, i.ReportItem(BARGAIN, "a-demand", f"A word of {person.name}"))
        yield table


async def mine(table: Table, person: Actor) -> dict[str, Any]:
    """The file that a person takes away."""
    card = await table.card(person, i.ExportMyData())
    return dict(json.loads(card.files[0].data))


async def test_the_file_holds_all_of_mine_and_nothing_of_others(table: Table) -> None:
    """Reading, stances, ballots of both kinds and reports: my own, each once."""
    found = await mine(table, tom)
    assert found["schema"] == "tertulia.mydata/1"
    assert found["you"] == {"id": "test:tom", "name": "Tom"}
    assert found["reader"]["section"] == "background"
    assert [(s["item"], s["stance"]) for s in found["stances"]] == [("a-demand", "agree")]
    assert sorted((b["named"], b["name"], b["at"] is None) for b in found["ballots"]) == [
        (False, None, True),
        (True, "Tom", False),
    ]
    assert len(found["reports"]) == 1
    assert "Mar" not in json.dumps(found, ensure_ascii=False)


async def test_privacy_counts_what_is_kept(table: Table) -> None:
    """The card says how much, to nobody else."""
    show = await table.ask(tom, i.ShowPrivacy())
    assert "answers to the article's points\n1" in said(show).lower()
    assert "votes that can be told to be yours\n2" in said(show).lower()
    for intent in (i.ShowPrivacy(), i.ExportMyData(), i.EraseMyData()):
        assert (await table.ask(tom, intent)).audience is Audience.MUST_BE_PRIVATE


async def test_erasing_asks_first_and_then_leaves_nothing(table: Table) -> None:
    """One press changes nothing; the second takes all of mine and none of anybody else's."""
    card = await table.card(tom, i.EraseMyData())
    assert len((await mine(table, tom))["stances"]) == 1
    gone = await table.card(tom, labelled(card, "Yes"))
    assert "1 answer, 2 votes" in said(gone)
    assert {name: (await mine(table, tom))[name] for name in NOTHING} == NOTHING
    assert len((await mine(table, maria))["ballots"]) == 2
    assert "Ballots cast\n2" in said(await table.card(sam, i.ShowTally()))


async def test_a_report_stays_without_its_sender(table: Table) -> None:
    """The moderators keep what it says; who sent it is gone."""
    await table.card(tom, i.EraseMyData(sure=True))
    assert "A word of Tom" in said(await table.card(sam, i.ShowLog()))
    rows = await table.desk.db.read(lambda tx: tx.all("SELECT reporter_id FROM reports ORDER BY reporter_id"))
    assert [row[0] for row in rows] == ["", "test:maria"]


async def test_erasing_again_or_having_nothing_is_fine(table: Table) -> None:
    """A person unknown here gets the same kind answer."""
    await table.card(tom, i.EraseMyData(sure=True))
    assert "0 answers, 0 votes" in said(await table.card(tom, i.EraseMyData(sure=True)))


async def test_another_place_is_not_touched(table: Table) -> None:
    """Erasing here leaves what is kept in another server."""
    elsewhere = replace(SPOT, place="test:village")
    await table.ask(tom, i.TakeStance(BARGAIN, "a-demand", "agree"), spot=elsewhere)
    await table.card(tom, i.EraseMyData(sure=True))
    show = await table.ask(tom, i.FinishStances(BARGAIN), spot=elsewhere)
    assert "agree\n1" in said(show)
