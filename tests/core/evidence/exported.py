"""Exports to check: polls of every kind as the program writes them, and the ways in which somebody may tamper with one.

What came out is told by the poll's own rules (`core.poll.counted`), not by the recount that the tests are about.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.core.evidence.commitment import commitment
from bot.core.evidence.merkle import root
from bot.core.poll.counted import outcome_of
from bot.core.poll.values import Ballot, Poll, PollOption, Rules, State
from bot.core.record import PollRecord
from bot.exports.json_ import poll_json
from bot.exports.outlet import Memory
from bot.i18n import words

Export = dict[str, Any]
OPTIONS = (PollOption("a", "Yes"), PollOption("b", "3/4"), PollOption("c", "Später"))
MOTION = (PollOption("yes", ""), PollOption("no", ""), PollOption("abstain", ""))
MARKS: dict[str, list[dict[str, int]]] = {
    "single": [{"a": 1}, {"b": 1}, {"b": 1}, {"c": 1}, {"b": 1}, {"a": 1}],
    "multiple": [{"a": 1}, {"a": 1, "b": 1}, {"c": 1}, {"b": 1, "c": 1}, {"b": 1}],
    "approval": [{"a": 1}, {"a": 1, "b": 1}, {"c": 1, "a": 1, "b": 1}, {"b": 1, "c": 1}, {"b": 1}],
    "motion": [{"yes": 1}, {"no": 1}, {"yes": 1}, {"abstain": 1}, {"yes": 1}, {"no": 1}],
    "ranked": [{"a": 1, "b": 2, "c": 3}, {"b": 1, "c": 3}, {"c": 1, "b": 2}, {"a": 1, "b": 1}, {"b": 2}, {"c": 1}],
    "score": [{"a": 5, "b": 0}, {"b": 4, "c": 4}, {"c": 5}, {"a": 1, "b": 3, "c": 2}, {"b": 5, "c": 0}],
}
NAMES = ["Zoë Q", "=Robert", "Ñandú", "李雷", "Eva", "Kim"]


def poll(kind: str = "single", **changed: Any) -> Poll:
    """A closed poll, secret unless said otherwise."""
    rules = changed.pop("rules", Rules(1, 3))
    made = Poll(
        id="p7zkq2mxne",
        place="discord:1",
        question="Which of these?",
        kind=kind,
        options=MOTION if kind == "motion" else OPTIONS,
        rules=rules,
        state=State.CLOSED,
        number=3,
        electorate=312,
        opened_ms=1_793_534_400_000,
        closed_ms=1_793_620_800_000,
        salt="salt-of-opening",
    )
    return replace(made, **changed)


def ballots(poll: Poll, marks: list[dict[str, int]] | None = None) -> list[Ballot]:
    """Ballots as storage keeps them; nonces that a test can foresee."""
    cast = MARKS[poll.kind] if marks is None else marks
    if poll.named:
        return [
            Ballot(f"discord:80{n}", one, NAMES[n % 6], cast_ms=1_793_540_000_000 + n) for n, one in enumerate(cast)
        ]
    return [Ballot("", one, nonce=hashlib.md5(str(n).encode()).hexdigest()) for n, one in enumerate(cast)]


def export(poll: Poll, cast: list[Ballot] | None = None) -> Export:
    """The export of a closed poll, as the program writes it and JSON brings it back."""
    given = ballots(poll) if cast is None else cast
    counting = [ballot for ballot in given if ballot.void is None]
    sealed = replace(poll, root=poll.root or root(leaf(poll, ballot) for ballot in counting))
    groups = [(ballot.marks, 1, ballot.weight) for ballot in counting]
    outcome = outcome_of(sealed, groups, len(given) - len(counting))
    outlet = Memory()
    rest = poll_json(PollRecord(sealed, outcome, "The town", 1_793_700_000_000), words("en"), outlet)
    if rest is not None:
        rest.take(given)
        rest.finish()
    back: Export = json.loads(outlet.files()[0].data)
    return back


def leaf(poll: Poll, ballot: Ballot) -> bytes:
    """A ballot's commitment, as the program makes it at the close."""
    return commitment(poll.id, ballot.marks, ballot.nonce, ballot.voter if poll.named else "", ballot.weight)


def _renamed(export: Export) -> None:
    for there in ("poll", "manifest"):
        export[there]["options"][0]["text"] = "No"


def _changed(*steps: str | int, to: Any) -> Callable[[Export], None]:
    def change(export: Export) -> None:
        at: Any = export
        for step in steps[:-1]:
            at = at[step]
        at[steps[-1]] = to

    return change


def _method(name: str) -> Callable[[Export], None]:
    def change(export: Export) -> None:
        export["poll"]["method"] = export["manifest"]["method"] = name

    return change


