"""The menu of one's own answers: each line says which item it is, however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.load import load_library
from bot.core.intents import AnswerItems, FinishStances, TakeStance
from bot.paths import content_dir
from tests.support import a_desk, maria, tom

PACK = "us-mexico-bargain"


@pytest.mark.parametrize("reader", [pytest.param(tom, id="en"), pytest.param(maria, id="es")])
async def test_lines_of_the_menu_begin_with_the_name(tmp_path: Path, reader: object) -> None:
    """A label begins as its item's name does, also where labels are cut short."""
    async with a_desk(tmp_path) as table:
        pack = load_library(content_dir())[PACK]
        for item in pack.article("en").items:
            await table.ask(reader, TakeStance(PACK, item.id, "pass"))  # type: ignore[arg-type]
        (menu,) = (await table.card(reader, FinishStances(PACK))).picks  # type: ignore[arg-type]
        names = {item.id: item.name for item in pack.article(reader.locale).items}  # type: ignore[attr-defined]
        for option in menu.options:
            assert isinstance(option.intent, AnswerItems)
            assert names[option.intent.item].startswith(option.label.rstrip("…"))
