"""A poll is meant by its number, its question, the question's beginning, or the label that a suggestion showed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.intents import (
    ClosePoll,
    CopyPoll,
    DraftPoll,
    ExportRecord,
    ShowDetails,
    ShowPanel,
    ShowPoll,
    ShowResults,
    UseArticle,
    VerifyReceipt,
)
from bot.platforms.typed import parse
from tests.integrity.polls import open_poll
from tests.services.polls.acting import close, drafted
from tests.support import Table, a_desk, ctx, said, sam, tom

QUESTIONS = ("Open on Sundays?", "Open the library at night?", "2026", "Año nuevo?", "Ano nuevo?")


async def asked(table: Table) -> None:
    """Polls with these questions, numbered from 1."""
    for question in QUESTIONS:
        await open_poll(table, DraftPoll(question=question, options="Yes | No", ballots="named", results="live"))


MEANT = [
    pytest.param("1", 1, id="number"),
    pytest.param("#2", 2, id="number with its sign"),
    pytest.param("２", 2, id="full-width number"),
    pytest.param("٢", 2, id="Arabic number"),
    pytest.param("Open on Sundays?", 1, id="question"),
    pytest.param("  open ON sundays ", 1, id="question as it is meant"),
    pytest.param("open on", 1, id="its beginning"),
    pytest.param("1 · Open on Sundays?", 1, id="label"),
    pytest.param("#1 - open on", 1, id="label as somebody writes it"),
    pytest.param("1 · Open on Sun…", 1, id="label that was cut"),
    pytest.param("2026", 3, id="a question that is a number no poll has"),
    pytest.param("Año nuevo?", 4, id="a tilde is heard where it counts"),
    pytest.param("ano nuevo?", 5, id="and its lack"),
    pytest.param("ano nuevo", "several", id="where it doesn't"),
    pytest.param("open", "several", id="the beginning of two"),
    pytest.param("2 · Open on Sundays?", "no poll", id="a number that belongs to another question"),
    pytest.param("library", "no poll", id="its middle"),
    pytest.param("99", "no poll", id="no such number"),
    pytest.param("???", "no poll", id="signs alone"),
    pytest.param("x" * 500, "no poll", id="much"),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
async def test_what_is_meant(tmp_path: Path, typed: str, meant: int | str) -> None:
    """The strictest way of reading it that fits one poll."""
    async with a_desk(tmp_path) as table:
        await asked(table)
        show = await table.ask(tom, ShowPoll(typed))
        if isinstance(meant, int):
            assert not show.refused, said(show)
            assert show.card.title == f"{meant} · {QUESTIONS[meant - 1]}"
        else:
            assert show.refused and meant in said(show).lower()


async def test_several_are_named(tmp_path: Path) -> None:
    """By their numbers, newest first."""
    async with a_desk(tmp_path) as table:
        await asked(table)
        assert "Several polls ask “open”: 2 and 1" in said(await table.ask(tom, ShowPoll("open")))


async def test_open_polls_go_first(tmp_path: Path) -> None:
    """A question that comes again means the poll that is open; of two closed ones neither."""
    async with a_desk(tmp_path) as table:
        weekly = DraftPoll(question="Who cooks?", options="Ann | Ben", ballots="named")
        first = await open_poll(table, weekly)
        await close(table, first)
        assert (await table.card(tom, ShowPoll("who cooks"))).title.startswith("1 ·")
        second = await open_poll(table, weekly)
        assert (await table.card(tom, ShowPoll("who cooks"))).title.startswith("2 ·")
        await close(table, second)
        assert "Several polls ask" in said(await table.ask(tom, ShowPoll("who cooks")))


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_what_every_suggestion_shows_is_understood(tmp_path: Path, locale: str) -> None:
    """Whoever types a label without choosing it gets what it stands for, whatever completes from polls."""
    async with a_desk(tmp_path) as table:
        await asked(table)
        await table.card(sam, UseArticle("us-mexico-bargain"))
        here = ctx(replace(sam, locale=locale))
        for source in ("poll", "open_poll", "record"):
            for suggestion in await table.desk.suggest(here, source, "", {}):
                for reference in (suggestion.value, suggestion.label):
                    show = await table.ask(replace(sam, locale=locale), ExportRecord(reference))
                    assert not show.refused, said(show)


async def test_drafts_too(tmp_path: Path) -> None:
    """A draft is suggested by its question, and found by it; by moderators alone."""
    async with a_desk(tmp_path) as table:
        draft = await drafted(table, DraftPoll(question="A secret plan?", options="Yes | No"))
        copy = await table.card(sam, CopyPoll("A secret plan?"))
        assert copy.title == draft.question
        assert "no poll" in said(await table.ask(tom, ShowPoll("A secret plan?")))


@pytest.mark.parametrize("intent", [ShowResults, ShowDetails, ShowPanel, VerifyReceipt, ExportRecord, ClosePoll])
async def test_everywhere(tmp_path: Path, intent: type) -> None:
    """Where the help says "by number or question", so it is."""
    async with a_desk(tmp_path) as table:
        await asked(table)
        for reference in ("Open on Sundays?", "open on", "1 · Open on Sundays?"):
            assert said(await table.ask(sam, intent(reference))) == said(await table.ask(sam, intent("1")))


def test_a_line_needs_no_quotes_where_nothing_follows() -> None:
    """A question is typed as it reads."""
    assert parse("/poll show Open on Sundays?", "en") == ShowPoll("Open on Sundays?")
    assert parse("/poll results Open on Sundays?", "en") == ShowResults("Open on Sundays?")
    assert parse("/moderate poll close Open on Sundays?", "en") == ClosePoll("Open on Sundays?")
    assert parse('/poll details "Open on Sundays?" rules', "en") == ShowDetails("Open on Sundays?", "rules")
