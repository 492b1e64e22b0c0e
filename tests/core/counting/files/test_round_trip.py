"""What a format can hold comes back from it as it was; what it can't is refused before a line is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.counting.files import blt, preflib_write
from bot.core.counting.files.door import read
from bot.core.counting.files.errors import Unwritable
from bot.core.counting.values import Form, Profile
from tests.core.counting.files.profiles import WEIGHT, grouped, marked, ranked, scored

TEA = ("Tea", "Coffee")


def same(before: Profile, after: Profile) -> None:
    """Everything but the order of the groups."""
    assert grouped(after) == grouped(before)
    assert replace(after, groups=()) == replace(before, groups=())


@settings(max_examples=30)
@given(ranked() | marked() | scored())
def test_preflib(profile: Profile) -> None:
    """Orders of all four types, marks and scores."""
    lines = preflib_write.write(profile, "A title: with a colon", "x", "2026-01-31")
    same(profile, read(f"x.{preflib_write.extension(profile)}", lines))


@settings(max_examples=30)
@given(ranked(weights=WEIGHT, blank=True, skips=True), st.integers(1, 9))
def test_blt(profile: Profile, seats: int) -> None:
    """Rankings with equal and skipped ranks, blank ballots, weights that are not whole, and seats."""
    profile = replace(profile, seats=seats)
    same(profile, read("x.blt", blt.write(profile, 'A "quoted" title')))


@settings(max_examples=30)
@given(ranked() | marked() | scored())
def test_the_format_is_told_by_the_file_itself(profile: Profile) -> None:
    """A name that tells nothing is no obstacle."""
    same(profile, read("votes.txt", preflib_write.write(profile)))
    if profile.form is Form.RANKS:
        same(profile, read("votes", blt.write(profile)))


@pytest.mark.parametrize(
    ("groups", "type_"),
    [
        pytest.param([((0,), (1,)), ((1,), (0,))], "soc", id="strict-and-complete"),
        pytest.param([((0,), (1,)), ((1,),)], "soi", id="strict"),
        pytest.param([((0, 1),), ((1,), (0,))], "toc", id="complete-with-ties"),
        pytest.param([((0, 1),), ((1,),)], "toi", id="neither"),
        pytest.param([], "soc", id="no-ballots"),
    ],
)
def test_the_most_restrictive_type_is_written(groups: list[tuple[tuple[int, ...], ...]], type_: str) -> None:
    """As PrefLib demands of its files."""
    profile = Profile(TEA, Form.RANKS, tuple((ballot, 2) for ballot in groups))
    assert preflib_write.extension(profile) == type_
    assert f"# DATA TYPE: {type_}\n" in list(preflib_write.write(profile))


def test_what_a_preflib_file_looks_like() -> None:
    """The header as PrefLib has it today, the most frequent ballot first."""
    profile = Profile(("Tea", "Coffee", "Mate"), Form.RANKS, ((((2,), (0, 1)), 3), (((1,),), 12)))
    assert "".join(preflib_write.write(profile, "Breakfast", "b.toi", "2026-01-31")) == (
        "# FILE NAME: b.toi\n# TITLE: Breakfast\n# DESCRIPTION:\n# DATA TYPE: toi\n# MODIFICATION TYPE: original\n"
        "# RELATES TO:\n# RELATED FILES:\n# PUBLICATION DATE: 2026-01-31\n# MODIFICATION DATE: 2026-01-31\n"
        "# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 15\n# NUMBER UNIQUE ORDERS: 2\n# ALTERNATIVE NAME 1: Tea\n"
        "# ALTERNATIVE NAME 2: Coffee\n# ALTERNATIVE NAME 3: Mate\n12: 2\n3: 3,{1,2}\n"
    )


def test_what_a_file_of_categories_looks_like() -> None:
    """Marks are two categories; an option alone in one stands without braces."""
    profile = Profile(("Tea", "Coffee", "Mate"), Form.MARKS, (((1,), 2), ((), 1)))
    assert list(preflib_write.write(profile))[-9:] == [
        "# NUMBER UNIQUE PREFERENCES: 2\n", "# NUMBER CATEGORIES: 2\n", "# CATEGORY NAME 1: Approved\n",
        "# CATEGORY NAME 2: Not approved\n", "# ALTERNATIVE NAME 1: Tea\n", "# ALTERNATIVE NAME 2: Coffee\n",
        "# ALTERNATIVE NAME 3: Mate\n", "2: 2,{1,3}\n", "1: {},{1,2,3}\n",
    ]  # fmt: skip


def test_what_a_blt_file_looks_like() -> None:
    """Weights with their decimals or as a fraction, `=` for equal ranks, `-` for one that was skipped."""
    groups = ((((0,), (), (1, 2)), 3), (((2,),), Fraction(1, 2)), ((), Fraction(1, 3)))
    profile = Profile(("Tea", "Coffee", "Mate"), Form.RANKS, groups, seats=2)
    assert "".join(blt.write(profile, "Breakfast")) == (
        '3 2\n1/3 0\n3 1 - 2=3 0\n0.5 3 0\n0\n"Tea"\n"Coffee"\n"Mate"\n"Breakfast"\n'
    )


@pytest.mark.parametrize(
    ("write", "profile", "why"),
    [
        pytest.param(
            preflib_write.write, Profile(TEA, Form.RANKS, ((((0,), (), (1,)), 1),)), "skips a rank", id="skip"
        ),
        pytest.param(preflib_write.write, Profile(TEA, Form.RANKS, (((), 1),)), "no blank ballots", id="blank"),
        pytest.param(
            preflib_write.write, Profile(TEA, Form.MARKS, (((0,), Fraction(1, 2)),)), "counts 1/2 times", id="half"
        ),
        pytest.param(preflib_write.write, Profile(TEA, Form.SCORES, (((1, 0), 1),), most=1), "as marks", id="0-to-1"),
        pytest.param(
            preflib_write.write, Profile(("a b", "a\nb"), Form.MARKS, ()), "same name", id="names-on-one-line"
        ),
        pytest.param(blt.write, Profile(TEA, Form.MARKS, (((0,), 1),)), "rankings alone", id="blt-marks"),
        pytest.param(blt.write, Profile(TEA, Form.SCORES, (((0, 5), 1),)), "rankings alone", id="blt-scores"),
        pytest.param(blt.write, Profile(('"a"', "'a'"), Form.RANKS, ()), "same name", id="blt-names"),
        pytest.param(
            blt.write, Profile(TEA, Form.RANKS, ((((0,),), Fraction(1, 7919)),)), "weight “1/7919”", id="blt-weight"
        ),
    ],
)
def test_what_a_format_has_no_sign_for(write: object, profile: Profile, why: str) -> None:
    """Refused at once, not after half a file."""
    assert callable(write)
    with pytest.raises(Unwritable, match=why):
        written: Iterable[str] = write(profile)  # noqa: F841 (nothing is taken from it)
