"""A motion: for, against, abstained; a threshold, a quorum."""

from __future__ import annotations

from fractions import Fraction

from bot.core.counting.case import Case, Finding
from bot.core.counting.pairwise import plain
from bot.core.counting.single_voice import first_choices
from bot.core.counting.values import Number, Policies, Round

YES, NO = 0, 1


def motion(case: Case, _seats: int) -> Finding:
    """Option 0 is for, 1 against, 2 (may be missing) abstains.

    The motion passes when its share of the votes for and against exceeds the threshold (or reaches it). Abstentions
    count for the quorum alone, which is of people, whatever their ballots weigh. A ballot that doesn't mark exactly
    one option counts for nothing. `facts["decision"]` is "passed" (winner 0), "rejected" (winner 1), "quorum-missed"
    or "no-votes", where nobody voted for or against: then nobody wins. `margin` is the winner's votes less
    the other's: below 0 where a motion had the most votes but not enough. A motion doesn't tie: as many for as
    against is not more than half.
    """
    tallies = first_choices([mark for mark in case.marked if len(mark[0]) == 1], case.everybody)
    present = sum(tallies.values(), start=0)
    attending = present if case.profile.people is None else case.profile.people
    decision = _decision(tallies[YES], tallies[NO], attending, case.policies)
    winners = {"passed": (YES,), "rejected": (NO,)}.get(decision, ())
    facts = {"decision": decision, "present": str(plain(attending)), "quorum": str(case.policies.quorum)}
    return Finding(
        winners=winners,
        order=((YES,), (NO,)) if winners == (YES,) else ((NO,), (YES,)) if winners else (),
        rounds=(Round(tallies, winners, exhausted=case.ballots - present),),
        margin=tallies[winners[0]] - tallies[1 - winners[0]] if winners else None,
        facts=facts | _asked(tallies[YES] + tallies[NO], case.policies) | ({"margin-of": "votes"} if winners else {}),
    )


def _decision(votes_for: Number, against: Number, present: Number, policies: Policies) -> str:
    if present < policies.quorum:
        return "quorum-missed"
    if not votes_for + against:
        return "no-votes"
    asked = policies.threshold * (votes_for + against)
    passed = votes_for >= asked if policies.threshold_reached else votes_for > asked
    return "passed" if passed else "rejected"


def _asked(voted: Number, policies: Policies) -> dict[str, str]:
    """What the threshold means here: "more than 13/2 of 13", "at least 26/3 of 13"."""
    word = "at-least" if policies.threshold_reached else "more-than"
    return {"asked": f"{word} {plain(Fraction(policies.threshold * voted))} of {plain(voted)}"}
