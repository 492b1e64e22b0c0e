"""From numbers given to options to a ballot: 1 for a mark, a rank, or a score. Our CSV and JSON say it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.counting.files.errors import Wrong
from bot.core.counting.values import Approvals, Form, Ranking, Scores

Marks = Iterable[tuple[int, int]]
"""Pairs of an option's position and its number."""
MOST_RANKS = 1000
FORMS: Mapping[str, Form] = {
    "single": Form.MARKS,
    "multiple": Form.MARKS,
    "support": Form.MARKS,
    "motion": Form.MARKS,
    "approval": Form.MARKS,
    "ranked": Form.RANKS,
    "priority": Form.RANKS,
    "score": Form.SCORES,
}
"""What the kinds of polls have for ballots."""


def ballot(form: Form, marks: Marks, options: int, most: int) -> Ranking | Approvals | Scores:
    """The ballot that the numbers make. Wrong: a number that the form does not have."""
    if form is Form.MARKS:
        return _approvals(marks)
    if form is Form.RANKS:
        return _ranking(marks)
    return _scores(marks, options, most)


def _approvals(marks: Marks) -> Approvals:
    pairs = sorted(marks)
    for _, number in pairs:
        if number not in (0, 1):
            raise Wrong(f"{number}, where a mark is 1 and no mark is 0 or nothing")
    return tuple(option for option, number in pairs if number)


def _ranking(marks: Marks) -> Ranking:
    """Ranks as they were given: one that nothing has is an empty group."""
    at: dict[int, list[int]] = {}
    for option, rank in marks:
        if not 1 <= rank <= MOST_RANKS:
            raise Wrong(f"rank {rank}, where ranks go from 1 to {MOST_RANKS:,}")
        at.setdefault(rank, []).append(option)
    return tuple(tuple(sorted(at.get(rank, ()))) for rank in range(1, max(at, default=0) + 1))


def _scores(marks: Marks, options: int, most: int) -> Scores:
    scores: list[int | None] = [None] * options
    for option, score in marks:
        if not 0 <= score <= most:
            raise Wrong(f"a score of {score}, where scores go from 0 to {most}")
        scores[option] = score
    return tuple(scores)
