"""Stances: one for each person and item, which the schema itself guarantees; the latest counts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.place import Scope
from bot.core.stance import Stance, StanceRow
from bot.storage.days import to_the_day
from bot.storage.polls import within
from bot.storage.port import Row, Tx

_COLUMNS = "article_id, item_id, actor_id, actor_name, stance, pack_version, item_version, set_ms"


@dataclass(frozen=True, slots=True)
class Participation:
    """How much was done on an article in a place. `people` took a stance or cast a named ballot, each counted once."""

    people: int
    polls: int
    ballots: int
    anonymous: int


async def put(tx: Tx, place_id: str, row: StanceRow) -> None:
    """Take a stance, in the place of the person's earlier one. Its time is kept to the day."""
    await tx.run(
        "INSERT INTO stances (place_id, article_id, item_id, actor_id, actor_name, stance, pack_version,"
        " item_version, set_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (place_id, article_id, item_id, actor_id) DO UPDATE SET actor_name = excluded.actor_name,"
        " stance = excluded.stance, pack_version = excluded.pack_version, item_version = excluded.item_version,"
        " set_ms = excluded.set_ms",
        place_id,
        row.article_id,
        row.item_id,
        row.actor_id,
        row.actor_name,
        row.stance,
        row.pack_version,
        row.item_version,
        to_the_day(row.set_ms),
    )


async def take_back(tx: Tx, place_id: str, article_id: str, item_id: str, actor_id: str) -> int:
    """Forget a person's stance on an item; how many it was."""
    return await tx.run(
        "DELETE FROM stances WHERE place_id = ? AND article_id = ? AND item_id = ? AND actor_id = ?",
        place_id,
        article_id,
        item_id,
        actor_id,
    )


async def mine(tx: Tx, place_id: str, article_id: str, actor_id: str) -> dict[str, StanceRow]:
    """A person's stances on an article, by item."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM stances WHERE place_id = ? AND article_id = ? AND actor_id = ?",  # noqa: S608
        place_id,
        article_id,
        actor_id,
    )
    return {row["item_id"]: _stance(row) for row in rows}


async def of_person(tx: Tx, place_id: str, actor_id: str) -> list[StanceRow]:
    """Everything a person said of items in a place, oldest first."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM stances WHERE place_id = ? AND actor_id = ?"  # noqa: S608
        " ORDER BY set_ms, article_id, item_id",
        place_id,
        actor_id,
    )
    return [_stance(row) for row in rows]


async def of_article(tx: Tx, place_id: str, article_id: str) -> list[StanceRow]:
    """Every stance on an article in a place, by item and person: the record that moderators take away."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM stances WHERE place_id = ? AND article_id = ?"  # noqa: S608
        " ORDER BY item_id, actor_id",
        place_id,
        article_id,
    )
    return [_stance(row) for row in rows]


async def counts(tx: Tx, place_id: str, article_id: str) -> list[tuple[str, str, str, int]]:
    """(item, stance, wording it was taken on, how many), ready for `tally_items`."""
    rows = await tx.all(
        "SELECT item_id, stance, item_version, COUNT(*) FROM stances WHERE place_id = ? AND article_id = ?"
        " GROUP BY item_id, stance, item_version",
        place_id,
        article_id,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


async def participation(tx: Tx, scope: Scope, article_id: str) -> Participation:
    """Who and what took part in a place's discussion of an article; drafts and erased polls don't count.

    Of polls, those of the scope.
    """
    condition, values = within(scope, "p")
    people = await tx.one(
        "SELECT COUNT(*) FROM (SELECT actor_id FROM stances WHERE place_id = ? AND article_id = ?"  # noqa: S608
        f" UNION SELECT b.voter FROM ballots b JOIN polls p ON p.poll_id = b.poll_id WHERE {condition}"
        " AND p.article_id = ? AND p.named = 1 AND p.state IN ('open', 'closed')) AS took_part",
        scope.place,
        article_id,
        *values,
        article_id,
    )
    polls = await tx.one(
        "SELECT COUNT(*),"  # noqa: S608
        " COALESCE(SUM((SELECT COUNT(*) FROM ballots b WHERE b.poll_id = p.poll_id AND b.void IS NULL)), 0),"
        " COALESCE(SUM((SELECT COUNT(*) FROM secret_ballots s WHERE s.poll_id = p.poll_id)), 0) FROM polls p"
        f" WHERE {condition} AND p.article_id = ? AND p.state IN ('open', 'closed')",
        *values,
        article_id,
    )
    assert people is not None and polls is not None  # an aggregate always has a row
    return Participation(people[0], polls[0], polls[1] + polls[2], polls[2])


async def forget(tx: Tx, place_id: str, actor_id: str) -> int:
    """Erase a person's stances in a place; how many they were."""
    return await tx.run("DELETE FROM stances WHERE place_id = ? AND actor_id = ?", place_id, actor_id)


def _stance(row: Row) -> StanceRow:
    return StanceRow(row[0], row[1], row[2], row[3], Stance(row[4]), row[5], row[6], row[7])
