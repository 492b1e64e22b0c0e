"""The command line as an operator meets it: help for every command, sentences instead of traces, clean ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from bot import __version__
from bot.__main__ import main

ROOT = Path(__file__).parents[1]
COMMANDS = ["run", "console", "check", "import", "export", "count", "verify", "backup", "restore", "doctor", "invite"]


def environ(**given: str) -> dict[str, str]:
    """A bare environment: nothing of ours but what is given."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **given}


def tertulia(folder: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """A command in `folder`, run to its end."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ(**given), capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` says what it does, with an example, and ends with 0."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith(f"usage: tertulia {command}") and f"Example: tertulia {command}" in said


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """And none that isn't tested here."""
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    listed = [line.split()[0] for line in said.splitlines() if line.startswith("    ") and line[4] != " "]
    assert listed == COMMANDS


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The one of the package."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"tertulia {__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["dance"], id="no such command"),
        pytest.param(["export"], id="too little"),
        pytest.param(["export", "3", "--format", "xls", "-o", "x"], id="no such format"),
        pytest.param(["run", "--fast"], id="no such option"),
    ],
)
def test_a_wrong_command_line_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """And says how it is used, on stderr."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2 and "usage: tertulia" in capsys.readouterr().err


TROUBLE = [
    pytest.param(["run"], {"WEB_PORT": "many"}, "WEB_PORT", id="a wrong setting"),
    pytest.param(["run"], {"DISCORD_TOKEN": "a b"}, "DISCORD_TOKEN", id="a token with a space"),
    pytest.param(["run"], {"DATABASE_URL": "mysql://x"}, "DATABASE_URL", id="another database"),
    pytest.param(["run"], {"DATABASE_URL": "sqlite:////no/such/place/t.db"}, "/no/such/place", id="no folder"),
    pytest.param(["run"], {"DATABASE_URL": "sqlite:///broken.db"}, "broken.db", id="a corrupt database"),
    pytest.param(["console"], {"DATABASE_URL": "sqlite:///broken.db"}, "broken.db", id="the console on it"),
    pytest.param(["check", "nowhere"], {}, "nowhere", id="no pack"),
    pytest.param(["import", "nowhere.txt"], {}, "nowhere.txt", id="no article"),
    pytest.param(["export", "3", "-o", "3.csv"], {}, "t.db", id="no database to export from"),
    pytest.param(["backup", "b.db"], {}, "t.db", id="no database to back up"),
    pytest.param(["restore", "nowhere.db"], {}, "nowhere.db", id="no backup"),
    pytest.param(["restore", "broken.db"], {}, "broken.db", id="a corrupt backup"),
    pytest.param(["doctor"], {"WEB_PORT": "many"}, "WEB_PORT", id="a doctor with a wrong setting"),
    pytest.param(["invite"], {}, "DISCORD_TOKEN", id="no application"),
]


@pytest.mark.parametrize(("arguments", "given", "words"), TROUBLE)
def test_trouble_is_a_sentence(tmp_path: Path, arguments: list[str], given: dict[str, str], words: str) -> None:
    """That names what is wrong; exit status 1, no trace."""
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)
    ended = tertulia(tmp_path, *arguments, **{"DATABASE_URL": "sqlite:///t.db", **given})
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1, said
    assert words in said and "Traceback" not in said


def test_a_second_bot_is_refused(tmp_path: Path) -> None:
    """While the first one goes on; and so is a restore."""
    with running(tmp_path) as (process, _):
        second = tertulia(tmp_path, "run", WEB_PORT="0")
        assert second.returncode == 1 and "Traceback" not in second.stderr and second.stderr.strip()
        backup = tertulia(tmp_path, "backup", "b.db")
        assert backup.returncode == 0, backup.stderr
        restore = tertulia(tmp_path, "restore", "b.db")
        assert restore.returncode == 1 and "Traceback" not in restore.stderr
        assert process.poll() is None


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    """It names the port and the setting."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        ended = tertulia(tmp_path, "run", WEB_PORT=port)
    assert ended.returncode == 1
    assert port in ended.stderr and "WEB_PORT" in ended.stderr and "Traceback" not in ended.stderr


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`tertulia run` without a token, and the link that it prints; killed at the end if it is still there."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=folder, env=environ(WEB_PORT="0"), stdout=pipe, stderr=pipe, text=True,
    )  # fmt: skip
    rescue = threading.Timer(60, process.kill)
    rescue.start()
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        yield process, next(line.strip() for line in lines if "http://" in line)
    finally:
        rescue.cancel()
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_without_a_token_there_is_a_console(tmp_path: Path, stop: signal.Signals) -> None:
    """It makes data/, plants it, prints the link to click, answers there, and stops when asked with 0."""
    with running(tmp_path) as (process, link):
        assert link.startswith("http://127.0.0.1:")
        browser = build_opener(HTTPCookieProcessor())
        with browser.open(link, timeout=20) as page:
            assert page.status == 200
        with pytest.raises(HTTPError) as refused:
            urlopen(link.split("?")[0].split("#")[0] + "state", timeout=20)
        assert refused.value.code in (401, 403, 404)
        process.send_signal(stop)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Stopped. Everything is stored." in out and "Traceback" not in err
    left = sorted(path.name for path in (tmp_path / "data").iterdir())
    assert "tertulia.db" in left and not [name for name in left if name.endswith(("-wal", ".alive"))]


def test_a_second_start_plants_nothing_again(tmp_path: Path) -> None:
    """What was there is there; the same link's host and port setting do."""
    sizes = []
    for _ in range(2):
        with running(tmp_path) as (process, _):
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
        sizes.append(_polls(tmp_path / "data" / "tertulia.db"))
    assert sizes[0] == sizes[1] > 0


def _polls(database: Path) -> int:
    import sqlite3

    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM polls").fetchone()[0])


def test_a_stop_while_starting_is_no_trace(tmp_path: Path) -> None:
    """Ctrl-C before it is up ends it quietly."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path, env=environ(WEB_PORT="0"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        while not (tmp_path / "data").exists() and process.poll() is None:
            pass
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode in (0, 130) and "Traceback" not in err
