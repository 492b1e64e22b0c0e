"""The manifest of a closed poll: all that a recount needs besides the ballots, and what the poll must match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from bot.core.counting.values import Overvote, Policies, Unranked
from bot.core.evidence.reading import Tree, check_is, need, same
from bot.core.evidence.values import Difference, Unchecked

SCHEMA, VERSION = "tertulia.poll", 2
FEWEST_SECRET = 5  # under this many ballots a secret result is withheld
KINDS = ("single", "multiple", "support", "approval", "motion", "ranked", "score")
_ROOT = re.compile(r"[0-9a-f]{64}")
_ALSO_IN_POLL = {
    "poll": "id", "number": "number", "question": "question", "kind": "kind", "named": "named", "method": "method",
    "seats": "rules.seats", "policies.quorum": "rules.quorum", "weights": "rules.weights", "electorate": "electorate",
    "opened_at": "opened_at", "closed_at": "closed_at",
}  # fmt: skip
_THRESHOLDS = {"majority": ("1/2", False), "two-thirds": ("2/3", True), "unanimous": ("1/1", True)}


@dataclass(frozen=True)
class Manifest:
    """What is needed of it. `least` and `most` bound the marks of a ballot; `weights` are those a role may give."""

    poll: str
    number: int
    question: str
    options: tuple[tuple[str, str], ...]
    kind: str
    named: bool
    method: str
    policies: Policies
    seats: int
    least: int
    most: int
    weights: frozenset[int]
    salt: str
    root: str
    ballots: int
    voided: int

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The options' ids, in their order."""
        return tuple(option for option, _ in self.options)


def check_schema(export: Tree) -> None:
    """Difference unless it is an export of a poll; Unchecked where it is one of a version without ballots' evidence."""
    schema, version = export.get("schema"), export.get("schema_version")
    if schema != SCHEMA:
        raise Difference("schema", "this is no export of a poll; only those can be recounted")
    if version == 1:
        raise Unchecked("This export is of version 1, which had no evidence to check. Export the poll again.")
    if version != VERSION or isinstance(version, bool):
        raise Difference(
            "schema_version", f"is not {VERSION}; a newer Tertulia has a newer verifier beside its exports"
        )


def read_manifest(export: Tree) -> Manifest:
    """The manifest. Unchecked while the poll is open; Difference where it lacks something or contradicts the poll."""
    _check_closed(export)
    need(export, "manifest", dict)
    for name, there in _ALSO_IN_POLL.items():
        same(
            f"manifest.{name}",
            need(export, f"manifest.{name}", object),
            need(export, f"poll.{there}", object),
            "the poll’s own words",
        )
    _check_threshold(export)
    options = _options(export)
    kind = need(export, "manifest.kind", str)
    if kind not in KINDS:
        raise Difference("manifest.kind", f"“{kind}” is no kind of ballot that this verifier knows")
    least, most = _limits(export, kind, len(options))
    return Manifest(
        poll=need(export, "manifest.poll", str),
        number=need(export, "manifest.number", int),
        question=need(export, "manifest.question", str),
        options=options,
        kind=kind,
        named=need(export, "manifest.named", bool),
        method=need(export, "manifest.method", str),
        policies=_policies(export),
        seats=need(export, "manifest.seats", int),
        least=least,
        most=most,
        weights=_weights(export),
        salt=need(export, "manifest.salt", str),
        root=_root(export),
        ballots=need(export, "manifest.ballots", int),
        voided=need(export, "manifest.voided", int),
    )


def _check_closed(export: Tree) -> None:
    state = need(export, "poll.state", str)
    if need(export, "manifest", object) is None:
        if state == "open":
            raise Unchecked("The poll is still open. Its evidence comes with its closing: export it again then.")
        raise Difference("manifest", f"is missing, although the poll is {state}")
    if state != "closed":
        raise Difference("poll.state", f"is “{state}”, although the manifest says that the poll has closed")


