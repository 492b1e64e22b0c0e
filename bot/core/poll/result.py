"""What came out of a poll, with nothing said that the numbers don't carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.counting.values import Count
from bot.core.poll.values import Poll, Results, State

# Under this many ballots a percentage says more than the ballots do.
FEWEST_FOR_SHARES = 10
# Under this many, a decimal is noise.
FEWEST_FOR_DECIMALS = 1000
# Under this many ballots, who voted how in a secret poll is too easily guessed.
FEWEST_SECRET = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """Marks by option id in the poll's order, and of how many ballots. `of_voters`: several marks were allowed.

    `counts` are votes by weight; of a ranked poll the first ranks, of a scored one the points. `whole` is what shares
    are of: what the ballots weigh together, or the points they could give. `count` is what the poll's method says, None
    without ballots; `others` is what other methods say of the same ballots, where cards tell it.
    """

    counts: Mapping[str, int]
    ballots: int
    electorate: int | None
    of_voters: bool
    count: Count | None = None
    whole: int = 0
    voided: int = 0
    others: tuple[Count, ...] = ()

    @property
    def leaders(self) -> tuple[str, ...]:
        """The options with the most marks: several in a tie, none without ballots."""
        most = max(self.counts.values(), default=0)
        return tuple(option for option, n in self.counts.items() if n == most and n > 0)

    @property
    def margin(self) -> int:
        """By how many ballots the first is ahead of the second; 0 in a tie."""
        ordered = sorted(self.counts.values(), reverse=True)
        return ordered[0] - ordered[1] if len(ordered) > 1 else sum(ordered)

    def share(self, option: str) -> float:
        """Marks by ballots, 0 to 1."""
        whole = self.whole or self.ballots
        return self.counts[option] / whole if whole else 0.0

    @property
    def shows_shares(self) -> bool:
        """Whether there are ballots enough for percentages."""
        return self.ballots >= FEWEST_FOR_SHARES

    @property
    def decimals(self) -> int:
        """How many decimals a percentage may have."""
        return 1 if self.ballots >= FEWEST_FOR_DECIMALS else 0


def may_see(poll: Poll, *, voted: bool) -> bool:
    """Whether a person may see the counts now. The public sees what somebody sees who hasn't voted."""
    if poll.state is State.CLOSED:
        return True
    return poll.results is Results.LIVE or (poll.results is Results.VOTED and voted)


def withheld(poll: Poll, ballots: int) -> bool:
    """Whether a secret poll has too few ballots for its result to be told to anybody."""
    return poll.secret and 0 < ballots < FEWEST_SECRET
