"""Options that voters ask for: they wait for a moderator, who takes them in or refuses them with a reason."""

from __future__ import annotations

from bot.core.poll.proposal import Proposal
from bot.storage.days import to_the_day
from bot.storage.port import Row, Tx

_COLUMNS = "proposal_id, poll_id, text, state, note"


async def add(tx: Tx, proposal: Proposal, proposer: str, now_ms: int) -> None:
    """Keep what somebody asks for. Its time is kept to the day."""
    await tx.run(
        "INSERT INTO proposals (proposal_id, poll_id, text, proposer_id, at_ms, state)"
        " VALUES (?, ?, ?, ?, ?, 'waiting')",
        proposal.id,
        proposal.poll,
        proposal.text,
        proposer,
        to_the_day(now_ms),
    )


async def get(tx: Tx, poll_id: str, proposal_id: str) -> Proposal | None:
    """A poll's proposal with this id."""
    row = await tx.one(
        f"SELECT {_COLUMNS} FROM proposals WHERE poll_id = ? AND proposal_id = ?",  # noqa: S608 (our own columns)
        poll_id,
        proposal_id,
    )
    return None if row is None else _proposal(row)


async def waiting(tx: Tx, poll_id: str, limit: int, skip: int = 0) -> list[Proposal]:
    """What waits for a poll's moderators, the oldest first."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM proposals WHERE poll_id = ? AND state = 'waiting'"  # noqa: S608
        " ORDER BY at_ms, proposal_id LIMIT ? OFFSET ?",
        poll_id,
        limit,
        skip,
    )
    return [_proposal(row) for row in rows]


async def count(tx: Tx, poll_id: str) -> int:
    """How many wait."""
    row = await tx.one("SELECT COUNT(*) FROM proposals WHERE poll_id = ? AND state = 'waiting'", poll_id)
    return int(row[0]) if row else 0


async def of_person(tx: Tx, poll_id: str, proposer: str) -> list[Proposal]:
    """What a person asked for in a poll, the newest first."""
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM proposals WHERE poll_id = ? AND proposer_id = ?"  # noqa: S608
        " ORDER BY at_ms DESC, proposal_id",
        poll_id,
        proposer,
    )
    return [_proposal(row) for row in rows]


async def by_person(tx: Tx, place_id: str, proposer: str) -> list[Proposal]:
    """What a person asked for in a place's polls."""
    columns = ", ".join(f"r.{name.strip()}" for name in _COLUMNS.split(","))
    rows = await tx.all(
        f"SELECT {columns} FROM proposals r JOIN polls p ON p.poll_id = r.poll_id"  # noqa: S608
        " WHERE p.place_id = ? AND r.proposer_id = ? ORDER BY r.at_ms, r.proposal_id",
        place_id,
        proposer,
    )
    return [_proposal(row) for row in rows]


async def settle(tx: Tx, proposal_id: str, state: str, note: str | None) -> int:
    """Take a waiting proposal in, or refuse it; 0 where somebody was faster."""
    return await tx.run(
        "UPDATE proposals SET state = ?, note = ? WHERE proposal_id = ? AND state = 'waiting'",
        state,
        note,
        proposal_id,
    )


async def forget(tx: Tx, place_id: str, proposer: str) -> int:
    """Keep nobody's name beside what a person asked for in a place; how many they were. What still waits goes."""
    mine = "proposer_id = ? AND poll_id IN (SELECT poll_id FROM polls WHERE place_id = ?)"
    gone = await tx.run(f"DELETE FROM proposals WHERE state = 'waiting' AND {mine}", proposer, place_id)  # noqa: S608
    return gone + await tx.run(f"UPDATE proposals SET proposer_id = '' WHERE {mine}", proposer, place_id)  # noqa: S608


async def forget_proposers(tx: Tx, poll_id: str) -> None:
    """Keep nobody's name beside a closed poll's proposals: the limit on each person is needed no more."""
    await tx.run("UPDATE proposals SET proposer_id = '' WHERE poll_id = ?", poll_id)


def _proposal(row: Row) -> Proposal:
    return Proposal(row[0], row[1], row[2], row[3], row[4])
