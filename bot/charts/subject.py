"""What a chart is of: a question, its options by letter, and the count of its ballots, in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.core.counting.values import Count, Number, Policies, Round
from bot.core.poll.decision import Status, decision
from bot.core.poll.kinds import FIXED
from bot.core.poll.result import Outcome
from bot.core.poll.values import BEST_SCORE, Poll, PollOption, State
from bot.core.rich import unmarked
from bot.i18n import Words

_FIXED = {option: kind for kind, options in FIXED.items() for option in options}
MOST_SPELT = 3  # options named with their texts in one sentence; of more the letters
POINTS = {"score", "star", "borda"}


@dataclass(frozen=True, slots=True)
class Subject:
    """`letters` and `labels` are in the order of the count's options. `final`: the count is over.

    `footer` says whom the numbers describe. Percentages are told where `shares`, with `decimals`.
    """

    t: Words
    title: str
    letters: tuple[str, ...]
    labels: tuple[str, ...]
    count: Count
    final: bool = True
    footer: str = ""
    shares: bool = True
    decimals: int = 0

    def name(self, option: int) -> str:
        """An option by letter and text."""
        return f"{self.letters[option]} · {self.labels[option]}"

    def named(self, options: Iterable[int]) -> str:
        """Options in a sentence."""
        those = list(options)
        return self.listed([self.name(n) if len(those) <= MOST_SPELT else self.letters[n] for n in those])

    def listed(self, parts: list[str]) -> str:
        """Parts with commas and "and", as bare text."""
        return unmarked(self.t.listed(parts)) if parts else ""

    def number(self, n: Number) -> str:
        """A number with at most two decimals."""
        return self.t.number(n if isinstance(n, int) else round(float(n), 2))

    def votes(self, n: Number) -> str:
        """So many votes."""
        return self.t.plain("poll.bar", n=n) if _whole(n) else self.t.plain("result.votes_part", n=self.number(n))

    def points(self, n: Number) -> str:
        """So many points."""
        return self.t.plain("result.points", n=n) if _whole(n) else self.t.plain("result.points_part", n=self.number(n))

    def share(self, n: Number, of: Number) -> str:
        """A percentage, or nothing where the ballots are too few for one."""
        return self.t.percent(float(Fraction(n) / Fraction(of)), self.decimals) if self.shares and of else ""

    @property
    def whole(self) -> Number:
        """What the lengths of bars are of: the ballots, or the points that they could give."""
        if self.count.method == "borda":
            return self.count.ballots * (len(self.count.options) - 1)
        return self.count.ballots * BEST_SCORE if self.count.method in POINTS else self.count.ballots


def of_poll(t: Words, poll: Poll, outcome: Outcome, footer: str = "") -> Subject:
    """A poll, in the language that it is already in."""
    return Subject(
        t,
        poll.question,
        tuple(poll.letter(option.id) for option in poll.options),
        tuple(_text(t, option) for option in poll.options),
        _decided(poll, outcome),
        poll.state is State.CLOSED,
        footer,
        outcome.shows_shares,
        outcome.decimals,
    )


def length(n: Number, of: Number) -> float:
    """The length of a bar, 0 to 1."""
    return min(1.0, max(0.0, float(Fraction(n) / Fraction(of)))) if of else 0.0


def _text(t: Words, option: PollOption) -> str:
    return option.text or t.plain(f"{_FIXED[option.id]}.{option.id}")


def _decided(poll: Poll, outcome: Outcome) -> Count:
    """The count as it decides something: nobody wins a closed poll whose quorum was missed."""
    found = outcome.count or _nothing(poll)
    if poll.state is State.OPEN or decision(poll, outcome).status is not Status.QUORUM_MISSED:
        return found
    return replace(found, winners=(), tied=(), facts={**found.facts, "decision": Status.QUORUM_MISSED.value})


def _nothing(poll: Poll) -> Count:
    """The count of no ballots."""
    everybody = tuple(option.id for option in poll.options)
    return Count("plurality", Policies(), everybody, 0, (), rounds=(Round(dict.fromkeys(range(len(everybody)), 0)),))


def _whole(n: Number) -> bool:
    return isinstance(n, int)
