"""An export that says what its ballots say is found right; of any other the first difference is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import Refusal
from bot.core.evidence.ballots import illegal
from bot.core.evidence.checking import check
from bot.core.evidence.manifest import read_manifest
from bot.core.evidence.reading import loads
from bot.core.evidence.receipt import receipt
from bot.core.evidence.recount import profile, tallied
from bot.core.evidence.values import Difference, Unchecked
from bot.core.poll.counted import profile_of
from bot.core.poll.counted import tallied as tallied_by_poll
from bot.core.poll.kinds import kind_of
from bot.core.poll.values import METHODS, Ballot, Rules
from tests.core.evidence.exported import MARKS, TAMPERED, Export, ballots, export, leaf, poll

KINDS = [(kind, method) for kind in MARKS for method in METHODS[kind]]


# What no ballot can prove (the salt too, where no lot is drawn), what is said of the file itself, and what makes it one
# without anything to recount.
UNCHECKED = (
    "schema_version", "exported_at", "locale", "place", "transcript", "poll.wordings", "poll.edits", "poll.item",
    "poll.closes_at", "poll.rules", "poll.options", "result.breakdown", "result.describes", "result.enough_for",
    "manifest.root", "manifest.salt",
)  # fmt: skip


def told(given: Export, **asked: str) -> dict[str, str]:
    """What is found right, by what it is about."""
    return {finding.about: finding.sentence for finding in check(given, **asked)}


def difference(given: Export, **asked: str) -> str:
    """The first difference, "" without one."""
    try:
        list(check(given, **asked))
    except Difference as found:
        return str(found)
    return ""


@pytest.mark.parametrize("named", [True, False], ids=["named", "secret"])
@pytest.mark.parametrize(("kind", "method"), KINDS, ids=[f"{kind} by {method}" for kind, method in KINDS])
def test_a_true_export_is_found_right(kind: str, method: str, named: bool) -> None:
    """Of every kind, counted by every method that may count it."""
    marks = [{"a": 1, "b": 2}, {"b": 1}, {"c": 1, "b": 2}, {"b": 1, "a": 3}, {"c": 2}] if kind == "ranked" else None
    asked = poll(kind, named=named, rules=Rules(1, 3, method=method))
    given = export(asked, ballots(asked, marks))
    said = told(given, root=given["manifest"]["root"])
    assert said["posted root"] == "the same"
    assert f"recounted by {method}, and the same" in said["result"]


@pytest.mark.parametrize("name", TAMPERED)
def test_the_first_difference_is_told_with_its_place(name: str) -> None:
    """Of everything that may be tampered with; what agrees with itself is told by the root that was posted."""
    tamper, where = TAMPERED[name]
    given = export(poll())
    posted = given["manifest"]["root"]
    tamper(given)
    by_itself, against_root = difference(given), difference(given, root=posted)
    assert by_itself.partition(": ")[0] == ("" if where == "posted" else where)
    assert against_root.partition(": ")[0] == ("manifest.root" if where == "posted" else where)


def test_a_difference_says_both_numbers() -> None:
    """What the export says, and what its ballots say."""
    asked = poll("ranked", named=True, rules=Rules(method="irv"))
    given = export(asked, ballots(asked, [{"a": 1}, {"b": 1}, {"b": 1}]))
    given["result"]["count"]["rounds"][0]["tallies"]["b"] = "12"
    assert difference(given) == 'result.count.rounds[0].tallies.b: the export says "12", the ballots say "2"'


@pytest.mark.parametrize("way", ["gone", "null", "text", "number", "list", "object", "true"])
@pytest.mark.parametrize("kind", ["single", "ranked"])
def test_nothing_is_believed_to_be_there(kind: str, way: str) -> None:
    """Whatever is missing or of another sort, at any place: a sentence, or it is right; never a fault of ours."""
    instead = {"null": None, "text": "x", "number": -1, "list": [None], "object": {"": 0}, "true": True}
    whole = json.dumps(export(poll(kind)))
    silent = []
    for steps in _places(json.loads(whole)):
        given = json.loads(whole)
        at: Any = given
        for step in steps[:-1]:
            at = at[step]
        if way == "gone":
            del at[steps[-1]]
        elif repr(at[steps[-1]]) == repr(instead[way]):
            continue
        else:
            at[steps[-1]] = instead[way]
        try:
            if not difference(given):
                silent.append(".".join(map(str, steps)))
        except Unchecked:
            silent.append(".".join(map(str, steps)))
    assert [place for place in silent if not place.startswith(UNCHECKED)] == []


def _places(tree: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a tree, objects before what is in them."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [place for name, value in inner for place in [(*above, name), *_places(value, (*above, name))]]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"schema_version": 1}, "of version 1", id="version 1"),
        pytest.param({"manifest": None, "poll": {"state": "open"}}, "still open", id="open"),
        pytest.param({"ballots": None, "manifest": {"ballots": 4}}, "withheld", id="withheld"),
        pytest.param({"manifest": {"root": None}}, "wasn't posted yet", id="no root yet"),
        pytest.param({"manifest": {"root": None, "salt": ""}}, "before polls had roots", id="of before roots"),
    ],
)
def test_what_cannot_be_recounted_is_said_so(change: dict[str, Any], says: str) -> None:
    """That is no difference."""
    given = export(poll())
    for name, value in change.items():
        given[name] = {**given[name], **value} if isinstance(value, dict) else value
    with pytest.raises(Unchecked, match=says):
        list(check(given))


@pytest.mark.parametrize("method", ["irv", "stv", "star"])
def test_lots_are_drawn_with_the_announced_salt(method: str) -> None:
    """Where a method draws lots, its seed follows from salt and root."""
    kind = "score" if method == "star" else "ranked"
    asked = poll(kind, named=True, rules=Rules(method=method))
    given = export(asked, ballots(asked, [{"a": 1}, {"b": 1}, {"c": 1}]))
    assert "salt-of-opening" in told(given)["lots"]
    given["manifest"]["salt"] = "pepper"
    assert difference(given).startswith("manifest.policies.seed: the export says")


def test_ballots_are_not_withheld_where_there_are_enough() -> None:
    """Five secret ones, or any with names."""
    for asked in (poll(), poll(named=True)):
        assert difference(export(asked) | {"ballots": None}) == "ballots: are missing"


def test_a_poll_without_ballots_is_right() -> None:
    """Nothing came out, and that is what it says."""
    assert "no ballots" in told(export(poll(), []))["result"]


def test_voided_ballots_do_not_count() -> None:
    """They are there, and they were not under the root."""
    asked = poll(named=True)
    cast = ballots(asked)
    given = export(asked, [replace(cast[0], void="cast twice"), *cast[1:]])
    assert "5, each as its poll allows; 1 more are void" in told(given)["ballots"]
    given["ballots"][1]["void"] = "I didn't like it"
    assert difference(given).startswith("manifest.ballots")


def test_a_ballot_weighs_what_its_poll_lets_it() -> None:
    """A role's weight, or one."""
    asked = poll(named=True, rules=Rules(weights=(("55", "Board", 3),)))
    cast = ballots(asked)
    given = export(asked, [replace(cast[0], weight=3), *cast[1:]])
    assert "Won: a" in told(given)["result"]
    given["ballots"][0]["weight"] = 30
    assert difference(given) == "ballots[0]: weighs 30, which is no weight of this poll"


