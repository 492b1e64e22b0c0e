"""Anybody with a file of ballots counts it: the winner first, everything under it, and no word from half a file."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.cli.count_asked import ALIASES, NAMES, Usage, method, threshold
from bot.core.counting.methods import METHODS
from bot.core.text import folded

PAGE = (Path(__file__).parents[2] / "docs/counting.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([\w.]+)`:\n\n```\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL))
RUNS = re.findall(r"```\n\$ tertulia (.*?)\n(.*?)```", PAGE, re.DOTALL)
QUORUM = "The motion is not decided: the quorum was missed."
MOTION = "Poll,Kind,A. Yes,B. No,C. Abstain\np,motion,1,,\np,motion,1,,\np,motion,,1,\np,motion,,,1\n"
SCORES = "Tea,Coffee,Mate\n5,0,3\n0,4,5\n2,4,0\n"
MARKS = "Tea,Coffee,Mate\n1,,1\n1,,\n,1,\n"
SEATS = '3 2\n5 1 2 0\n3 2 1 0\n4 3 0\n0\n"Ana"\n"Leo"\n"Zoë"\n"Board"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the page, and some more."""
    monkeypatch.chdir(tmp_path)
    more = {
        "motion.csv": MOTION,
        "scores.csv": SCORES,
        "marks.csv": MARKS,
        "seats.blt": SEATS,
        "four.csv": "A,B,C,D\n1,,,\n",
    }
    for name, text in (FILES | more).items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def count(capsys: pytest.CaptureFixture[str]) -> Any:
    """`tertulia count …`: exit status, what was printed, what was complained about."""

    def counted(*arguments: str) -> tuple[int, str, str]:
        status = main(["count", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return counted


@pytest.mark.parametrize(("line", "answer"), RUNS, ids=[line for line, _ in RUNS])
def test_the_page_shows_what_really_comes(line: str, answer: str, count: Any) -> None:
    """Every run in docs/counting.md, to the letter."""
    _, out, err = count(*line.split()[1:])
    assert out + err == answer


def test_the_page_knows_every_method_and_every_key(count: Any) -> None:
    """Both tables are complete."""
    assert set(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (?:any|1|–) \|", PAGE, re.MULTILINE)) == set(METHODS)
    said = json.loads(count("lunch.toi", "--method", "irv", "--json")[1])
    keys = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE.partition("## JSON")[2], re.MULTILINE))
    assert keys == set(said)


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        pytest.param("lunch.toi --method schulze", "Pozole wins.", id="winner"),
        pytest.param("tie.soc --method irv", "A tie: Biblioteca and Café.", id="tie"),
        pytest.param("tie.soc --method irv --seed a", "Café wins.", id="lot"),
        pytest.param("seats.blt --method stv", "Elected: Ana and Zoë.", id="seats-of-the-file"),
        pytest.param("seats.blt --method stv --seats 1", "Ana wins.", id="seats-of-the-line"),
        pytest.param("motion.csv --method motion", "The motion is passed.", id="passed"),
        pytest.param("motion.csv --method motion --threshold >2/3", "The motion is rejected.", id="threshold"),
        pytest.param("motion.csv --method motion --quorum 5", QUORUM, id="quorum"),
        pytest.param("scores.csv --method star", "Mate wins.", id="star"),
        pytest.param("scores.csv --method schulze", "A tie: Tea, Coffee and Mate.", id="scores-compared"),
        pytest.param("marks.csv --method approval", "Tea wins.", id="marks"),
        pytest.param("marks.csv --method mes --seats 2", "Elected: Tea. A tie: Coffee and Mate.", id="partly-tied"),
        pytest.param("lunch.toi --method all --seats 2", None, id="all-for-two-seats"),
    ],
)  # fmt: skip
def test_the_first_line_says_who_won(arguments: str, first: str | None, count: Any) -> None:
    """Or that nobody has, and why."""
    status, out, err = count(*arguments.split())
    assert (status, err) == (0, "")
    assert first is None or out.splitlines()[0] == first


