"""All that is kept about one person in a place, as one document for themselves and nobody else."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.core.logbook import Report
from bot.core.place import Scope
from bot.core.poll.values import Ballot, State
from bot.core.stance import StanceRow
from bot.services.desk import Desk
from bot.services.here import Here
from bot.services.polls.showing import secret_ballots_of
from bot.storage import ballots, places, polls, proposals, reports, stances
from bot.storage.port import Tx

SCHEMA = "tertulia.mydata/1"


async def collect(desk: Desk, here: Here) -> dict[str, Any]:
    """The document. Ids as text, times as ISO 8601 in UTC, a stance by its day.

    An anonymous ballot only while its poll is open.
    """
    return await desk.db.read(lambda tx: _collect(desk, tx, here))


async def _collect(desk: Desk, tx: Tx, here: Here) -> dict[str, Any]:
    place, actor = here.place.id, here.actor.id
    reader = await places.reader(tx, place, actor)
    return {
        "schema": SCHEMA,
        "at": _iso(desk.clock()),
        "place": place,
        "you": {"id": actor, "name": here.actor.name},
        "reader": None if reader is None else asdict(reader),
        "stances": [_stance(row) for row in await stances.of_person(tx, place, actor)],
        "ballots": [*await _named(tx, here), *await _anonymous(desk, tx, here)],
        "proposals": [asdict(one) for one in await proposals.by_person(tx, place, actor)],
        "reports": [_report(report) for report in await reports.of_person(tx, place, actor)],
    }


async def _named(tx: Tx, here: Here) -> list[dict[str, Any]]:
    cast = await ballots.named_by(tx, here.place.id, here.actor.id)
    return [_ballot(poll_id, ballot, named=True) for poll_id, ballot in cast]


async def _anonymous(desk: Desk, tx: Tx, here: Here) -> list[dict[str, Any]]:
    asked = await polls.questions(tx, Scope(here.place.id), State.OPEN)
    cast = await secret_ballots_of(desk, tx, here, (one.id for one in asked if not one.named))
    return [_ballot(poll_id, ballot, named=False) for poll_id, ballot in cast.items()]


def _stance(row: StanceRow) -> dict[str, Any]:
    return {
        "article": row.article_id,
        "item": row.item_id,
        "stance": str(row.stance),
        "item_version": row.item_version,
        "name": row.actor_name,
        "at": _iso(row.set_ms)[:10],
    }


def _ballot(poll_id: str, ballot: Ballot, *, named: bool) -> dict[str, Any]:
    at = None if ballot.cast_ms is None else _iso(ballot.cast_ms)
    return {
        "poll": poll_id,
        "named": named,
        "marks": ballot.marks,
        "reason": ballot.reason,
        "name": ballot.name,
        "at": at,
    }


def _report(report: Report) -> dict[str, Any]:
    return {"at": _iso(report.at_ms), "about": report.message, "text": report.excerpt}


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
