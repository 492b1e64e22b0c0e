"""The stances on an article, as tables of CSV and as one JSON document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from bot.core.article import Item
from bot.core.card import File
from bot.core.record import StanceRecord
from bot.core.stance import ItemTally, StanceRow
from bot.exports.csv_ import table_file
from bot.exports.json_ import MIME, head, written
from bot.exports.said import answered_by, former
from bot.exports.tables import Row, Table, Value, headings
from bot.exports.times import iso
from bot.i18n import Words

VERSION = 1
ITEM_COLUMNS = (
    "article", "pack_version", "place", "kind", "item", "item_title", "item_text", "agree", "disagree", "pass",
    "answered", "earlier_wording", "exported_at", "describes",
)  # fmt: skip
PERSON_COLUMNS = ("person",)


def stances_csv(record: StanceRecord, t: Words) -> tuple[File, ...]:
    """items.csv with the counts, people.csv with a row for each person and a column for each item."""
    name = f"stances-{record.article_id}"
    answered = _items_answered(record)
    items = Table("items", headings(t, ITEM_COLUMNS), _item_rows(record, t))
    people = Table("people", (*headings(t, PERSON_COLUMNS), *answered), _person_rows(record, answered))
    return tuple(table_file(f"{name}-{table.name}.csv", table) for table in (items, people))


def stances_json(record: StanceRecord, t: Words) -> tuple[File, ...]:
    """One file: the counts of each item, and the answers of each person under a number that says nothing."""
    value = {
        **head("tertulia.stances", VERSION, record, t),
        "article": {
            "id": record.article_id,
            "title": record.article.title,
            "language": record.article.language,
            "pack_version": record.pack_version,
        },
        "participation": {
            "people": record.tally.people,
            "polls": record.tally.polls,
            "ballots": record.tally.ballots,
            "anonymous_ballots": record.tally.anonymous,
        },
        "items": [_item(item, record.tally.of(item.id)) for item in record.article.items],
        "former_items": [{"id": tally.item_id} | _counts(tally) for tally in former(record)],
        "people": [_person(int(n), list(rows)) for n, rows in groupby(record.stances, lambda row: row.actor_id)],
        "describes": answered_by(t, record),
    }
    return (File(f"stances-{record.article_id}.json", written(value), MIME),)


def _item_rows(record: StanceRecord, t: Words) -> Iterator[Row]:
    first = [record.article_id, record.pack_version, record.place_name]
    last = [iso(record.exported_ms), answered_by(t, record)]
    for item in record.article.items:
        yield [*first, item.kind, item.id, item.title, item.text, *_numbers(record.tally.of(item.id)), *last]
    for tally in former(record):
        yield [*first, None, tally.item_id, None, None, *_numbers(tally), *last]


def _numbers(tally: ItemTally) -> list[Value]:
    return list(_counts(tally).values())


def _counts(tally: ItemTally) -> dict[str, int]:
    return {
        "agree": tally.agree,
        "disagree": tally.disagree,
        "pass": tally.passed,
        "answered": tally.answered,
        "earlier_wording": tally.earlier,
    }


def _items_answered(record: StanceRecord) -> list[str]:
    return [*(item.id for item in record.article.items), *(tally.item_id for tally in former(record))]


def _person_rows(record: StanceRecord, items: Sequence[str]) -> Iterator[Row]:
    people: dict[str, dict[str, str]] = {}
    for row in record.stances:
        people.setdefault(row.actor_id, {})[row.item_id] = row.stance
    for number, stances in people.items():
        yield [int(number), *(stances.get(item) for item in items)]


def _item(item: Item, tally: ItemTally) -> dict[str, Any]:
    return {"id": item.id, "kind": str(item.kind), "title": item.title, "text": item.text} | _counts(tally)


def _person(number: int, rows: list[StanceRow]) -> dict[str, Any]:
    return {"person": number, "stances": {row.item_id: str(row.stance) for row in rows}}
