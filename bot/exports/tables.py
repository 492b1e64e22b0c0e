"""A poll's record as tables, the same for CSV and for spreadsheets: results, parts, rounds, pairs.

Every row stands on its own, so that the tables of several polls can be put below each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.core.counting.values import Count, Round
from bot.core.record import PollRecord
from bot.exports.parts import cells, part_names
from bot.exports.said import decided, describes, headed, letters, option_text
from bot.exports.times import iso
from bot.i18n import Words

Value = str | int | bool | Fraction | None
Row = Sequence[Value]

# A row of the results is one option of a poll, between what holds for the whole poll.
POLL_COLUMNS: Mapping[str, Callable[[PollRecord], Value]] = {
    "poll": lambda r: r.poll.id,
    "number": lambda r: r.poll.number,
    "place": lambda r: r.place_name,
    "question": lambda r: r.poll.question,
    "kind": lambda r: r.poll.kind,
    "method": lambda r: r.poll.method,
    "seats": lambda r: r.poll.rules.seats,
    "threshold": lambda r: str(r.poll.rules.threshold) if r.poll.kind == "motion" else None,
    "quorum": lambda r: r.poll.rules.quorum or None,
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
    "voided": lambda r: r.outcome.voided,
    "decided": lambda r: decided(r).status,
    "winners": lambda r: letters(r.poll, decided(r).winners),
    "tied": lambda r: letters(r.poll, decided(r).tied),
    "root": lambda r: r.poll.root,
}
OPTION_COLUMNS = ("option", "option_id", "option_text", "votes")
LAST_COLUMNS = ("exported_at", "describes")
RESULT_COLUMNS = (*POLL_COLUMNS, *OPTION_COLUMNS, *LAST_COLUMNS)
PART_COLUMNS = ("poll", "part", "ballots", *OPTION_COLUMNS)
ROUND_COLUMNS = (
    "poll", "round", "option", "option_id", "option_text", "tally", "what_became", "went_to", "exhausted",
    "tie_between", "tie_broken",
)  # fmt: skip
PAIR_COLUMNS = ("poll", "option", "option_id", "option_text")
IN_ROUNDS = frozenset({"irv", "stv", "star", "equal-shares"})  # the rounds of other methods say no more than the result


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, headings in the reader's language, and rows."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[Row]


def tables(record: PollRecord, t: Words) -> Iterator[Table]:
    """All tables that the record has, but for the ballots."""
    yield Table("results", headings(t, RESULT_COLUMNS), _results(record, t))
    if record.breakdown:
        yield Table("parts", headings(t, PART_COLUMNS), _parts(record, t))
    count = record.outcome.count
    if count and count.method in IN_ROUNDS:
        yield Table("rounds", headings(t, ROUND_COLUMNS), _rounds(record, count, t))
    if count and count.pairwise:
        yield Table("pairs", (*headings(t, PAIR_COLUMNS), *headed(t, record.poll)), _pairs(record, count, t))


def headings(t: Words, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns' headings."""
    return tuple(t.plain(f"export.column.{column}") for column in columns)


def _results(record: PollRecord, t: Words) -> Iterator[Row]:
    poll_values = [value(record) for value in POLL_COLUMNS.values()]
    last = [iso(record.exported_ms), describes(t, record)]
    for option in record.poll.options:
        votes = record.outcome.counts.get(option.id)
        yield [*poll_values, record.poll.letter(option.id), option.id, option_text(t, option), votes, *last]


def _parts(record: PollRecord, t: Words) -> Iterator[Row]:
    assert record.breakdown is not None
    poll = record.poll
    for n, name in enumerate(part_names(t, poll)):
        for option in poll.options:
            told = cells(record.breakdown, option.id)
            votes = None if told is None else told[n]
            who = (poll.letter(option.id), option.id, option_text(t, option))
            yield [poll.id, name, record.breakdown.sizes[n], *who, votes]


def _rounds(record: PollRecord, count: Count, t: Words) -> Iterator[Row]:
    poll = record.poll
    by_letter = [poll.letter(option) for option in count.options]
    for number, one in enumerate(count.rounds, start=1):
        last: list[Value] = [Fraction(one.exhausted), ", ".join(by_letter[n] for n in one.tied), one.broken]
        for n, tally in one.tallies.items():
            option = poll.options[n]
            who = (by_letter[n], option.id, option_text(t, option))
            yield [poll.id, number, *who, Fraction(tally), became(one, n), went(one, n, by_letter), *last]


def became(one: Round, option: int) -> str:
    """What the round did with an option: "elected", "eliminated", or nothing."""
    return "elected" if option in one.elected else "eliminated" if option in one.eliminated else ""


def went(one: Round, option: int, by_letter: Sequence[str]) -> str:
    """Where the votes of an option went: "B 3, C 1/3, – 2", the dash for nobody."""
    parts = one.transfers.get(option, {}).items()
    return ", ".join(f"{'–' if to is None else by_letter[to]} {votes}" for to, votes in parts)


def _pairs(record: PollRecord, count: Count, t: Words) -> Iterator[Row]:
    poll = record.poll
    for a, option in enumerate(poll.options):
        votes: list[Value] = [None if a == b else Fraction(n) for b, n in enumerate(count.pairwise[a])]
        yield [poll.id, poll.letter(option.id), option.id, option_text(t, option), *votes]
