"""Moderators carry the record away: what they get, what is refused, and that it is written down."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.card import Audience, Show
from bot.core.intents import (
    CastBallot,
    ClosePoll,
    DraftPoll,
    ExportRecord,
    StartPoll,
    TakeStance,
    UseArticle,
)
from bot.core.place import Scope
from bot.core.poll.values import State
from bot.exports.files import POLLS, formats_for
from bot.services import exporting
from bot.services.exporting import wording_changed
from bot.storage import logbook, polls
from tests.exports.records import poll as a_poll
from tests.support import SPOT, Table, a_desk, crowd, maria, said, sam, tom

ARTICLE = "us-mexico-bargain"


async def opened(table: Table, **rules: object) -> str:
    """A poll, drafted and started; its number."""
    draft = {
        "question": "Tea or coffee?",
        "options": "Tea\n=Coffee",
        "ballots": "anonymous",
        "results": "close",
    } | rules
    await table.card(sam, DraftPoll(**draft))  # type: ignore[arg-type]
    (kept,) = await table.desk.db.read(lambda tx: polls.of_place(tx, Scope(SPOT.place), State.DRAFT))
    await table.card(sam, StartPoll(kept.id, kept.revision))
    number = (await table.desk.db.read(lambda tx: polls.get(tx, kept.id)) or kept).number
    return str(number)


async def exported(table: Table, what: str, format_: str = "csv") -> Show:
    """The answer to a moderator's export."""
    return await table.ask(sam, ExportRecord(what, format_))


async def test_an_anonymous_poll_waits_for_its_close_and_names_nobody(tmp_path: Path) -> None:
    """Hidden counts are refused; after the close the ballots come without names, ids and times."""
    async with a_desk(tmp_path) as table:
        number = await opened(table)
        people = [replace(person, name=f"Quillfeather {person.name}") for person in crowd(5)]
        for person in people:
            await table.card(person, CastBallot(number, "b" if person is people[0] else "a"))
        early = await exported(table, number)
        assert early.refused
        assert not early.card.files
        await table.card(sam, ClosePoll(number, sure=True))
        show = await exported(table, number)
        results, ballots, verifier = show.card.files
        assert (results.name, ballots.name) == (f"poll-{number}-results.csv", f"poll-{number}-ballots.csv")
        assert verifier.name == "verify.py"
        for person in people:
            assert person.id.encode() not in results.data + ballots.data
            assert person.name.encode() not in ballots.data
        rows = list(csv.DictReader(io.StringIO(ballots.data.decode("utf-8-sig"), newline="")))
        assert sorted(row["Choice"] for row in rows) == ["A", "A", "A", "A", "B"]
        assert list(rows[0]) == ["Poll", "Kind", "Receipt", "Choice", "A. Tea", "B. =Coffee"]


async def test_a_named_poll_comes_with_names(tmp_path: Path) -> None:
    """A named poll with counts at any time can be exported while it is open, with names, ids and times."""
    async with a_desk(tmp_path) as table:
        number = await opened(table, ballots="named", results="live", reasons=True)
        await table.card(maria, CastBallot(number, "a", "porque sí"))
        show = await exported(table, number, "json")
        (file,) = show.card.files
        (ballot,) = json.loads(file.data)["ballots"]
        assert (ballot["voter"], ballot["name"], ballot["reason"]) == (maria.id, maria.name, "porque sí")
        assert show.audience is Audience.MUST_BE_PRIVATE
        assert "names" in said(show)


