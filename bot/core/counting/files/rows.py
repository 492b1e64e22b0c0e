"""Our own CSV: a ballot in each row, an option in each column; what we export, and a plain table of that shape.

In our table of ballots the columns of options come last, headed `A. text`, `B. text` …; a column "Weight" says how
many ballots a row stands for, a column "Kind" the poll's kind. In a plain table every column is an option but for those
in `ABOUT`. A cell has 1 for a mark, a rank from 1, or a score; nothing where the ballot says nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence

from bot.core.counting.files.errors import Wrong
from bot.core.counting.files.lines import Lines
from bot.core.counting.files.marks import FORMS, ballot
from bot.core.counting.files.names import checked
from bot.core.counting.files.numbers import shown, simple, weight, whole
from bot.core.counting.values import Approvals, Form, Number, Profile, Ranking, Scores

# Headings of columns that are no options, in both languages, folded.
POLL = frozenset({"poll", "consulta"})
WEIGHT = frozenset({"weight", "peso"})
KIND = frozenset({"kind", "tipo"})
VOID = frozenset({"void", "voided", "anulado", "anulada", "nulo"})
ABOUT = POLL | WEIGHT | KIND | VOID | {
    "voter", "votante", "name", "nombre", "cast", "emitido", "choice", "elección", "reason", "razón", "receipt",
    "recibo",
}  # fmt: skip
_LETTERED = re.compile(r"'?([A-Z])\. (.+)", re.DOTALL)
_MOST = 5

Cells = tuple[int | None, ...]


class _Table:
    """The columns of a table, by the heading."""

    def __init__(self, headings: Sequence[str]) -> None:
        folded = [heading.strip().casefold() for heading in headings]
        self.width = len(headings)
        self.poll = 0 if folded[0] in POLL else None
        self.weight = next((at for at, name in enumerate(folded) if name in WEIGHT), None)
        self.kind = next((at for at, name in enumerate(folded) if name in KIND), None)
        self.void = next((at for at, name in enumerate(folded) if name in VOID), None)
        lettered = _lettered(headings) if self.poll is not None else {}
        plain = {at: headings[at].strip() for at, name in enumerate(folded) if name not in ABOUT}
        self.options = lettered or ({} if self.poll is not None else plain)
        if not self.options:
            raise Wrong("no column is an option; of an export, take the file of ballots")
        self.names = checked(list(self.options.values()), [1] * len(self.options))


def read(source: Lines, forms: Collection[Form] = ()) -> Profile:
    """The ballots of a table. `forms` are those that its numbers may be; all if empty. Wrong: whatever is damaged."""
    rows = _rows(source)
    headings = next(rows, None)
    if not headings or not any(heading.strip() for heading in headings):
        raise Wrong("the file is empty", 1)
    table = _Table(headings)
    groups: dict[Cells, tuple[Number, int]] = {}
    said: dict[int, str] = {}
    for row in rows:
        if not row:
            continue
        _check(row, table, said)
        if table.void is not None and row[table.void].strip():
            continue
        cells, times = _row(row, table)
        before, line = groups.get(cells, (0, source.line))
        groups[cells] = (before + times, line)
    kind = "" if table.kind is None else said.get(table.kind, "")
    return _profile(table, groups, FORMS.get(kind) or form_of(groups, len(table.names), forms))


def form_of(ballots: Collection[Cells], options: int, forms: Collection[Form] = ()) -> Form:
    """What the numbers are, of `forms`. Wrong where they could be ranks as well as scores.

    Marks are nothing but 1 and 0. Scores have a 0, or go to 5 where there are too few options for such a rank. Ranks
    begin at 1 on every ballot and leave none out.
    """
    allowed = forms or tuple(Form)
    if len(allowed) == 1:
        return next(iter(allowed))
    given = {number for cells in ballots for number in cells if number is not None}
    if given <= {0, 1} and Form.MARKS in allowed:
        return Form.MARKS
    scores = 0 in given or options < max(given, default=0) <= _MOST
    if Form.RANKS not in allowed or (Form.SCORES in allowed and scores):
        return Form.SCORES
    if Form.SCORES not in allowed or all(map(_ranks, ballots)):
        return Form.RANKS
    raise Wrong("the numbers may be ranks as well as scores; say which they are", 1)


def _ranks(cells: Cells) -> bool:
    given = sorted(number for number in cells if number is not None)
    dense = set(given) == set(range(1, len(set(given)) + 1))
    return dense or all(number == 1 + given.index(number) for number in given)  # 1, 1, 3 is a way to count ranks too


def _rows(source: Lines) -> Iterator[list[str]]:
    """Rows of cells, whatever of comma, semicolon or tab the heading uses most: spreadsheets differ by country."""
    first = next(source, "")
    source.put_back(first) if first else None
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(source, delimiter=separator, strict=True)
    except csv.Error as error:
        raise Wrong(f"not a table: {error}") from None


def _lettered(headings: Sequence[str]) -> dict[int, str]:
    """The columns headed A., B., C. and so on, up to the last one."""
    found = {at: match for at, heading in enumerate(headings) if (match := _LETTERED.fullmatch(heading))}
    for letter, match in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", found.values(), strict=False):
        if match[1] != letter:
            raise Wrong(f"the column of option {letter} is missing", 1)
    return {at: match[2].strip() for at, match in found.items()}


def _check(row: Sequence[str], table: _Table, said: dict[int, str]) -> None:
    """Every row as wide as the heading, and of the same poll."""
    if len(row) != table.width:
        raise Wrong(f"{len(row)} cells, where the heading has {table.width}")
    for column in (table.poll, table.kind):
        if column is not None and said.setdefault(column, row[column]) != row[column]:
            raise Wrong(f"a ballot of another poll, {shown(row[column])}")


def _row(row: Sequence[str], table: _Table) -> tuple[Cells, Number]:
    times = 1 if table.weight is None else weight(row[table.weight].strip())
    return tuple([_cell(row[at]) for at in table.options]), times


def _cell(text: str) -> int | None:
    text = text.strip()
    return whole(text, "cell") if text else None


def _profile(table: _Table, groups: dict[Cells, tuple[Number, int]], form: Form) -> Profile:
    most = max([_MOST, *(number for cells in groups for number in cells if number is not None)])
    made: dict[Ranking | Approvals | Scores, Number] = {}
    for cells, (times, line) in groups.items():
        marks = [(option, number) for option, number in enumerate(cells) if number is not None]
        try:
            one = ballot(form, marks, len(cells), most)
        except Wrong as wrong:
            raise Wrong(wrong.what, line) from None
        made[one] = simple(made.get(one, 0) + times)
    if form is not Form.SCORES:
        return Profile(table.names, form, tuple(made.items()))
    return Profile(table.names, form, tuple(made.items()), most=most)