def test_json_is_one_object(count: Any) -> None:
    """The winners by name, the policies spelled out, nothing else on standard output."""
    status, out, _ = count("lunch.toi", "--method", "Ranked_Pairs", "--json", "--unranked", "no-opinion")
    said = json.loads(out)
    assert (status, said["method"], said["winners"], said["ballots"]) == (0, "ranked-pairs", ["Tacos"], 21)
    assert said["policies"]["unranked"] == "no-opinion"
    assert said["pairwise"]["Pozole"]["Tacos"] == 5


def test_all_methods_as_json(count: Any) -> None:
    """Each under its name."""
    said = json.loads(count("lunch.toi", "--method", "all", "--json")[1])
    assert set(said) == {"plurality", "borda", "irv", "schulze", "ranked-pairs", "minimax", "stv"}
    assert all(one["method"] == name for name, one in said.items())


@pytest.mark.parametrize(
    ("policy", "changed"),
    [
        pytest.param("--overvote skip", {"overvote": "skip"}, id="overvote"),
        pytest.param("--max-skips 0", {"max_skips": 0}, id="max-skips"),
        pytest.param("--seed x", {"seed": "x"}, id="seed"),
        pytest.param("--threshold 60%", {"threshold": "3/5", "threshold_reached": True}, id="threshold"),
        pytest.param("--quorum 7", {"quorum": 7}, id="quorum"),
        pytest.param("--unranked no-opinion", {"unranked": "no-opinion"}, id="unranked"),
    ],
)
def test_every_policy_reaches_the_count(policy: str, changed: dict[str, Any], count: Any) -> None:
    """And is in what comes out."""
    plain = json.loads(count("lunch.toi", "--method", "irv", "--json")[1])["policies"]
    said = json.loads(count("lunch.toi", "--method", "irv", "--json", *policy.split())[1])["policies"]
    assert said == plain | changed


