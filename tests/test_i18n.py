"""Words by their key: plurals, numbers and lists of each language, and somebody's text never taken for ours."""

from __future__ import annotations

import pytest

from bot.core.rich import Rich, unmarked
from bot.i18n import Slot, Words, language_of, parse, words


def said(text: str, locale: str = "en", /, **values: object) -> Rich:
    """A message of a locale, said."""
    return Words(locale, {"k": parse(text)})("k", **values)


@pytest.mark.parametrize(
    ("text", "locale", "values", "expected"),
    [
        pytest.param("Hello", "en", {}, "Hello", id="text"),
        pytest.param("{a} and {b}", "en", {"a": "x", "b": "y"}, "x and y", id="values"),
        pytest.param("{n, plural, one {# vote} other {# votes}}", "en", {"n": 1}, "1 vote", id="one"),
        pytest.param("{n, plural, one {# vote} other {# votes}}", "en", {"n": 0}, "0 votes", id="none"),
        pytest.param("{n, plural, =0 {no votes} other {# votes}}", "en", {"n": 0}, "no votes", id="an exact number"),
        pytest.param("{n, plural, other {# votes}}", "en", {"n": 12345}, "12,345 votes", id="separators"),
        pytest.param(
            "{n, plural, one {# voto} other {# votos}}", "es", {"n": 12345}, "12.345 votos", id="Spanish ones"
        ),
        pytest.param("{n}", "es", {"n": 1234567}, "1.234.567", id="a number by itself"),
        pytest.param("{who, select, me {you} other {they}}", "en", {"who": "me"}, "you", id="a choice"),
        pytest.param("{who, select, me {you} other {they}}", "en", {"who": "x"}, "they", id="any other"),
        pytest.param("{n, plural, other {#: {who}}}", "en", {"n": 2, "who": "x"}, "2: x", id="one inside the other"),
    ],
)
def test_a_message_is_filled(text: str, locale: str, values: dict[str, object], expected: str) -> None:
    """By the rules of its language."""
    assert said(text, locale, **values) == expected


@pytest.mark.parametrize("typed", ["**x**", "`x`", "<t:1:R>", "[a](https://b.example)", "\\", "{n}", "#"])
def test_somebodys_text_is_not_ours(typed: str) -> None:
    """It is escaped where it goes into a sentence, and stands bare in a label."""
    assert unmarked(said("{a}!", a=typed)) == f"{typed}!"
    assert Words("en", {"k": parse("{a}!")}).plain("k", a=typed) == f"{typed}!"


def test_our_markup_goes_in_as_markup() -> None:
    """A `Rich` value keeps its bold."""
    assert said("{a}!", a=Rich("**x**")) == "**x**!"


@pytest.mark.parametrize("text", ["{", "}", "{a", "{a, plural, one {x}}", "a } b", "{a, select, other {x}", "{ }"])
def test_a_broken_message_is_refused(text: str) -> None:
    """When it is read, not when somebody needs it."""
    with pytest.raises(ValueError, match=r"brace|other"):
        parse(text)


def test_a_message_is_text_and_slots() -> None:
    """What a test can walk."""
    assert parse("a {b} {c, number}") == ("a ", Slot("b"), " ", Slot("c", "number"))


@pytest.mark.parametrize("missing", ["key", "value"])
def test_what_is_missing_is_an_error(missing: str) -> None:
    """An unknown key, a value that was not handed over."""
    with pytest.raises(KeyError):
        words("en")("no.such.key") if missing == "key" else said("{a}")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("es-419", "es"), ("es_MX", "es"), ("ES", "es"), ("en-GB", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_a_platforms_locale_finds_ours(locale: str | None, expected: str) -> None:
    """By its language; the default where none of ours serves it."""
    assert language_of(locale) == expected


@pytest.mark.parametrize(("locale", "share"), [("en", "12.5%"), ("es", "12,5\u00a0%")])
def test_a_share_is_written_as_the_language_does(locale: str, share: str) -> None:
    """With its own decimal sign."""
    assert words(locale).percent(0.125, 1) == share


@pytest.mark.parametrize(("locale", "listed"), [("en", "A, B, and \\*C\\*"), ("es", "A, B y \\*C\\*")])
def test_a_list_has_its_and(locale: str, listed: str) -> None:
    """Each part escaped."""
    assert words(locale).listed(["A", "B", "*C*"]) == listed
