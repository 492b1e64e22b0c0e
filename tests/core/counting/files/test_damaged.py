"""A damaged file is refused with its line and what is wrong there, to the word; nothing of it is counted."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from bot.core.counting.files.door import read
from bot.core.counting.files.errors import BadFile
from bot.core.counting.files.lines import LONGEST, pieces
from bot.core.counting.values import Form
from tests.core.counting.files.damage import (
    BLT,
    BLT_DAMAGE,
    CAT,
    CAT_DAMAGE,
    CSV,
    CSV_DAMAGE,
    OLD,
    OLD_DAMAGE,
    OURS,
    OURS_DAMAGE,
    PREFLIB_DAMAGE,
    TOI,
    changed,
)  # fmt: skip
from tests.core.counting.files.damage_json import JSON_DAMAGE, RECORD, record


def said(name: str, text: str) -> str:
    """What is said of a file."""
    with pytest.raises(BadFile) as bad:
        read(name, io.StringIO(text))
    return str(bad.value)


def cases(name: str, whole: str, table: dict[str, tuple[str, str, str]]) -> list[Any]:
    """A damaged file for each row of a table: what is changed, into what, and what is said then."""
    return [pytest.param(name, changed(whole, *row[:2]), row[2], id=f"{name}-{id_}") for id_, row in table.items()]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        *cases("x.toi", TOI, PREFLIB_DAMAGE),
        *cases("x.cat", CAT, CAT_DAMAGE),
        *cases("old.toi", OLD, OLD_DAMAGE),
        *cases("x.blt", BLT, BLT_DAMAGE),
        *cases("plain.csv", CSV, CSV_DAMAGE),
        *cases("ours.csv", OURS, OURS_DAMAGE),
        *(pytest.param("x.json", *row, id=f"x.json-{id_}") for id_, row in JSON_DAMAGE.items()),
    ],
)
def test_damage(name: str, text: str, what: str) -> None:
    """Each thing that can be wrong, with its line."""
    assert said(name, text) == f"{name}:{what}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.toi", TOI),
        ("x.cat", CAT),
        ("x.toi", OLD),
        ("x.blt", BLT),
        ("x.csv", CSV),
        ("x.csv", OURS),
        ("x.json", record()),
    ],
)
def test_the_whole_file_is_fine(name: str, text: str) -> None:
    """What is damaged above is sound by itself, so that each message is about its damage."""
    assert read(name, io.StringIO(text)).ballots in (2, 3, 6)


@pytest.mark.parametrize("text", ["", "\n\n \n"], ids=["empty", "blank"])
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("x.soc", "1: the file is empty"),
        ("x.cat", "1: the file is empty"),
        ("x.blt", "1: the file is empty"),
        ("x.csv", "1: the file is empty"),
        ("x.json", "1: the file is empty"),
        ("x.txt", "1: the file is empty"),
    ],
)
def test_an_empty_file(name: str, text: str, what: str) -> None:
    """Said as such, in any format."""
    assert said(name, text) == f"{name}:{what}"


def test_a_file_of_no_format_that_is_known() -> None:
    """A picture that was renamed, say."""
    assert said("x.png", "once upon a time") == "x.png:1: neither its name nor its first lines tell the format"


def test_a_line_longer_than_any_ballot() -> None:
    """Not held in memory to the end, whatever the format; JSON alone may stand on one line."""
    endless = "1," * LONGEST
    for name in ("x.toi", "x.blt", "x.csv"):
        with pytest.raises(BadFile, match=r":1: a line of more than 1,048,576 characters"):
            read(name, pieces(io.StringIO(endless)))
    many = [{"marks": {"a": 1, "b": 2}}] * 60_000
    text = json.dumps(RECORD | {"result": {}, "ballots": many})
    assert len(text) > LONGEST
    assert read("x.json", pieces(io.StringIO(text))).groups == ((((0,), (1,)), 60_000),)


@pytest.mark.parametrize(
    ("forms", "form"),
    [
        pytest.param({Form.RANKS}, Form.RANKS, id="ranks"),
        pytest.param({Form.SCORES}, Form.SCORES, id="scores"),
        pytest.param({Form.MARKS, Form.RANKS}, Form.RANKS, id="no-scores"),
    ],
)
def test_who_says_what_the_numbers_are_is_understood(forms: set[Form], form: Form) -> None:
    """A table that leaves a rank out may hold scores as well: it is refused until somebody says which."""
    text = changed(CSV, "2,1,\n", "2,3,\n")
    with pytest.raises(BadFile, match="say which"):
        read("x.csv", io.StringIO(text))
    assert read("x.csv", io.StringIO(text), None, forms).form is form
