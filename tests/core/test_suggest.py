"""Finding what somebody meant, and not what they didn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.suggest import exact, likeness, ranked

NAMES = {
    "mechanics": "The mechanics of pressure",
    "mexico": "México and its neighbour",
    "outlook": "Outlook: two scenarios",
    "emoji": "🗳️",
}

EXACT = [
    pytest.param("The mechanics of pressure", "mechanics", id="as it is"),
    pytest.param("the MECHANICS of pressure!", "mechanics", id="but for case and signs"),
    pytest.param("mexico and its neighbour", "mexico", id="but for an accent"),
    pytest.param("The mech", "mechanics", id="the only one that begins so"),
    pytest.param("o", "outlook", id="by one letter"),
    pytest.param("mechanics", None, id="in the middle"),
    pytest.param("", None, id="nothing"),
    pytest.param("🗳️", "emoji", id="signs alone, as they look"),
    pytest.param("???", None, id="other signs alone"),
    pytest.param("x", None, id="none"),
]


@pytest.mark.parametrize(("typed", "found"), EXACT)
def test_exact(typed: str, found: str | None) -> None:
    """One and only one, but for case, accents and signs."""
    assert exact(typed, NAMES) == found


def test_two_that_begin_alike_are_no_one() -> None:
    """Unless one of them is the whole of it."""
    names = {"a": "Main Street", "b": "Main Street market"}
    assert (exact("Main", names), exact("main street", names)) == (None, "a")
    assert exact("same", {"a": "Same", "b": "same"}) == "b"
    assert exact("SAME", {"a": "Same", "b": "same"}) is None
    assert [exact(typed, {"a": "Si", "b": "Sí"}) for typed in ("Si", "Sí", "sí")] == ["a", "b", "b"]


RANKED = [
    pytest.param("mecanica", "mechanics", id="a word in another language"),
    pytest.param("mexcio", "mexico", id="letters changed about"),
    pytest.param("scenarios", "outlook", id="a word in the middle"),
    pytest.param("presure", "mechanics", id="a letter left out"),
]


@pytest.mark.parametrize(("typed", "first"), RANKED)
def test_ranked(typed: str, first: str) -> None:
    """What is like it comes first."""
    assert ranked(typed, NAMES)[0] == first


def test_nothing_typed_is_everything_in_order() -> None:
    """And nonsense is nothing: a suggestion must not read as a joke."""
    assert ranked("", NAMES) == list(NAMES)
    assert ranked("zzqx", NAMES) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share(wanted: str, name: str) -> None:
    """From 0 to 1, whatever is compared."""
    assert 0.0 <= likeness(wanted, name) <= 1.0


@given(st.text(max_size=40))
def test_every_text_is_answered(typed: str) -> None:
    """With names that are there."""
    assert set(ranked(typed, NAMES)) <= set(NAMES)
    assert exact(typed, NAMES) in {*NAMES, None}


def test_of_a_whole_page_only_the_beginning_is_compared() -> None:
    """Comparing takes time by the square, and everybody waits: what comes after the longest name changes nothing."""
    names = {"page": "word " * 40, "other": "Streets"}
    assert ranked("word " * 40 + "and what comes after " * 500, names) == ["page"]
