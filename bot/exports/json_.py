"""A poll as JSON: one document with everything, its fields documented in docs/exports.md. Keys are English.

The ballots come last and a line each, so that a million of them are written as they are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from bot.core.counting.said import as_json
from bot.core.poll.values import Ballot, Poll, Wording
from bot.core.record import PollRecord, StanceRecord
from bot.exports.manifest import manifest, weights
from bot.exports.outlet import Outlet
from bot.exports.parts import cells, part_names
from bot.exports.said import decided, describes, option_text
from bot.exports.times import iso
from bot.i18n import Words

MIME = "application/json"
VERSION = 2
_LINE = json.JSONEncoder(ensure_ascii=False).encode


def poll_json(record: PollRecord, t: Words, outlet: Outlet) -> Ballots | None:
    """One file: the question, its rules, the result, what a recount needs, and the ballots where the poll allows."""
    target = outlet.open(f"poll-{record.poll.number}.json", MIME)
    value = {
        **head("tertulia.poll", VERSION, record, t),
        "poll": _poll(record, t),
        "result": _result(record, t),
        "manifest": manifest(record, t),
        "transcript": [{"at": iso(line.at_ms), "name": line.name, "text": line.text} for line in record.transcript],
    }
    if not record.holds_ballots:
        target.write(written(value | {"ballots": None}))
        return None
    target.write(written(value).removesuffix(b"\n}\n") + b',\n  "ballots": [')
    return Ballots(record.poll, target)


class Ballots:
    """Takes a poll's ballots page by page, and ends the document."""

    def __init__(self, poll: Poll, target: BinaryIO) -> None:
        self._poll = poll
        self._target = target
        self._between = "\n    "

    def take(self, ballots: Sequence[Ballot]) -> None:
        """A page of ballots."""
        if ballots:
            lines = ",\n    ".join([_LINE(_ballot(self._poll, ballot)) for ballot in ballots])
            self._target.write((self._between + lines).encode("utf-8", "replace"))
            self._between = ",\n    "

    def finish(self) -> None:
        """The end of the document."""
        self._target.write(b"]\n}\n" if self._between == "\n    " else b"\n  ]\n}\n")


def head(schema: str, version: int, record: PollRecord | StanceRecord, t: Words) -> dict[str, Any]:
    """What every document begins with."""
    return {
        "schema": schema,
        "schema_version": version,
        "exported_at": iso(record.exported_ms),
        "locale": t.locale,
        "place": record.place_name,
    }


def written(value: Mapping[str, Any]) -> bytes:
    """A document as bytes, for people to read too."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _poll(record: PollRecord, t: Words) -> dict[str, Any]:
    poll = record.poll
    return {
        "id": poll.id,
        "number": poll.number,
        "question": poll.question,
        "kind": poll.kind,
        "method": poll.method,
        "options": [{"id": o.id, "letter": poll.letter(o.id), "text": option_text(t, o)} for o in poll.options],
        "wordings": {language: _wording(poll, words) for language, words in sorted(poll.wordings.items())},
        "named": poll.named,
        "rules": _rules(poll),
        "item": _about(record),
        "edits": [
            {"at": iso(edit.at_ms), "option": edit.option or None, "before": edit.before, "after": edit.after}
            for edit in poll.edits
        ],
        "state": str(poll.state),
        "electorate": poll.electorate,
        "opened_at": iso(poll.opened_ms),
        "closes_at": iso(poll.closes_ms),
        "closed_at": iso(poll.closed_ms),
    }


def _wording(poll: Poll, wording: Wording) -> dict[str, Any]:
    ids = [option.id for option in poll.options]
    return {"question": wording.question, "options": dict(zip(ids, wording.options, strict=False))}


def _rules(poll: Poll) -> dict[str, Any]:
    rules = poll.rules
    names = rules.role_names or rules.roles
    return {
        "minimum": rules.minimum,
        "maximum": rules.maximum,
        "seats": rules.seats,
        "threshold": str(rules.threshold),
        "quorum": rules.quorum,
        "quorum_percent": rules.quorum_percent,
        "weights": weights(poll),
        "results": str(poll.results),
        "reasons": rules.reasons,
        "roles": [{"id": role, "name": name} for role, name in zip(rules.roles, names, strict=False)],
        "joined_before": rules.joined_before,
        "account_days": rules.account_days,
        "early_end": rules.early_end,
        "talk_minutes": rules.talk_minutes,
        "additions": rules.additions,
        "breakdown": rules.breakdown or None,
    }


def _about(record: PollRecord) -> dict[str, Any] | None:
    poll = record.poll
    if poll.article is None:
        return None
    return {
        "article": poll.article,
        "id": poll.item,
        "pack_version": poll.pack_version,
        "item_version": poll.item_version,
        "wording_changed": record.wording_changed,
    }


def _result(record: PollRecord, t: Words) -> dict[str, Any]:
    """What came out; of a withheld result nothing but how many voted."""
    outcome, found = record.outcome, decided(record)
    return {
        "ballots": outcome.ballots,
        "voided": outcome.voided,
        "withheld": record.withheld,
        "counts": None if record.withheld else dict(outcome.counts),
        "leaders": None if record.withheld else list(outcome.leaders),
        "margin": None if record.withheld else outcome.margin,
        "decided": str(found.status),
        "winners": list(found.winners),
        "tied": list(found.tied),
        "count": None if outcome.count is None else as_json(outcome.count),
        "breakdown": _breakdown(record, t),
        "enough_for_percentages": outcome.shows_shares,
        "describes": describes(t, record),
    }


def _breakdown(record: PollRecord, t: Words) -> list[dict[str, Any]] | None:
    if record.breakdown is None:
        return None
    told = {option.id: cells(record.breakdown, option.id) for option in record.poll.options}
    return [
        {"name": name, "ballots": size, "counts": {option: both and both[n] for option, both in told.items()}}
        for n, (name, size) in enumerate(zip(part_names(t, record.poll), record.breakdown.sizes, strict=True))
    ]


def _ballot(poll: Poll, ballot: Ballot) -> dict[str, Any]:
    """A secret ballot never says more than marks, nonce and reason, whatever it holds."""
    value: dict[str, Any] = {"marks": ballot.marks}
    if poll.secret:
        value["nonce"] = ballot.nonce
    if poll.rules.reasons:
        value["reason"] = ballot.reason
    if poll.named:
        value |= {"voter": ballot.voter, "name": ballot.name, "cast_at": iso(ballot.cast_ms)}
        value |= {"weight": ballot.weight} if poll.rules.weights else {}
        value |= {"void": ballot.void} if ballot.void is not None else {}
        value |= {"commitment": ballot.commitment} if ballot.commitment else {}
    return value
