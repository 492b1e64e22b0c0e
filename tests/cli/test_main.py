"""The way in ends as a shell expects it."""

from __future__ import annotations

import subprocess
import sys


def test_a_reader_that_leaves_is_no_fault() -> None:
    """`tertulia check | head -0` prints no trace."""
    check = [sys.executable, "-m", "bot", "check"]
    with subprocess.Popen(check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode in (0, 141)
