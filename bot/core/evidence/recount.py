"""The recount: from the ballots' marks alone to everything that the export calls the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.core.counting.methods import count
from bot.core.counting.said import as_json
from bot.core.counting.values import Count, Form, Profile
from bot.core.evidence.ballots import BEST_SCORE, Ballots, Marks
from bot.core.evidence.manifest import Manifest
from bot.core.evidence.values import Difference

FORMS = {"ranked": Form.RANKS, "score": Form.SCORES}


def recounted(ballots: Ballots, manifest: Manifest) -> Count | None:
    """What the poll's method says of its ballots; None without any. Difference where no such method can count them."""
    if not ballots.counted:
        return None
    try:
        return count(profile(ballots.groups, manifest), manifest.method, manifest.policies, manifest.seats)
    except (KeyError, ValueError) as error:
        why = f"“{manifest.method}” can’t count ballots of the kind “{manifest.kind}”: {error}"
        raise Difference("manifest.method", why) from None


def result(ballots: Ballots, manifest: Manifest, counted: Count | None) -> dict[str, Any]:
    """What the export's `result` has to say, by the names it uses."""
    votes = tallied(ballots.groups.items(), manifest)
    ordered = sorted(votes.values(), reverse=True)
    status, winners, tied = decision(ballots.counted, manifest, counted)
    return {
        "ballots": ballots.counted,
        "voided": ballots.voided,
        "withheld": False,
        "counts": votes,
        "leaders": [option for option, n in votes.items() if n == ordered[0] and n > 0],
        "margin": ordered[0] - ordered[1] if len(ordered) > 1 else ordered[0],
        "count": None if counted is None else as_json(counted),
        "decided": status,
        "winners": winners,
        "tied": tied,
    }


def decision(ballots: int, manifest: Manifest, counted: Count | None) -> tuple[str, list[str], list[str]]:
    """Whether the poll decided anything: how it ended, who won, between whom a tie stands."""
    if counted is None:
        return "no-ballots", [], []
    if ballots < manifest.policies.quorum:
        return "quorum-missed", [], []
    winners = [counted.options[n] for n in counted.winners]
    tied = [counted.options[n] for n in (counted.tied[0] if counted.tied else ())]
    return "decided" if winners else "tie" if tied else "undecided", winners, tied


def tallied(groups: Iterable[tuple[Marks, int]], manifest: Manifest) -> dict[str, int]:
    """By option, in the poll's order: votes by weight; first ranks of a ranked poll; points of a scored one."""
    votes: Counter[str] = Counter(dict.fromkeys(manifest.ids, 0))
    for marks, weight in groups:
        best = min((number for _, number in marks), default=0)
        for option, number in marks:
            votes[option] += weight * (
                number if manifest.kind == "score" else manifest.kind != "ranked" or number == best
            )
    return dict(votes)


def profile(groups: Mapping[Marks, int], manifest: Manifest) -> Profile:
    """The ballots as the methods take them, options by their ids."""
    form = FORMS.get(manifest.kind, Form.MARKS)
    together: Counter[tuple[Any, ...]] = Counter()
    for marks, weight in groups.items():
        together[_ballot(form, manifest.ids, dict(marks))] += weight
    return Profile(manifest.ids, form, tuple(together.items()), BEST_SCORE, manifest.seats, people=manifest.ballots)


def _ballot(form: Form, ids: Sequence[str], marks: Mapping[str, int]) -> tuple[Any, ...]:
    """Of marks, the positions; of scores, one for each option; of ranks, a group for each, the skipped ones empty."""
    if form is Form.SCORES:
        return tuple(marks.get(option) for option in ids)
    if form is Form.MARKS:
        return tuple(n for n, option in enumerate(ids) if option in marks)
    ranks = range(1, max(marks.values()) + 1)
    return tuple(tuple(n for n, option in enumerate(ids) if marks.get(option) == rank) for rank in ranks)
