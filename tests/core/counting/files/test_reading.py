"""What a sound file says: every way to write the same ballots gives the same profile."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from typing import Any

import pytest

from bot.core.counting.files import stream
from bot.core.counting.files.door import read
from bot.core.counting.files.rows import ABOUT
from bot.core.counting.values import Form, Profile
from bot.i18n import words
from tests.core.counting.files.damage import BLT, OLD, TOI
from tests.core.counting.files.damage_json import RECORD

A, B, C = (0,), (1,), (2,)


def profile(name: str, text: str) -> Profile:
    """The file, read."""
    return read(name, io.StringIO(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TOI, id="today"),
        pytest.param(OLD, id="older-form"),
        pytest.param(TOI.replace("\n", "\r\n"), id="windows"),
        pytest.param("\ufeff" + TOI, id="byte-order-mark"),
        pytest.param(TOI.rstrip("\n"), id="no-last-line-end"),
        pytest.param(TOI + "\n\n", id="blank-lines-at-the-end"),
        pytest.param(TOI.replace("1,2,3", " 1 , 2,3 ").replace("{1,2}", "{ 2, 1 }"), id="spaces"),
        pytest.param(TOI.replace("1,2,3", "{1},2,{3}"), id="braces-around-one"),
        pytest.param(TOI.replace("2: {1,2}", "1: {1,2}\n1: {2,1}"), id="a-ballot-on-two-lines"),
        pytest.param(TOI.replace("# TITLE: Breakfast\n", "# Title : a # b: c\n# CULTURE ID: ic\n"), id="more-header"),
        pytest.param(TOI.replace("# DATA TYPE: toi\n", ""), id="no-data-type"),
    ],
)
def test_preflib_orders(text: str) -> None:
    """Three ballots, one of them with a tie, none of them of every option."""
    found = profile("x.toi", text.replace("\r\n", "\n"))
    assert (found.options, found.form) == (("Tea", "Coffee", "Mate"), Form.RANKS)
    assert dict(found.groups) == {(A, B, C): 3, ((0, 1),): 2, (C, A): 1}


@pytest.mark.parametrize(
    ("categories", "line", "form", "ballot", "most"),
    [
        pytest.param(2, "1: 2,{1,3}", Form.MARKS, (1,), 5, id="marks"),
        pytest.param(2, "1: {},{1,2}", Form.MARKS, (), 5, id="one-left-out"),
        pytest.param(1, "1: {3,1}", Form.MARKS, (0, 2), 5, id="one-category"),
        pytest.param(3, "1: 2,{},{1,3}", Form.SCORES, (0, 2, 0), 2, id="scores"),
        pytest.param(4, "1: 2,{},1,{}", Form.SCORES, (1, 3, None), 3, id="a-score-left-out"),
    ],
)
def test_preflib_categories(categories: int, line: str, form: Form, ballot: object, most: int) -> None:
    """Two categories are marks, more are scores, the last one 0."""
    header = TOI[: TOI.index("3: 1,2,3")].replace("toi", "cat").replace("VOTERS: 6", "VOTERS: 1")
    header = header.replace("UNIQUE ORDERS: 3", f"UNIQUE PREFERENCES: 1\n# NUMBER CATEGORIES: {categories}")
    found = profile("x.cat", f"{header}{line}\n")
    assert (found.form, found.groups, found.most) == (form, ((ballot, 1),), most)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BLT, id="as-it-stands"),
        pytest.param(BLT.replace("4 2 # options and seats\n-2\n", "4 2 -2\n"), id="withdrawn-on-the-first-line"),
        pytest.param(BLT.replace("3 1 3 4 0\n2 4 1=3 0\n", "3 1 3 4 0 2 4 1=3 0\n"), id="two-ballots-on-a-line"),
        pytest.param(BLT.replace("3 1 3 4 0", "1 1 3 4 0\n2.0 1 3 4 0"), id="a-ballot-on-two-lines"),
        pytest.param(BLT.replace("3 1 3 4 0", "3 1 2 3 4 0"), id="the-withdrawn-ranked"),
        pytest.param(BLT.replace('"Adam"\n"Basil"', '"Adam" "Basil"'), id="two-names-on-a-line"),
        pytest.param(BLT.replace('"Adam"', "Adam"), id="a-bare-name"),
        pytest.param(BLT + '"source"\n"comment"\n', id="wichmanns-source-and-comment"),
        pytest.param(BLT.replace('"Donald"', '"Donald" # came late') + "# the end\n\n", id="comments"),
        pytest.param(BLT.replace('"Committee"', '"Committee # 5"'), id="a-sign-of-a-comment-in-quotes"),
        pytest.param(BLT.replace("1 - 2 0", "1 2 - 0"), id="skipped-at-the-end"),
        pytest.param("# Committee\n\n" + BLT.replace(" 0\n", "   0  \n"), id="spaces"),
    ],
)
def test_blt(text: str) -> None:
    """Two seats; Basil withdrew and is nowhere, the ballot of him alone is blank."""
    found = profile("x.blt", text)
    assert (found.options, found.form, found.seats) == (("Adam", "Charlotte", "Donald"), Form.RANKS, 2)
    assert dict(found.groups) == {(A, B, C): 3, (C, (0, 1)): 2, (): 1}


def test_blt_weights_and_skipped_ranks() -> None:
    """Exact, whatever they are; a rank that is skipped before the last one stays."""
    text = BLT.replace("-2\n", "").replace("1 - 2 0", "0.1 - 2 0\n0.2 - 2 0\n1/3 4 - - 1 0")
    weights = {ballot: weight for ballot, weight in profile("x.blt", text).groups if weight not in (2, 3)}
    assert weights == {((), (1,)): Fraction(3, 10), ((3,), (), (), (0,)): Fraction(1, 3)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Tea,Coffee,Mate\n1,2,3\n1,2,3\n2,1,\n", id="plain"),
        pytest.param("Tea;Coffee;Mate\r\n1;2;3\r\n1;2;3\r\n2;1;\r\n", id="semicolons"),
        pytest.param("Tea\tCoffee\tMate\n1\t2\t3\n1\t2\t3\n2\t1\t\n\n", id="tabs-and-a-blank-line"),
        pytest.param('Voter,"Tea",Coffee,Mate\nana,1,2,3\n"le\no",1,2,3\nzoë,2,1,\n', id="a-line-break-in-a-cell"),
        pytest.param("Weight,Tea,Coffee,Mate\n2,1,2,3\n0.5,2,1,\n1/2,2,1,\n", id="weights"),
        pytest.param("Tea,Coffee,Mate,void\n1,2,3,\n1,2,3,\n2,1,,\n3,1,2,twice here\n", id="voided"),
        pytest.param("\ufeffPoll,Kind,A. Tea,B. Coffee,C. Mate\n" + "p,ranked,1,2,3\n" * 2 + "p,ranked,2,1,", id="us"),
        pytest.param("Consulta,Votante,Peso,A. Tea,B. Coffee,C. Mate\np,ana,2,1,2,3\np,leo,1,2,1,\n", id="nuestra"),
    ],
)  # fmt: skip
def test_csv(text: str) -> None:
    """A ballot in each row, an option in each column, whatever else there is."""
    found = profile("x.csv", text)
    assert (found.options, found.form) == (("Tea", "Coffee", "Mate"), Form.RANKS)
    assert dict(found.groups) == {(A, B, C): 2, (B, A): 1}


@pytest.mark.parametrize(
    ("rows", "form", "ballot"),
    [
        pytest.param("1,,1", Form.MARKS, (0, 2), id="marks"),
        pytest.param("1,0,1", Form.MARKS, (0, 2), id="marks-with-zeros"),
        pytest.param("1,1,2", Form.RANKS, ((0, 1), (2,)), id="equal-ranks"),
        pytest.param("1,1,3", Form.RANKS, ((0, 1), (), (2,)), id="equal-ranks-counted-in-full"),
        pytest.param("5,0,3", Form.SCORES, (5, 0, 3), id="scores"),
        pytest.param("5,,3", Form.SCORES, (5, None, 3), id="scores-without-a-zero"),
    ],
)
def test_what_the_numbers_of_a_csv_are(rows: str, form: Form, ballot: object) -> None:
    """Told by themselves where they can tell."""
    found = profile("x.csv", f"Tea,Coffee,Mate\n{rows}\n")
    assert (found.form, found.groups) == (form, ((ballot, 1),))


def test_the_kind_of_a_poll_says_what_the_numbers_are() -> None:
    """Ones alone could be marks; of a ranked poll they are first ranks."""
    assert profile("x.csv", "Poll,Kind,A. Tea,B. Coffee\np,ranked,1,\n").groups == (((A,), 1),)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_headings_of_our_ballots_are_no_options(locale: str) -> None:
    """Every column that stands before the options in what we export, in both languages."""
    columns = ("poll", "kind", "voter", "name", "cast_at", "weight", "void", "receipt", "reason", "choice")
    headings = {words(locale).plain(f"export.column.{column}").casefold() for column in columns}
    assert headings <= ABOUT


def dumped(value: Any, **how: Any) -> str:
    """As JSON, escapes or not."""
    return json.dumps(value, **how)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(dumped(RECORD), id="on-one-line"),
        pytest.param(dumped(RECORD, indent=4).replace("\n", "\r\n"), id="indented"),
        pytest.param(dumped(RECORD, sort_keys=True, separators=(",", ":")), id="ballots-first"),
        pytest.param(dumped({"log": [[{"a": ["]", '"\\']}]] * 9, **RECORD, "x": None, "z": 1e9}), id="more-keys"),
        pytest.param(dumped({"filler": "x" * (stream.PIECE - 40), **RECORD}), id="over-a-piece"),
        pytest.param(dumped(RECORD | {"schema_version": 2}), id="version-2"),
    ],
)  # fmt: skip
def test_json(text: str) -> None:
    """A record as we write it, in whatever order and shape it comes."""
    found = profile("x.json", text)
    assert (found.options, found.form, found.seats) == (("Tea", "Coffee"), Form.RANKS, 1)
    assert dict(found.groups) == {((0,), (1,)): 1, ((1,),): 1}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_json_cut_anywhere(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces that end within a number, a word or an escape are read as one text, and counted by their lines."""
    monkeypatch.setattr(stream, "PIECE", size)
    value = {"a": -12.5e3, "b": ["\u00e9\n", None, {"c": [True, 123456]}], "skip": ["]", {"d": '"'}], "e": 7}
    text = json.dumps(value, indent=1)
    reader = stream.Stream(text[at : at + size] for at in range(0, len(text), size))
    found, lines = {}, []
    for key in reader.keys():  # noqa: SIM118 (a stream is no mapping)
        lines.append(reader.line)
        found[key] = reader.skip() if key == "skip" else reader.value()
    reader.end()
    assert found == value | {"skip": None}
    assert lines == [n for n, line in enumerate(text.split("\n"), 1) if line.startswith(' "')]


def test_json_of_every_kind() -> None:
    """Marks are what the kind makes of them; a weight counts as often, a voided ballot doesn't."""
    ballots = [{"marks": {"a": 1}, "weight": 3}, {"marks": {"b": 1}, "void": "a duplicate"}]
    value: dict[str, Any] = RECORD | {"ballots": ballots, "result": {"ballots": 1}}
    seen = {}
    for kind in ("single", "multiple", "support", "approval", "motion", "ranked", "score"):
        ((seen[kind], weight),) = profile("x.json", json.dumps(value | {"poll": value["poll"] | {"kind": kind}})).groups
        assert weight == 3
    assert seen == dict.fromkeys(("single", "multiple", "support", "approval", "motion"), (0,)) | {
        "ranked": ((0,),),
        "score": (1, None),
    }


def test_seats_of_a_record() -> None:
    """What the poll's rules say."""
    value = RECORD | {"poll": RECORD["poll"] | {"rules": {"seats": 3}}}
    assert profile("x.json", json.dumps(value)).seats == 3
