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
    """The columns of a table, by the heading; what every row has to have in common, as the first one says it."""

    def __init__(self, headings: Sequence[str]) -> None:
        folded = [heading.strip().casefold() for heading in headings]
        self.width = len(headings)
        ours = folded[0] in POLL
        plain = {at: headings[at].strip() for at, name in enumerate(folded) if name not in ABOUT}
        options = _lettered(headings) if ours else plain
        if not options:
            raise Wrong("no column is an option; of an export, take the file of ballots")
        self.names = checked(list(options.values()), [1] * len(options))
        self.said_kind = ""
        self._options = tuple(options)
        self._weight = _column(folded, WEIGHT)
        self._void = _column(folded, VOID)
        self._kind = _column(folded, KIND)
        self._same = [at for at in (0 if ours else None, self._kind) if at is not None]
        self._first: list[str] = []

    def counts(self, row: Sequence[str]) -> bool:
        """Whether a row is a ballot that counts. Wrong: it has not the heading's width, or is of another poll."""
        if len(row) != self.width:
            raise Wrong(f"{len(row)} cells, where the heading has {self.width}")
        same = [row[at] for at in self._same]
        if not self._first:
            self._first = same
            self.said_kind = row[self._kind] if self._kind is not None else ""
        if same != self._first:
            other = next(cell for cell, first in zip(same, self._first, strict=True) if cell != first)
            raise Wrong(f"a ballot of another poll, {shown(other)}")
        return self._void is None or not row[self._void].strip()

    def cells(self, row: Sequence[str]) -> tuple[str, ...]:
        """What a row says of each option."""
        return tuple([row[at] for at in self._options])

    def times(self, row: Sequence[str]) -> Number:
        """How many ballots a row stands for."""
        return 1 if self._weight is None else weight(row[self._weight].strip())


def read(source: Lines, forms: Collection[Form] = ()) -> Profile:
    """The ballots of a table. `forms` are those that its numbers may be; all if empty. Wrong: whatever is damaged."""
    rows = _rows(source)
    headings = next(rows, None)
    if not headings or not any(heading.strip() for heading in headings):
        raise Wrong("the file is empty", 1)
    table = _Table(headings)
    groups: dict[Cells, tuple[Number, int]] = {}
    known: dict[tuple[str, ...], Cells] = {}
    for row in rows:
        if not row or not table.counts(row):
            continue
        said = table.cells(row)
        cells = known.get(said)
        if cells is None:
            cells = known[said] = tuple(map(_cell, said))
        before, line = groups.get(cells, (0, source.line))
        groups[cells] = (before + table.times(row), line)
    return _profile(table, groups, FORMS.get(table.said_kind) or form_of(groups, len(table.names), forms))


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


def _column(folded: Sequence[str], headings: frozenset[str]) -> int | None:
    return next((at for at, name in enumerate(folded) if name in headings), None)


def _lettered(headings: Sequence[str]) -> dict[int, str]:
    """The columns headed A., B., C. and so on, up to the last one."""
    found = {at: match for at, heading in enumerate(headings) if (match := _LETTERED.fullmatch(heading))}
    for letter, match in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", found.values(), strict=False):
        if match[1] != letter:
            raise Wrong(f"the column of option {letter} is missing", 1)
    return {at: match[2].strip() for at, match in found.items()}


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
