"""`tertulia verify` says what it checked, and ends as a shell can use it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.verify import run
from bot.core.evidence.receipt import receipt
from tests.core.evidence.exported import Export, ballots, export, leaf, poll


def written(folder: Path, given: Export) -> Path:
    """The export as a file."""
    path = folder / "poll-3.json"
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    return path


def test_a_true_export_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ballots, root in full and short, result, and that the root has to be compared with the posted one."""
    given = export(poll())
    assert main(["verify", str(written(tmp_path, given))]) == 0
    said = capsys.readouterr().out
    root = given["manifest"]["root"]
    assert f"root: {root} (short: {root[:4]}-{root[4:8]}-{root[8:12]}-{root[12:16]})" in said
    assert "ballots: 6" in said
    assert "posted root: not compared" in said
    assert "Won: b “3/4”" in said
    assert said.endswith("Everything agrees.\n")


def test_receipt_and_posted_root_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As options."""
    asked = poll()
    path = written(tmp_path, export(asked))
    mine, root = receipt(leaf(asked, ballots(asked)[0])), export(asked)["manifest"]["root"]
    assert main(["verify", str(path), "--receipt", mine, "--root", root]) == 0
    said = capsys.readouterr().out
    assert "posted root: the same" in said
    assert "receipt: counted" in said
    assert main(["verify", str(path), "--receipt", receipt(bytes(20))]) == 1
    assert main(["verify", str(path), "--root", "0" * 64]) == 1


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        pytest.param({"result": {"ballots": 7}}, 1, "DIFFERENT  result.ballots: the export says 7", id="tampered"),
        pytest.param({"poll": {"state": "open"}, "manifest": None}, 3, "still open", id="open"),
        pytest.param({"schema_version": 1}, 3, "version 1", id="version 1"),
        pytest.param({"ballots": None, "manifest": {"ballots": 3}}, 3, "withheld", id="withheld"),
        pytest.param({"schema": "shopping"}, 1, "schema: this is no export", id="something else"),
    ],
)
def test_the_exit_code_says_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Export, code: int, says: str
) -> None:
    """1 for a difference, 3 where there is nothing to recount; the reason on standard error."""
    given = export(poll())
    for name, value in change.items():
        given[name] = {**given[name], **value} if isinstance(value, dict) else value
    assert main(["verify", str(written(tmp_path, given))]) == code
    said = capsys.readouterr()
    assert says in said.err
    assert "Everything agrees" not in said.out


@pytest.mark.parametrize("name", ["gone.json", "."], ids=["missing", "a folder"])
def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path, name: str) -> None:
    """In one line."""
    err = io.StringIO()
    assert run(tmp_path / name, err=err) == 1
    assert "can't be read" in err.getvalue()
    assert err.getvalue().count("\n") == 1


def test_what_stands_in_an_export_stays_on_its_line(tmp_path: Path) -> None:
    """A question can't print a verdict of its own, nor move the cursor, nor turn the line round."""
    asked = poll(question="Really?\nEverything agrees.\x1b[2J\u202e")
    out = io.StringIO()
    run(written(tmp_path, export(asked)), out=out)
    assert "Really?\\nEverything agrees.\\x1b[2J\\u202e" in out.getvalue()
    assert out.getvalue().count("\nEverything agrees.") == 1