def test_standard_input(count: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its format named; damage is told of stdin."""
    for text, status, said in ((SEATS, 0, "Ana wins."), (SEATS[:-3], 1, "")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        found, out, err = count("-", "--format", "blt", "--method", "irv")
        assert (found, out.partition("\n")[0]) == (status, said)
    assert err == 'stdin:9: “"Boar” has no closing quotation mark\n'


def test_a_bad_file_is_not_counted(count: Any, folder: Path) -> None:
    """File, line and what; exit status 1; nothing on standard output, also with --json."""
    (folder / "bad.toi").write_bytes(b"# NUMBER ALTERNATIVES: 1\n# ALTERNATIVE NAME 1: Caf\xe9\n1: 1\n")
    for more in ([], ["--json"], ["--method", "all"]):
        status, out, err = count("bad.toi", "--method", "irv", *more)
        assert (status, out) == (1, "")
        assert err == "bad.toi:2: not text in UTF-8; save the file in that encoding\n"


@pytest.mark.parametrize(
    ("name", "why"),
    [("nowhere.toi", "No such file or directory."), (".", "Is a directory.")],
    ids=["missing", "folder"],
)
def test_a_file_that_is_none(name: str, why: str, count: Any) -> None:
    """The system's reason, no trace."""
    assert count(name, "--method", "irv") == (1, "", f"{name}: {why}\n")


WRONG = {
    "misspelled": (
        "lunch.toi --method shulze",
        "There is no method “shulze”. Did you mean schulze? There are plurality",
    ),
    "unknown": ("lunch.toi --method ???", "There is no method “???”. There are plurality"),
    "unfit-ballots": ("lunch.toi --method star", "The ballots are ranks, which star can't count. For them there are"),
    "unfit-seats": ("lunch.toi --method irv --seats 2", "irv elects one. For 2 seats there are plurality"),
    "no-seats": ("lunch.toi --method stv --seats 0", "--seats is a whole number from 1 on, not “0”."),
    "motion-of-four": ("four.csv --method motion", "A motion has two options, for and against, and perhaps a third"),
    "negative": ("lunch.toi --method irv --max-skips -1", "--max-skips is a whole number from 0 on, not “-1”."),
    "policy": ("lunch.toi --method irv --unranked above", "--unranked is one of below, no-opinion, not “above”."),
    "format": ("lunch.toi --method irv --format pdf", "--format is one of soc, soi"),
    "share": ("motion.csv --method motion --threshold 3/2", "--threshold is between 0 and 1, which “3/2” is not."),
    "no-share": ("motion.csv --method motion --threshold half", "--threshold is a share such as 1/2"),
    "stdin": ("- --method irv", "Standard input has no name that tells its format. Add --format."),
}


@pytest.mark.parametrize(("arguments", "why"), WRONG.values(), ids=WRONG)
def test_a_wrong_command_line_ends_with_2(arguments: str, why: str, count: Any) -> None:
    """With what there is instead; a method that doesn't fit the ballots is one of them."""
    status, out, err = count(*arguments.split())
    assert (status, out) == (2, "")
    assert err.startswith(why)


@pytest.mark.parametrize(
    ("typed", "name"),
    [*((name, name) for name in METHODS), *ALIASES.items(), ("Scottish-STV", "stv"), ("EQUAL_SHARES", "equal-shares")],
)
def test_a_method_by_any_of_its_names(typed: str, name: str) -> None:
    """However it is written."""
    assert method(typed) == method(typed.upper().replace(" ", "_")) == name


def test_no_two_methods_share_a_name() -> None:
    """Other names are in the form in which they are looked up, and lead to what there is."""
    assert all(folded(alias) == alias for alias in ALIASES)
    assert not set(ALIASES) & set(METHODS)
    assert set(NAMES.values()) == {*METHODS, "all"}


@pytest.mark.parametrize(
    ("typed", "share", "reached"),
    [
        ("1/2", "1/2", False),
        ("50%", "1/2", False),
        ("0.5", "1/2", False),
        (">=1/2", "1/2", True),
        ("2/3", "2/3", True),
        ("> 2/3", "2/3", False),
        ("66.7 %", "667/1000", True),
        ("1", "1", True),
        ("100%", "1", True),
    ],
)
def test_a_share_is_exact(typed: str, share: str, reached: bool) -> None:
    """A half is to be exceeded, other shares are to be reached, unless the sign says otherwise."""
    found, enough = threshold(typed)
    assert (str(found), enough) == (share, reached)


@pytest.mark.parametrize("typed", ["", "0", "1/0", "-1/2", "1.5", "101%", "1/2/3", "nan", "1e5", "9" * 5000, "½"])
def test_what_is_no_share(typed: str) -> None:
    """A sentence, no arithmetic."""
    with pytest.raises(Usage, match="--threshold is"):
        threshold(typed)


def test_names_from_a_file_move_no_cursor(count: Any, folder: Path) -> None:
    """An escape sequence in a name is shown as what it is; long and wide names keep the columns in line."""
    text = SEATS.replace("Ana", "\x1b[2JAna").replace("Leo", "李雷" * 20)
    (folder / "names.blt").write_text(text, "utf-8")
    out = count("names.blt", "--method", "irv")[1]
    assert "\x1b" not in out
    assert "�[2JAna" in out
    assert "李雷李雷李雷李雷李雷李雷李雷李…" in out


def test_many_options_and_rounds_stay_within_the_terminal(count: Any, folder: Path) -> None:
    """The rounds go on below, the table of pairs leaves the place to --json."""
    options = range(1, 41)
    ballots = "".join(f"{n} {n} {n % 40 + 1} 0\n" for n in options)
    names = "".join(f'"Option {n}"\n' for n in options)
    (folder / "many.blt").write_text(f'40 1\n{ballots}0\n{names}"T"\n')
    out = count("many.blt", "--method", "irv")[1]
    assert max(map(len, out.splitlines())) <= 104
    assert "40 options are too many for a table" in out
