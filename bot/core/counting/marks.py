"""Methods that count marks: plurality and approval."""

from __future__ import annotations

from bot.core.counting.case import Case, Finding
from bot.core.counting.leading import leading
from bot.core.counting.single_voice import first_choices
from bot.core.counting.values import Form, Number


def plurality(case: Case, seats: int) -> Finding:
    """The most first choices win; with several seats, the options with the most (SNTV).

    Of a ranked ballot the first option that it speaks for counts, by the policies for equal and skipped ranks; a ballot
    of marks that doesn't mark exactly one option counts for nobody.
    """
    if case.profile.form is Form.RANKS:
        tallies = first_choices(case.lines, case.everybody)
    else:
        tallies = first_choices([mark for mark in case.marked if len(mark[0]) == 1], case.everybody)
    return leading(case, "plurality", seats, tallies, {}, case.ballots - sum(tallies.values()))


def approval(case: Case, seats: int) -> Finding:
    """Every mark counts one; the most marks win."""
    tallies: dict[int, Number] = dict.fromkeys(case.everybody, 0)
    blank: Number = 0
    for marks, weight in case.marked:
        blank += 0 if marks else weight
        for option in marks:
            tallies[option] += weight
    return leading(case, "approval", seats, tallies, {}, blank)
