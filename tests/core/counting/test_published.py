"""Elections whose counts are published, from their published ballots or totals."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.core.counting.methods import count, others
from bot.core.counting.values import Policies, Profile, Unranked
from tests.core.counting.elections import names, ranks

TENNESSEE = ranks(
    "Memphis Nashville Chattanooga Knoxville",
    {
        "Memphis>Nashville>Chattanooga>Knoxville": 42,
        "Nashville>Chattanooga>Knoxville>Memphis": 26,
        "Chattanooga>Knoxville>Nashville>Memphis": 15,
        "Knoxville>Chattanooga>Nashville>Memphis": 17,
    },
)
"""Where Tennessee's capital should be: the textbook example of many articles on voting."""

SCHULZE_45 = ranks(
    "A B C D E",
    {
        "A>C>B>E>D": 5,
        "A>D>E>C>B": 5,
        "B>E>D>A>C": 8,
        "C>A>B>E>D": 3,
        "C>A>E>B>D": 7,
        "C>B>A>D>E": 2,
        "D>C>E>B>A": 7,
        "E>B>A>D>C": 8,
    },
)
"""Schulze's own first example: 45 voters, no Condorcet winner, E wins."""

FOOD = ranks(
    "Oranges Pears Chocolate Strawberries Hamburgers",
    {
        "Oranges": 4,
        "Pears>Oranges": 2,
        "Chocolate>Strawberries": 8,
        "Chocolate>Hamburgers": 4,
        "Strawberries": 1,
        "Hamburgers": 1,
    },
)
"""What twenty guests want to eat, three kinds of food: the example of encyclopedias for STV (whole transfers)."""


@pytest.mark.parametrize(
    ("profile", "method", "winner"),
    [
        pytest.param(TENNESSEE, "plurality", "Memphis", id="tennessee-plurality"),
        pytest.param(TENNESSEE, "borda", "Nashville", id="tennessee-borda"),
        pytest.param(TENNESSEE, "irv", "Knoxville", id="tennessee-irv"),
        pytest.param(TENNESSEE, "schulze", "Nashville", id="tennessee-schulze"),
        pytest.param(TENNESSEE, "ranked-pairs", "Nashville", id="tennessee-ranked-pairs"),
        pytest.param(TENNESSEE, "minimax", "Nashville", id="tennessee-minimax"),
        pytest.param(SCHULZE_45, "schulze", "E", id="schulze-45"),
        pytest.param(SCHULZE_45, "ranked-pairs", "A", id="schulze-45-by-ranked-pairs"),
        pytest.param(SCHULZE_45, "minimax", "E", id="schulze-45-by-minimax"),
    ],
)
def test_the_winner(profile: Profile, method: str, winner: str) -> None:
    """Each method's winner as published."""
    assert names(count(profile, method)) == winner


def test_tennessee_in_numbers() -> None:
    """Rounds, points, pairs."""
    irv = count(TENNESSEE, "irv")
    assert [dict(kept.tallies) for kept in irv.rounds] == [
        {0: 42, 1: 26, 2: 15, 3: 17},
        {0: 42, 1: 26, 3: 32},
        {0: 42, 3: 58},
    ]
    assert irv.margin == 16
    assert irv.condorcet_winner == 1
    assert irv.smith_set == (1,)
    assert irv.pairwise[1] == (58, 0, 68, 68)
    assert dict(count(TENNESSEE, "borda").rounds[0].tallies) == {0: 126, 1: 194, 2: 173, 3: 107}
    assert {found.method: names(found) for found in others(TENNESSEE, Policies(), "irv")} == {
        "plurality": "Memphis",
        "borda": "Nashville",
        "schulze": "Nashville",
        "ranked-pairs": "Nashville",
        "minimax": "Nashville",
    }


def test_schulze_45_in_numbers() -> None:
    """The published matrix and order."""
    found = count(SCHULZE_45, "schulze")
    assert found.pairwise == (
        (0, 20, 26, 30, 22),
        (25, 0, 16, 33, 18),
        (19, 29, 0, 17, 24),
        (15, 12, 28, 0, 14),
        (23, 27, 21, 31, 0),
    )
    assert [names(found, place) for place in found.order] == ["E", "A", "C", "B", "D"]
    assert found.condorcet_winner is None
    assert found.smith_set == (0, 1, 2, 3, 4)


def test_food_for_twenty() -> None:
    """Quota 6; chocolate's surplus goes 4 to strawberries, 2 to hamburgers; pears lift oranges."""
    found = count(FOOD, "stv", seats=3)
    assert found.facts["quota"] == "6"
    assert names(found) == "Chocolate Oranges Strawberries"
    assert [dict(stage.tallies) for stage in found.rounds] == [
        {0: 4, 1: 2, 2: 12, 3: 1, 4: 1},
        {0: 4, 1: 2, 2: 6, 3: 5, 4: 3},
        {0: 6, 2: 6, 3: 5, 4: 3},
        {0: 6, 2: 6, 3: 5},
    ]
    assert found.rounds[0].transfers == {2: {3: 4, 4: 2}}
    assert found.rounds[1].transfers == {1: {0: 2}}


ALASKA = ranks(
    "Peltola Palin Begich",
    {
        "Peltola": 75_761,
        "Palin": 58_945,
        "Begich>Palin": 27_042,
        "Begich>Peltola": 15_445,
        "Begich": 11_222,
        "Begich>Palin=Peltola": 47,
    },
)
"""The special election for the House of August 2022, as counted on the 31st: first round, transfers, 47 overvotes."""


def test_alaska_in_august_2022() -> None:
    """Two rounds; ballots without a next choice and those that rank two next are exhausted."""
    found = count(ALASKA, "irv")
    assert names(found) == "Peltola"
    assert dict(found.rounds[-1].tallies) == {0: 91_206, 1: 85_987}
    assert found.rounds[0].transfers == {2: {0: 15_445, 1: 27_042, None: 11_269}}
    assert found.margin == 5_219


def test_burlington_2009_pairs() -> None:
    """Three leading candidates for mayor, ballots made to the published head-to-heads: who beats both wins by pairs."""
    head_to_head = {
        ("Montroll", "Kiss"): (4067, 3477),
        ("Montroll", "Wright"): (4597, 3668),
        ("Kiss", "Wright"): (4314, 4064),
    }
    ballots: dict[str, int] = {}
    for (a, b), (more, fewer) in head_to_head.items():
        ballots |= {f"{a}>{b}": more, f"{b}>{a}": fewer}
    by = Policies(unranked=Unranked.NO_OPINION)
    for method in ("schulze", "ranked-pairs", "minimax"):
        found = count(ranks("Kiss Wright Montroll", ballots), method, by)
        assert names(found) == "Montroll"
        assert found.pairwise == ((0, 4314, 3477), (4064, 0, 3668), (4067, 4597, 0))
        assert found.margin == 4067 - 3477


def test_five_decimals_and_no_more() -> None:
    """Quota 3, a surplus of 2 on 5 papers: 0.4 each. Quota 2, a surplus of 1 on 3 papers: 0.33333 each."""
    fifths = count(ranks("A B C", {"A>B": 5, "C": 2}), "stv", seats=2)
    assert fifths.rounds[0].transfers == {0: {1: 2}}
    thirds = count(ranks("A B C D", {"A>B": 3, "C": 1, "D": 1}), "stv", Policies(seed="s"), seats=2)
    assert thirds.facts["quota"] == "2"
    assert thirds.rounds[0].transfers == {0: {1: Fraction(99_999, 100_000), None: Fraction(1, 100_000)}}
    assert thirds.rounds[1].exhausted == Fraction(1, 100_000)
