"""Ties: told as ties, broken only by what the ballots say or an announced seed draws, never by who stands first."""

from __future__ import annotations

import time
from hashlib import sha256
from itertools import combinations

import pytest

from bot.core.counting.lots import drawn
from bot.core.counting.methods import count
from bot.core.counting.values import Count, Policies, Profile
from tests.core.counting.elections import marks, names, ranks, scores

LAST_TWO = ranks("A B C", {"A>B>C": 5, "B>C>A": 3, "C>B>A": 3})
"""B and C tie for last. Eliminating both would elect A, whom no sequential count can elect."""


def lot(seed: str, stage: str, options: tuple[int, ...]) -> list[int]:
    """A lot drawn by hand, as the module on lots tells to."""
    return sorted(options, key=lambda option: sha256(f"{seed}/{stage}/{option}".encode()).hexdigest())


def test_a_tie_for_last_is_not_broken_by_eliminating_both() -> None:
    """B or C could win, and the count ends by saying so; A is neither a winner nor possible."""
    found = count(LAST_TWO, "irv")
    assert found.winners == ()
    assert found.tied == ((1, 2),)
    assert found.facts["tied-are"] == "possible-winners"
    assert found.rounds[-1].tied == (1, 2)
    assert found.margin is None


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_with_a_seed_the_lot_decides_who_leaves(seed: str) -> None:
    """Who comes last in the lot of that round leaves; anybody can draw it again."""
    found = count(LAST_TWO, "irv", Policies(seed=seed))
    luckier, other = lot(seed, "irv/1", (1, 2))
    assert found.rounds[0].eliminated == (other,)
    assert found.rounds[0].broken == "lot"
    assert found.winners == (luckier,)
    assert found.facts["tie"] == "lot"


def test_a_lot_by_hand() -> None:
    """The very lot, so that no change of the program can move it."""
    digests = {option: sha256(f"salt and root/irv/3/{option}".encode()).hexdigest() for option in (0, 4, 11)}
    assert list(drawn("salt and root", "irv/3", (11, 0, 4))) == sorted(digests, key=digests.__getitem__)
    assert drawn("s", "irv/1", (0, 1, 2, 3)) == (1, 2, 0, 3)


def test_a_tie_that_changes_nothing_is_left_open_and_there_is_a_winner() -> None:
    """C and D tie for last; whoever goes first, A wins. The round says which tie was left open."""
    found = count(ranks("A B C D", {"A": 5, "B": 4, "C>A": 2, "D>A": 2, "B>A": 0}), "irv")
    assert names(found) == "A"
    assert found.rounds[0].tied == (2, 3)
    assert found.rounds[0].broken in ("agreed", "together")


@pytest.mark.parametrize(
    ("profile", "broken", "gone", "winner"),
    [
        pytest.param(
            ranks("A B C D", {"A": 9, "B": 7, "C": 2, "D": 2, "C>B": 1, "D>B": 1}),
            "together",
            "C D",
            "A",
            id="together",
        ),
        pytest.param(
            ranks("A B C D", {"A": 9, "B>A": 5, "C>A": 4, "D>C": 1, "D": 0}),
            "earlier-rounds",
            "C",
            "A",
            id="earlier-rounds",
        ),
    ],
)
def test_what_the_ballots_say_comes_before_any_lot(profile: Profile, broken: str, gone: str, winner: str) -> None:
    """Those who can only go together do; otherwise who had fewer votes in the last round in which they differed."""
    for by in (Policies(), Policies(seed="s")):
        found = count(profile, "irv", by)
        kept = next(kept for kept in found.rounds if kept.broken)
        assert (kept.broken, names(found, kept.eliminated), names(found)) == (broken, gone, winner)


TIES = {
    "plurality": ranks("A B C", {"A": 2, "B": 2, "C": 1}),
    "approval": marks("A B C", {"AB": 2, "C": 1}),
    "score": scores("A B C", {(5, 5, 0): 1}),
    "star": scores("A B C", {(5, 5, 0): 1}),
    "borda": ranks("A B C", {"A>B": 1, "B>A": 1}),
    "irv": ranks("A B C", {"A": 2, "B": 2, "C": 1}),
    "schulze": ranks("A B C", {"A>B>C": 1, "B>A>C": 1}),
    "ranked-pairs": ranks("A B C", {"A>B>C": 1, "B>A>C": 1}),
    "minimax": ranks("A B C", {"A>B>C": 1, "B>A>C": 1}),
    "stv": ranks("A B C", {"A": 2, "B": 2, "C": 1}),
    "equal-shares": marks("A B C", {"A": 2, "B": 2, "C": 1}),
}


