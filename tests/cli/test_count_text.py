"""Whatever the ballots, an answer can be printed: no method, tie or number is one that the words don't foresee."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.count_text import BROKEN, COLUMNS, MARGINS, TITLES, comparison, outcome, told
from bot.cli.tables import plain, table, wide
from bot.core.counting.methods import METHODS, others
from bot.core.counting.said import as_json
from bot.core.counting.values import Count, Form, Policies, Profile
from tests.core.counting.files.profiles import WEIGHT, marked, ranked, scored


def every(profile: Profile, seats: int, policies: Policies) -> list[Count]:
    """The ballots by all methods that fit them."""
    fitting = [method for method in METHODS.values() if profile.form in method.forms]
    if not 2 <= len(profile.options) <= 3:
        fitting = [method for method in fitting if method.name != "motion"]
    return [method.count(profile, policies, seats if method.many_seats else 1) for method in fitting]


@settings(max_examples=20, deadline=None)
@given(
    ranked(weights=WEIGHT, blank=True, skips=True) | marked() | scored(),
    st.integers(1, 4),
    st.sampled_from([None, "seed"]),
)
def test_every_count_can_be_told(profile: Profile, seats: int, seed: str | None) -> None:
    """In words and as JSON; whatever broke a tie or made a margin has words of its own."""
    policies = Policies(seed=seed)
    counts = every(profile, seats, policies)
    for count in counts:
        elsewhere = others(profile, policies, count.method) if count.seats == 1 else ()
        first = told(count, elsewhere, profile).partition("\n")[0]
        assert first == outcome(count) != ""
        assert json.loads(json.dumps(as_json(count)))["ballots"] == as_json(count)["ballots"]
        assert count.facts.get("margin-of", "votes") in MARGINS
        assert {one.broken for one in count.rounds} <= set(BROKEN)
    assert comparison(counts)


def test_every_method_has_its_words() -> None:
    """A title, and no columns of a method that is gone."""
    assert set(TITLES) == set(METHODS)
    assert set(COLUMNS) <= set(METHODS)


@pytest.mark.parametrize("form", Form)
def test_no_ballots(form: Form) -> None:
    """Nobody has won; it is said, and nothing breaks."""
    profile = Profile(("Tea", "Coffee"), form, ())
    for count in every(profile, 1, Policies()):
        assert told(count, (), profile).startswith(("A tie: Tea and Coffee.", "The motion is not decided"))


@pytest.mark.parametrize(
    ("name", "shown", "columns"),
    [
        pytest.param("Tea", "Tea", 3, id="plain"),
        pytest.param("寿司", "寿司", 4, id="wide"),
        pytest.param("Cafe\u0301", "Cafe\u0301", 4, id="a-combining-accent"),
        pytest.param("a\tb\x1b[0m\u202e", "a�b�[0m�", 8, id="controls"),
        pytest.param("x" * 40, "x" * 31 + "…", 32, id="long"),
        pytest.param("寿" * 20, "寿" * 15 + "…", 31, id="long-and-wide"),
    ],
)
def test_a_name_in_a_table(name: str, shown: str, columns: int) -> None:
    """Safe to print, and as wide as it looks."""
    assert (plain(name), wide(plain(name))) == (shown, columns)


def test_columns_line_up() -> None:
    """Names to the left, numbers to the right."""
    assert table(("", "votes"), [["寿司", "10"], ["Tea", "7"]]) == [
        "        votes",
        "  寿司     10",
        "  Tea       7",
    ]


def test_a_table_that_is_too_wide_goes_on_below() -> None:
    """With the names again."""
    lines = table(("", *(f"{n:>8}" for n in range(12))), [["Tea", *map(str, range(12))]])
    assert [line.split()[:1] for line in lines] == [["0"], ["Tea"], [], ["9"], ["Tea"]]
