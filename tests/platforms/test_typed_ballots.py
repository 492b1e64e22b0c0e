"""Ballots typed in a line: signs hold words together, so nobody needs quotes; a reason may follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.demo import Pretend
from bot.core.intents import CastBallot, DraftPoll
from bot.platforms.text.door import TextDoor
from bot.platforms.typed import parse, typed_line
from tests.integrity.polls import open_poll
from tests.support import a_desk

LINES = [
    ("3 b", "b", ""),
    ("3 b>a=c", "b>a=c", ""),
    ("3 b > a = c", "b > a = c", ""),
    ("3 b >a =c", "b >a =c", ""),
    ("3 b> a= c", "b> a= c", ""),
    ('3 "Parks and lakes > Buses"', "Parks and lakes > Buses", ""),
    ("3 b>a c is dear", "b>a", "c is dear"),
    ("3 b > a > c and that is all", "b > a > c", "and that is all"),
    ("3 a=5 b=0", "a=5 b=0", ""),
    ("3 a=5, b=0 , c=3", "a=5, b=0 , c=3", ""),
    ("3 a5 b0 c3", "a5 b0 c3", ""),
    ("3 a5 b0 because buses", "a5 b0", "because buses"),
    ("3 a,c", "a,c", ""),
    ("3 a, c", "a, c", ""),
    ("3 a, c two are enough", "a, c", "two are enough"),
    ("3 b a good idea", "b", "a good idea"),
    ("3 b E=mc2 says so", "b", "E=mc2 says so"),
    ('3 "b" > a', "b", "> a"),
    ("poll:3 marks:b>a reason:it is late", "b>a", "it is late"),
    ("3 marks:b > a", "b > a", ""),
]


@pytest.mark.parametrize(("typed", "marks", "reason"), LINES, ids=[line for line, _, _ in LINES])
def test_a_ballot_in_a_line(typed: str, marks: str, reason: str) -> None:
    """What belongs to the ballot and what to the reason, in English and in Spanish."""
    wanted = CastBallot("3", marks=marks, reason=reason)
    assert parse(f"/poll vote {typed}", "en") == wanted
    if ":" not in typed:
        assert parse(f"/consulta votar {typed}", "es") == wanted


@pytest.mark.parametrize("marks", ["b>a=c", "b > a", "a=5 b=0", "a,c", "a, c"])
def test_a_ballot_as_a_line_reads_back(marks: str) -> None:
    """The line that stands for a ballot is that ballot."""
    ballot = CastBallot("3", marks=marks)
    line = typed_line(ballot, "en")
    assert line is not None and parse(line, "en") == ballot


@pytest.mark.parametrize(
    ("kind", "example", "typed", "said"),
    [
        ("ranked", "b>a=c", "b > a", "B, Buses > A, Parks"),
        ("score", "a=5 b=0 c=3", "a=5 c=0", "A 5, C 0"),
    ],
)
async def test_a_paper_at_the_text_door(tmp_path: Path, kind: str, example: str, typed: str, said: str) -> None:
    """Letters to type by, an example of the poll's own, and a slip that leaves the paper open."""
    async with a_desk(tmp_path) as table:
        await open_poll(table, DraftPoll(question="What first?", options="Parks | Buses | Books", kind=kind))
        door = TextDoor(table.desk, (Pretend("tom", "Tom", "en"),), place="test:town")
        asked = await door.line("/poll vote 1")
        assert f"for example {example}" in asked and "A · Parks" in asked
        slip = await door.line("zebra")
        assert "no option" in slip or "can't read" in slip
        assert "Type a number" not in slip and "for example" in slip
        assert said in await door.line(typed)
        again = await door.line("/poll vote 1")
        assert "now: " in again
