"""A poll ends early only when nothing that may still come can change it: checked by hand, and against brute force."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from bot.core.poll.certain import certain, ended_early, soonest
from bot.core.poll.counted import outcome_of
from bot.core.poll.decision import decision
from bot.core.poll.drafting import fixed_options
from bot.core.poll.values import Poll, PollOption, Rules, State, Threshold

ABC = tuple(PollOption(letter, letter.upper()) for letter in "abc")


def poll(kind: str, electorate: int | None, *, named: bool = True, **rules: object) -> Poll:
    given = Rules(maximum=3 if kind in ("approval", "multiple") else 1, **rules)  # type: ignore[arg-type]
    options = fixed_options(kind) or ABC
    return Poll("p", "place", "Q?", kind, options, rules=given, named=named, electorate=electorate)


def is_certain(of: Poll, *ballots: str) -> bool:
    """Whether these ballots, each the options it marks, settle it."""
    return certain(of, outcome_of(of, [(dict.fromkeys(marks.split(), 1), 1, 1) for marks in ballots]))


CASES = [
    pytest.param(poll("single", 10), ["a"] * 6, True, id="more than all the others together"),
    pytest.param(poll("single", 10), ["a"] * 5, False, id="a tie could still be"),
    pytest.param(poll("single", 10), ["a"] * 5 + ["b", "c"], True, id="five to four at most"),
    pytest.param(poll("single", 10), ["a"] * 4 + ["b"] * 3, False, id="three are missing"),
    pytest.param(poll("single", None), ["a"] * 99, False, id="nobody knows how many may vote"),
    pytest.param(poll("single", 10), [], False, id="no ballots"),
    pytest.param(poll("single", 4), ["a", "a", "b", "b"], True, id="a tie when all have voted"),
    pytest.param(poll("single", 10, quorum=8), ["a"] * 7, False, id="below the quorum"),
    pytest.param(poll("single", 10, quorum=7), ["a"] * 7, True, id="at the quorum"),
    pytest.param(poll("single", 10, weights=(("1", "E", 3),)), ["a"] * 7, False, id="a missing one may weigh three"),
    pytest.param(poll("single", 10, weights=(("1", "E", 3),)), ["a"] * 8, True, id="two that weigh three"),
    pytest.param(poll("single", 10, named=False), ["a"] * 9, False, id="a secret one tells nothing before"),
    pytest.param(poll("single", 10, named=False), ["a"] * 10, True, id="a secret one when all have voted"),
    pytest.param(poll("approval", 10), ["a b"] * 6, False, id="two ahead of the third, level"),
    pytest.param(poll("approval", 10), ["a"] * 6, True, id="approval"),
    pytest.param(poll("approval", 10, seats=2), ["a b"] * 9, False, id="several seats"),
    pytest.param(poll("approval", 10, method="equal-shares"), ["a"] * 9, False, id="another method"),
    pytest.param(poll("support", 10), ["neutral"] * 6, True, id="a scale"),
    pytest.param(poll("motion", 10), ["yes"] * 6, True, id="passed by more than half"),
    pytest.param(poll("motion", 10), ["yes"] * 5, False, id="half is not more than half"),
    pytest.param(poll("motion", 10), ["no"] * 5, True, id="can't pass any more"),
    pytest.param(poll("motion", 10), ["yes"] * 5 + ["abstain"], True, id="an abstention is one against less"),
    pytest.param(poll("motion", 9, threshold=Threshold.TWO_THIRDS), ["yes"] * 6, True, id="two thirds"),
    pytest.param(poll("motion", 9, threshold=Threshold.TWO_THIRDS), ["yes"] * 5, False, id="not yet two thirds"),
    pytest.param(poll("motion", 9, threshold=Threshold.TWO_THIRDS), ["no"] * 4, True, id="no two thirds any more"),
    pytest.param(poll("motion", 9, threshold=Threshold.UNANIMOUS), ["no"], True, id="not all any more"),
    pytest.param(poll("motion", 9, threshold=Threshold.UNANIMOUS), ["yes"] * 8, False, id="all but one so far"),
    pytest.param(poll("ranked", 5), ["a"] * 4, False, id="a ranking"),
    pytest.param(poll("ranked", 5), ["a"] * 5, True, id="a ranking, all have voted"),
    pytest.param(poll("score", 5), ["a"] * 4, False, id="scores"),
]


@pytest.mark.parametrize(("of", "ballots", "expected"), CASES)
def test_certain(of: Poll, ballots: list[str], expected: bool) -> None:
    """Every missing voter is counted against the leader."""
    assert is_certain(of, *ballots) is expected


@pytest.mark.parametrize(
    ("of", "marks"),
    [
        pytest.param(poll("single", 5), ["a", "b", "c"], id="single"),
        pytest.param(poll("approval", 4), ["a", "b", "a b", "a c", "b c", "a b c"], id="approval"),
        pytest.param(poll("motion", 5), ["yes", "no", "abstain"], id="motion"),
        pytest.param(poll("motion", 5, threshold=Threshold.TWO_THIRDS), ["yes", "no", "abstain"], id="two thirds"),
        pytest.param(poll("motion", 4, threshold=Threshold.UNANIMOUS, quorum=2), ["yes", "no", "abstain"], id="all"),
    ],
)
def test_no_end_that_anybody_could_still_change(of: Poll, marks: list[str]) -> None:
    """Over every electorate of a few: certain exactly where all that may come decides the same."""
    whole = of.electorate or 0
    for cast in range(1, whole):
        for ballots in product(marks, repeat=cast):
            if list(ballots) != sorted(ballots):
                continue
            ends = {_decided(of, *ballots, *rest) for n in range(whole - cast + 1) for rest in product(marks, repeat=n)}
            assert not is_certain(of, *ballots) or len(ends) == 1, ballots


@pytest.mark.parametrize("kind", ["single", "approval", "motion"])
@pytest.mark.parametrize("weights", [(), (("1", "E", 3),)], ids=["alike", "weighted"])
@settings(max_examples=25)
@given(data=st.data())
def test_so_many_votes_need_no_other_look(
    kind: str, weights: tuple[tuple[str, str, int], ...], data: DataObject
) -> None:
    """However people vote, change and take back, nothing is certain before as many votes as were foretold."""
    threshold = data.draw(st.sampled_from(list(Threshold))) if kind == "motion" else Threshold.MAJORITY
    of = poll(kind, 30, weights=weights, threshold=threshold, quorum=data.draw(st.integers(0, 12)))
    marks = st.sampled_from(
        ["yes", "no", "abstain"] if kind == "motion" else ["a", "b", "a b"][: 3 - (kind == "single")]
    )
    cast: dict[int, tuple[str, int]] = {}
    foretold = 0
    for passed in range(40):
        outcome = outcome_of(of, [(dict.fromkeys(m.split(), 1), 1, weight) for m, weight in cast.values()])
        left = soonest(of, outcome)
        assert left is not None and passed + left >= foretold
        foretold = passed + left
        voter, weight = data.draw(st.integers(0, 29)), data.draw(st.sampled_from([1, 3] if weights else [1]))
        cast[voter] = (data.draw(marks), cast[voter][1] if voter in cast else weight)


def _decided(of: Poll, *ballots: str) -> object:
    outcome = outcome_of(of, [(dict.fromkeys(marks.split(), 1), 1, 1) for marks in ballots])
    found = decision(of, outcome)
    return found.status, found.winners


ENDS = [
    pytest.param({"state": State.CLOSED, "closed_ms": 5, "closes_ms": 9}, True, id="before its deadline"),
    pytest.param({"state": State.CLOSED, "closed_ms": 5, "closes_ms": None}, True, id="without one"),
    pytest.param({"state": State.CLOSED, "closed_ms": 9, "closes_ms": 9}, False, id="at its deadline"),
    pytest.param({"state": State.CLOSED, "closed_ms": 5, "closes_ms": 9, "closed_by": "ana"}, False, id="by a hand"),
    pytest.param({"state": State.OPEN, "closes_ms": 9}, False, id="open"),
]


@pytest.mark.parametrize(("how", "early"), ENDS)
def test_how_it_ended(how: dict[str, object], early: bool) -> None:
    """Early: by itself, before its deadline."""
    of = poll("single", 9, early_end=True)
    assert ended_early(Poll(**{**{f: getattr(of, f) for f in of.__dataclass_fields__}, **how})) is early  # type: ignore[arg-type]
