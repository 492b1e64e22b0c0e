"""Public boards at the text door: printed when they change, and pressed by a letter and a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.card import Action, Card, Pick, PickOption
from bot.core.intents import ListPolls, PressOption, ReadSection
from bot.platforms.text.stage import TextStage
from bot.services.stage import Slot
from tests.support import a_desk


def board(poll: str) -> Card:
    return Card(
        "A poll",
        actions=((Action("A · Yes", PressOption(poll, "a")), Action("B · No", PressOption(poll, "b"))),),
        picks=(Pick("More", (PickOption("Polls", ListPolls()),)),),
    )


async def test_boards_are_printed_and_pressed_by_letter(tmp_path: Path) -> None:
    """A changed board keeps its letter, and what is pressed is what it shows now."""
    told: list[str] = []
    async with a_desk(tmp_path) as table:
        stage = TextStage(table.desk, told.append)
        for post, poll in (("p1", "k1"), ("p2", "k2"), ("p1", "k3")):
            assert await stage.show(Slot(post, "text:local", "main", None), board(poll)) == post
    assert [text.split("\n")[0] for text in told] == ["(everybody sees this)"] * 3
    assert "a1  A · Yes" in told[0]
    assert "b3  Polls" in told[1]
    assert "a2  B · No" in told[2]
    assert stage.pressed("A2") == PressOption("k3", "b")
    assert stage.pressed("b3") == ListPolls()


@pytest.mark.parametrize("typed", ["c1", "a0", "a4", "a", "1", "aa1", "a1x", "", "a" + "9" * 30])
async def test_what_no_board_offers_is_no_press(tmp_path: Path, typed: str) -> None:
    """It may be a command then, or nothing."""
    async with a_desk(tmp_path) as table:
        stage = TextStage(table.desk, lambda text: None)
        await stage.show(Slot("p1", "text:local", "main", None), board("k1"))
    assert stage.pressed(typed) is None


async def test_there_is_a_mark_for_every_board(tmp_path: Path) -> None:
    """After z comes aa, and neither is taken for the other."""
    async with a_desk(tmp_path) as table:
        stage = TextStage(table.desk, lambda text: None)
        for n in range(30):
            slot = Slot(f"p{n}", "text:local", "main", None)
            await stage.show(slot, Card("x", actions=((Action("Go", ReadSection(section=str(n))),),)))
    assert [stage.pressed(mark) for mark in ("a1", "z1", "aa1", "dd1")] == [
        ReadSection(section=str(n)) for n in (0, 25, 26, 29)
    ]
