"""A count as JSON: every key always there, every number exact."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from bot.core.counting.files.numbers import exact
from bot.core.counting.methods import METHODS, count
from bot.core.counting.said import as_json, number
from bot.core.counting.values import Count, Form, Policies, Round
from tests.core.counting.elections import marks, ranks, scores

KEYS = {
    "method", "policies", "seats", "ballots", "winners", "tied", "order", "rounds", "pairwise", "condorcet_winner",
    "smith_set", "margin", "facts",
}  # fmt: skip
QUARTER = Fraction(1, 4)
PROFILES = {
    Form.RANKS: ranks("Tea Coffee Mate", {"Tea>Coffee": 3, "Mate>Tea=Coffee": 2, "": 1}),
    Form.SCORES: scores("Tea Coffee Mate", {(5, 0, 3): 2, (None, 4, 1): 1}),
    Form.MARKS: marks("T C M", {"T": 2, "CM": 1, "": 1}),
}


@pytest.mark.parametrize("method", METHODS)
def test_every_key_is_there_whatever_the_method(method: str) -> None:
    """None or empty where the method gives none; names instead of positions; JSON all through."""
    profile = PROFILES[min(METHODS[method].forms)]
    said = as_json(count(profile, method))
    assert set(said) == KEYS
    assert json.loads(json.dumps(said)) == said
    assert set(said["winners"]) <= set(profile.options)
    assert (said["pairwise"] is None) == (profile.form is Form.MARKS)
    for one in said["rounds"]:
        assert {"tallies", "eliminated", "elected", "exhausted"} <= set(one)
        assert all(isinstance(tally, str) for tally in [*one["tallies"].values(), one["exhausted"]])


def test_every_policy_is_said_also_the_default() -> None:
    """Whoever reads the result needs no manual to know what was assumed."""
    said = as_json(count(PROFILES[Form.RANKS], "irv", Policies(seed="s", max_skips=0)))
    assert said["policies"] == {
        "unranked": "below",
        "overvote": "exhaust",
        "max_skips": 0,
        "seed": "s",
        "threshold": "1/2",
        "threshold_reached": False,
        "quorum": 0,
    }


def test_a_count_in_full() -> None:
    """Transfers, a tie and what broke it; to nobody is null, so that no name can be taken for it."""
    made = Count(
        method="irv",
        policies=Policies(),
        options=("Tea", "exhausted"),
        ballots=Fraction(5, 2),
        winners=(0,),
        tied=((0, 1),),
        order=((0,), (1,)),
        rounds=(
            Round({0: 2, 1: Fraction(1, 3)}, (0,), (1,), Fraction(1, 2), {1: {0: 1, None: QUARTER}}, (0, 1), "lot"),
        ),
        pairwise=((0, 2), (Fraction(1, 2), 0)),
        condorcet_winner=0,
        smith_set=(0,),
        margin=Fraction(3, 2),
    )  # fmt: skip
    said = as_json(made)
    assert said["rounds"] == [
        {
            "tallies": {"Tea": "2", "exhausted": "1/3"},
            "eliminated": ["exhausted"],
            "elected": ["Tea"],
            "exhausted": "0.5",
            "transfers": [
                {"from": "exhausted", "to": "Tea", "votes": "1"},
                {"from": "exhausted", "to": None, "votes": "0.25"},
            ],
            "tied": ["Tea", "exhausted"],
            "broken": "lot",
        }
    ]
    assert said["pairwise"] == {"Tea": {"exhausted": 2}, "exhausted": {"Tea": "0.5"}}
    assert (said["ballots"], said["margin"], said["tied"]) == ("2.5", "1.5", [["Tea", "exhausted"]])
    assert (said["condorcet_winner"], said["smith_set"], said["order"]) == ("Tea", ["Tea"], [["Tea"], ["exhausted"]])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-7, "-7"),
        (Fraction(12), "12"),
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(123456789, 100000), "1234.56789"),
        (Fraction(1, 100000), "0.00001"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-22, 7), "-22/7"),
        (10**30, "1" + "0" * 30),
        (Fraction(10**30 + 1, 4), "250000000000000000000000000000.25"),
    ],
)
def test_numbers_are_exact(value: Fraction | int, text: str) -> None:
    """A decimal that ends, or a fraction; never a rounded one. Reading it back gives the number."""
    assert exact(value) == text
    assert Fraction(text) == value
    assert number(value) == (int(value) if Fraction(value).denominator == 1 else text)
