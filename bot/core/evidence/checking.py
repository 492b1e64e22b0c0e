"""The check of an export: from its ballots to its root, its result and its lots, until something doesn't agree.

What it proves: that the result follows from these ballots, and that these ballots are the ones whose root was posted.
What it doesn't: who cast them, what the options were called, and which method was announced; those are said, so that
people can compare them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.core.counting.values import Count
from bot.core.evidence.ballots import Ballots, read_ballots
from bot.core.evidence.commitment import seed_of
from bot.core.evidence.manifest import Manifest, check_schema, read_manifest
from bot.core.evidence.reading import Tree, need, same
from bot.core.evidence.receipt import NoReceipt, read_receipt
from bot.core.evidence.recount import recounted, result
from bot.core.evidence.values import Difference, Finding

LOTS = ("irv", "stv", "star")  # methods that go on after a tie, by lot if need be
_NOT_COMPARED = (
    "not compared. Give it with --root, or compare it yourself with the root that was posted when the poll closed; "
    "without that, this file proves no more than that it agrees with itself."
)
LEAST_OF_ROOT = 16  # hexadecimal digits, 64 bits: fewer could be met by trying


def check(export: Tree, receipt: str = "", root: str = "") -> Iterator[Finding]:
    """What was found right, one thing after the other. `receipt` and `root` as somebody copied them, "" for none.

    Difference at the first thing that doesn't agree; Unchecked where there is nothing to recount.
    """
    check_schema(export)
    manifest = read_manifest(export)
    yield Finding("poll", _poll(manifest))
    yield Finding("options", _options(manifest))
    ballots = read_ballots(export, manifest)
    yield from _number(ballots, manifest)
    yield from _root(ballots, manifest)
    yield _posted(manifest, root)
    yield _lots(manifest)
    yield _result(export, ballots, manifest)
    if receipt:
        yield _receipt(ballots, receipt)


def short_root(root: str) -> str:
    """A root's beginning, to be read aloud: "3f2a-91cc-04d7-be12"."""
    return "-".join(root[at : at + 4] for at in range(0, LEAST_OF_ROOT, 4))


def _poll(manifest: Manifest) -> str:
    sort = "with names" if manifest.named else "secret"
    seats = f", {manifest.seats} seats" if manifest.seats != 1 else ""
    return f"{manifest.number}, “{manifest.question}” ({manifest.kind}, {sort}, counted by {manifest.method}{seats})"


def _options(manifest: Manifest) -> str:
    words = " · ".join(f"{option} “{text}”" if text else option for option, text in manifest.options)
    return f"{words}. The root covers ballots, not words or methods: compare those with the poll’s board."


def _number(ballots: Ballots, manifest: Manifest) -> Iterator[Finding]:
    for name, counted in (("ballots", ballots.counted), ("voided", ballots.voided)):
        if getattr(manifest, name) != counted:
            raise Difference(
                f"manifest.{name}", f"the export says {getattr(manifest, name)}, the ballots say {counted}"
            )
    void = f"; {ballots.voided} more are void and don’t count" if ballots.voided else ""
    yield Finding("ballots", f"{ballots.counted}, each as its poll allows{void}")
    if ballots.erased:
        yield Finding("erased", f"{ballots.erased} under nobody’s name, since their voters erased their data after the "
                      "close. Their marks are believed, not proved.")  # fmt: skip


def _root(ballots: Ballots, manifest: Manifest) -> Iterator[Finding]:
    ours = ballots.tree.root()
    if ballots.unproven:
        raise Difference("manifest.root", f"can’t be computed: {ballots.unproven} ballots were erased without leaving "
                         "their commitment")  # fmt: skip
    if ours != manifest.root:
        raise Difference("manifest.root", f"the export says {manifest.root}, the ballots say {ours}")
    yield Finding("root", f"{ours} (short: {short_root(ours)}), computed from the ballots")


def _posted(manifest: Manifest, posted: str) -> Finding:
    """The root that everybody saw: without it, ballots and root could have been exchanged together."""
    if not posted:
        return Finding("posted root", _NOT_COMPARED)
    given = "".join(sign for sign in posted.lower() if sign not in " -:`\t\n").removeprefix("0x")
    if not manifest.root.startswith(given) or len(given) < LEAST_OF_ROOT:
        what = f"“{posted}” is not the beginning of it" if len(given) < 64 else f"posted was {given}"
        more = f"; give at least {LEAST_OF_ROOT} digits" if len(given) < LEAST_OF_ROOT else ""
        raise Difference("manifest.root", f"the export says {manifest.root}, {what}{more}")
    whole = "the same" if given == manifest.root else f"the same in the {len(given)} digits given"
    return Finding("posted root", whole)


def _lots(manifest: Manifest) -> Finding:
    seed = seed_of(manifest.salt, manifest.root) if manifest.method in LOTS else None
    same("manifest.policies.seed", manifest.policies.seed, seed, "salt and root")
    if seed is None:
        return Finding("lots", f"none: counted by {manifest.method}, a tie stays a tie")
    salt = f"The salt, announced when the poll opened, is {manifest.salt}."
    return Finding("lots", f"would be drawn with SHA-256 of the salt and the root. {salt}")


def _result(export: Tree, ballots: Ballots, manifest: Manifest) -> Finding:
    counted = recounted(ballots, manifest)
    said: dict[str, Any] = need(export, "result", dict)
    for name, ours in result(ballots, manifest, counted).items():
        same(f"result.{name}", need(said, name, object) if name in said else _missing(name), ours, "the ballots")
    return Finding("result", f"recounted by {manifest.method}, and the same. {_won(counted, manifest)}")


def _missing(name: str) -> object:
    raise Difference(f"result.{name}", "is missing")


def _won(counted: Count | None, manifest: Manifest) -> str:
    words = dict(manifest.options)
    if counted is None:
        return "There are no ballots that count."
    if manifest.ballots < manifest.policies.quorum:
        return f"Nothing was decided: the quorum was {manifest.policies.quorum} ballots."
    won = [f"Won: {_named(counted, counted.winners, words)}."] if counted.winners else []
    tied = [f"A tie: {_named(counted, some, words)}." for some in counted.tied]
    return " ".join([*won, *tied]) or "Nothing was decided."


def _named(counted: Count, some: tuple[int, ...], words: dict[str, str]) -> str:
    ids = [counted.options[n] for n in some]
    return ", ".join(f"{option} “{words[option]}”" if words.get(option) else option for option in ids)


def _receipt(ballots: Ballots, text: str) -> Finding:
    try:
        wanted = read_receipt(text)
    except NoReceipt as error:
        raise Difference("receipt", str(error)) from None
    if wanted not in ballots.tree:
        raise Difference("receipt", f"is not among the {len(ballots.tree)} ballots of this poll")
    return Finding("receipt", "counted: it stands for one of these ballots")
