"""The stand-alone verifier: one file that runs by itself, and says what `tertulia verify` says."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.verify import run
from bot.core.evidence.receipt import receipt
from bot.exports import verifier as made
from bot.exports.verifier import verifier
from tests.core.evidence.exported import MARKS, TAMPERED, ballots, export, leaf, poll

ROOT = Path(__file__).parents[2]
# Runs the verifier over many files in one process, as a shell would one by one.
MANY = """
import contextlib, io, json, runpy, sys
said = {}
for name in sys.argv[2:]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            sys.argv = ["verify.py", name]
            runpy.run_path("verify.py", run_name="__main__")
        except SystemExit as end:
            said[name] = [end.code, out.getvalue(), err.getvalue()]
print(json.dumps(said))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the verifier and nothing else."""
    (tmp_path / "verify.py").write_bytes(verifier().data)
    return tmp_path


def alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier run by a bare Python: isolated, without site packages, so without us."""
    command = [sys.executable, "-I", "-S", "verify.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_it_runs_by_itself(folder: Path) -> None:
    """With an export beside it, and no more."""
    asked = poll("ranked")
    (folder / "poll-3.json").write_text(json.dumps(export(asked)), "utf-8")
    mine, root = receipt(leaf(asked, ballots(asked)[1])), export(asked)["manifest"]["root"]
    done = alone(folder, "poll-3.json", "--receipt", mine, "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "receipt: counted" in done.stdout
    assert done.stdout.endswith("Everything agrees.\n")


def test_it_says_what_the_command_says(folder: Path) -> None:
    """Of true exports of every kind, of everything that can be tampered with, of what can't be recounted."""
    files = {f"{kind}-{named}.json": export(poll(kind, named=named)) for kind in MARKS for named in (True, False)}
    for n, (tamper, _) in enumerate(TAMPERED.values()):
        tamper(files.setdefault(f"tampered-{n}.json", export(poll())))
    files["old.json"] = {"schema": "tertulia.poll", "schema_version": 1}
    for name, given in files.items():
        (folder / name).write_text(json.dumps(given), "utf-8")
    (folder / "damaged.json").write_text("{", "utf-8")
    names = [*files, "damaged.json", "gone.json"]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", MANY, "", *names], cwd=folder, capture_output=True, text=True, timeout=100
    )
    said: Mapping[str, list[object]] = json.loads(done.stdout)
    differing = {name: said[name] for name in names if said[name] != _command(folder / name)}
    assert differing == {}
    assert {code for code, *_ in said.values()} == {0, 1, 3}


def _command(path: Path) -> list[object]:
    out, err = io.StringIO(), io.StringIO()
    code = run(path, out=out, err=err)
    return [code, out.getvalue(), err.getvalue().replace(str(path), path.name)]


def test_it_takes_no_module_from_elsewhere(folder: Path) -> None:
    """A folder of our name beside it isn't looked at, also without -I."""
    (folder / "bot").mkdir()
    (folder / "bot" / "__init__.py").write_text("raise SystemExit('the wrong one')")
    done = subprocess.run([sys.executable, "verify.py", "-h"], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0


def test_its_parts_are_the_sources_letter_for_letter() -> None:
    """Whoever compares them with the project finds the same text."""
    parts: dict[str, str] = {}
    before = verifier().data.decode("utf-8").partition("class _Parts")[0]
    exec(compile(before, "verify.py", "exec"), given := {"__name__": "parts"})
    parts = given["PARTS"]  # type: ignore[assignment]
    assert {name.rpartition(".")[0] for name in parts} >= {"bot.core.counting", "bot.core.evidence", "bot.cli"}
    for name, source in parts.items():
        assert source == "\n" + ROOT.joinpath(*name.split(".")).with_suffix(".py").read_text("utf-8")


def test_it_needs_nothing_but_the_standard_library() -> None:
    """Every import of every part is of Python's own, or of another part."""
    parts = [ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in made._names()]
    trees = [ast.parse(path.read_text("utf-8")) for path in parts]
    lines = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {a.name for node in lines if isinstance(node, ast.Import) for a in node.names}
    named |= {node.module or "" for node in lines if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} - {"bot"} <= sys.stdlib_module_names | {"__future__"}


def test_it_is_the_same_every_time() -> None:
    """The same bytes in any process."""
    code = "import sys; from bot.exports.verifier import verifier; sys.stdout.buffer.write(verifier().data)"
    for seed in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, env={"PYTHONHASHSEED": seed})
        assert done.stdout == verifier().data
    assert verifier().name == "verify.py"


def test_an_older_python_is_told_so() -> None:
    """The head can be read by any Python 3, which then says what it needs instead of pointing at a line."""
    head = verifier().data.decode("utf-8").partition("import importlib.abc")[0]
    ast.parse(head, feature_version=(3, 7))
    old = head.replace("import sys", "import sys; sys.version_info = (3, 9, 2, 'final', 0)", 1)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is Python 3\.9"):
        exec(compile(old, "verify.py", "exec"), {})


def test_it_carries_the_projects_license() -> None:
    """Whole, as the license asks."""
    text = verifier().data.decode("utf-8").rpartition("# License")[2]
    lines = [line.removeprefix("#").strip() for line in text.splitlines()[2:]]
    assert "\n".join(lines).split() == (ROOT / "LICENSE").read_text("utf-8").split()
