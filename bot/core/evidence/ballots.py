"""The ballots of an export: each is held against the rules of its kind, becomes a commitment, and joins its equals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.evidence.commitment import LENGTH, commitment
from bot.core.evidence.manifest import FEWEST_SECRET, Manifest
from bot.core.evidence.merkle import Tree
from bot.core.evidence.reading import Tree as Json
from bot.core.evidence.reading import brief, check_is, need
from bot.core.evidence.values import Difference, Unchecked

BEST_SCORE = 5
ERASED = "erased:"  # what a voter's id begins with once they erased their data after the close
ONE_BY_ONE = ("irv", "stv")  # methods that hear one option at a time, so that no ballot may rank two equal
_NONCE = re.compile(r"[0-9a-f]{32}")
_TELLING = ("voter", "name", "cast_at", "weight", "void", "commitment")
Marks = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Ballots:
    """The ballots that count: their commitments, and their marks by weight. `erased` are under nobody's name."""

    tree: Tree = field(default_factory=Tree)
    groups: Counter[Marks] = field(default_factory=Counter)
    counted: int = 0
    voided: int = 0
    erased: int = 0
    unproven: int = 0  # erased ones that came without their commitment


def read_ballots(export: Json, manifest: Manifest) -> Ballots:
    """The ballots. Difference at the first that breaks a rule; Unchecked where too few voted in secret to be told."""
    listed = need(export, "ballots", object)
    if listed is None:
        _check_withheld(manifest)
    check_is(listed, "ballots", list)
    found = Ballots()
    for n, ballot in enumerate(listed):
        try:
            _add(found, ballot, manifest)
        except _Wrong as wrong:
            raise Difference(f"ballots[{n}]", str(wrong)) from None
    _check_no_twins(found.tree, listed, manifest)
    return found


def illegal(marks: Mapping[str, Any], manifest: Manifest) -> str:
    """Why these marks make no ballot of this poll; "" where they do."""
    unknown = next((option for option in marks if option not in manifest.ids), None)
    if unknown is not None:
        return f"marks an option “{unknown}” that the poll doesn’t have"
    if not all(type(number) is int for number in marks.values()):
        return f"marks with what is no whole number: {brief(marks)}"
    if not manifest.least <= len(marks) <= manifest.most:
        return f"marks {len(marks)} options, and {_allowed(manifest)} allowed"
    return _wrong_number(marks, manifest)


class _Wrong(Exception):
    """What is wrong with the ballot at hand."""


def _check_withheld(manifest: Manifest) -> None:
    if manifest.named or manifest.ballots >= FEWEST_SECRET:
        raise Difference("ballots", "are missing")
    raise Unchecked(
        f"This was a secret poll with {manifest.ballots} ballots. Under {FEWEST_SECRET} the result is withheld, and "
        f"with it the ballots: there is nothing to recount. Its root is {manifest.root}."
    )


def _add(found: Ballots, ballot: Any, manifest: Manifest) -> None:
    if not isinstance(ballot, dict) or not isinstance(ballot.get("marks"), dict):
        raise _Wrong(f"is no ballot with marks, but {brief(ballot)}")
    if wrong := illegal(ballot["marks"], manifest):
        raise _Wrong(wrong)
    if manifest.named:
        _add_named(found, ballot, manifest)
    else:
        _add_secret(found, ballot, manifest)


def _add_secret(found: Ballots, ballot: Json, manifest: Manifest) -> None:
    telling = next((name for name in _TELLING if name in ballot), None)
    if telling:
        raise _Wrong(f"says its {telling}, which a secret ballot can’t have")
    nonce = ballot.get("nonce")
    if not isinstance(nonce, str) or not _NONCE.fullmatch(nonce):
        raise _Wrong("has no nonce of 32 characters, 0 to 9 and a to f")
    found.tree.add(commitment(manifest.poll, ballot["marks"], nonce))
    _count(found, ballot["marks"], 1)


def _add_named(found: Ballots, ballot: Json, manifest: Manifest) -> None:
    voter, weight = ballot.get("voter"), ballot.get("weight", 1)
    if not isinstance(voter, str) or not voter:
        raise _Wrong("doesn’t say whose it is")
    if type(weight) is not int or (weight != 1 and weight not in manifest.weights):
        raise _Wrong(f"weighs {brief(weight)}, which is no weight of this poll")
    if ballot.get("void") is not None:  # it doesn't count, and it was not under the root
        found.voided += 1
        return
    _add_leaf(found, ballot, manifest, voter, weight)
    _count(found, ballot["marks"], weight)


def _add_leaf(found: Ballots, ballot: Json, manifest: Manifest, voter: str, weight: int) -> None:
    """The commitment. It holds the voter's id; once that was erased, only the export can still say what it was."""
    if not voter.startswith(ERASED):
        if "commitment" in ballot:
            raise _Wrong("brings a commitment, which only a ballot under nobody’s name may")
        found.tree.add(commitment(manifest.poll, ballot["marks"], "", voter, weight))
        return
    found.erased += 1
    given = ballot.get("commitment")
    if given is None:
        found.unproven += 1
    elif isinstance(given, str) and re.fullmatch(rf"[0-9a-f]{{{2 * LENGTH}}}", given):
        found.tree.add(bytes.fromhex(given))
    else:
        raise _Wrong(f"has a commitment that is none: {brief(given)}")


def _count(found: Ballots, marks: Mapping[str, int], weight: int) -> None:
    found.counted += 1
    found.groups[tuple(sorted(marks.items()))] += weight


def _check_no_twins(tree: Tree, listed: Sequence[Json], manifest: Manifest) -> None:
    """Two ballots with one commitment would share a receipt, and one of them could stand for two voters' look."""
    before = b""
    for one in tree:
        if one == before:
            raise _twins(one, listed, manifest)
        before = one


def _twins(twice: bytes, listed: Sequence[Json], manifest: Manifest) -> Difference:
    places = [n for n, ballot in enumerate(listed) if leaf_of(ballot, manifest) == twice]
    return Difference(f"ballots[{places[1]}]", f"is the same as ballots[{places[0]}]; every ballot is one of its own")


def leaf_of(ballot: Json, manifest: Manifest) -> bytes:
    """The commitment of a ballot that was found sound."""
    if "commitment" in ballot:
        return bytes.fromhex(ballot["commitment"])
    if manifest.named:
        return commitment(manifest.poll, ballot["marks"], "", ballot["voter"], ballot.get("weight", 1))
    return commitment(manifest.poll, ballot["marks"], ballot["nonce"])


def _allowed(manifest: Manifest) -> str:
    if manifest.least == manifest.most:
        return f"exactly {manifest.most} {'is' if manifest.most == 1 else 'are'}"
    return f"{manifest.least} to {manifest.most} are"


def _wrong_number(marks: Mapping[str, int], manifest: Manifest) -> str:
    """What is wrong with the numbers: 1 for what is chosen, ranks from 1 to the number of options, scores 0 to 5."""
    lowest, highest = {"ranked": (1, len(manifest.ids)), "score": (0, BEST_SCORE)}.get(manifest.kind, (1, 1))
    for option, number in marks.items():
        if not lowest <= number <= highest:
            among = str(lowest) if lowest == highest else f"{lowest} to {highest}"
            return f"marks “{option}” with {number}; allowed is {among}"
    if manifest.kind == "ranked" and manifest.method in ONE_BY_ONE and len(set(marks.values())) < len(marks):
        return f"ranks two options equal, which {manifest.method} doesn’t take"
    return ""
