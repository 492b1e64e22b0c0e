"""Ballots of secret polls: under keyed ids, with a nonce and no name, time or order; who has voted stands apart."""

from __future__ import annotations

import json

from bot.core.poll.values import Ballot
from bot.storage.ballots import Group, written
from bot.storage.port import Row, Tx

_COLUMNS = "ballot_id, marks, reason, nonce, part"


async def get(tx: Tx, poll_id: str, ballot_id: str) -> Ballot | None:
    """The ballot with this id."""
    row = await tx.one(
        f"SELECT {_COLUMNS} FROM secret_ballots WHERE poll_id = ? AND ballot_id = ?",  # noqa: S608
        poll_id,
        ballot_id,
    )
    return None if row is None else _ballot(row)


async def put(tx: Tx, poll_id: str, ballot: Ballot) -> None:
    """Cast a ballot, in the place of the earlier one with its id."""
    await tx.run(
        "INSERT INTO secret_ballots (poll_id, ballot_id, marks, reason, nonce, part) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (poll_id, ballot_id) DO UPDATE SET marks = excluded.marks, reason = excluded.reason,"
        " nonce = excluded.nonce, part = excluded.part",
        poll_id,
        ballot.voter,
        written(ballot.marks),
        ballot.reason,
        ballot.nonce,
        ballot.part,
    )


async def remove(tx: Tx, poll_id: str, ballot_id: str) -> int:
    """Take a ballot back; how many it was."""
    return await tx.run("DELETE FROM secret_ballots WHERE poll_id = ? AND ballot_id = ?", poll_id, ballot_id)


async def mark_voted(tx: Tx, poll_id: str, tag: str) -> None:
    """Somebody has voted."""
    await tx.run("INSERT INTO voted (poll_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING", poll_id, tag)


async def unmark_voted(tx: Tx, poll_id: str, tag: str) -> None:
    """They took their ballot back."""
    await tx.run("DELETE FROM voted WHERE poll_id = ? AND tag = ?", poll_id, tag)


async def has_voted(tx: Tx, poll_id: str, tag: str) -> bool:
    """Whether somebody has voted, by their tag."""
    return await tx.one("SELECT 1 FROM voted WHERE poll_id = ? AND tag = ?", poll_id, tag) is not None


async def forget_voted(tx: Tx, poll_id: str, limit: int) -> int:
    """Forget who has voted in a poll, `limit` people at a time; how many they were."""
    return await tx.run(
        "DELETE FROM voted WHERE poll_id = ? AND tag IN (SELECT tag FROM voted WHERE poll_id = ? LIMIT ?)",
        poll_id,
        poll_id,
        limit,
    )


async def still_listed(tx: Tx) -> list[str]:
    """Polls that are not open any more, while it is still kept who voted in them."""
    rows = await tx.all(
        "SELECT p.poll_id FROM polls p WHERE p.state <> 'open'"
        " AND EXISTS (SELECT 1 FROM voted v WHERE v.poll_id = p.poll_id)"
    )
    return [row[0] for row in rows]


async def page(tx: Tx, poll_id: str, after: str = "", limit: int = 1_000_000_000) -> list[Ballot]:
    """Ballots by id, those after `after`: a random order."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM secret_ballots WHERE poll_id = ? AND ballot_id > ?"  # noqa: S608
        " ORDER BY ballot_id LIMIT ?",
        poll_id,
        after,
        limit,
    )
    return [_ballot(row) for row in rows]


async def grouped(tx: Tx, poll_id: str) -> list[Group]:
    """Equal ballots together: (marks, how many, the same as weight)."""
    rows = await tx.all("SELECT marks, COUNT(*) FROM secret_ballots WHERE poll_id = ? GROUP BY marks", poll_id)
    return [(json.loads(row[0]), row[1], row[1]) for row in rows]


async def by_part(tx: Tx, poll_id: str) -> list[tuple[str | None, dict[str, int], int]]:
    """Equal ballots of each part of the breakdown together: (part, marks, how many)."""
    rows = await tx.all(
        "SELECT part, marks, COUNT(*) FROM secret_ballots WHERE poll_id = ? GROUP BY part, marks", poll_id
    )
    return [(row[0], json.loads(row[1]), row[2]) for row in rows]


async def forget_parts(tx: Tx, poll_id: str) -> None:
    """Keep no voter's part of a breakdown that can't be shown."""
    await tx.run("UPDATE secret_ballots SET part = NULL WHERE poll_id = ? AND part IS NOT NULL", poll_id)


async def count(tx: Tx, poll_id: str) -> int:
    """How many ballots a poll has."""
    row = await tx.one("SELECT COUNT(*) FROM secret_ballots WHERE poll_id = ?", poll_id)
    return int(row[0]) if row else 0


async def voided(tx: Tx, poll_id: str) -> int:
    """None: nobody can know whose ballot to void."""
    return 0


async def reasons(tx: Tx, poll_id: str, limit: int) -> list[Ballot]:
    """Ballots that carry a reason, by id: a random choice of them where there are more than `limit`."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM secret_ballots"  # noqa: S608
        " WHERE poll_id = ? AND reason IS NOT NULL ORDER BY ballot_id LIMIT ?",
        poll_id,
        limit,
    )
    return [_ballot(row) for row in rows]


def _ballot(row: Row) -> Ballot:
    return Ballot(row[0], json.loads(row[1]), reason=row[2], nonce=row[3], part=row[4])
