"""What people type, made safe to show: nothing hidden, nothing turned around, nothing lost that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import clean, cut, folded, look_of, one_line, seen_as, units, unwrapped


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  a  b  ", "a b", id="spaces"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="line ends"),
        pytest.param("a\n\n\n\nb", "a\n\nb", id="blank lines"),
        pytest.param("a\x00b\x1bc\x7f", "abc", id="controls"),
        pytest.param("\u202eevil\u202c", "evil", id="direction overrides"),
        pytest.param("\u2066x\u2069", "x", id="direction isolates"),
        pytest.param("a\u200bb\ufeffc\u00add", "abcd", id="invisible signs"),
        pytest.param("\u3164\u3164", "", id="letters that look like nothing"),
        pytest.param("a" + "\U000e0041\U000e0042", "a", id="an invisible copy of ASCII"),
        pytest.param("\ud800x", "x", id="half a sign"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("e\u200b\u0301", "é", id="composed across what was dropped"),
        pytest.param("Z" + "\u0301" * 40, "Ź" + "\u0301" * 4, id="a smear of marks"),
        pytest.param("\u200d \u200c", "", id="nothing but joiners"),
        pytest.param("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧", id="a family stays together"),
        pytest.param("10\u00a0km", "10\u00a0km", id="a no-break space stays one"),
        pytest.param("¿Sí\u202f?", "¿Sí\u202f?", id="a narrow one too"),
        pytest.param("\u00a0a \u00a0 b\u00a0\u00a0c\u00a0", "a b\u00a0c", id="but not many, nor at an end"),
        pytest.param(
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            id="the flag of England",
        ),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian keeps its joiners"),
        pytest.param("עברית, ¿qué?", "עברית, ¿qué?", id="other alphabets"),
        pytest.param("<@123> @everyone **x**", "<@123> @everyone **x**", id="signs are for platforms to escape"),
    ],
)
def test_typed_text_is_cleaned(typed: str, kept: str) -> None:
    """Each trick by itself."""
    assert clean(typed) == kept


ANYTHING = st.text(st.characters() | st.sampled_from("\u200b\u202e\u0301\ud800\u3164 \n\r\t\u200de"), max_size=30)


@given(ANYTHING)
def test_cleaning_is_done_once(text: str) -> None:
    """Clean text stays as it is, and on one line has one line."""
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(("text", "length"), [("", 0), ("a", 1), ("é", 1), ("😀", 2), ("👩\u200d👧", 5), ("\ud800", 1)])
def test_units_count_as_discord_does(text: str, length: int) -> None:
    """UTF-16 units."""
    assert units(text) == length


@given(ANYTHING, st.integers(1, 40))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, limit: int) -> None:
    """Never longer than the limit, unchanged where it fits, and with an ellipsis where it doesn't."""
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text if units(text) <= limit else short.endswith("…")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        pytest.param("one two three", 9, "one two…", id="at a word"),
        pytest.param("abcdefghij", 5, "abcd…", id="within a long word"),
        pytest.param("ab 😀😀", 5, "ab…", id="never half a sign"),
        pytest.param("a, b, c, d", 6, "a, b…", id="no comma before the ellipsis"),
        pytest.param("anything", 1, "…", id="room for nothing else"),
    ],
)
def test_a_text_is_cut_where_it_reads_well(text: str, limit: int, short: str) -> None:
    """By words, without loose punctuation."""
    assert cut(text, limit) == short


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Mecánica", "mecanica", True),
        ("¿Sí?", "si", True),
        ("ＡＢＣ", "abc", True),
        ("a  b", "a-b", True),
        ("Straße", "STRASSE", True),
        ("ano", "aro", False),
    ],
)
def test_folded_texts_compare_what_is_meant(left: str, right: str, same: bool) -> None:
    """Accents, case, width and punctuation don't count."""
    assert (folded(left) == folded(right)) == same


@pytest.mark.parametrize(
    ("left", "right", "same"), [("< 18", "> 18", False), ("👍", "👎", False), ("❤️", "❤", True), ("Sí ", "si", True)]
)
def test_seen_texts_compare_what_is_seen(left: str, right: str, same: bool) -> None:
    """Signs count, how they are drawn doesn't."""
    assert (seen_as(left) == seen_as(right)) == same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("Si", "Sí", False, id="an accent"),
        pytest.param("Año", "Ano", False, id="a tilde"),
        pytest.param("10²", "102", False, id="a raised number"),
        pytest.param("May", "may", False, id="a capital"),
        pytest.param("e\u0301", "é", True, id="composed or not"),
        pytest.param("10\u00a0km", "10  km", True, id="any spaces"),
        pytest.param("a\u200db", "ab", True, id="a joiner with nothing to join"),
        pytest.param("👩\u200d👧", "👩👧", False, id="a joiner that joins"),
        pytest.param("می\u200cخواهم", "میخواهم", False, id="and one that parts"),
        pytest.param("❤️", "❤", True, id="a variation"),
        pytest.param("\u202eab", "ab", True, id="an override that is dropped"),
    ],
)
def test_the_look_of_texts(left: str, right: str, same: bool) -> None:
    """What readers can tell apart is not the same."""
    assert (look_of(left) == look_of(right)) == same


def test_a_line_keeps_its_no_break_spaces() -> None:
    """Lines become one, with single spaces."""
    assert unwrapped(" 9\u00a0%\n of  41 ") == "9\u00a0% of 41"
