"""No cell becomes a formula, a number or a date, and every cell gives its text back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exports.guard import cell, typed

DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1", "＋1",
    "－1", "＠x", "-", "=", "= ", "'", "'=1", '=HYPERLINK("http://x","y")', "-2+3+cmd|' /C calc'!A0",
]  # fmt: skip
RETYPED = [
    "80351110224678912", "007", "1e5", "1234e567", "12,5", "3/4", "2026-12-01", "18:00", "50 %", "$3", "１２３",
    "1 dec", "Dec 1", "MAR5", "2-ene", "5 mayo 2026",
]  # fmt: skip
PLAIN = [
    "",
    "Yes",
    "a = b",
    "María",
    "👍 ok",
    "poll-7",
    "discord:80351110224678912",
    "May be",
    "two\nlines",
    "12 people",
]


@pytest.mark.parametrize("text", DANGEROUS, ids=repr)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    """Whatever a spreadsheet might run is text."""
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", RETYPED)
def test_what_looks_like_a_number_or_a_date_gets_an_apostrophe(text: str) -> None:
    """An id keeps its digits, an option "3/4" stays what it is."""
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN, ids=repr)
def test_other_text_stays_as_it_is(text: str) -> None:
    """Nothing is added where nothing threatens."""
    assert cell(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_every_text_comes_back(text: str) -> None:
    """Taking one leading apostrophe away undoes the guard, also through a CSV file."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(["x", cell(text)])
    (read,) = csv.reader(io.StringIO(line.getvalue(), newline=""))
    assert typed(read[1]) == text
    assert read[1].lstrip()[:1] not in tuple("=+-@")


def test_controls_go_and_lines_stay() -> None:
    """A control character has no place in a file; a line break has."""
    assert cell("a\x00b\r\nc\x1b\ud800") == "ab\nc"
