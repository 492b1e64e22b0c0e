"""A poll's ballots, counted: its marks become a profile, its rules policies, and its method says what came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from bot.core.counting.methods import count
from bot.core.counting.values import Count, Form, Policies, Profile, Ranking, Scores
from bot.core.evidence.commitment import seed_of
from bot.core.poll.kinds import CHOOSING, Marks
from bot.core.poll.result import Outcome
from bot.core.poll.values import BEST_SCORE, Poll, Threshold

Group = tuple[Marks, int, int]
"""Equal ballots: their marks, how many they are, what they weigh together."""

FORMS = {"ranked": Form.RANKS, "score": Form.SCORES}
THRESHOLDS: Mapping[Threshold, tuple[Fraction, bool]] = {
    Threshold.MAJORITY: (Fraction(1, 2), False),
    Threshold.TWO_THIRDS: (Fraction(2, 3), True),
    Threshold.UNANIMOUS: (Fraction(1), True),
}


def outcome_of(poll: Poll, groups: Sequence[Group], voided: int = 0) -> Outcome:
    """What came out, in marks and by the poll's method."""
    cast, weight = sum(n for _, n, _ in groups), sum(weight for _, _, weight in groups)
    counts = tallied(poll, groups)
    counted = count(profile_of(poll, groups), poll.method, policies_of(poll), poll.rules.seats) if cast else None
    whole = weight * BEST_SCORE if poll.kind == "score" else weight
    several = poll.kind in CHOOSING and poll.rules.maximum > 1
    return Outcome(counts, cast, poll.electorate, several, counted, whole, voided)


def tallied(poll: Poll, groups: Iterable[Group]) -> dict[str, int]:
    """By option, in the poll's order: votes; first ranks of a ranked poll; points of a scored one."""
    counts = Counter({option.id: 0 for option in poll.options})
    for marks, _, weight in groups:
        best = min(marks.values(), default=0)
        for option, number in marks.items():
            counts[option] += weight * (number if poll.kind == "score" else poll.kind != "ranked" or number == best)
    return dict(counts)


def profile_of(poll: Poll, groups: Iterable[Group]) -> Profile:
    """The ballots as the methods take them; options are named by their ids."""
    form = FORMS.get(poll.kind, Form.MARKS)
    ids = [option.id for option in poll.options]
    together: Counter[Ranking | Scores | tuple[int, ...]] = Counter()
    people = 0
    for marks, n, weight in groups:
        together[_ballot(form, ids, marks)] += weight
        people += n
    return Profile(tuple(ids), form, tuple(together.items()), BEST_SCORE, poll.rules.seats, people=people)


def policies_of(poll: Poll) -> Policies:
    """A poll's policies. Lots are drawn once the ballots' root is known, by methods that can't do without them."""
    threshold, reached = THRESHOLDS[poll.rules.threshold]
    seed = seed_of(poll.salt, poll.root) if poll.root and poll.draws_lots else None
    return Policies(seed=seed, threshold=threshold, threshold_reached=reached, quorum=poll.rules.quorum)


def _ballot(form: Form, ids: Sequence[str], marks: Marks) -> Ranking | Scores | tuple[int, ...]:
    if form is Form.SCORES:
        return tuple(marks.get(option) for option in ids)
    if form is Form.MARKS:
        return tuple(n for n, option in enumerate(ids) if option in marks)
    last = max(marks.values(), default=0)
    return tuple(tuple(n for n, option in enumerate(ids) if marks.get(option) == rank) for rank in range(1, last + 1))


def winners(counted: Count | None) -> tuple[str, ...]:
    """The ids of the options that won; none in a tie, without ballots, or where the quorum was missed."""
    return tuple(counted.options[n] for n in counted.winners) if counted else ()
