"""Records as CSV: one well-formed table a file, UTF-8 with the mark that spreadsheets need, in the reader's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import BinaryIO

from bot.core.card import File
from bot.core.counting.files.numbers import exact
from bot.core.poll.values import Ballot, Poll
from bot.core.record import PollRecord
from bot.exports.ballot_rows import Shared, about, ballot_headings, marks_row
from bot.exports.guard import cell
from bot.exports.outlet import Outlet
from bot.exports.tables import Table, Value, tables
from bot.i18n import Words

MIME = "text/csv"
_BREAKING = frozenset(',"\r\n')


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
        self._target = target
        self._first = _line([poll.id, poll.kind])
        self._about = about(poll)
        self._marks = Shared(lambda ballot: "," + _line(marks_row(poll, ballot)) + "\r\n")
        headings = ",".join(_quoted(cell(heading)) for heading in ballot_headings(t, poll))
        target.write(f"{headings}\r\n".encode("utf-8-sig", "replace"))

    def take(self, ballots: Sequence[Ballot]) -> None:
        """A page of ballots."""
        lines = "".join([self._line(ballot) for ballot in ballots])
        self._target.write(lines.encode("utf-8", "replace"))

    def finish(self) -> None:
        """Nothing more comes."""

    def _line(self, ballot: Ballot) -> str:
        values = [self._first, *[_text(value(ballot)) for value in self._about]]
        return ",".join(values) + self._marks.of(ballot)


def _line(values: Iterable[Value]) -> str:
    return ",".join(map(_text, values))


def _text(value: Value) -> str:
    shown = cell_of(value)
    return _quoted(shown) if isinstance(shown, str) else str(shown)


def _quoted(text: str) -> str:
    if _BREAKING.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
