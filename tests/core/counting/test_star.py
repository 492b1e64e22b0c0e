"""STAR ties as `starvote` breaks them, which follows the official protocol."""

from __future__ import annotations

import pytest
import starvote
from hypothesis import given, settings

from bot.core.counting.methods import count
from bot.core.counting.values import Policies, Profile
from tests.core.counting.elections import names, scored, scores


def by_starvote(profile: Profile) -> str | None:
    """Its winner; None where it says that the tie can't be broken."""
    ballots = [
        {name: score or 0 for name, score in zip(profile.options, ballot, strict=True)}
        for ballot, weight in profile.groups
        for _ in range(int(weight))
    ]
    try:
        (winner,) = starvote.election(
            starvote.star, ballots, maximum_score=profile.most, tiebreaker=None, print=lambda *_, **__: None
        )
    except starvote.UnbreakableTieError:
        return None
    return winner


@settings(max_examples=50)
@given(scored(most=2))
def test_star_as_starvote(profile: Profile) -> None:
    """Few scores, so that ties are everywhere: the same winner wherever it finds one.

    Where it finds none, ours is a tie too, or one between finalists that no runoff hangs on.
    """
    expected, found = by_starvote(profile), count(profile, "star")
    if expected is not None:
        assert names(found) == expected
    elif found.winners:
        assert found.facts["tie"] == "agreed"
    else:
        assert found.tied


@pytest.mark.parametrize(
    ("ballots", "winner", "broken"),
    [
        pytest.param({(5, 3, 0): 1, (5, 1, 2): 1, (5, 1, 3): 1}, "A", ("head-to-head", ""), id="scoring, head to head"),
        pytest.param({(5, 5, 1): 1, (5, 0, 4): 1}, "A", ("five-stars", ""), id="scoring, five stars"),
        pytest.param({(5, 1, 0): 1, (2, 4, 0): 1}, "A", ("", "higher-score"), id="runoff, higher score"),
        pytest.param({(5, 1): 1, (0, 4): 1}, "A", ("", "five-stars"), id="runoff, five stars"),
    ],
)
def test_how_a_tie_was_broken(ballots: dict, winner: str, broken: tuple[str, str]) -> None:
    """Each step of the protocol, told in the round it belongs to."""
    profile = scores("A B C"[: 2 * len(next(iter(ballots))) - 1], ballots)
    found = count(profile, "star")
    assert by_starvote(profile) == winner
    assert names(found) == winner
    assert tuple(kept.broken for kept in found.rounds) == broken


def test_a_finalist_by_lot() -> None:
    """B and C are alike, and each would beat A: the tie stands, or the lot sends one of them."""
    profile = scores("A B C", {(5, 4, 4): 2, (0, 2, 2): 3})
    assert count(profile, "star").tied == ((1, 2),)
    assert {names(count(profile, "star", Policies(seed=str(seed)))) for seed in range(9)} == {"B", "C"}


def test_a_score_left_out_is_a_zero() -> None:
    """In points, runoff and pairs alike."""
    left_out, zero = scores("A B", {(None, 1): 2, (5, None): 1}), scores("A B", {(0, 1): 2, (5, 0): 1})
    assert count(left_out, "star") == count(zero, "star")