@pytest.mark.parametrize("method", TIES)
def test_a_tie_stands_without_a_seed_and_a_lot_breaks_it_with_one(method: str) -> None:
    """A and B are alike: both are named, and neither wins but by lot; some seeds elect one, some the other."""
    found = count(TIES[method], method)
    assert found.winners == ()
    assert found.tied == ((0, 1),)
    assert found.facts["tie"] == "open"
    settled = [count(TIES[method], method, Policies(seed=str(seed))) for seed in range(12)]
    assert {count.winners for count in settled} == {(0,), (1,)}
    assert all(count.facts["tie"] == "lot" for count in settled)


def circle(options: int, *, around: int = 1) -> Profile:
    """Every option beats the next half of the circle, all by the same votes: as many exact ties as there can be."""
    letters = " ".join(chr(65 + number) for number in range(options))
    line = letters.split()
    return ranks(letters, {">".join(line[start:] + line[:start]): around for start in range(options)})


def quickly(profile: Profile, method: str, by: Policies, seconds: float = 20) -> Count:
    """The count; the bound is far above what it takes, and far below going through all orders."""
    began = time.perf_counter()
    found = count(profile, method, by)
    assert time.perf_counter() - began < seconds
    return found


@pytest.mark.parametrize("options", [5, 13, 14])
def test_exact_ties_everywhere_finish_at_once(options: int) -> None:
    """Each option could win by ranked pairs, by Schulze, by minimax; with a seed one does."""
    profile = circle(options)
    everybody = (tuple(range(options)),)
    for method in ("ranked-pairs", "schulze", "minimax"):
        assert quickly(profile, method, Policies()).tied == everybody
        assert len(quickly(profile, method, Policies(seed="s")).winners) == 1


def test_ranked_pairs_with_ties_of_many_kinds_finish() -> None:
    """Fourteen options, tied classes that hang together: searched to the end or not, nobody impossible is named."""
    letters = [chr(65 + number) for number in range(14)]
    ballots = {f"{a}={b}>{c}": 1 for a, b, c in combinations(letters, 3) if (ord(a) + 2 * ord(b) + 3 * ord(c)) % 5 == 0}
    found = quickly(ranks(" ".join(letters), ballots), "ranked-pairs", Policies())
    possible = found.winners or found.tied[0]
    assert set(possible) <= set(found.smith_set)


def test_irv_with_ties_everywhere_finishes() -> None:
    """Thirty options with a ballot each: too many ways to follow, so the tie for last itself is told."""
    found = quickly(circle(30), "irv", Policies())
    assert found.winners == ()
    assert found.tied == (tuple(range(30)),)
    assert found.facts["tied-are"] == "tied-for-last"
    assert len(quickly(circle(30), "irv", Policies(seed="s")).winners) == 1


def test_stv_breaks_ties_backwards_the_scottish_way() -> None:
    """C and D tie for exclusion at the second stage; at the first C had fewer, so C is excluded."""
    profile = ranks("A B C D E", {"A": 30, "B": 20, "C": 8, "D": 10, "E>C": 2, "E": 1})
    found = count(profile, "stv", seats=2)
    tie = next(stage for stage in found.rounds if stage.tied)
    assert (names(found, tie.eliminated), tie.broken) == ("C", "earlier-rounds")


def test_stv_says_what_it_could_not_decide() -> None:
    """One seat is sure, the exclusion that decides about the other is tied."""
    found = count(ranks("A B C", {"A": 6, "B": 2, "C": 2}), "stv", seats=2)
    assert names(found) == "A"
    assert found.tied == ((1, 2),)
    assert found.facts["tied-for"] == "exclusion"


def test_of_several_seats_the_sure_ones_are_filled() -> None:
    """Three seats: A and B have one each, C and D are tied for the third."""
    found = count(marks("A B C D E", {"AB": 3, "ABC": 1, "D": 1}), "approval", seats=3)
    assert names(found) == "A B"
    assert found.tied == ((2, 3),)
    assert len(count(marks("A B C D E", {"AB": 3, "ABC": 1, "D": 1}), "approval", Policies(seed="s"), 3).winners) == 3