def test_an_erased_ballot_is_believed_and_said_so() -> None:
    """Its commitment held the voter's id, which is gone: the export brings it, and nobody can prove the marks."""
    asked = poll(named=True)
    cast = ballots(asked)
    given = export(asked, cast)
    given["ballots"][0] |= {"voter": "erased:abc", "name": None}
    assert "can’t be computed: 1 ballots were erased" in difference(given)
    given["ballots"][0]["commitment"] = leaf(asked, cast[0]).hex()
    assert told(given)["erased"].startswith("1 under nobody’s name")
    given["ballots"][1]["commitment"] = leaf(asked, cast[1]).hex()
    assert difference(given).startswith("ballots[1]: brings a commitment")


def test_a_receipt_is_counted_or_not() -> None:
    """One's own as one copied it, nobody's, and what is none."""
    asked = poll()
    mine = receipt(leaf(asked, ballots(asked)[2]))
    assert told(export(asked), receipt=mine.lower().replace("-", " "))["receipt"].startswith("counted")
    nobodys = receipt(bytes(20))
    assert difference(export(asked), receipt=nobodys) == "receipt: is not among the 6 ballots of this poll"
    assert difference(export(asked), receipt="lost").startswith("receipt: A receipt has 32 letters")


@pytest.mark.parametrize("digits", [16, 20, 64])
def test_the_posted_root_may_be_given_in_part(digits: int) -> None:
    """Enough of it, as people copy it; the short form too."""
    given = export(poll())
    root = given["manifest"]["root"][:digits].upper()
    assert told(given, root=f" {root[:4]}-{root[4:8]} {root[8:]}")["posted root"].startswith("the same")
    assert difference(given, root=root[:8]).endswith("give at least 16 digits")
    assert difference(given, root="0" * digits).startswith("manifest.root")


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("single", {}), ("single", {"a": 1, "b": 1}), ("single", {"z": 1}), ("single", {"a": 1}),
    ("motion", {"yes": 1, "no": 1}), ("motion", {"no": 1}), ("multiple", {"a": 1}), ("multiple", {"a": 1, "b": 1}),
    ("multiple", {"a": 1, "b": 1, "c": 1}), ("approval", {"a": 1, "b": 1}), ("ranked", {"a": 0}), ("ranked", {"a": 4}),
    ("ranked", {"a": 3}), ("ranked", {"a": 1, "b": 1}), ("score", {"a": 0}), ("score", {"a": 6}), ("score", {"a": -1}),
    ("score", {"a": 5, "b": 5, "c": 0}), ("ranked", {}), ("score", {"z": 1}),
]  # fmt: skip


