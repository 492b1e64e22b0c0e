"""A poll as a plan: what it asks and by which rules, without its life, to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.poll.values import Poll, PollOption, Rules, Wording


def plan_of(poll: Poll) -> dict[str, Any]:
    """The plan of a poll, as a JSON object. `open_ms` is how long it was or is to be open, None without a deadline."""
    begins = poll.opened_ms or poll.starts_ms or poll.created_ms
    return {
        "kind": poll.kind,
        "question": poll.question,
        "options": [[option.id, option.text] for option in poll.options],
        "wordings": {locale: [words.question, list(words.options)] for locale, words in poll.wordings.items()},
        "rules": poll.rules.to_json(),
        "named": poll.named,
        "whole_server": poll.whole_server,
        "article": poll.article,
        "item": poll.item,
        "pack_version": poll.pack_version,
        "item_version": poll.item_version,
        "open_ms": None if poll.closes_ms is None else max(60_000, poll.closes_ms - begins),
    }


def from_plan(plan: Mapping[str, Any], poll_id: str, starts_ms: int) -> Poll:
    """A draft by the plan, open for as long as it says from `starts_ms` on."""
    wordings = {name: Wording(question, tuple(texts)) for name, (question, texts) in plan["wordings"].items()}
    open_ms = plan["open_ms"]
    return Poll(
        id=poll_id,
        place="",
        question=plan["question"],
        kind=plan["kind"],
        options=tuple(PollOption(*pair) for pair in plan["options"]),
        wordings=wordings,
        rules=Rules.from_json(plan["rules"]),
        named=plan["named"],
        whole_server=plan.get("whole_server", False),
        article=plan["article"],
        item=plan["item"],
        pack_version=plan["pack_version"],
        item_version=plan["item_version"],
        closes_ms=None if open_ms is None else starts_ms + open_ms,
    )
