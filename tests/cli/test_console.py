"""`tertulia console` in a process of its own, spoken to through a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def console(tmp_path: Path, lines: str) -> subprocess.CompletedProcess[str]:
    """The console on a database in `tmp_path`, run to its end."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'c.db'}", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "bot", "console"],
        input=lines,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        encoding="utf-8",
        check=False,
    )


def test_lines_from_a_pipe_are_answered(tmp_path: Path) -> None:
    """A fresh database is planted, each line answered in turn; the end of the lines ends it, and so does /quit.

    What was done is there the next time.
    """
    first = console(tmp_path, "/section 2\n/as maria\n/consulta votar 1 b\n")
    assert first.returncode == 0, first.stderr
    assert "You are Tom" in first.stdout
    assert first.stdout.index("Section 2 of 7") < first.stdout.index("Ahora eres María.")
    again = console(tmp_path, "/as maria\n/consulta ver 1\n/salir\n/section 2\n")
    assert again.returncode == 0, again.stderr
    assert "Algo en contra" in again.stdout
    assert again.stdout.endswith("Hasta la próxima.\n\n")
