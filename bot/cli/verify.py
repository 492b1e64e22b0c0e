"""`tertulia verify`: recount an export and check its root, without the bot, its database or its word.

The stand-alone verifier beside every export is this command, with all that it needs in one file.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from bot.core.evidence.checking import check
from bot.core.evidence.reading import loads
from bot.core.evidence.values import Difference, Unchecked

AGREES, DIFFERS, NOTHING = 0, 1, 3  # 2 is a wrong command line


def run(
    export: Path, receipt: str = "", root: str = "", *, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Say what was found right, line by line, then the first thing that isn't.

    0: all agrees. 1: the first difference was said, or the file is damaged or can't be read. 3: there is nothing to
    recount, because the poll is open, its result withheld, or the export older than evidence.
    """
    try:
        for finding in check(loads(export.read_bytes()), receipt, root):
            print(_shown(str(finding)), file=out or sys.stdout)
    except Difference as difference:
        return _say(f"DIFFERENT  {difference}", DIFFERS, err)
    except Unchecked as unchecked:
        return _say(str(unchecked), NOTHING, err)
    except OSError as error:
        return _say(f"{export} can't be read: {error.strerror}.", DIFFERS, err)
    print("Everything agrees.", file=out or sys.stdout)
    return AGREES


def main(arguments: Sequence[str] | None = None) -> int:
    """The command by itself, as the stand-alone verifier runs it."""
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Recount the export of a Tertulia poll, and check that it holds the ballots whose root was posted.",
        epilog="Exit code: 0 all agrees, 1 something doesn't, 2 a wrong command line, 3 nothing to recount.",
    )
    parser.add_argument("export", type=Path, metavar="EXPORT.json", help="a poll's export as JSON")
    parser.add_argument("--receipt", default="", metavar="R", help="is the ballot with this receipt counted?")
    parser.add_argument("--root", default="", metavar="ROOT", help="the root that was posted when the poll closed")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still says the rest
    return run(given.export, given.receipt, given.root)


def _say(sentence: str, code: int, err: TextIO | None) -> int:
    print(_shown(sentence), file=err or sys.stderr)
    return code


def _shown(line: str) -> str:
    """A line as it is safe to print: what stands in an export could move the cursor, or read backwards."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in line)
