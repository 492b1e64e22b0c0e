"""Records as CSV: one well-formed table a file, UTF-8 with the mark that spreadsheets need, in the reader's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import reduce
from typing import BinaryIO, cast

from bot.core.card import File
from bot.core.counting.files.numbers import exact
from bot.core.evidence.commitment import Committing, committing
from bot.core.poll.values import Ballot, Poll
from bot.core.record import PollRecord
from bot.exports.ballot_rows import OURS, Reads, Shared, about, ballot_headings, marks_row
from bot.exports.guard import cell
from bot.exports.outlet import Outlet
from bot.exports.tables import Table, Value, tables
from bot.i18n import Words

MIME = "text/csv"
Says = Callable[[Ballot, Committing], str]


def poll_csv(record: PollRecord, t: Words, outlet: Outlet) -> Ballots | None:
    """poll-N-results.csv and what other tables there are; what takes the ballots, where the poll allows."""
    name = f"poll-{record.poll.number}"
    for table in tables(record, t):
        outlet.open(f"{name}-{table.name}.csv", MIME).write(written(table))
    if not record.holds_ballots:
        return None
    return Ballots(record.poll, t, outlet.open(f"{name}-ballots.csv", MIME))


def table_file(name: str, table: Table) -> File:
    """A table as a file."""
    return File(name, written(table), MIME)


def written(table: Table) -> bytes:
    """A table as bytes: commas, CRLF, quotes where needed (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell(heading) for heading in table.headings])
    writer.writerows([cell_of(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def cell_of(value: Value) -> str | int:
    """A value as a cell: numbers bare and exact, what people typed guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        number = exact(value)
        return cell(number) if "/" in number else number
    return value if isinstance(value, int) else cell(value)


class Ballots:
    """Takes a poll's ballots page by page. Lines are put together here: a row of a million has little that is new."""

    def __init__(self, poll: Poll, t: Words, target: BinaryIO) -> None:
        marks = marks_row(poll)
        self._target = target
        self._first = f"{_line([poll.id, poll.kind])},"
        self._about = reduce(_beside, [_as_text(column, read) for column, read in about(poll)])
        self._shared = Shared(lambda b: (f",{_line(marks(b))}\r\n", committing(poll.id, b.marks)))
        headings = ",".join(_quoted(cell(heading)) for heading in ballot_headings(t, poll))
        target.write(f"{headings}\r\n".encode("utf-8-sig", "replace"))

    def take(self, ballots: Sequence[Ballot]) -> None:
        """A page of ballots."""
        lines, first, read, shared = [], self._first, self._about, self._shared.of
        for ballot in ballots:
            marks, commit = shared(ballot)
            lines.append(f"{first}{read(ballot, commit)}{marks}")
        self._target.write("".join(lines).encode("utf-8", "replace"))

    def finish(self) -> None:
        """Nothing more comes."""


def _line(values: Iterable[Value]) -> str:
    return ",".join(map(_text, values))


def _text(value: Value) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return _quoted(cell(value))
    shown = cell_of(value)
    return _quoted(shown) if isinstance(shown, str) else str(shown)


def _as_text(column: str, read: Reads) -> Says:
    """What says a column. What nobody typed needs no guard and no quotes."""
    if column == "receipt":
        return cast("Says", read)
    if column in OURS:
        return lambda ballot, commit: "" if (value := read(ballot, commit)) is None else str(value)
    return lambda ballot, commit: _text(read(ballot, commit))


def _beside(left: Says, right: Says) -> Says:
    """What says two columns."""
    return lambda ballot, commit: f"{left(ballot, commit)},{right(ballot, commit)}"


def _quoted(text: str) -> str:
    if "," not in text and '"' not in text and "\n" not in text and "\r" not in text:
        return text
    return '"' + text.replace('"', '""') + '"'
