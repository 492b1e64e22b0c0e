"""What surrounds the program keeps its promises: locks, image, workflow, wheel, and the shape of the modules."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from bot import paths

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_says_why_it_exists(module: Path) -> None:
    """Every module begins with a sentence."""
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


@pytest.mark.parametrize("module", [m for m in MODULES if "core" in m.parts], ids=name_of)
def test_the_core_imports_the_standard_library_only(module: Path) -> None:
    """A module of the core knows the standard library and the core."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("bot.core."), name


def test_locks_name_no_other_host() -> None:
    """Whoever sets the project up gets its packages from PyPI, or from the mirror they chose themselves."""
    hosts = set(re.findall(r"https?://([^/\"\s]+)", (ROOT / "uv.lock").read_text("utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    for file in ROOT.glob("requirements*.txt"):
        assert "://" not in file.read_text("utf-8")


def test_requirements_are_the_lock() -> None:
    """What pip installs is what uv installs: the same versions, with hashes; run is part of dev, dev of bench."""
    locked = {
        (package["name"], package["version"])
        for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
        if package["name"] != "tertulia"
    }
    run, dev, bench = (pins(ROOT / f"requirements{name}.txt") for name in ("", "-dev", "-bench"))
    assert run < dev < bench == locked
    assert {"hatchling", "editables", "trafilatura"} <= {name for name, _ in run}
    assert not {"pytest", "mypy", "playwright"} & {name for name, _ in run}


def pins(file: Path) -> set[tuple[str, str]]:
    entries = file.read_text("utf-8").replace("\\\n", " ").splitlines()
    assert all("--hash=sha256:" in entry for entry in entries if entry)
    return {match.groups() for match in map(PIN.match, entries) if match}  # type: ignore[misc]


def test_the_wheel_brings_its_data(tmp_path: Path) -> None:
    """An installed wheel has the packs, the seeds and every file of bot/, whatever its kind."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    ours = {"bot": "bot", "content": "bot/_content", "seeds": "bot/_seeds"}
    missing = [
        name_of(file)
        for folder, target in ours.items()
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and f"{target}/{file.relative_to(ROOT / folder).as_posix()}" not in names
    ]
    assert missing == []


def test_the_shipped_folders_are_found() -> None:
    """In a checkout the top-level folders are used, so that an edited pack counts at once."""
    assert (paths.content_dir(), paths.seeds_dir()) == (ROOT / "content", ROOT / "seeds")


def test_the_container_is_reached_from_this_machine_only() -> None:
    """The published port is on loopback; one service, one volume, and the container's own address is set."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    (service,) = compose["services"].values()
    assert service["ports"] == ["127.0.0.1:8080:8080"]
    assert service["volumes"] == ["data:/data"]
    assert service["environment"]["WEB_HOST"] == "0.0.0.0"
    assert list(compose["volumes"]) == ["data"]


def test_the_image_runs_without_root_and_tells_its_health() -> None:
    """The last stage changes to a user, keeps /data, and asks the program itself whether it is well."""
    last = (ROOT / "Dockerfile").read_text("utf-8").split("\nFROM ")[-1]
    for line in ("USER tertulia", "VOLUME /data", 'CMD ["tertulia", "doctor", "--health"]', 'CMD ["run"]'):
        assert line in last
    assert "--require-hashes" in (ROOT / "Dockerfile").read_text("utf-8")


def test_the_workflow_calls_the_same_script_with_pinned_actions() -> None:
    """GitHub runs .ci/run, and every action is pinned to a commit."""
    text = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    assert ".ci/run" in text
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), used
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_every_command_of_make_is_explained() -> None:
    """`make` alone lists what there is, each with a line that says what it does."""
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony
    listed = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True, env=bare()).stdout
    names = {line.split()[1] for line in listed.splitlines() if line.startswith("make ")}
    assert names == set(phony[1].split()) - {"anew"}


def test_without_a_recent_python_setup_says_so(tmp_path: Path) -> None:
    """With no Python ≥ 3.11 the set-up stops with a sentence and leaves nothing behind."""
    env = bare() | {"PYTHON": str(tmp_path / "none")}
    done = subprocess.run(
        ["sh", ROOT / "scripts/setup.sh", "run"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("env", "outcome"),
    [
        pytest.param({}, "1 skipped", id="a-person-may-skip"),
        pytest.param({"TERTULIA_NO_SKIPS": "1"}, "1 failed", id="ci-may-not"),
        pytest.param({"TERTULIA_NO_SKIPS": "1", "TERTULIA_MAY_SKIP": "moon"}, "1 skipped", id="but-for-this"),
        pytest.param({"TERTULIA_NO_SKIPS": "1", "TERTULIA_MAY_SKIP": "sun,"}, "1 failed", id="not-for-that"),
    ],
)
def test_a_skip_fails_where_nothing_may_be_skipped(tmp_path: Path, env: dict[str, str], outcome: str) -> None:
    """In CI a skipped test is a failed one, unless its reason was allowed by name."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text("import pytest\n\ndef test_it():\n    pytest.skip('no moon')\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=bare() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout


def bare() -> dict[str, str]:
    """The environment without what an outer `make` or CI put there."""
    ours = ("MAKE", "MFLAGS", "TERTULIA_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
