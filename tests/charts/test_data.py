"""What members typed reaches the templates as text: in its language and direction, with places to break."""

from __future__ import annotations

import json

import pytest

from bot.charts.data import LONGEST_RUN, breakable, chart_json, from_right, language, said
from bot.charts.results import results
from tests.charts.subjects import counted, subject


@pytest.mark.parametrize(
    ("text", "spoken", "right"),
    [
        pytest.param("Monday", "en", False, id="latin"),
        pytest.param("星期三", "zh", False, id="han"),
        pytest.param("水曜日です", "ja", False, id="kana among han"),
        pytest.param("수요일", "ko", False, id="hangul"),
        pytest.param("1. مساءً", "en", True, id="a number before arabic"),
        pytest.param("ערב", "en", True, id="hebrew"),
        pytest.param("A مساءً", "en", False, id="latin first"),
        pytest.param("", "en", False, id="nothing"),
        pytest.param("1 🗳️", "en", False, id="no letter"),
    ],
)
def test_language_and_direction(text: str, spoken: str, right: bool) -> None:
    """East Asian signs have the shapes of their language; a text begins where its first letter does."""
    assert (language(text, "en"), from_right(text)) == (spoken, right)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 90, id="letters"),
        pytest.param("e\u0301" * 40, id="accents"),
        pytest.param("👩‍👩‍👧" * 20, id="families"),
        pytest.param("🇲🇽" * 40, id="flags"),
        pytest.param("👍🏽" * 30, id="skins"),
    ],
)
def test_a_long_run_can_break_but_no_sign_is_torn(text: str) -> None:
    """Between whole signs only, and nothing is lost."""
    made = breakable(text)
    assert made.replace("\u200b", "") == text
    pieces = made.split("\u200b")
    assert all(not piece.startswith(("\u0301", "\u200d", "\ufe0f", "🏽")) for piece in pieces)
    assert all(not piece.endswith("\u200d") for piece in pieces)
    assert len(pieces) > 1 or text.startswith("🇲🇽")


def test_what_has_spaces_is_left_alone() -> None:
    """Words shorter than a line break between them."""
    text = " ".join(["w" * (LONGEST_RUN - 1)] * 5)
    assert breakable(text) == text


def test_controls_and_overrides_are_gone() -> None:
    """A text can't turn what stands beside it around."""
    assert said("a\u202eb\nc\x07", "en")["text"] == "ab c"


def test_a_chart_is_json_with_the_same_words() -> None:
    """Quotes, backslashes and braces arrive as they are."""
    chart = results(subject(counted("plurality")))
    told = json.loads(chart_json(chart, "dark"))
    assert told["theme"] == "dark" and told["chart"]["kind"] == "bars"
    labels = [bar["label"]["text"].replace("\u200b", "") for bar in told["chart"]["body"]["bars"]]
    assert labels == [bar.label for bar in chart.body.bars]
