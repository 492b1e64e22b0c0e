"""Ballots: one for each (poll, voter), which the schema itself guarantees."""

from __future__ import annotations

import json

from bot.core.poll.values import Ballot
from bot.storage.port import Row, Tx

_COLUMNS = "voter, marks, voter_name, reason, cast_ms"


async def get(tx: Tx, poll_id: str, voter: str) -> Ballot | None:
    """One voter's ballot."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM ballots WHERE poll_id = ? AND voter = ?", poll_id, voter)  # noqa: S608
    return None if row is None else _ballot(row)


async def put(tx: Tx, poll_id: str, ballot: Ballot) -> None:
    """Cast a ballot, in the place of the voter's earlier one."""
    await tx.run(
        "INSERT INTO ballots (poll_id, voter, voter_name, marks, reason, cast_ms) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (poll_id, voter) DO UPDATE SET voter_name = excluded.voter_name, marks = excluded.marks,"
        " reason = excluded.reason, cast_ms = excluded.cast_ms, changes = ballots.changes + 1",
        poll_id,
        ballot.voter,
        ballot.name,
        json.dumps(ballot.marks),
        ballot.reason,
        ballot.cast_ms,
    )


async def remove(tx: Tx, poll_id: str, voter: str) -> int:
    """Take a ballot back; how many it was."""
    return await tx.run("DELETE FROM ballots WHERE poll_id = ? AND voter = ?", poll_id, voter)


async def all_of(tx: Tx, poll_id: str) -> list[Ballot]:
    """Every ballot of a poll, by voter: an order that says nothing of when they came."""
    rows = await tx.all(f"SELECT {_COLUMNS} FROM ballots WHERE poll_id = ? ORDER BY voter", poll_id)  # noqa: S608
    return [_ballot(row) for row in rows]


async def grouped(tx: Tx, poll_id: str) -> list[tuple[dict[str, int], int]]:
    """Equal ballots together: (marks, how many). Counting stays cheap whatever the turnout."""
    rows = await tx.all("SELECT marks, COUNT(*) FROM ballots WHERE poll_id = ? GROUP BY marks", poll_id)
    return [(json.loads(row[0]), row[1]) for row in rows]


async def count(tx: Tx, poll_id: str) -> int:
    """How many ballots a poll has."""
    row = await tx.one("SELECT COUNT(*) FROM ballots WHERE poll_id = ?", poll_id)
    return int(row[0]) if row else 0


async def reasons(tx: Tx, poll_id: str, limit: int) -> list[Ballot]:
    """Ballots that carry a reason, by voter."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM ballots WHERE poll_id = ? AND reason IS NOT NULL ORDER BY voter LIMIT ?",  # noqa: S608
        poll_id,
        limit,
    )
    return [_ballot(row) for row in rows]


async def named_by(tx: Tx, place_id: str, voter: str) -> list[tuple[str, Ballot]]:
    """A person's ballots in the named polls of a place: (poll id, ballot)."""
    rows = await tx.all(
        "SELECT b.poll_id, b.voter, b.marks, b.voter_name, b.reason, b.cast_ms FROM ballots b"
        " JOIN polls p ON p.poll_id = b.poll_id WHERE p.place_id = ? AND b.voter = ?",
        place_id,
        voter,
    )
    return [(row[0], Ballot(row[1], json.loads(row[2]), row[3], row[4], row[5])) for row in rows]


def _ballot(row: Row) -> Ballot:
    return Ballot(row[0], json.loads(row[1]), row[2], row[3], row[4])
