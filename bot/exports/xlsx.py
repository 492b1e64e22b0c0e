"""A poll's record as a workbook: the tables of the CSV files as sheets, written row by row in constant memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from bot.core.poll.values import Ballot, Poll
from bot.core.record import PollRecord
from bot.exports.ballot_rows import ballot_headings, rows
from bot.exports.guard import cell
from bot.exports.outlet import Outlet
from bot.exports.tables import Table, Value, tables
from bot.i18n import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # Excel's limit, less the headings
NARROWEST, WIDEST = 8, 48  # of a column, in characters
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_XML = str.maketrans("", "", "\ufffe\uffff")  # XML 1.0, section 2.2: the two signs that guard.cell leaves


def poll_xlsx(record: PollRecord, t: Words, outlet: Outlet) -> Sheets | None:
    """poll-N.xlsx; what takes the ballots, where the poll allows."""
    from xlsxwriter import Workbook  # loaded when needed: 40 ms

    book = Workbook(outlet.open(f"poll-{record.poll.number}.xlsx", MIME), OPTIONS)
    made = datetime.fromtimestamp(record.exported_ms / 1000, UTC).replace(tzinfo=None)
    book.set_properties({"title": _clean(cell(record.poll.question))[:255], "created": made})
    for table in tables(record, t):
        _fill(book, t, table)
    if record.holds_ballots:
        return Sheets(book, record.poll, t)
    book.close()
    return None


class Sheets:
    """Takes a poll's ballots page by page, onto as many sheets as they need, and ends the workbook."""

    def __init__(self, book: Workbook, poll: Poll, t: Words) -> None:
        self._book = book
        self._poll = poll
        self._t = t
        self._headings = ballot_headings(t, poll)
        self._sheets = 0
        self._next_sheet()

    def take(self, ballots: Sequence[Ballot]) -> None:
        """A page of ballots."""
        for row in rows(self._poll, ballots):
            if self._row >= MOST_ROWS:
                self._next_sheet()
            self._row += 1
            _write(self._sheet, self._row, row)

    def finish(self) -> None:
        """Put the workbook together."""
        self._book.close()

    def _next_sheet(self) -> None:
        self._sheets += 1
        self._row = 0
        name = self._t.plain("export.sheet.ballots")
        title = name if self._sheets == 1 else f"{name} {self._sheets}"
        self._sheet = _sheet(self._book, title, self._headings)


def _fill(book: Workbook, t: Words, table: Table) -> None:
    sheet = _sheet(book, t.plain(f"export.sheet.{table.name}"), table.headings)
    for number, row in enumerate(table.rows, start=1):
        _write(sheet, number, row)


def _sheet(book: Workbook, title: str, headings: Sequence[str]) -> Worksheet:
    """A sheet with its headings: they stay in sight, and tell how wide their columns are."""
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, min(max(len(heading) + 2, NARROWEST), WIDEST))
        sheet.write_string(0, column, _clean(cell(heading)), bold)
    return sheet


def _write(sheet: Any, number: int, row: Sequence[Value]) -> None:
    """Numbers as numbers, all else as text; nothing becomes a formula, a link or a date."""
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if isinstance(value, bool):
            sheet.write_string(number, column, "yes" if value else "no")
        elif isinstance(value, int | Fraction):
            sheet.write_number(number, column, value if isinstance(value, int) else float(value))
        else:
            sheet.write_string(number, column, _clean(cell(value)))


def _clean(text: str) -> str:
    return text if text.isascii() else text.translate(_NO_XML)