async def test_the_stances_on_the_article_that_is_on(tmp_path: Path) -> None:
    """ "article" gives the stances, by item and by a number for each person."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        pack = table.desk.shelf.built_in[ARTICLE]
        item = pack.article("en").items[0].id
        await table.card(tom, TakeStance(ARTICLE, item, "agree"))
        await table.card(maria, TakeStance(ARTICLE, item, "disagree"))
        show = await exported(table, "Artículo", "json")
        (file,) = show.card.files
        value = json.loads(file.data)
        assert [person["person"] for person in value["people"]] == [1, 2]
        assert sorted(person["stances"][item] for person in value["people"]) == ["agree", "disagree"]
        assert maria.id.encode() not in file.data
        assert maria.name.encode() not in file.data


async def test_every_export_is_logged_once(tmp_path: Path) -> None:
    """The log says who took what away; a repeated event gives the file again and no second entry."""
    async with a_desk(tmp_path) as table:
        number = await opened(table, ballots="named", results="live")
        for _ in range(2):
            show = await table.ask(sam, ExportRecord(number, "csv"), event="the same")
            assert len(show.card.files) == 2
        entries = await table.desk.db.read(lambda tx: logbook.newest(tx, Scope(SPOT.place), 20))
        found = [entry for entry in entries if entry.act == "exported"]
        assert [(entry.actor_id, entry.detail) for entry in found] == [(sam.id, {"format": "csv"})]


@pytest.mark.parametrize(
    ("what", "format_", "word"),
    [
        pytest.param("99", "csv", "99", id="no such poll"),
        pytest.param("article", "csv", "", id="no article on"),
        pytest.param("1", "docx", "docx", id="no such format"),
        pytest.param("", "csv", "", id="nothing named"),
    ],
)
async def test_what_cannot_be_exported_is_refused(tmp_path: Path, what: str, format_: str, word: str) -> None:
    """A sentence, and no file."""
    async with a_desk(tmp_path) as table:
        show = await exported(table, what, format_)
        assert show.refused
        assert word in said(show)
        assert not show.card.files


async def test_members_cannot_export(tmp_path: Path) -> None:
    """The door holds whoever presses."""
    async with a_desk(tmp_path) as table:
        number = await opened(table, ballots="named", results="live")
        for format_ in ("", *POLLS):
            assert (await table.ask(tom, ExportRecord(number, format_))).refused


async def test_a_changed_wording_is_told(tmp_path: Path) -> None:
    """A poll remembers the wording it asked about; a file says when the item reads otherwise today."""
    async with a_desk(tmp_path) as table:
        pack = table.desk.shelf.built_in[ARTICLE]
        item, version = next(iter(pack.item_versions.items()))
        asked = replace(a_poll(), article=ARTICLE, item=item, item_version=version)
        assert wording_changed(asked, pack) is False
        assert wording_changed(replace(asked, item_version="0000000f"), pack) is True
        assert wording_changed(replace(asked, item="gone"), pack) is None
        assert wording_changed(asked, None) is None


async def test_without_a_format_the_formats_are_offered(tmp_path: Path) -> None:
    """Each with a line on what it is good for; picking one gives its files. Hidden counts are refused at once."""
    async with a_desk(tmp_path) as table:
        number = await opened(table, ballots="named", results="live")
        card = await table.card(sam, ExportRecord(number))
        (pick,) = card.picks
        poll = await table.desk.db.read(lambda tx: polls.find(tx, SPOT.place, number))
        assert poll is not None
        assert [option.intent for option in pick.options] == [ExportRecord(poll.id, name) for name in formats_for(poll)]
        assert all(option.detail for option in pick.options)
        assert (await table.card(sam, pick.options[1].intent)).files
        hidden = await opened(table)
        assert (await table.ask(sam, ExportRecord(hidden))).refused


async def test_the_answers_to_an_article_have_formats_too(tmp_path: Path) -> None:
    """Two of them."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, UseArticle(ARTICLE))
        (pick,) = (await table.card(sam, ExportRecord("article"))).picks
        assert [option.intent for option in pick.options] == [
            ExportRecord("article", "csv"), ExportRecord("article", "json")
        ]  # fmt: skip


async def test_a_withheld_result_is_said(tmp_path: Path) -> None:
    """Under five secret ballots the card and the file say so."""
    async with a_desk(tmp_path) as table:
        number = await opened(table)
        await table.card(maria, CastBallot(number, "a"))
        await table.card(sam, ClosePoll(number, sure=True))
        show = await exported(table, number, "json")
        assert "fewer than five" in said(show)
        value = json.loads(show.card.files[0].data)
        assert (value["result"]["counts"], value["ballots"], value["result"]["withheld"]) == (None, None, True)
        assert (await exported(table, number, "preflib")).refused


async def test_more_ballots_than_a_message_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before they are all in memory, with the way to get them; what holds no ballots is made all the same."""
    async with a_desk(tmp_path) as table:
        number = await opened(table, ballots="named", results="live")
        for person in crowd(3):
            await table.card(person, CastBallot(number, "a"))
        monkeypatch.setattr(exporting, "MOST_SENT", 2)
        show = await exported(table, number, "csv")
        assert show.refused
        assert "tertulia export" in said(show)
        assert not (await exported(table, number, "preflib")).refused
