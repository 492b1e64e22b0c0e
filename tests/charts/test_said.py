"""What came out, in a line: never a winner where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.charts.rounds import rounds
from bot.charts.subject import of_poll
from bot.charts.verdicts import note, verdict
from bot.core.counting.methods import count
from bot.core.counting.values import Form, Policies, Profile
from bot.core.poll.counted import outcome_of
from bot.core.poll.values import Poll, PollOption, Rules, State
from bot.i18n import words
from tests.charts.subjects import counted, subject


def marks(*votes: int, policies: Policies | None = None, method: str = "plurality"):
    """A count of so many marks for each option."""
    groups = tuple(((n,), times) for n, times in enumerate(votes))
    profile = Profile(tuple(map(str, range(len(votes)))), Form.MARKS, groups)
    return count(profile, method, policies or Policies())


CASES = [
    pytest.param(marks(3, 1), True, "Most votes: A · Monday.", id="most"),
    pytest.param(marks(3, 1), False, "Ahead so far: A · Monday.", id="open"),
    pytest.param(marks(2, 2, 1), True, "A tie: A · Monday and B", id="tie"),
    pytest.param(marks(0, 0), True, "No votes so far.", id="nothing"),
    pytest.param(marks(3, 1, 1, method="motion"), True, "The motion is passed.", id="passed"),
    pytest.param(marks(1, 3, 1, method="motion"), True, "The motion is rejected.", id="rejected"),
    pytest.param(marks(0, 0, 4, method="motion"), True, "Nobody voted for or against.", id="all abstained"),
    pytest.param(
        marks(3, 1, 0, method="motion", policies=Policies(quorum=9)), True, "The quorum was missed.", id="quorum"
    ),
]


@pytest.mark.parametrize(("found", "final", "said"), CASES)
def test_the_line(found, final, said) -> None:
    """Says who, a tie, or why nobody."""
    assert verdict(subject(found, final=final)).startswith(said)


def test_a_missed_quorum_decides_nothing_whatever_the_kind() -> None:
    """Nobody is marked as the winner of a closed poll whose quorum was missed."""
    options = (PollOption("a", "Yes"), PollOption("b", "No"))
    poll = Poll("p", "x", "Well?", "single", options, rules=Rules(quorum=5), named=True, state=State.CLOSED)
    closed = of_poll(words("en"), poll, outcome_of(poll, [({"a": 1}, 3, 3)]))
    assert verdict(closed) == "The quorum was missed."
    assert [note(closed, n) for n in range(2)] == ["", ""]
    open_ = of_poll(words("en"), replace(poll, state=State.OPEN), outcome_of(poll, [({"a": 1}, 3, 3)]))
    assert verdict(open_) == "Ahead so far: A · Yes."


@pytest.mark.parametrize("kind", ["support", "motion"])
def test_fixed_options_have_their_words(kind: str) -> None:
    """Whose texts stand in the locale files."""
    from bot.core.poll.kinds import FIXED

    poll = Poll("p", "x", "Well?", kind, tuple(PollOption(option, "") for option in FIXED[kind]), state=State.CLOSED)
    assert all(of_poll(words("es"), poll, outcome_of(poll, [])).labels)


def test_every_way_of_breaking_a_tie_can_be_said() -> None:
    """By what methods call it."""
    t = words("en")
    ways = ["earlier-rounds", "head-to-head", "higher-score", "five-stars", "lot", "together", "agreed", "open"]
    assert all(t.plain(f"chart.broken.{way}") for way in ways)


def test_what_a_round_gained_is_part_of_its_bar() -> None:
    """And is said beside it; who was elected stays marked."""
    chart = rounds(subject(counted("irv", 5)))
    gains = [bar for one in chart.body.rounds[1:] for bar in one.bars if bar.gained]
    assert gains and all(0 < bar.gained <= bar.share and "(+" in bar.value for bar in gains)
    assert [bar.won for bar in chart.body.rounds[-1].bars].count(True) == 1
    assert not any(bar.won for bar in chart.body.rounds[0].bars)


def test_a_long_count_has_bars_first_and_last() -> None:
    """The rounds between are told by what they did."""
    drawn = rounds(subject(counted("irv", 25))).body.rounds
    assert drawn[0].bars and drawn[-1].bars
    middle = [one for one in drawn if not one.bars]
    assert middle and all(one.moves for one in middle)
