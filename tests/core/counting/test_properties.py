"""What must hold of every count, and what a method promises, over made-up electorates full of ties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.counting.grouping import grouped
from bot.core.counting.methods import METHODS, count
from bot.core.counting.values import Count, Form, Policies, Profile, Unranked
from tests.core.counting import naive
from tests.core.counting.elections import approved, ranked, rankings, scored

PAIRWISE = ("schulze", "ranked-pairs", "minimax")
electorates = st.one_of(ranked(equal=False), ranked(), scored(), approved())
policies = st.builds(
    Policies,
    unranked=st.sampled_from(Unranked),
    max_skips=st.sampled_from((None, 0, 1)),
    seed=st.sampled_from((None, "a seed", "another")),
)


def fitting(profile: Profile) -> list[str]:
    """The methods that count such ballots."""
    return [name for name, method in METHODS.items() if method.fits(profile)]


def could_win(found: Count) -> set[int]:
    """The winner, or those between whom a tie stands."""
    return set(found.winners or found.tied[0])


@settings(max_examples=50)
@given(electorates, policies, st.randoms(use_true_random=False))
def test_neither_order_nor_grouping_nor_names_change_anything(profile: Profile, by: Policies, random: Random) -> None:
    """Groups shuffled and split, options renamed: the whole count is the same, lots included."""
    groups = [(ballot, 1) for ballot, weight in profile.groups for _ in range(int(weight))]
    random.shuffle(groups)
    other = replace(profile, options=tuple(name + "'" for name in reversed(profile.options)), groups=tuple(groups))
    for method in fitting(profile):
        first, second = count(profile, method, by), count(other, method, by)
        facts = {key: value for key, value in first.facts.items() if key != "finalists"}
        again = {key: value for key, value in second.facts.items() if key != "finalists"}
        assert replace(first, facts=facts) == replace(second, options=profile.options, facts=again), method


@settings(max_examples=50)
@given(ranked(), st.data())
def test_the_place_on_the_ballot_changes_nothing(profile: Profile, data: st.DataObject) -> None:
    """Options in another order, without a seed: the same winners, or the same tie, under their new positions."""
    order = data.draw(st.permutations(range(len(profile.options))))
    other = replace(profile, groups=tuple(naive.relabelled(profile, order)))
    for method in fitting(profile):
        first, second = count(profile, method), count(other, method)
        assert {order[option] for option in first.winners} == set(second.winners), method
        assert [{order[option] for option in tied} for tied in first.tied] == [set(tied) for tied in second.tied], (
            method
        )


@settings(max_examples=30)
@given(electorates, policies, st.integers(2, 5))
def test_every_ballot_as_often_again(profile: Profile, by: Policies, times: int) -> None:
    """All weights times the same, whole or not: the same winners. Not so STV, whose quota and decimals are absolute."""
    for factor in (times, Fraction(1, times)):
        other = replace(profile, groups=tuple((ballot, weight * factor) for ballot, weight in profile.groups))
        for method in fitting(profile):
            if method != "stv":
                first, second = count(profile, method, by), count(other, method, by)
                assert (first.winners, first.tied) == (second.winners, second.tied), method
                assert second.margin == (first.margin and first.margin * factor), method


@given(electorates)
def test_a_seed_settles_every_tie_among_those_tied(profile: Profile) -> None:
    """With a seed there is a winner, and it is one of those whom the count without a seed leaves possible."""
    for method in fitting(profile):
        if method == "motion":
            continue
        settled = count(profile, method, Policies(seed="s"))
        assert len(settled.winners) == 1, method
        assert not settled.tied, method
        if method != "stv":  # which ends with the tie, not with those who could win
            assert set(settled.winners) <= could_win(count(profile, method)), method


@given(ranked(), st.sampled_from(PAIRWISE))
def test_who_beats_everybody_wins(profile: Profile, method: str) -> None:
    """The Condorcet winner, by every method that compares pairs."""
    found = count(profile, method)
    if found.condorcet_winner is not None:
        assert found.winners == (found.condorcet_winner,)
        assert found.margin > 0


@given(ranked(), st.sampled_from(("schulze", "ranked-pairs")))
def test_the_winner_is_of_the_smith_set(profile: Profile, method: str) -> None:
    """Nobody wins who loses to all of a group that beats everybody else."""
    found = count(profile, method)
    assert could_win(found) <= set(found.smith_set)


@given(ranked(equal=False))
def test_a_majority_of_first_choices_wins(profile: Profile) -> None:
    """By IRV, STV and every pairwise method: more than half of all ballots."""
    firsts: Counter[int] = Counter()
    for ballot, weight in profile.groups:
        if ballot:
            firsts[ballot[0][0]] += int(weight)
    assume(firsts)
    option, votes = firsts.most_common(1)[0]
    if 2 * votes > profile.ballots:
        for method in ("irv", "stv", *PAIRWISE):
            assert count(profile, method).winners == (option,), method


@settings(max_examples=50)
@given(ranked(), st.sampled_from(PAIRWISE), st.data())
def test_more_support_never_hurts(profile: Profile, method: str, data: st.DataObject) -> None:
    """The winner raised to the top of some ballots, all else as it was, still wins."""
    found = count(profile, method)
    assume(len(found.winners) == 1)
    (winner,) = found.winners
    raised = []
    for ballot, weight in profile.groups:
        if data.draw(st.booleans()):
            rest = [tuple(option for option in rank if option != winner) for rank in ballot]
            raised.append((((winner,), *(rank for rank in rest if rank)), weight))
        else:
            raised.append((ballot, weight))
    after = count(replace(profile, groups=tuple(raised)), method)
    assert winner in could_win(after)


@settings(max_examples=50)
@given(ranked(full=True, equal=False, options=(2, 4)), st.sampled_from(("schulze", "ranked-pairs", "irv")), st.data())
def test_a_clone_changes_nothing_for_the_others(profile: Profile, method: str, data: st.DataObject) -> None:
    """A twin next to an option on every ballot, a little below it: the winner stays, or one of the twins wins for both.

    Only asked where neither count has a tie, which a twin may move."""
    twin, target = len(profile.options), data.draw(st.integers(0, len(profile.options) - 1))
    groups = []
    for ballot, weight in profile.groups:
        place = ballot.index((target,))
        groups.append(((*ballot[: place + 1], (twin,), *ballot[place + 1 :]), weight))
    before = count(profile, method)
    after = count(Profile((*profile.options, "twin"), Form.RANKS, tuple(groups)), method)
    untied = [all(not kept.tied for kept in found.rounds) and not found.facts.get("tie") for found in (before, after)]
    assume(all(untied))
    assert {target if option == twin else option for option in after.winners} == set(before.winners)


@given(ranked(equal=False), st.integers(1, 3), st.sampled_from(("irv", "stv")))
def test_no_vote_is_lost_on_the_way(profile: Profile, seats: int, method: str) -> None:
    """In every round the tallies and the exhausted make all ballots, and what leaves one option arrives somewhere."""
    found = count(profile, method, Policies(seed="s"), seats if method == "stv" else 1)
    for kept, then in zip(found.rounds, found.rounds[1:], strict=False):
        assert sum(kept.tallies.values()) + kept.exhausted == profile.ballots
        gained: Counter[int] = Counter()
        for moved in kept.transfers.values():
            gained.update({option: votes for option, votes in moved.items() if option is not None})
        for option, votes in then.tallies.items():
            gone = sum(kept.transfers.get(option, {}).values())
            assert votes == kept.tallies[option] + gained[option] - gone
        lost = sum(moved.get(None, 0) for moved in kept.transfers.values())
        assert then.exhausted == kept.exhausted + lost


@given(ranked(equal=False), st.integers(1, 4))
def test_stv_fills_the_seats_it_can(profile: Profile, seats: int) -> None:
    """As many as there are seats, or all options; nobody twice; for one seat IRV's winner, where nothing ties."""
    found = count(profile, "stv", Policies(seed="s"), seats)
    assert len(set(found.winners)) == len(found.winners) == min(seats, len(profile.options))
    if seats == 1 and not any(kept.tied for kept in (*found.rounds, *count(profile, "irv").rounds)):
        assert found.winners == count(profile, "irv").winners


@given(st.lists(rankings(4), max_size=12))
def test_grouped_is_ungrouped(ballots: list) -> None:
    """Counted one by one or together."""
    together = grouped("ABCD", Form.RANKS, ballots)
    single = Profile(tuple("ABCD"), Form.RANKS, tuple((ballot, 1) for ballot in ballots))
    assert together.ballots == len(ballots)
    assert len({ballot for ballot, _ in together.groups}) == len(together.groups)
    for method in ("irv", "schulze", "borda"):
        assert count(together, method) == count(single, method)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_no_ballots_elect_nobody(method: str) -> None:
    """Without a ballot everybody is tied; a motion has no votes."""
    form = min(METHODS[method].forms)
    found = count(Profile(("A", "B", "C"), form, ()), method)
    assert found.winners == ()
    assert found.tied == (() if method == "motion" else ((0, 1, 2),))
