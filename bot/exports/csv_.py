"""Records as CSV: one well-formed table a file, UTF-8 with the mark that spreadsheets need, in the reader's words.

Every row stands on its own, so that the tables of several polls can be put below each other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.core.card import File
from bot.core.poll.values import Ballot, Poll, PollOption
from bot.core.record import PollRecord, StanceRecord
from bot.core.stance import ItemTally
from bot.exports.guard import cell
from bot.exports.said import answered_by, describes, former, option_text
from bot.exports.times import iso
from bot.i18n import Words

MIME = "text/csv"
Value = str | int | bool | None

# A row of results.csv is one option of a poll, between what holds for the whole poll.
POLL_COLUMNS: Mapping[str, Callable[[PollRecord], Value]] = {
    "poll": lambda r: r.poll.id,
    "number": lambda r: r.poll.number,
    "place": lambda r: r.place_name,
    "question": lambda r: r.poll.question,
    "kind": lambda r: r.poll.kind,
    "named": lambda r: r.poll.named,
    "results": lambda r: r.poll.results,
    "reasons": lambda r: r.poll.rules.reasons,
    "minimum": lambda r: r.poll.rules.minimum,
    "maximum": lambda r: r.poll.rules.maximum,
    "roles": lambda r: ", ".join(r.poll.rules.role_names or r.poll.rules.roles),
    "joined_before": lambda r: r.poll.rules.joined_before,
    "account_days": lambda r: r.poll.rules.account_days,
    "article": lambda r: r.poll.article,
    "item": lambda r: r.poll.item,
    "pack_version": lambda r: r.poll.pack_version,
    "item_version": lambda r: r.poll.item_version,
    "wording_changed": lambda r: r.wording_changed,
    "state": lambda r: r.poll.state,
    "opened_at": lambda r: iso(r.poll.opened_ms),
    "closes_at": lambda r: iso(r.poll.closes_ms),
    "closed_at": lambda r: iso(r.poll.closed_ms),
    "electorate": lambda r: r.poll.electorate,
    "ballots": lambda r: r.outcome.ballots,
}
OPTION_COLUMNS = ("option", "option_id", "option_text", "votes")
LAST_COLUMNS = ("exported_at", "describes")
RESULT_COLUMNS = (*POLL_COLUMNS, *OPTION_COLUMNS, *LAST_COLUMNS)
BALLOT_COLUMNS = ("poll", "voter", "name", "cast_at", "choice", "reason")
ITEM_COLUMNS = (
    "article", "pack_version", "place", "kind", "item", "item_title", "item_text", "agree", "disagree", "pass",
    "answered", "earlier_wording", "exported_at", "describes",
)  # fmt: skip
PERSON_COLUMNS = ("person",)


def poll_csv(record: PollRecord, t: Words) -> tuple[File, ...]:
    """results.csv, and ballots.csv where the poll allows."""
    name = f"poll-{record.poll.number}"
    results = _table(_headings(t, RESULT_COLUMNS), _result_rows(record, t))
    files = [File(f"{name}-results.csv", results, MIME)]
    if record.ballots is not None:
        ballots = _table(_ballot_headings(record.poll, t), _ballot_rows(record.poll, record.ballots))
        files.append(File(f"{name}-ballots.csv", ballots, MIME))
    return tuple(files)


def stances_csv(record: StanceRecord, t: Words) -> tuple[File, ...]:
    """items.csv with the counts, people.csv with a row for each person and a column for each item."""
    name = f"stances-{record.article_id}"
    items = _items_answered(record)
    return (
        File(f"{name}-items.csv", _table(_headings(t, ITEM_COLUMNS), _item_rows(record, t)), MIME),
        File(f"{name}-people.csv", _table([*_headings(t, PERSON_COLUMNS), *items], _person_rows(record, items)), MIME),
    )


def ballot_columns(poll: Poll) -> tuple[str, ...]:
    """The columns of ballots.csv beside one for each option: an anonymous poll has no more than marks and reason."""
    who = {"voter", "name", "cast_at"} if not poll.named else set()
    why = set() if poll.rules.reasons else {"reason"}
    return tuple(column for column in BALLOT_COLUMNS if column not in who | why)


def _result_rows(record: PollRecord, t: Words) -> Iterable[Sequence[Value]]:
    poll_values = [value(record) for value in POLL_COLUMNS.values()]
    last = [iso(record.exported_ms), describes(t, record)]
    for option in record.poll.options:
        votes = record.outcome.counts[option.id]
        yield [*poll_values, record.poll.letter(option.id), option.id, option_text(t, option), votes, *last]


def _ballot_headings(poll: Poll, t: Words) -> list[str]:
    options = [f"{poll.letter(option.id)}. {option_text(t, option)}" for option in poll.options]
    return [*_headings(t, ballot_columns(poll)), *options]


def _ballot_rows(poll: Poll, ballots: Iterable[Ballot]) -> Iterable[Sequence[Value]]:
    columns = ballot_columns(poll)
    letters = {option.id: poll.letter(option.id) for option in poll.options}
    for ballot in ballots:
        values = _ballot_values(poll, ballot, letters)
        yield [*(values[column] for column in columns), *_marks(poll.options, ballot)]


def _ballot_values(poll: Poll, ballot: Ballot, letters: Mapping[str, str]) -> Mapping[str, Value]:
    return {
        "poll": poll.id,
        "voter": ballot.voter,
        "name": ballot.name,
        "cast_at": iso(ballot.cast_ms),
        "choice": ", ".join(letter for option, letter in letters.items() if option in ballot.marks),
        "reason": ballot.reason,
    }


def _marks(options: Iterable[PollOption], ballot: Ballot) -> list[Value]:
    return [ballot.marks.get(option.id) for option in options]


def _item_rows(record: StanceRecord, t: Words) -> Iterable[Sequence[Value]]:
    first = [record.article_id, record.pack_version, record.place_name]
    last = [iso(record.exported_ms), answered_by(t, record)]
    for item in record.article.items:
        yield [*first, item.kind, item.id, item.title, item.text, *_numbers(record.tally.of(item.id)), *last]
    for tally in former(record):
        yield [*first, None, tally.item_id, None, None, *_numbers(tally), *last]


def _numbers(tally: ItemTally) -> list[Value]:
    return [tally.agree, tally.disagree, tally.passed, tally.answered, tally.earlier]


def _items_answered(record: StanceRecord) -> list[str]:
    return [*(item.id for item in record.article.items), *(tally.item_id for tally in former(record))]


def _person_rows(record: StanceRecord, items: Sequence[str]) -> Iterable[Sequence[Value]]:
    people: dict[str, dict[str, str]] = {}
    for row in record.stances:
        people.setdefault(row.actor_id, {})[row.item_id] = row.stance
    for number, stances in people.items():
        yield [int(number), *(stances.get(item) for item in items)]


def _headings(t: Words, columns: Iterable[str]) -> list[str]:
    return [t.plain(f"export.column.{column}") for column in columns]


def _table(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A table as bytes: commas, CRLF, quotes where needed (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([cell(heading) for heading in headings])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(value: Value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, int) else cell(value)