def _check_threshold(export: Tree) -> None:
    threshold = need(export, "poll.rules.threshold", str)
    if threshold not in _THRESHOLDS:
        raise Difference("poll.rules.threshold", f"“{threshold}” is no threshold that this verifier knows")
    for name, value in zip(("threshold", "threshold_reached"), _THRESHOLDS[threshold], strict=True):
        said = need(export, f"manifest.policies.{name}", object)
        same(f"manifest.policies.{name}", said, value, "the poll’s own words")


def _root(export: Tree) -> str:
    root = need(export, "manifest.root", object)
    if root is None and not need(export, "manifest.salt", str):
        raise Unchecked("The poll opened before polls had roots, and closed without one: there is nothing to compare.")
    if root is None:
        raise Unchecked("The poll closed a moment ago and its root wasn't posted yet. Export it again in a minute.")
    check_is(root, "manifest.root", str)
    if not _ROOT.fullmatch(root):
        raise Difference("manifest.root", "is no root: it should be 64 characters, 0 to 9 and a to f")
    return str(root)


def _options(export: Tree) -> tuple[tuple[str, str], ...]:
    """(id, text) in their order; in the poll they must be the same."""
    found = _pairs(need(export, "manifest.options", list), "manifest.options")
    poll = _pairs(need(export, "poll.options", list), "poll.options")
    same("manifest.options", [list(pair) for pair in found], [list(pair) for pair in poll], "the poll’s own words")
    if not found or len({option for option, _ in found}) < len(found):
        raise Difference("manifest.options", "should name each option once")
    return found


def _pairs(options: Sequence[object], where: str) -> tuple[tuple[str, str], ...]:
    for n, option in enumerate(options):
        check_is(option, f"{where}[{n}]", dict)
    trees: Sequence[Any] = options
    return tuple((_text(o, f"{where}[{n}]", "id"), _text(o, f"{where}[{n}]", "text")) for n, o in enumerate(trees))


def _text(tree: Tree, where: str, name: str) -> str:
    if name not in tree:
        raise Difference(f"{where}.{name}", "is missing")
    check_is(tree[name], f"{where}.{name}", str)
    return str(tree[name])


def _limits(export: Tree, kind: str, options: int) -> tuple[int, int]:
    """The least and the most options that a ballot may mark."""
    if kind in ("multiple", "approval"):
        return need(export, "poll.rules.minimum", int), min(need(export, "poll.rules.maximum", int), options)
    return (1, options) if kind in ("ranked", "score") else (1, 1)


def _weights(export: Tree) -> frozenset[int]:
    """The weights that roles give: the last number of each entry, or its `weight`."""
    found = set()
    for n, entry in enumerate(need(export, "manifest.weights", list)):
        weight = entry.get("weight") if isinstance(entry, dict) else entry[-1] if isinstance(entry, list) else entry
        check_is(weight, f"manifest.weights[{n}]", int)
        found.add(int(weight or 0))
    return frozenset(found)


def _policies(export: Tree) -> Policies:
    where = "manifest.policies"
    skips, seed = need(export, f"{where}.max_skips", object), need(export, f"{where}.seed", object)
    if skips is not None:
        check_is(skips, f"{where}.max_skips", int)
    if seed is not None:
        check_is(seed, f"{where}.seed", str)
    unranked, overvote = need(export, f"{where}.unranked", str), need(export, f"{where}.overvote", str)
    if unranked not in set(Unranked):
        raise Difference(f"{where}.unranked", f"“{unranked}” is no policy that this verifier knows")
    if overvote not in set(Overvote):
        raise Difference(f"{where}.overvote", f"“{overvote}” is no policy that this verifier knows")
    return Policies(
        unranked=Unranked(unranked),
        overvote=Overvote(overvote),
        max_skips=skips,
        seed=seed,
        threshold=_share(need(export, f"{where}.threshold", str)),
        threshold_reached=need(export, f"{where}.threshold_reached", bool),
        quorum=need(export, f"{where}.quorum", int),
    )


def _share(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Difference("manifest.policies.threshold", f"“{text}” is no share such as 1/2") from None
