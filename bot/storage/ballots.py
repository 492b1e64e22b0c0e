"""Ballots of named polls: one for each (poll, voter), which the schema itself guarantees."""

from __future__ import annotations

import json

from bot.core.poll.values import Ballot
from bot.storage.port import Row, Tx

_COLUMNS = "voter, marks, voter_name, reason, cast_ms, weight, void, part, commitment"
Group = tuple[dict[str, int], int, int]


async def get(tx: Tx, poll_id: str, voter: str) -> Ballot | None:
    """One voter's ballot."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM ballots WHERE poll_id = ? AND voter = ?", poll_id, voter)  # noqa: S608
    return None if row is None else _ballot(row)


async def put(tx: Tx, poll_id: str, ballot: Ballot) -> None:
    """Cast a ballot, in the place of the voter's earlier one."""
    await tx.run(
        "INSERT INTO ballots (poll_id, voter, voter_name, marks, reason, cast_ms, weight, void, part,"
        " commitment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (poll_id, voter) DO UPDATE SET voter_name = excluded.voter_name, marks = excluded.marks,"
        " reason = excluded.reason, cast_ms = excluded.cast_ms,"
        " weight = excluded.weight, part = excluded.part",
        poll_id,
        ballot.voter,
        ballot.name,
        written(ballot.marks),
        ballot.reason,
        ballot.cast_ms,
        ballot.weight,
        ballot.void,
        ballot.part,
        ballot.commitment,
    )


async def remove(tx: Tx, poll_id: str, voter: str) -> int:
    """Take a ballot back; how many it was."""
    return await tx.run("DELETE FROM ballots WHERE poll_id = ? AND voter = ?", poll_id, voter)


async def set_void(tx: Tx, poll_id: str, voter: str, reason: str | None) -> int:
    """Void a ballot for a reason, or count it again (None); 0 where it stands so already, or there is none."""
    return await tx.run(
        "UPDATE ballots SET void = ? WHERE poll_id = ? AND voter = ? AND (void IS NULL) <> (? IS NULL)",
        reason,
        poll_id,
        voter,
        reason,
    )


async def page(tx: Tx, poll_id: str, after: str = "", limit: int = 1_000_000_000) -> list[Ballot]:
    """Ballots by voter, those after `after`: an order that says nothing of when they came. Voided ones are there."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM ballots WHERE poll_id = ? AND voter > ? ORDER BY voter LIMIT ?",  # noqa: S608
        poll_id,
        after,
        limit,
    )
    return [_ballot(row) for row in rows]


async def grouped(tx: Tx, poll_id: str) -> list[Group]:
    """Equal ballots together: (marks, how many, their weight). Voided ones don't count."""
    rows = await tx.all(
        "SELECT marks, COUNT(*), SUM(weight) FROM ballots WHERE poll_id = ? AND void IS NULL GROUP BY marks", poll_id
    )
    return [(json.loads(row[0]), row[1], row[2]) for row in rows]


async def by_part(tx: Tx, poll_id: str) -> list[tuple[str | None, dict[str, int], int]]:
    """Equal ballots of each part of the breakdown together: (part, marks, how many)."""
    rows = await tx.all(
        "SELECT part, marks, COUNT(*) FROM ballots WHERE poll_id = ? AND void IS NULL GROUP BY part, marks", poll_id
    )
    return [(row[0], json.loads(row[1]), row[2]) for row in rows]


async def forget_parts(tx: Tx, poll_id: str) -> None:
    """Keep no voter's part of a breakdown that can't be shown."""
    await tx.run("UPDATE ballots SET part = NULL WHERE poll_id = ? AND part IS NOT NULL", poll_id)


async def count(tx: Tx, poll_id: str) -> int:
    """How many ballots of a poll count."""
    row = await tx.one("SELECT COUNT(*) FROM ballots WHERE poll_id = ? AND void IS NULL", poll_id)
    return int(row[0]) if row else 0


async def voided(tx: Tx, poll_id: str) -> int:
    """How many ballots of a poll were voided."""
    row = await tx.one("SELECT COUNT(*) FROM ballots WHERE poll_id = ? AND void IS NOT NULL", poll_id)
    return int(row[0]) if row else 0


async def called(tx: Tx, poll_id: str, name: str, voter: str, limit: int, skip: int) -> list[Ballot]:
    """Ballots by their voter's name: of those whose name holds `name`, or of one `voter`; voided ones too."""
    holding = "%" + name.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM ballots WHERE poll_id = ? AND (? = '' OR voter = ?)"  # noqa: S608
        " AND lower(COALESCE(voter_name, '')) LIKE ? ESCAPE '\\' ORDER BY lower(voter_name), voter LIMIT ? OFFSET ?",
        poll_id,
        voter,
        voter,
        holding,
        limit,
        skip,
    )
    return [_ballot(row) for row in rows]


async def reasons(tx: Tx, poll_id: str, limit: int) -> list[Ballot]:
    """Ballots that count and carry a reason, by voter."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM ballots"  # noqa: S608
        " WHERE poll_id = ? AND reason IS NOT NULL AND void IS NULL ORDER BY voter LIMIT ?",
        poll_id,
        limit,
    )
    return [_ballot(row) for row in rows]


async def named_by(tx: Tx, place_id: str, voter: str) -> list[tuple[str, Ballot]]:
    """A person's ballots in the named polls of a place: (poll id, ballot)."""
    columns = ", ".join(f"b.{name.strip()}" for name in _COLUMNS.split(","))
    rows = await tx.all(
        f"SELECT {columns}, b.poll_id FROM ballots b JOIN polls p ON p.poll_id = b.poll_id"  # noqa: S608
        " WHERE p.place_id = ? AND b.voter = ?",
        place_id,
        voter,
    )
    return [(row[9], _ballot(row)) for row in rows]


def written(marks: dict[str, int]) -> str:
    """Marks as they are kept: in one order, so that equal ballots are equal texts."""
    return json.dumps(marks, sort_keys=True)


def _ballot(row: Row) -> Ballot:
    return Ballot(
        row[0], json.loads(row[1]), row[2], row[3], row[4], weight=row[5], void=row[6], part=row[7], commitment=row[8]
    )
