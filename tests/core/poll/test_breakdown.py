"""A breakdown is shown where no number in it stands for a few voters, neither said nor left over."""

from __future__ import annotations

import pytest

from bot.core.poll.breakdown import shown
from bot.core.poll.values import Poll, PollOption, Rules

Groups = list[tuple[str | None, dict[str, int], int]]


def part(name: str | None, a: int, b: int, both: int = 0) -> Groups:
    """So many of a part who marked a alone, b alone, or both."""
    ballots: list[tuple[dict[str, int], int]] = [({"a": 1}, a), ({"b": 1}, b), ({"a": 1, "b": 1}, both)]
    return [(name, marks, n) for marks, n in ballots if n]


@pytest.mark.parametrize(
    ("kind", "groups", "is_shown"),
    [
        pytest.param("single", part("in", 5, 5) + part("out", 9, 6), True, id="five in every cell"),
        pytest.param("single", part("in", 5, 4) + part("out", 9, 6), False, id="four in one"),
        pytest.param("single", part("in", 5, 0) + part("out", 9, 6), False, id="none in one"),
        pytest.param("approval", part("in", 5, 5, 20) + part("out", 9, 6), True, id="five leave out each option"),
        pytest.param("approval", part("in", 6, 4, 20) + part("out", 9, 6), False, id="four leave one out"),
        pytest.param("approval", part("in", 0, 10, 20) + part("out", 9, 6), False, id="all marked one"),
        pytest.param("single", part("in", 9, 9), False, id="nobody in the other part"),
        pytest.param("single", part("in", 9, 9) + part("out", 9, 9) + part(None, 1, 0), False, id="one in neither"),
        pytest.param("score", part("in", 9, 9) + part("out", 9, 9), False, id="scores have none"),
    ],
)
def test_a_breakdown_is_shown_where_everybody_can_hide(kind: str, groups: Groups, is_shown: bool) -> None:
    """Five at least in each cell, and five who are in a part and not in the cell."""
    rules = Rules(1, 2, breakdown="role:7")
    poll = Poll("p", "place", "Q?", kind, (PollOption("a", "A"), PollOption("b", "B")), rules=rules)
    assert (shown(poll, groups) is not None) == is_shown
