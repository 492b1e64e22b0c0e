"""The moderators' log in the reader's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.ctx import Actor
from bot.core.intents import ChangeSetting, ShowLog
from tests.support import a_desk, maria, said, sam

ANA = Actor("test:ana", "Ana", "es", manages=True, joined_ms=maria.joined_ms, created_ms=maria.created_ms)


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        pytest.param(sam, "set “Time zone for deadlines” to Europe/Madrid.", id="zone-en"),
        pytest.param(ANA, "cambió «Zona horaria de los plazos» a Europe/Madrid.", id="zone-es"),
        pytest.param(ANA, "a Cuando la consulta cierra.", id="results-es"),
    ],
)
async def test_a_setting_is_told_by_its_label(tmp_path: Path, reader: Actor, told: str) -> None:
    """Neither its name nor its value stands there as the program keeps it."""
    async with a_desk(tmp_path) as table:
        await table.card(sam, ChangeSetting("timezone", "Europe/Madrid"))
        await table.card(sam, ChangeSetting("results", "close"))
        assert told in said(await table.card(reader, ShowLog()))
