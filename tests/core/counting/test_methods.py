"""The door to the methods: which ballots each takes, what its policies do, what it says of itself."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.core.counting.grouping import BadBallot, grouped
from bot.core.counting.methods import METHODS, UnfitBallots, UnfitSeats, UnknownMethod, count, others
from bot.core.counting.values import Form, Overvote, Policies, Profile, Unranked
from tests.core.counting.elections import marks, names, ranks, scores

RANKED = ranks("A B C", {"A>B>C": 3, "B>C>A": 2})
SCORED = scores("A B C", {(5, 3, 0): 3, (0, 5, 4): 2})
MARKED = marks("A B C", {"AB": 3, "C": 2})
PROFILES = {Form.RANKS: RANKED, Form.SCORES: SCORED, Form.MARKS: MARKED}
TAKES = {
    "plurality": {Form.MARKS, Form.RANKS},
    "approval": {Form.MARKS},
    "motion": {Form.MARKS},
    "score": {Form.SCORES},
    "star": {Form.SCORES},
    "borda": {Form.RANKS, Form.SCORES},
    "irv": {Form.RANKS},
    "schulze": {Form.RANKS, Form.SCORES},
    "ranked-pairs": {Form.RANKS, Form.SCORES},
    "minimax": {Form.RANKS, Form.SCORES},
    "stv": {Form.RANKS},
    "equal-shares": {Form.MARKS},
}
MANY = {"plurality", "approval", "score", "borda", "stv", "equal-shares"}


def test_the_methods() -> None:
    """These, each under its own name."""
    assert set(METHODS) == set(TAKES)
    assert all(method.name == name for name, method in METHODS.items())
    assert {name for name, method in METHODS.items() if method.many_seats} == MANY


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("name", TAKES)
def test_ballots_fit_or_are_refused(name: str, form: Form) -> None:
    """Another form is taken where its meaning is exact; nothing is made up. A count says what it was made of."""
    if form not in TAKES[name]:
        with pytest.raises(UnfitBallots) as refused:
            count(PROFILES[form], name)
        assert (refused.value.method, refused.value.form) == (name, form)
        return
    found = count(PROFILES[form], name, Policies(quorum=1))
    assert (found.method, found.ballots, found.policies) == (name, 5, Policies(quorum=1))
    assert bool(found.pairwise) == bool(found.smith_set) == (form is not Form.MARKS)


@pytest.mark.parametrize("name", TAKES)
def test_seats_fit_or_are_refused(name: str) -> None:
    """Several seats where the method fills them; never none."""
    profile = PROFILES[min(TAKES[name])]
    for seats in (0, 2):
        if seats and name in MANY:
            assert count(profile, name, Policies(seed="s"), seats).seats == seats
        else:
            with pytest.raises(UnfitSeats):
                count(profile, name, seats=seats)


@pytest.mark.parametrize("options", ["", "yes", "A B C D"])
def test_a_motion_has_two_options_or_three(options: str) -> None:
    """For, against, and perhaps abstaining; over no option at all nothing can be counted."""
    profile = marks(options, {})
    for name in ("motion",) if options else TAKES:
        with pytest.raises(UnfitBallots):
            count(profile, name)


def test_an_unknown_method() -> None:
    """Is refused by its name."""
    with pytest.raises(UnknownMethod, match="range"):
        count(RANKED, "range")


def test_the_others_say() -> None:
    """Every other method that elects one, as if counted alone without a seed; of marks nothing is to compare."""
    by = Policies(seed="s")
    assert [found.method for found in others(RANKED, by, "irv")] == [
        "plurality", "borda", "schulze", "ranked-pairs", "minimax",
    ]  # fmt: skip
    assert [found.method for found in others(SCORED, by, "star")] == [
        "score", "borda", "schulze", "ranked-pairs", "minimax",
    ]  # fmt: skip
    for profile in (RANKED, SCORED):
        assert all(found == count(profile, found.method) for found in others(profile, by, ""))
    assert others(MARKED, by, "approval") == ()


def test_what_is_unranked_changes_winners() -> None:
    """Below all that is ranked, B loses to A and C; not compared, B beats whoever its few voters compare it with."""
    profile = ranks("A B C", {"A": 4, "C>A": 3, "B>A": 2, "B>C": 2})
    below, silent = (count(profile, "schulze", Policies(unranked=policy)) for policy in Unranked)
    assert below.pairwise[0][1] == 7
    assert silent.pairwise[0][1] == 0
    assert (names(below), names(silent)) == ("A", "B")


def test_a_score_left_out_by_either_policy() -> None:
    """For pairs it is the lowest score, or not compared."""
    profile = scores("A B", {(None, 0): 2, (1, 0): 1, (None, 1): 2})
    below, silent = (count(profile, "schulze", Policies(unranked=policy)) for policy in Unranked)
    assert below.pairwise == ((0, 1), (2, 0))
    assert silent.pairwise == ((0, 1), (0, 0))


@pytest.mark.parametrize(
    ("ballot", "by", "heard"),
    [
        pytest.param("A=B>C", Policies(), "", id="an equal rank ends the ballot"),
        pytest.param("A=B>C", Policies(overvote=Overvote.SKIP), "C", id="an equal rank is passed over"),
        pytest.param("C>A=B", Policies(), "C", id="what stands before it counts"),
        pytest.param(">>>A", Policies(), "A", id="skipped ranks are passed over"),
        pytest.param(">>>A", Policies(max_skips=3), "A", id="as many as are allowed"),
        pytest.param(">>>A", Policies(max_skips=2), "", id="one more ends the ballot"),
        pytest.param(">A", Policies(max_skips=0), "", id="none allowed"),
        pytest.param("", Policies(), "", id="blank"),
    ],
)
@pytest.mark.parametrize("method", ["plurality", "irv", "stv"])
def test_whom_a_ballot_speaks_for_first(ballot: str, by: Policies, heard: str, method: str) -> None:
    """Equal and skipped ranks by the policies, the same for all methods that hear one option at a time."""
    found = count(ranks("A B C", {ballot: 1}), method, by).rounds[0]
    assert "".join("ABC"[option] for option, votes in found.tallies.items() if votes) == heard
    assert found.exhausted == (0 if heard else 1)


def test_skips_are_counted_in_a_row() -> None:
    """Two gaps of one rank pass where one skip is allowed; a gap of two ends the ballot there."""
    by = Policies(max_skips=1)
    after = ranks("A B C", {"A>>B>>C": 1, "B": 2, "C": 2})
    assert count(after, "irv", by).rounds[1].tallies == {1: 3, 2: 2}
    ended = ranks("A B C", {"A>>>B": 1, "B": 2, "C": 3})
    assert count(ended, "irv", by).rounds[1].exhausted == 1


MOTION = [
    pytest.param("6 4 0", Policies(), "passed", 2, id="more than half"),
    pytest.param("5 5 0", Policies(), "rejected", 0, id="half is not more than half"),
    pytest.param("5 5 9", Policies(threshold_reached=True), "passed", 0, id="half reached"),
    pytest.param("6 3 0", Policies(threshold=Fraction(2, 3)), "rejected", -3, id="two thirds not exceeded"),
    pytest.param(
        "6 3 9", Policies(threshold=Fraction(2, 3), threshold_reached=True), "passed", 3, id="two thirds reached"
    ),
    pytest.param("9 0 3", Policies(threshold=Fraction(1), threshold_reached=True), "passed", 9, id="unanimous"),
    pytest.param("9 1 0", Policies(threshold=Fraction(1), threshold_reached=True), "rejected", -8, id="not unanimous"),
    pytest.param("3 1 1", Policies(quorum=5), "passed", 2, id="abstentions make the quorum"),
    pytest.param("3 1 0", Policies(quorum=5), "quorum-missed", None, id="quorum missed"),
    pytest.param("0 0 4", Policies(), "no-votes", None, id="nobody for or against"),
    pytest.param("0 0 0", Policies(), "no-votes", None, id="nobody at all"),
]


@pytest.mark.parametrize(("votes", "by", "decision", "margin"), MOTION)
def test_a_motion(votes: str, by: Policies, decision: str, margin: int | None) -> None:
    """For, against, abstained; the decision, and the winner's votes less the other's."""
    groups = tuple(((option,), int(number)) for option, number in enumerate(votes.split()))
    found = count(Profile(("yes", "no", "abstain"), Form.MARKS, groups), "motion", by)
    assert found.facts["decision"] == decision
    assert found.winners == {"passed": (0,), "rejected": (1,)}.get(decision, ())
    assert found.margin == margin


def test_a_motion_without_abstentions_and_with_spoilt_ballots() -> None:
    """Two options do; a ballot with both or none counts for nothing, the quorum included."""
    found = count(Profile(("yes", "no"), Form.MARKS, (((0,), 2), ((0, 1), 5), ((), 5))), "motion", Policies(quorum=3))
    assert found.facts["decision"] == "quorum-missed"
    assert found.rounds[0].exhausted == 10


def test_score_and_borda_by_hand() -> None:
    """Sums; equal ranks share the mean of their points."""
    assert count(SCORED, "score").rounds[0].tallies == {0: 15, 1: 19, 2: 8}
    assert count(SCORED, "score").margin == 4
    halves = count(ranks("A B C D", {"A=B>C": 1, "D": 2}), "borda").rounds[0].tallies
    assert halves == {0: Fraction(5, 2), 1: Fraction(5, 2), 2: 1, 3: 6}


def test_equal_shares_hears_a_minority() -> None:
    """Three seats, sixty and thirty voters with lists of their own: two and one; approval gives sixty all."""
    profile = marks("A B C X Y", {"ABC": 60, "XY": 30})
    assert names(count(profile, "approval", seats=3)) == "A B C"
    found = count(profile, "equal-shares", Policies(seed="s"), seats=3)
    assert len(set(found.winners) & {0, 1, 2}) == 2
    assert len(set(found.winners) & {3, 4}) == 1


def test_equal_shares_by_hand() -> None:
    """Ten voters, two seats at 5: A costs its six 5/6 each, then nobody can pay 5 and marks decide between B and C."""
    found = count(marks("A B C", {"AB": 4, "A": 2, "C": 3, "B": 1}), "equal-shares", seats=2)
    assert found.facts["price"] == "5"
    assert [dict(seat.tallies) for seat in found.rounds] == [{0: 6, 1: 5, 2: 3}, {1: 5, 2: 3}]
    assert names(found) == "A B"
    assert found.order == ((0,), (1,))


def test_equal_shares_where_the_tie_does_not_matter() -> None:
    """A and B cost the same and both have a seat in the end, whoever is first."""
    found = count(marks("A B C", {"A": 3, "B": 3, "C": 1}), "equal-shares", seats=2)
    assert set(found.winners) == {0, 1}
    assert found.facts["tie"] == "agreed"


@pytest.mark.parametrize(
    ("form", "ballot", "reason"),
    [
        pytest.param(Form.RANKS, ((0,), (3,)), "unknown-option", id="an option too many"),
        pytest.param(Form.RANKS, (0, -1), "unknown-option", id="below the first"),
        pytest.param(Form.RANKS, ((0,), (1, 0)), "option-twice", id="twice ranked"),
        pytest.param(Form.RANKS, (1, 1), "option-twice", id="twice in a row"),
        pytest.param(Form.MARKS, (0, 7), "unknown-option", id="a mark for nothing"),
        pytest.param(Form.MARKS, (1, 1), "option-twice", id="marked twice"),
        pytest.param(Form.SCORES, (1, 2), "length", id="a score missing"),
        pytest.param(Form.SCORES, (1, 2, 6), "bad-score", id="over the highest"),
        pytest.param(Form.SCORES, (1, 2, -1), "bad-score", id="below zero"),
    ],
)
def test_bad_ballots_are_refused(form: Form, ballot: tuple, reason: str) -> None:
    """Nothing is counted from them."""
    with pytest.raises(BadBallot) as refused:
        grouped("ABC", form, [ballot])
    assert refused.value.reason == reason


def test_rankings_may_be_written_flat() -> None:
    """Positions from best to worst, or ranks; equal options in any order: equal ballots are one group."""
    profile = grouped("ABC", Form.RANKS, [(2, 0), ((2,), (0,)), ((1, 0),), ((0, 1),), ((0,), (), (1,))])
    assert dict(profile.groups) == {((2,), (0,)): 2, ((0, 1),): 2, ((0,), (), (1,)): 1}
    assert dict(grouped("ABC", Form.MARKS, [(2, 0), (0, 2), ()]).groups) == {(0, 2): 2, (): 1}
    assert dict(grouped("AB", Form.SCORES, [(5, None), (5, None)]).groups) == {(5, None): 2}
