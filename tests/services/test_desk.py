"""The desk answers everything: what a person did wrong, what storage suffers, and what we broke ourselves."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import intents
from bot.core.card import Audience
from bot.core.errors import Refusal
from bot.core.intents import Intent, ListPolls, ShowHelp
from bot.i18n import LOCALES, words
from bot.services.registry import HANDLERS
from bot.storage.errors import StorageUnavailable
from tests.support import Table, a_desk, maria, said, sam, tom

KINDS = [kind for kind in vars(intents).values() if isinstance(kind, type) and issubclass(kind, Intent) and kind.VERB]


def test_every_intent_has_one_handler() -> None:
    """None is forgotten, none is of something that isn't an intent."""
    assert set(HANDLERS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
@pytest.mark.parametrize("actor", [tom, maria, sam], ids=["Tom", "María", "Sam"])
async def test_an_empty_intent_is_answered(tmp_path: Path, kind: type[Intent], actor: object) -> None:
    """With nothing filled in, in an empty place: an answer or a refusal, never a breakdown, never in public."""
    async with a_desk(tmp_path) as table:
        show = await table.ask(actor, kind())  # type: ignore[arg-type]
        text = said(show)
        assert "Reference" not in text and "Referencia" not in text
        assert show.audience is not Audience.PUBLIC
        if kind.MODERATORS and actor is not sam:
            assert show.refused


HOSTILE = (
    "\u202e**x** <@1> @everyone [a](https://e.example) ' OR 1=1 -- \x00 {name} {n, plural, other {#}}" + "y" * 5000
)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
async def test_a_hostile_text_is_answered(tmp_path: Path, kind: type[Intent]) -> None:
    """In every field that takes text: no breakdown, no override and no end-less card."""
    async with a_desk(tmp_path) as table:
        names = [name for name, value in _defaults(kind).items() if value == ""]
        for name in names:
            show = await table.ask(sam, kind(**{name: HOSTILE}))
            assert "Reference" not in said(show), name
            assert "\u202e" not in said(show) and len(said(show)) < 4000, name


def _defaults(kind: type[Intent]) -> Mapping[str, object]:
    fields = kind.__dataclass_fields__
    return {name: field.default for name, field in fields.items()}


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_we_broke_is_said(tmp_path: Path, locale: str, caplog: pytest.LogCaptureFixture) -> None:
    """In the person's language, with a reference that also stands in the log beside the error."""
    async with a_desk(tmp_path) as table:

        async def broken(*_: object) -> None:
            raise ZeroDivisionError("a bug")

        ill = _with(table, broken)
        with caplog.at_level(logging.ERROR):
            show = await ill.ask(replace(tom, locale=locale), ListPolls())
        ref = caplog.records[-1].ref  # type: ignore[attr-defined]
        assert show.refused and ref in said(show)
        assert said(show).strip() == words(locale).plain("error.broken", ref=ref)


async def test_a_refusal_without_words_is_answered_too(tmp_path: Path) -> None:
    """One that lacks the fact its sentence needs is a bug of ours, and is said as one."""
    async with a_desk(tmp_path) as table:

        async def lacking(*_: object) -> None:
            raise Refusal("unknown_option", {"option": "z"})

        assert "Reference" in said(await _with(table, lacking).ask(tom, ListPolls()))


async def test_storage_trouble_is_said(tmp_path: Path) -> None:
    """As what it means for the person: nothing was recorded, try again."""
    async with a_desk(tmp_path) as table:

        async def full(*_: object) -> None:
            raise StorageUnavailable("disk full")

        show = await _with(table, full).ask(tom, ListPolls())
        assert show.refused and "can't store anything" in said(show) and "disk full" not in said(show)


async def test_a_closed_database_is_no_breakdown(tmp_path: Path) -> None:
    """What comes while the program stops is answered."""
    async with a_desk(tmp_path) as table:
        await table.desk.db.close()
        assert (await table.ask(tom, ShowHelp())).refused


def _with(table: Table, handler: object) -> Table:
    """The table with one handler for everything."""
    return replace(table, desk=replace(table.desk, handlers=dict.fromkeys(KINDS, handler)))
