"""What somebody means is found in their own language, and by the words of any other that the article has."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.importing import import_article
from bot.core.intents import DraftPoll, OpenArticle, UseArticle
from tests.support import a_desk, maria, said, sam, tom

PACK = "us-mexico-bargain"


@pytest.mark.parametrize("typed", ["Promover oportunidades", "promote", "a-development"])
async def test_an_item_by_the_words_of_either_language(tmp_path: Path, typed: str) -> None:
    """A moderator's draft is about the item that was meant, whatever language the place has."""
    async with a_desk(tmp_path) as table:
        await table.ask(sam, UseArticle(PACK))
        show = await table.ask(sam, DraftPoll(item=typed))
        assert not show.refused, said(show)


@pytest.mark.parametrize("reader", [pytest.param(tom, id="en"), pytest.param(maria, id="es")])
@pytest.mark.parametrize("typed", ["El pacto", "The Unavoidable"])
async def test_an_article_by_its_title_in_either_language(tmp_path: Path, reader: object, typed: str) -> None:
    """Somebody who saw the title in the other language finds it by that."""
    async with a_desk(tmp_path) as table:
        assert not (await table.ask(reader, OpenArticle(typed))).refused  # type: ignore[arg-type]


def test_a_guessed_language_is_told_by_name() -> None:
    """Its two letters say nothing to somebody who imports an article."""
    found = import_article("a.txt", b"One line.\n\nAnother one here.")
    assert "The language was taken to be English." in found.unsure_in("en")
    assert "Se supuso que el idioma es inglés." in found.unsure_in("es")
