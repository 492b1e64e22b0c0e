"""BLT, the file of Hill, Wichmann and Woodall ("Algorithm 123", 1987), with what OpenSTV added: read and written.

`4 2` for four options and two seats, `-2 -4` for those that withdrew, then a ballot a line: its weight, the options by
number, `0`. A `0` alone ends the ballots; then the names in quotes and the title. OpenSTV's additions: `2=3` for equal
ranks, `-` for a rank that was skipped, `#` for a comment. Those that withdrew are neither options nor on any ballot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from bot.core.counting.files.blt_read import Reader
from bot.core.counting.files.errors import Unwritable
from bot.core.counting.files.lines import Lines
from bot.core.counting.files.names import on_one_line
from bot.core.counting.files.numbers import written_weight
from bot.core.counting.values import Form, Profile, Ranking


def read(source: Lines) -> Profile:
    """The ballots of a BLT file. Wrong: whatever is damaged, promised and not there."""
    reader = Reader()
    for line in source:
        reader.take(line, source.line)
    return reader.profile()


def write(profile: Profile, title: str = "") -> Iterator[str]:
    """The file's lines, each with its end. A quotation mark in a name becomes an apostrophe.

    Unwritable: ballots that are not rankings, a weight with more digits than are read, two names that are alike once
    they stand on one line. Raised before the first line.
    """
    if profile.form is not Form.RANKS:
        raise Unwritable("BLT holds rankings alone.")
    names = on_one_line([name.replace('"', "'") for name in profile.options])
    ballots = [(written_weight(weight), cast("Ranking", ballot)) for ballot, weight in profile.groups]
    return _lines(profile, names, ballots, title)


def _lines(profile: Profile, names: tuple[str, ...], ballots: list[tuple[str, Ranking]], title: str) -> Iterator[str]:
    yield f"{len(names)} {profile.seats}\n"
    for weight, ballot in sorted(ballots, key=lambda pair: pair[1]):
        yield " ".join((weight, *map(_group, ballot), "0\n"))
    yield "0\n"
    for name in (*names, " ".join(title.replace('"', "'").split())):
        yield f'"{name}"\n'


def _group(group: tuple[int, ...]) -> str:
    return "=".join(str(option + 1) for option in group) or "-"
