"""On small electorates every method says what its plainest possible self says."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.counting.methods import count
from bot.core.counting.values import Form, Policies, Profile, Unranked
from tests.core.counting import naive
from tests.core.counting.elections import approved, ranked


def could_win(profile: Profile, method: str) -> set[int]:
    """The winner, or those between whom a tie stands."""
    found = count(profile, method)
    return set(found.winners or found.tied[0])


@given(ranked(), st.sampled_from(Unranked))
def test_pairs(profile: Profile, unranked: Unranked) -> None:
    """The matrix, the Condorcet winner and the Smith set by either policy."""
    found = count(profile, "schulze", Policies(unranked=unranked))
    table = naive.pairs(profile, below=unranked is Unranked.BELOW)
    assert [list(row) for row in found.pairwise] == table
    assert set(found.smith_set) == naive.smith(table)
    beats_all = [a for a, row in enumerate(table) if all(a == b or row[b] > table[b][a] for b in range(len(table)))]
    assert found.condorcet_winner == (beats_all[0] if beats_all else None)


@given(ranked())
def test_schulze(profile: Profile) -> None:
    """The potential winners are those that no chain of defeats speaks against."""
    assert could_win(profile, "schulze") == naive.schulze(naive.pairs(profile))


@given(ranked())
def test_minimax(profile: Profile) -> None:
    """The fewest votes in the worst defeat."""
    table = naive.pairs(profile)
    worst = [
        max([table[b][a] for b in range(len(table)) if table[b][a] > table[a][b]], default=0) for a in range(len(table))
    ]
    assert could_win(profile, "minimax") == {option for option, votes in enumerate(worst) if votes == min(worst)}


@settings(max_examples=60)
@given(ranked(options=(3, 4), voters=6))
def test_ranked_pairs(profile: Profile) -> None:
    """All orders of equal defeats tried one by one have the same possible winners."""
    expected = naive.ranked_pairs(naive.pairs(profile))
    assume(expected is not None)
    assert could_win(profile, "ranked-pairs") == expected


@settings(max_examples=60)
@given(ranked(equal=False))
def test_irv(profile: Profile) -> None:
    """All ways of breaking the ties that earlier rounds leave; never anybody whom no sequential count elects."""
    lines, options = naive.lines_of(profile), frozenset(range(len(profile.options)))
    found = could_win(profile, "irv")
    assert found == naive.irv(lines, options)
    assert found <= naive.irv_any(lines, options)


@settings(max_examples=60)
@given(ranked(equal=False, voters=12), st.integers(1, 3))
def test_stv(profile: Profile, seats: int) -> None:
    """Paper by paper with decimals: the same winners in the same order, the same votes at every stage."""
    expected = naive.stv(naive.lines_of(profile), len(profile.options), seats)
    assume(expected is not None)
    found = count(profile, "stv", seats=seats)
    winners, stages = expected
    assert set(found.winners) == set(winners)
    assert [dict(stage.tallies) for stage in found.rounds] == [
        {option: Fraction(votes) for option, votes in stage.items()} for stage in stages
    ]


@given(ranked())
def test_borda(profile: Profile) -> None:
    """Points for each option that is ranked below, half a point for each that is ranked equal or left out with none."""
    size = len(profile.options)
    points: Counter[int] = Counter()
    for ballot in naive.one_by_one(profile):
        above = 0
        for rank in ballot:
            for option in rank:
                points[option] += size - 1 - above - Fraction(len(rank) - 1, 2)
            above += len(rank)
    assert count(profile, "borda").rounds[0].tallies == {option: points[option] for option in range(size)}


@given(approved(), st.integers(1, 3))
def test_equal_shares_pays_what_it_costs(profile: Profile, seats: int) -> None:
    """Nobody outside could have been paid for by a group that is left with its whole share (a consequence of the rule:
    justified representation)."""
    found = count(profile, "equal-shares", seats=seats)
    assume(not found.tied)
    elected, voters = set(found.winners), [ballot for ballot in naive.one_by_one(profile) if ballot]
    for option in range(len(profile.options)):
        unheard = [ballot for ballot in voters if option in ballot and not elected & set(ballot)]
        assert len(unheard) * seats < len(voters) or not voters


def test_motion_is_plain() -> None:
    """Five for, four against, two abstained."""
    groups = (((0,), 5), ((1,), 4), ((2,), 2))
    found = count(Profile(("yes", "no", "abstain"), Form.MARKS, groups), "motion")
    assert found.winners == (0,)
    assert found.margin == 1