def _no_seats(export: Export) -> None:
    export["poll"]["rules"]["seats"] = export["manifest"]["seats"] = 0


def _dropped(export: Export) -> None:
    del export["ballots"][2]


def _added(export: Export) -> None:
    export["ballots"].append({"marks": {"a": 1}, "nonce": "f" * 32})


def _copied(export: Export) -> None:
    export["ballots"].append(copy.deepcopy(export["ballots"][0]))


def _swapped(export: Export) -> None:
    cast = export["ballots"]
    cast[0], cast[4] = cast[4], cast[0]


def _recounted(export: Export) -> None:
    """A vote changed, and everything else made to fit: only the posted root can tell."""
    forged = poll("single")
    cast = [Ballot("", b["marks"], nonce=b["nonce"]) for b in export["ballots"]]
    export.clear()
    export.update(_forged(forged, [replace(cast[0], marks={"c": 1}), *cast[1:]]))


def _forged(poll: Poll, cast: list[Ballot]) -> Export:
    return globals()["export"](poll, cast)  # type: ignore[no-any-return]


TAMPERED: dict[str, tuple[Callable[[Export], None], str]] = {
    "nothing": (lambda export: None, ""),
    "vote changed": (_changed("ballots", 0, "marks", to={"c": 1}), "manifest.root"),
    "vote for nothing known": (_changed("ballots", 4, "marks", to={"z": 1}), "ballots[4]"),
    "two options marked": (_changed("ballots", 3, "marks", to={"a": 1, "b": 1}), "ballots[3]"),
    "marked twice over": (_changed("ballots", 3, "marks", to={"a": 2}), "ballots[3]"),
    "marked with true": (_changed("ballots", 3, "marks", to={"a": True}), "ballots[3]"),
    "ballot dropped": (_dropped, "manifest.ballots"),
    "ballot added": (_added, "manifest.ballots"),
    "ballot copied": (_copied, "ballots[6]"),
    "two ballots swapped": (_swapped, ""),
    "nonce changed": (_changed("ballots", 1, "nonce", to="0" * 32), "manifest.root"),
    "nonce gone": (_changed("ballots", 1, "nonce", to=None), "ballots[1]"),
    "a secret ballot with a name": (_changed("ballots", 1, "voter", to="discord:1"), "ballots[1]"),
    "counts changed": (_changed("result", "counts", "b", to=4), "result.counts.b"),
    "ballots of the result changed": (_changed("result", "ballots", to=7), "result.ballots"),
    "winner changed": (_changed("result", "count", "winners", to=["a"]), "result.count.winners[0]"),
    "round changed": (
        _changed("result", "count", "rounds", 0, "tallies", "b", to="12"), "result.count.rounds[0].tallies.b"
    ),
    "round gone": (_changed("result", "count", "rounds", to=[]), "result.count.rounds"),
    "decided otherwise": (_changed("result", "decided", to="tie"), "result.decided"),
    "another winner beside the count": (_changed("result", "winners", to=["a"]), "result.winners[0]"),
    "a tie beside the count": (_changed("result", "tied", to=["a", "b"]), "result.tied"),
    "called withheld": (_changed("result", "withheld", to=True), "result.withheld"),
    "another method beside the manifest": (_changed("poll", "method", to="irv"), "manifest.method"),
    "another quorum beside the manifest": (_changed("poll", "rules", "quorum", to=9), "manifest.policies.quorum"),
    "another threshold beside the manifest": (
        _changed("poll", "rules", "threshold", to="unanimous"), "manifest.policies.threshold"
    ),
    "count gone": (_changed("result", "count", to=None), "result.count"),
    "option renamed in the manifest": (_changed("manifest", "options", 0, "text", to="No"), "manifest.options[0][1]"),
    "option renamed everywhere": (_renamed, ""),
    "question reworded": (_changed("poll", "question", to="Which?"), "manifest.question"),
    "root changed": (_changed("manifest", "root", to="0" * 64), "manifest.root"),
    "root shortened": (_changed("manifest", "root", to="00"), "manifest.root"),
    "salt changed where no lot is drawn": (_changed("manifest", "salt", to="pepper"), ""),
    "seed changed": (_changed("manifest", "policies", "seed", to="0" * 64), "manifest.policies.seed"),
    "number of seats changed": (_changed("manifest", "seats", to=2), "manifest.seats"),
    "no seats": (_no_seats, "manifest.method"),
    "method unknown": (_method("divination"), "manifest.method"),
    "method unfit": (_method("schulze"), "manifest.method"),
    "kind unknown": (_changed("manifest", "kind", to="raffle"), "manifest.kind"),
    "everything made to fit": (_recounted, "posted"),
}  # fmt: skip
"""How an export is tampered with, and where the first difference is: "" nowhere, "posted" for the posted root only."""
