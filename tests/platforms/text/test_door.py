"""The text door: a line in, a line out, for a few people who take turns at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content.demo import Pretend
from bot.i18n import words
from bot.paths import seeds_dir
from bot.platforms.text.door import TextDoor
from bot.services.planting import plant
from tests.support import a_desk

PEOPLE = (Pretend("tom", "Tom", "en"), Pretend("maria", "María", "es"), Pretend("sam", "Sam", "en", moderates=True))


@dataclass
class Room:
    """A door into a planted place, and the folder it saves to."""

    door: TextDoor
    folder: Path

    async def says(self, *lines: str) -> str:
        """The answer to the last of some lines, with single spaces."""
        for line in lines:
            answer = await self.door.line(line)
        return " ".join(answer.split())


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_desk(tmp_path) as table:
        door = TextDoor(table.desk, PEOPLE, folder=tmp_path / "saved")
        await plant(table.desk, door.spot, seeds_dir())
        yield Room(door, tmp_path / "saved")


async def test_a_number_presses_what_the_last_card_offered(room: Room) -> None:
    """Bare or after a >, and only what is there."""
    first = await room.says("/section 1")
    second = await room.says("1")
    assert "Section 1 of 7" in first
    assert "Section 2 of 7" in second
    assert "Section 3 of 7" in await room.says("> 1")
    assert "There is no 99 here. The last card goes up to" in await room.says("99")


async def test_each_person_has_a_card_of_their_own(room: Room) -> None:
    """María's numbers are not Tom's; each reads their own language, and it says whose eyes it is for."""
    assert (await room.says("/section 2")).startswith("(only Tom sees this)")
    assert "La última tarjeta no tenía nada que elegir" in await room.says("/as maria", "1")
    assert (await room.says("/sección 5")).startswith("(esto solo lo ve María)")
    assert "Section 3 of 7" in await room.says("/como tom", "1")


async def test_a_refusal_leaves_the_numbers_as_they_were(room: Room) -> None:
    """A slip of the fingers doesn't cost one's place."""
    await room.says("/section 2")
    assert "/search" in await room.says("/serch words")
    assert "There is no poll" in await room.says("/poll show 77")
    assert "Section 3 of 7" in await room.says("1")


async def test_a_form_is_filled_line_by_line(room: Room) -> None:
    """While it is open, numbers answer it; a command leaves it."""
    paper = await room.says("/poll vote 1")
    assert "Choose one" in paper
    assert words("en").plain("support.oppose") in await room.says("2")
    await room.says("/poll vote 1")
    assert "Section 2 of 7" in await room.says("/section 2")
    assert "Section 3 of 7" in await room.says("1")


async def test_a_form_that_is_left_sends_nothing(room: Room) -> None:
    """What else its card offered can be pressed then."""
    left = await room.says("/as maria", "/poll vote 1", "cancelar")
    assert left.startswith("Cancelado. No se envió nada.")
    assert words("es").plain("poll.not_voted") in await room.says("/poll show 1")


async def test_a_refused_form_keeps_what_was_typed(room: Room) -> None:
    """Only what was wrong needs to be typed again."""
    await room.says("/as sam", "/moderate poll start")
    refused = await room.says("question: Shall we?\nkind: 1\noptions: only one\ncloses: 2h")
    assert "now: Shall we?" in refused
    preview = await room.says("options: Yes | No", "send")
    assert "Shall we?" in preview
    assert words("en").plain("draft.preview") in preview


async def test_a_wrong_answer_is_asked_again(room: Room) -> None:
    """With the reason, and the question once more."""
    answer = await room.says("/poll vote 1", "purple")
    assert answer == "“purple” is none of the choices of Choose one. Choose one?"


async def test_moderators_commands_are_for_moderators(room: Room) -> None:
    """The door offers them to everybody; the desk decides."""
    assert "moderator" in await room.says("/moderate log")
    assert "only Sam sees this" in await room.says("/as sam", "/moderate log")


async def test_a_file_is_kept_when_asked_for(room: Room) -> None:
    """In the door's folder or another, never over a file that is there."""
    assert "no file to save" in await room.says("/save")
    answer = await room.says("/privacy export")
    assert "/save keeps it" in answer
    first, second = await room.says("/save"), await room.says("/save")
    assert first != second
    assert len(list(room.folder.iterdir())) == 2
    (room.folder.parent / "file").write_text("")
    assert "Could not write" in await room.says(f"/save {room.folder.parent / 'file'}")


async def test_nobody_else_can_be_sat_as(room: Room) -> None:
    """A name that nobody has is met with those who are here."""
    assert "You can be tom, maria, and sam." in await room.says("/as nobody")
    assert "You are Sam now." in await room.says("/as Sam")


@pytest.mark.parametrize("line", ["/quit", "/QUIT", "/salir"])
async def test_one_can_leave(room: Room, line: str) -> None:
    """In one's own words."""
    await room.says("/as maria", line)
    assert room.door.closed


@pytest.mark.parametrize("line", ["", "   ", "\n"])
async def test_nothing_said_is_nothing_answered(room: Room, line: str) -> None:
    """An empty line outside a form is no mistake."""
    assert await room.door.line(line) == ""


@pytest.mark.parametrize("line", ["/", ">", "> ", "/as", "٣", "1" * 50, "/section \x1b[2J", "«", '"', "/poll vote 1 :"])
async def test_no_line_breaks_the_door(room: Room, line: str) -> None:
    """Whatever is typed is answered, and nothing of it reaches the terminal as a command."""
    answer = await room.door.line(line)
    assert answer
    assert "\x1b" not in answer
    assert "Reference" not in answer
