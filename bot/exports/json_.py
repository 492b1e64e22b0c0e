"""Records as JSON: one document with everything, its fields documented in docs/exports.md. Keys are English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from bot.core.article import Item
from bot.core.card import File
from bot.core.poll.values import Ballot, Poll, Wording
from bot.core.record import PollRecord, StanceRecord
from bot.core.stance import ItemTally, StanceRow
from bot.exports.said import answered_by, describes, former, option_text
from bot.exports.times import iso
from bot.i18n import Words

MIME = "application/json"
VERSION = 1


def poll_json(record: PollRecord, t: Words) -> tuple[File, ...]:
    """One file: the question, its rules, the result, and the ballots where the poll allows."""
    poll = record.poll
    value = {
        **_head("tertulia.poll", record, t),
        "poll": _poll(record, t),
        "result": _result(record, t),
        "ballots": None if record.ballots is None else [_ballot(poll, ballot) for ballot in record.ballots],
    }
    return (File(f"poll-{poll.number}.json", _bytes(value), MIME),)


def stances_json(record: StanceRecord, t: Words) -> tuple[File, ...]:
    """One file: the counts of each item, and the answers of each person under a number that says nothing."""
    value = {
        **_head("tertulia.stances", record, t),
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
        "former_items": [_counts(tally) for tally in former(record)],
        "people": [_person(int(n), list(rows)) for n, rows in groupby(record.stances, lambda row: row.actor_id)],
        "describes": answered_by(t, record),
    }
    return (File(f"stances-{record.article_id}.json", _bytes(value), MIME),)


def _head(schema: str, record: PollRecord | StanceRecord, t: Words) -> dict[str, Any]:
    return {
        "schema": schema,
        "schema_version": VERSION,
        "exported_at": iso(record.exported_ms),
        "locale": t.locale,
        "place": record.place_name,
    }


def _poll(record: PollRecord, t: Words) -> dict[str, Any]:
    poll = record.poll
    return {
        "id": poll.id,
        "number": poll.number,
        "question": poll.question,
        "kind": poll.kind,
        "options": [{"id": o.id, "letter": poll.letter(o.id), "text": option_text(t, o)} for o in poll.options],
        "wordings": {language: _wording(poll, words) for language, words in sorted(poll.wordings.items())},
        "named": poll.named,
        "rules": _rules(poll),
        "item": _about(record),
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
        "results": str(poll.results),
        "reasons": rules.reasons,
        "roles": [{"id": role, "name": name} for role, name in zip(rules.roles, names, strict=False)],
        "joined_before": rules.joined_before,
        "account_days": rules.account_days,
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
    outcome = record.outcome
    return {
        "ballots": outcome.ballots,
        "counts": dict(outcome.counts),
        "leaders": list(outcome.leaders),
        "margin": outcome.margin,
        "enough_for_percentages": outcome.shows_shares,
        "describes": describes(t, record),
    }


def _ballot(poll: Poll, ballot: Ballot) -> dict[str, Any]:
    """An anonymous ballot never says more than marks and reason, whatever it holds."""
    value: dict[str, Any] = {"marks": ballot.marks}
    if poll.rules.reasons:
        value["reason"] = ballot.reason
    if poll.named:
        value |= {"voter": ballot.voter, "name": ballot.name, "cast_at": iso(ballot.cast_ms)}
    return value


def _item(item: Item, tally: ItemTally) -> dict[str, Any]:
    return {"id": item.id, "kind": str(item.kind), "title": item.title, "text": item.text} | _numbers(tally)


def _counts(tally: ItemTally) -> dict[str, Any]:
    return {"id": tally.item_id} | _numbers(tally)


def _numbers(tally: ItemTally) -> dict[str, int]:
    return {
        "agree": tally.agree,
        "disagree": tally.disagree,
        "pass": tally.passed,
        "answered": tally.answered,
        "earlier_wording": tally.earlier,
    }


def _person(number: int, rows: list[StanceRow]) -> dict[str, Any]:
    return {"person": number, "stances": {row.item_id: str(row.stance) for row in rows}}


def _bytes(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
