"""What phones, keyboards and languages put into typed lines reads as what was meant."""

from __future__ import annotations

import pytest

from bot.core.signs import plain_signs

PLAIN = [
    pytest.param("b → a ＝ c；d", "b > a = c;d", id="an arrow, full width"),
    pytest.param("b＞a、c", "b>a,c", id="a Japanese comma"),
    pytest.param("b -> a => c", "b > a > c", id="arrows as typed"),
    pytest.param("b –> a", "b > a", id="and as a phone corrects them"),
    pytest.param("b ➡️ a", "b > a", id="an arrow as an emoji"),
    pytest.param("a؛ b، c", "a; b, c", id="Arabic"),
    pytest.param("a=٥", "a=5", id="an Arabic digit"),
    pytest.param("a=५", "a=5", id="a digit of Devanagari"),
    pytest.param("２５．１０．", "25.10.", id="full-width digits"),
    pytest.param("10\u00a0٪", "10 %", id="a percent sign and its space"),
    pytest.param("1–3", "1-3", id="a dash between numbers"),
    pytest.param("a\u200f>\u2060b\ufeff", "a>b", id="what nobody sees"),
    pytest.param("b>a=c", "b>a=c", id="our own signs"),
    pytest.param("Año ñandú", "Año ñandú", id="letters stay"),
]


@pytest.mark.parametrize(("typed", "plain"), PLAIN)
def test_signs_are_plain(typed: str, plain: str) -> None:
    """Each as an English keyboard writes it."""
    assert plain_signs(typed) == plain
