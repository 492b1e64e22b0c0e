"""The manifest of a closed poll: all that a recount needs besides the ballots, in one place."""

from __future__ import annotations

from typing import Any

from bot.core.counting.said import policies
from bot.core.poll.counted import policies_of
from bot.core.poll.values import Poll, State
from bot.core.record import PollRecord
from bot.exports.said import option_text
from bot.exports.times import iso
from bot.i18n import Words


def manifest(record: PollRecord, t: Words) -> dict[str, Any] | None:
    """The manifest; None while the poll is open, for nothing of it is final."""
    poll = record.poll
    if poll.state is not State.CLOSED:
        return None
    return {
        "poll": poll.id,
        "number": poll.number,
        "question": poll.question,
        "options": [{"id": option.id, "text": option_text(t, option)} for option in poll.options],
        "kind": poll.kind,
        "named": poll.named,
        "method": poll.method,
        "policies": policies(policies_of(poll)),
        "seats": poll.rules.seats,
        "electorate": poll.electorate,
        "weights": weights(poll),
        "opened_at": iso(poll.opened_ms),
        "closed_at": iso(poll.closed_ms),
        "salt": poll.salt,
        "root": poll.root,
        "ballots": record.outcome.ballots,
        "voided": record.outcome.voided,
    }


def weights(poll: Poll) -> list[dict[str, Any]]:
    """What a role makes a ballot weigh."""
    return [{"role": role, "name": name, "weight": weight} for role, name, weight in poll.rules.weights]
