"""A picture is shown to whoever may see the result in words, tells the same, and words come where it can't be drawn."""

from __future__ import annotations

import logging
import struct
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts import setting
from bot.charts.artist import Artist
from bot.core.intents import CastBallot, PressOption, ShowPicture, ShowResults
from bot.i18n import words
from bot.services.polls.picturing import for_record
from tests.exports.records import kept, poll, record
from tests.services.polls.acting import a_poll, close, votes
from tests.support import Table, a_desk, actions, crowd, maria, said, sam, tom


@pytest.fixture
async def table(tmp_path: Path) -> AsyncIterator[Table]:
    """A desk on a fresh database."""
    async with a_desk(tmp_path) as made:
        yield made
        made.desk.artist.close()


async def test_a_picture_with_its_words(table: Table) -> None:
    """For light and dark, with its size, and every count in its words."""
    poll = await a_poll(table, ballots="named", results="live")
    await votes(table, poll, 7, 4, 1)
    card = await table.card(tom, ShowPicture(str(poll.number)))
    [picture] = card.pictures
    assert picture.size == struct.unpack(">II", picture.data[16:24]) == struct.unpack(">II", picture.dark[16:24])
    assert picture.data != picture.dark
    assert all(line in picture.alt for line in ("A · Parks: 7 votes · 58", "B · Buses: 4 votes", "C · Books: 1 vote"))
    assert "12 of 312 members voted" in picture.alt
    assert "Ahead so far: A · Parks." in picture.alt


async def test_in_the_reader_s_language(table: Table) -> None:
    """Numbers and words, as all that she sees."""
    poll = await a_poll(table, ballots="named", results="live")
    await votes(table, poll, 2, 1)
    [picture] = (await table.card(maria, ShowPicture(poll.id))).pictures
    assert "A · Parks: 2 votos" in picture.alt


WHO = [
    pytest.param("named", "live", True, True, id="live"),
    pytest.param("named", "voted", False, True, id="once voted"),
    pytest.param("named", "close", False, False, id="at close"),
    pytest.param("anonymous", "live", False, False, id="secret"),
]


@pytest.mark.parametrize(("ballots", "results", "stranger", "voter"), WHO)
async def test_who_sees_it(table: Table, ballots: str, results: str, stranger: bool, voter: bool) -> None:
    """Nobody who doesn't see the result in words, moderators neither; after the close everybody."""
    poll = await a_poll(table, ballots=ballots, results=results)
    await table.card(tom, PressOption(poll.id, "a"))
    for actor, sees in ((maria, stranger), (sam, stranger), (tom, voter)):
        picture, words_ = [await table.ask(actor, kind(poll.id)) for kind in (ShowPicture, ShowResults)]
        assert (not picture.refused) == (not words_.refused) == sees
        assert bool(picture.card.pictures) == sees
        assert sees or said(picture) == said(words_)
    await votes(table, poll, 5)
    await close(table, poll)
    assert (await table.card(maria, ShowPicture(poll.id))).pictures


async def test_a_withheld_result_has_no_picture(table: Table) -> None:
    """A secret poll of few ballots says what it says in words."""
    poll = await a_poll(table, ballots="anonymous")
    await votes(table, poll, 2, 1)
    await close(table, poll)
    card = await table.card(tom, ShowPicture(poll.id))
    assert card == await table.card(tom, ShowResults(poll.id))
    assert not card.pictures


async def test_a_ranked_poll_has_a_view_for_rounds_and_one_for_pairs(table: Table) -> None:
    """Each leads to the others; a view that there isn't is the results."""
    poll = await a_poll(table, kind="ranked", ballots="named", results="live", method="irv")
    for n, voter in enumerate(crowd(12)):
        marks = ("a>b>c", "b>c>a", "c>b>a")[n % 5 % 3]
        await table.card(voter, CastBallot(poll.id, marks=marks))
    shown = {view: await table.card(tom, ShowPicture(poll.id, view)) for view in ("", "rounds", "pairs", "scores")}
    assert "Round 1 of" in shown["rounds"].pictures[0].alt
    assert "over B" in shown["pairs"].pictures[0].alt
    assert shown["scores"].pictures == shown[""].pictures
    ways = {view: [action.intent for action in actions(card)] for view, card in shown.items()}
    assert ways["rounds"] == [ShowPicture(poll.id, "results"), ShowPicture(poll.id, "pairs"), ShowResults(poll.id)]


async def test_a_scored_poll_has_the_spread_of_scores(table: Table) -> None:
    """How often each score was given."""
    poll = await a_poll(table, kind="score", ballots="named", results="live")
    for voter in crowd(3):
        await table.card(voter, CastBallot(poll.id, marks="a=5,b=2,c=0"))
    [picture] = (await table.card(tom, ShowPicture(poll.id, "scores"))).pictures
    assert "A · Parks: 15 points · mean 5, 5: 3" in picture.alt


async def test_without_votes_there_is_a_picture_too(table: Table) -> None:
    """Of empty bars, saying that nobody voted."""
    poll = await a_poll(table, ballots="named", results="live")
    assert "No votes so far." in (await table.card(tom, ShowPicture(poll.id))).pictures[0].alt


async def test_where_it_can_t_be_drawn_its_words_come(
    table: Table, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """All numbers, why not in the log, and no button to ask for the same again."""
    poll = await a_poll(table, ballots="named", results="live")
    await votes(table, poll, 2, 1)
    monkeypatch.setattr(setting, "find_spec", lambda name: None)
    with caplog.at_level(logging.WARNING, "tertulia.charts"):
        card = await table.card(tom, ShowPicture(poll.id))
    assert not card.pictures
    assert "A · Parks: 2 votes" in said(card)
    assert "can't be drawn" in said(card)
    assert [entry.why for entry in caplog.records] == ["typst is not installed"]


async def test_a_record_has_every_chart_as_svg(monkeypatch: pytest.MonkeyPatch) -> None:
    """For light and dark, with words; none of a withheld result, and none where none can be drawn."""
    artist, t = Artist(), words("en")
    try:
        asked = poll(kind="score", named=True, method="star")
        full = record(asked, kept(asked, [{"a": 5, "b": 1, "c": 0}] * 6))
        charts = await for_record(artist, t, full)
        assert len(charts) == 4 and all("<svg" in one.light and "<svg" in one.dark and one.alt for one in charts)
        secret = replace(full, poll=replace(full.poll, named=False), outcome=replace(full.outcome, ballots=3))
        assert await for_record(artist, t, secret) == ()
        monkeypatch.setattr(setting, "find_spec", lambda name: None)
        assert await for_record(Artist(), t, full) == ()
    finally:
        artist.close()