@pytest.mark.parametrize("strict", [True, False], ids=["one by one", "equal ranks"])
@pytest.mark.parametrize(("kind", "marks"), WRONG, ids=[f"{kind} {marks}" for kind, marks in WRONG])
def test_a_ballot_is_allowed_just_when_the_poll_would_take_it(kind: str, marks: dict[str, int], strict: bool) -> None:
    """The verifier's rules are the poll's own, though it can't ask the poll."""
    asked = poll(
        kind, rules=Rules(2 if kind == "multiple" else 1, 2, method="irv" if strict and kind == "ranked" else "")
    )
    assert bool(illegal(marks, read_manifest(export(asked, [])))) == _refused(
        lambda: kind_of(asked).check(marks, asked)
    )


def _refused(act: Callable[[], None]) -> bool:
    try:
        act()
    except Refusal:
        return True
    return False


@pytest.mark.parametrize("kind", MARKS)
def test_marks_mean_to_the_verifier_what_they_mean_to_the_poll(kind: str) -> None:
    """The same profile and the same tallies, though each is made by itself."""
    asked = poll(kind)
    manifest = read_manifest(export(asked))
    groups = {tuple(sorted(marks.items())): n for n, marks in enumerate(MARKS[kind], start=1)}
    theirs = [(dict(marks), 1, weight) for marks, weight in groups.items()]
    by_poll = replace(profile_of(asked, theirs), people=manifest.ballots)  # which the check holds against the ballots
    assert profile(groups, manifest) == by_poll
    assert tallied(groups.items(), manifest) == tallied_by_poll(asked, theirs)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "no JSON", id="nothing"),
        pytest.param(b'{"schema": "tert', "no JSON", id="cut off"),
        pytest.param(b"\xff\xfe{", "no UTF-8", id="another encoding"),
        pytest.param(b"[]", "not an export", id="a list"),
        pytest.param(b'{"a": 1, "a": 2}', "says “a” twice", id="twice"),
        pytest.param(b'{"a": NaN}', "NaN", id="no number"),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "damaged", id="a huge number"),
        pytest.param(b"[" * 100_000, "damaged", id="nested too deep"),
        pytest.param(b"{}", "schema: this is no export", id="empty"),
        pytest.param(b'{"schema": "tertulia.stances", "schema_version": 2}', "schema: this is no", id="stances"),
        pytest.param(b'{"schema": "tertulia.poll", "schema_version": 3}', "schema_version: is not 2", id="of tomorrow"),
    ],
)
def test_a_damaged_file_is_a_sentence(data: bytes, says: str) -> None:
    """Never a trace."""
    with pytest.raises(Difference, match=says):
        list(check(loads(data)))


def test_a_ballot_of_nobody_knows_no_nonce() -> None:
    """Two secret ballots can't share one: one receipt would stand for two voters."""
    asked = poll()
    cast = [*ballots(asked), Ballot("", {"b": 1}, nonce=ballots(asked)[1].nonce)]
    assert difference(export(asked, cast)) == "ballots[6]: is the same as ballots[1]; every ballot is one of its own"
